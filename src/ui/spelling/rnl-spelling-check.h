/* rnl-spelling-check.h: all there is to spelling in a text view
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-spelling-menu.h"

G_BEGIN_DECLS

#define RNL_TYPE_SPELLING_CHECK (rnl_spelling_check_get_type ())
G_DECLARE_FINAL_TYPE (RnlSpellingCheck, rnl_spelling_check, RNL, SPELLING_CHECK, GObject)

RnlSpellingCheck *
rnl_spelling_check_new (GtkTextView *view, RnlSpeller *speller, GSettings *settings);

G_END_DECLS
