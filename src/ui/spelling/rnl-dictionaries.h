/* rnl-dictionaries.h: the dictionaries of some languages, open at once; for one thread
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RnlDictionaries RnlDictionaries;

/* Whether the program was built with any. */
gboolean rnl_dictionaries_are_there (void);

RnlDictionaries *rnl_dictionaries_new (void);
void rnl_dictionaries_free (RnlDictionaries *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlDictionaries, rnl_dictionaries_free)

/* Tags as in "de_AT", sorted. */
GStrv rnl_dictionaries_list (RnlDictionaries *self);
gboolean rnl_dictionaries_has (RnlDictionaries *self, const char *tag);

/* What follows is about those in use, in their order; none at first. */
void rnl_dictionaries_use (RnlDictionaries *self, const char *const *tags);
gboolean rnl_dictionaries_check (RnlDictionaries *self, const char *word);
GStrv rnl_dictionaries_suggest (RnlDictionaries *self, const char *word, guint max);
gboolean rnl_dictionaries_add (RnlDictionaries *self, const char *word, GError **error);

G_END_DECLS
