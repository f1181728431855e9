/* rnl-code-language.h: the name after a fence to a language
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

GtkSourceLanguage *rnl_code_language_find (const char *name);
const char *rnl_code_language_get_title (const char *name);
void rnl_code_language_warm_up (void);

G_END_DECLS
