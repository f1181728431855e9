/* rnl-language-names.h: what people call a language
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RnlLanguageNames RnlLanguageNames;

RnlLanguageNames *rnl_language_names_new (const char *const *folders);
void rnl_language_names_free (RnlLanguageNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlLanguageNames, rnl_language_names_free)

char *rnl_language_names_dup (RnlLanguageNames *self, const char *tag);

G_END_DECLS
