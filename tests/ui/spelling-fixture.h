/* spelling-fixture.h: small dictionaries of this test's own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-speller.h"

G_BEGIN_DECLS

/* Languages that nobody has a dictionary of. */
#define SPELLING_FIRST  "xx_AA"
#define SPELLING_SECOND "yy_BB"

gboolean spelling_fixture_write (void);
void spelling_fixture_write_language (const char *tag, const char *const *words);
void spelling_fixture_check (RnlSpeller *speller, const char *word);
GStrv spelling_fixture_list (RnlSpeller *speller, GStrv *used);

G_END_DECLS
