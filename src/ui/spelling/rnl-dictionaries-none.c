/* rnl-dictionaries-none.c: where there is no library for them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-dictionaries.h"

#include <gio/gio.h>

gboolean
rnl_dictionaries_are_there (void)
{
  return FALSE;
}

RnlDictionaries *
rnl_dictionaries_new (void)
{
  return NULL;
}

void
rnl_dictionaries_free (RnlDictionaries *self)
{
}

GStrv
rnl_dictionaries_list (RnlDictionaries *self)
{
  return g_new0 (char *, 1);
}

gboolean
rnl_dictionaries_has (RnlDictionaries *self, const char *tag)
{
  return FALSE;
}

void
rnl_dictionaries_use (RnlDictionaries *self, const char *const *tags)
{
}

gboolean
rnl_dictionaries_check (RnlDictionaries *self, const char *word)
{
  return TRUE;
}

GStrv
rnl_dictionaries_suggest (RnlDictionaries *self, const char *word, guint max)
{
  return g_new0 (char *, 1);
}

gboolean
rnl_dictionaries_add (RnlDictionaries *self, const char *word, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "built without dictionaries");

  return FALSE;
}
