/* rnl-language-names.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-language-names.h"

#include <json-glib/json-glib.h>
#include <libintl.h>
#include <string.h>

#define LANGUAGES "iso_639-2"
#define COUNTRIES "iso_3166-1"
/* The longer list has less than a hundred. */
#define MAX_KILOBYTES 1024

struct _RnlLanguageNames
{
  GHashTable *languages; /* "de" -> "German" */
  GHashTable *countries; /* "AT" -> "Austria" */
};

/* `{"639-2": [ENTRY]}` for "iso_639-2". */
static JsonArray *
get_entries (JsonNode *root, const char *domain)
{
  JsonNode *entries
    = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
        ? json_object_get_member (json_node_get_object (root), strchr (domain, '_') + 1)
        : NULL;

  return entries != NULL && JSON_NODE_HOLDS_ARRAY (entries) ? json_node_get_array (entries) : NULL;
}

/* An entry is `{"alpha_2": "KR", "name": "Korea, Republic of", "common_name": "South Korea"}`; what
 * is rare has no code of two letters. */
static void
read_entry (GHashTable *names, JsonNode *node, const char *domain)
{
  JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *code, *name;

  if (entry == NULL)
    return;
  code = json_object_get_string_member_with_default (entry, "alpha_2", NULL);
  name = json_object_get_string_member_with_default (entry, "name", NULL);
  name = json_object_get_string_member_with_default (entry, "common_name", name);
  if (code != NULL && name != NULL)
    g_hash_table_insert (names, g_strdup (code), g_strdup (g_dgettext (domain, name)));
}

/* A list of iso-codes, which every desktop has; its translations are installed beside it. */
static void
read_list (GHashTable *names, const char *folder, const char *domain)
{
  g_autofree char *file = g_strconcat (domain, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, "iso-codes", "json", file, NULL);
  g_autofree char *locale = g_build_filename (folder, "locale", NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *entries;
  gsize length;

  /* Without them a language is called by its tag. */
  if (!g_file_get_contents (path, &text, &length, NULL) || length > MAX_KILOBYTES * 1024)
    return;
  root = json_from_string (text, NULL);
  entries = get_entries (root, domain);
  if (entries == NULL)
    return;
  bindtextdomain (domain, locale);
  bind_textdomain_codeset (domain, "UTF-8");
  for (guint i = 0; i < json_array_get_length (entries); i++)
    read_entry (names, json_array_get_element (entries, i), domain);
}

static GHashTable *
read_lists (const char *const *folders, const char *domain)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (gsize i = 0; folders[i] != NULL && g_hash_table_size (names) == 0; i++)
    read_list (names, folders[i], domain);

  return names;
}

/**
 * rnl_language_names_new:
 * @folders: (array zero-terminated=1): folders of data, as in `g_get_system_data_dirs()`
 *
 * Returns: (transfer full): the names of languages in the language of the person, as far as they
 *   are installed
 */
RnlLanguageNames *
rnl_language_names_new (const char *const *folders)
{
  RnlLanguageNames *self = g_new0 (RnlLanguageNames, 1);

  self->languages = read_lists (folders, LANGUAGES);
  self->countries = read_lists (folders, COUNTRIES);

  return self;
}

void
rnl_language_names_free (RnlLanguageNames *self)
{
  g_hash_table_unref (self->languages);
  g_hash_table_unref (self->countries);
  g_free (self);
}

/**
 * rnl_language_names_dup:
 * @self: names
 * @tag: a language as in "de_AT"
 *
 * Returns: (transfer full): "German (Austria)"; @tag where nobody knows
 */
char *
rnl_language_names_dup (RnlLanguageNames *self, const char *tag)
{
  g_auto (GStrv) parts = g_strsplit (tag, "_", 2);
  const char *language = parts[0] != NULL ? g_hash_table_lookup (self->languages, parts[0]) : NULL;
  const char *country = NULL;

  if (language == NULL)
    return g_strdup (tag);
  if (parts[1] != NULL)
    {
      country = g_hash_table_lookup (self->countries, parts[1]);
      country = country != NULL ? country : parts[1];
    }

  return country == NULL
           ? g_strndup (language, strcspn (language, ";"))
           : g_strdup_printf ("%.*s (%s)", (int) strcspn (language, ";"), language, country);
}
