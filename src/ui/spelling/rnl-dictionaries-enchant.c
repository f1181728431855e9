/* rnl-dictionaries-enchant.c: by enchant
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-dictionaries.h"

#include <enchant.h>
#include <gio/gio.h>
#include <string.h>

/* Letters before an apostrophe that are a word of their own: "l'", "qu'". */
#define MAX_ELISION 2

struct _RnlDictionaries
{
  EnchantBroker *broker;
  GPtrArray *used; /* EnchantDict */
};

gboolean
rnl_dictionaries_are_there (void)
{
  return TRUE;
}

RnlDictionaries *
rnl_dictionaries_new (void)
{
  RnlDictionaries *self = g_new0 (RnlDictionaries, 1);

  self->broker = enchant_broker_init ();
  self->used = g_ptr_array_new ();

  return self;
}

static void
use_none (RnlDictionaries *self)
{
  for (guint i = 0; i < self->used->len; i++)
    enchant_broker_free_dict (self->broker, self->used->pdata[i]);
  g_ptr_array_set_size (self->used, 0);
}

void
rnl_dictionaries_free (RnlDictionaries *self)
{
  use_none (self);
  g_ptr_array_unref (self->used);
  enchant_broker_free (self->broker);
  g_free (self);
}

static int
compare_tags (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Once each, whoever provides it; variants of spelling ("en_GB-ise") are left out. */
static void
list_cb (const char *tag, const char *name, const char *about, const char *file, void *tags)
{
  if (strchr (tag, '-') == NULL && !g_ptr_array_find_with_equal_func (tags, tag, g_str_equal, NULL))
    g_ptr_array_add (tags, g_strdup (tag));
}

GStrv
rnl_dictionaries_list (RnlDictionaries *self)
{
  GPtrArray *tags = g_ptr_array_new ();

  enchant_broker_list_dicts (self->broker, list_cb, tags);
  g_ptr_array_sort (tags, compare_tags);
  g_ptr_array_add (tags, NULL);

  return (GStrv) g_ptr_array_free (tags, FALSE);
}

gboolean
rnl_dictionaries_has (RnlDictionaries *self, const char *tag)
{
  return enchant_broker_dict_exists (self->broker, tag) != 0;
}

void
rnl_dictionaries_use (RnlDictionaries *self, const char *const *tags)
{
  use_none (self);
  for (gsize i = 0; tags[i] != NULL; i++)
    {
      EnchantDict *dictionary = enchant_broker_request_dict (self->broker, tags[i]);

      if (dictionary != NULL)
        g_ptr_array_add (self->used, dictionary);
      else
        g_info ("no dictionary %s: %s", tags[i], enchant_broker_get_error (self->broker));
    }
}

static gboolean
knows (RnlDictionaries *self, const char *word, gssize length)
{
  /* What a dictionary cannot read (less than zero) is not wrong. */
  for (guint i = 0; i < self->used->len; i++)
    if (enchant_dict_check (self->used->pdata[i], word, length) <= 0)
      return TRUE;

  return self->used->len == 0;
}

/* A word, one with an elided one before it ("l'homme"), or with an English "'s". */
gboolean
rnl_dictionaries_check (RnlDictionaries *self, const char *word)
{
  g_auto (GStrv) pieces = g_strsplit (word, "\u2019", -1);
  g_autofree char *plain = g_strjoinv ("'", pieces);
  const char *apostrophe = strchr (plain, '\'');

  if (knows (self, plain, -1) || (apostrophe != NULL && knows (self, word, -1)))
    return TRUE;
  if (apostrophe == NULL)
    return FALSE;
  if (g_str_equal (apostrophe, "'s"))
    return knows (self, plain, apostrophe - plain);

  return g_utf8_pointer_to_offset (plain, apostrophe) <= MAX_ELISION
         && g_utf8_strlen (apostrophe + 1, -1) > MAX_ELISION && knows (self, apostrophe + 1, -1);
}

typedef struct
{
  char **words;
  gsize n;
} Suggestions;

/* Whether the word was only cut in pieces, which dictionaries like to do first. */
static gboolean
is_cut (const char *suggestion, const char *word)
{
  return strpbrk (suggestion, " -") != NULL && strpbrk (word, " -") == NULL;
}

/* Adds the best of each, then the second of each. */
static void
collect (
  GPtrArray *found, Suggestions *lists, guint n_lists, const char *word, gboolean cut, guint max)
{
  gboolean more = TRUE;

  for (guint n = 0; more; n++)
    {
      more = FALSE;
      for (guint i = 0; i < n_lists && found->len < max; i++)
        if (n < lists[i].n)
          {
            more = TRUE;
            if (is_cut (lists[i].words[n], word) == cut
                && !g_ptr_array_find_with_equal_func (found, lists[i].words[n], g_str_equal, NULL))
              g_ptr_array_add (found, g_strdup (lists[i].words[n]));
          }
    }
}

GStrv
rnl_dictionaries_suggest (RnlDictionaries *self, const char *word, guint max)
{
  GPtrArray *found = g_ptr_array_new ();
  guint n_lists = self->used->len;
  g_autofree Suggestions *lists = g_new0 (Suggestions, n_lists);

  for (guint i = 0; i < n_lists; i++)
    lists[i].words = enchant_dict_suggest (self->used->pdata[i], word, -1, &lists[i].n);
  collect (found, lists, n_lists, word, FALSE, max);
  collect (found, lists, n_lists, word, TRUE, max);
  for (guint i = 0; i < n_lists; i++)
    if (lists[i].words != NULL)
      enchant_dict_free_string_list (self->used->pdata[i], lists[i].words);
  g_ptr_array_add (found, NULL);

  return (GStrv) g_ptr_array_free (found, FALSE);
}

gboolean
rnl_dictionaries_add (RnlDictionaries *self, const char *word, GError **error)
{
  EnchantDict *first = self->used->len > 0 ? self->used->pdata[0] : NULL;
  const char *complaint;

  if (first == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no dictionary is in use");
      return FALSE;
    }
  enchant_dict_add (first, word, -1);
  complaint = enchant_dict_get_error (first);
  if (complaint != NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, complaint);

  return complaint == NULL;
}
