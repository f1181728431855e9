/* rnl-template-registry.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-template-registry.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-pipeline-error.h"
#include "rnl-value.h"

/* A registry is written by hand and by programs; more is something else. */
#define MAX_FILE_BYTES (8 * 1024 * 1024)

/**
 * RnlTemplateRegistry:
 *
 * Prompt templates by name and version, in memory and, where it has a path, in a small JSON file:
 * `{NAME: [{"version": "MAJOR.MINOR.PATCH", "hash": SHA-256, "messages": [...]}]}`.
 *
 * Who registers gives `MAJOR.MINOR`; the patch number counts the different texts seen under it,
 * from 0, and is the old one again for a text that was there before.
 */
struct _RnlTemplateRegistry
{
  GObject parent_instance;

  /* owned */
  char *path;
  JsonObject *names;
};

G_DEFINE_FINAL_TYPE (RnlTemplateRegistry, rnl_template_registry, G_TYPE_OBJECT)

static void
rnl_template_registry_finalize (GObject *object)
{
  RnlTemplateRegistry *self = RNL_TEMPLATE_REGISTRY (object);

  g_free (self->path);
  json_object_unref (self->names);

  G_OBJECT_CLASS (rnl_template_registry_parent_class)->finalize (object);
}

static void
rnl_template_registry_class_init (RnlTemplateRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_template_registry_finalize;
}

static void
rnl_template_registry_init (RnlTemplateRegistry *self)
{
  self->names = json_object_new ();
}

/**
 * rnl_template_registry_new:
 * @path: (nullable) (type filename): where it is kept, `NULL` for in memory only
 *
 * Returns: (transfer full): an empty registry; [method@Runnel.TemplateRegistry.load] reads the file
 */
RnlTemplateRegistry *
rnl_template_registry_new (const char *path)
{
  RnlTemplateRegistry *self = g_object_new (RNL_TYPE_TEMPLATE_REGISTRY, NULL);

  self->path = g_strdup (path);

  return self;
}

/**
 * rnl_template_registry_load:
 * @self: a registry
 * @error: return location for an error
 *
 * Reads its file, at the start of a program; no file is an empty registry.
 *
 * Errors: `G_FILE_ERROR`, `RNL_JSON_ERROR`, `RNL_PIPELINE_ERROR_TEMPLATE`.
 *
 * Returns: whether it could be read; the registry stays as it was when not
 */
gboolean
rnl_template_registry_load (RnlTemplateRegistry *self, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) local = NULL;
  gsize length;

  g_return_val_if_fail (RNL_IS_TEMPLATE_REGISTRY (self), FALSE);

  if (self->path == NULL)
    return TRUE;
  if (!g_file_get_contents (self->path, &text, &length, &local))
    {
      if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  node = rnl_json_strict_parse (text, (gssize) MIN (length, MAX_FILE_BYTES), error);
  if (node == NULL)
    {
      g_prefix_error (error, "Reading templates from “%s”: ", self->path);
      return FALSE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_TEMPLATE,
                   "“%s” is no registry of templates.", self->path);
      return FALSE;
    }
  json_object_unref (self->names);
  self->names = json_node_dup_object (node);

  return TRUE;
}

static gboolean
check_name (const char *name, GError **error)
{
  gboolean blank = FALSE;

  if (!g_utf8_validate (name, -1, NULL) || *name == '\0'
      || g_utf8_strlen (name, -1) > RNL_TEMPLATE_NAME_MAX)
    {
      g_set_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_TEMPLATE,
                   "The name of a template has from 1 to %d characters.", RNL_TEMPLATE_NAME_MAX);
      return FALSE;
    }
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    blank = blank || g_unichar_isspace (g_utf8_get_char (p));
  if (blank)
    g_set_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_TEMPLATE,
                 "The name of a template has no blanks in it: “%s”.", name);

  return !blank;
}

static gboolean
is_version (const char *version)
{
  return g_regex_match_simple ("^(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})$", version,
                               G_REGEX_DOLLAR_ENDONLY, 0);
}

/* The entry's version when it belongs to @base ("1.0"), with its patch number. */
static const char *
match_version (JsonObject *entry, const char *base, gint64 *patch)
{
  const char *version = rnl_json_object_get_string (entry, "version");
  gsize length = strlen (base);

  if (version == NULL || strncmp (version, base, length) != 0 || version[length] != '.')
    return NULL;
  *patch = g_ascii_strtoll (version + length + 1, NULL, 10);

  return version;
}

static JsonArray *
get_entries (RnlTemplateRegistry *self, const char *name)
{
  return rnl_json_object_get_array (self->names, name);
}

static JsonObject *
get_entry (JsonArray *entries, guint position)
{
  JsonObject *entry = rnl_json_node_get_object (json_array_get_element (entries, position));

  return entry;
}

static char *
add_entry (JsonArray *entries, const char *base, const char *hash, RnlPromptTemplate *prompt)
{
  JsonObject *entry;
  gint64 next = 0;
  char *version;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *old = get_entry (entries, i);
      const char *known;
      gint64 patch;

      known = old != NULL ? match_version (old, base, &patch) : NULL;
      if (known == NULL)
        continue;
      if (g_strcmp0 (rnl_json_object_get_string (old, "hash"), hash) == 0)
        return g_strdup (known);
      next = MAX (next, patch + 1);
    }

  version = g_strdup_printf ("%s.%" G_GINT64_FORMAT, base, next);
  entry = json_object_new ();
  json_object_set_string_member (entry, "version", version);
  json_object_set_string_member (entry, "hash", hash);
  json_object_set_member (entry, "messages", rnl_prompt_template_to_json (prompt));
  json_array_add_object_element (entries, entry);

  return version;
}

/**
 * rnl_template_registry_register:
 * @self: a registry
 * @name: without blanks, at most 126 characters
 * @version: `MAJOR.MINOR`
 * @prompt: what is registered; its runs record name and version from now on
 * @error: return location for an error
 *
 * Errors: `RNL_PIPELINE_ERROR_TEMPLATE` for a bad name or version.
 *
 * Returns: (transfer full) (nullable): `MAJOR.MINOR.PATCH`
 */
char *
rnl_template_registry_register (RnlTemplateRegistry *self,
                                const char *name,
                                const char *version,
                                RnlPromptTemplate *prompt,
                                GError **error)
{
  g_autofree char *hash = NULL;
  JsonArray *entries;
  char *full;

  g_return_val_if_fail (RNL_IS_TEMPLATE_REGISTRY (self), NULL);
  g_return_val_if_fail (RNL_IS_PROMPT_TEMPLATE (prompt), NULL);

  if (!check_name (name, error))
    return NULL;
  if (!is_version (version))
    {
      g_set_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_TEMPLATE,
                   "“%s” is no version of a template: MAJOR.MINOR is, as 1.0.", version);
      return NULL;
    }

  entries = get_entries (self, name);
  if (entries == NULL)
    {
      entries = json_array_new ();
      json_object_set_array_member (self->names, name, entries);
    }
  hash = rnl_prompt_template_dup_hash (prompt);
  full = add_entry (entries, version, hash, prompt);
  rnl_prompt_template_set_registered (prompt, name, full);

  return full;
}

static gboolean
fits (JsonObject *entry, const char *version)
{
  const char *full = rnl_json_object_get_string (entry, "version");
  gint64 patch;

  return full != NULL
         && (version == NULL || g_str_equal (full, version)
             || match_version (entry, version, &patch) != NULL);
}

/**
 * rnl_template_registry_lookup:
 * @self: a registry
 * @name: what is looked for
 * @version: (nullable): `MAJOR.MINOR.PATCH`; `MAJOR.MINOR` for the newest patch of it, `NULL` for
 *   what was registered last
 * @error: return location for an error
 *
 * Errors: `RNL_PIPELINE_ERROR_TEMPLATE` when there is none.
 *
 * Returns: (transfer full) (nullable): a template of its own
 */
RnlPromptTemplate *
rnl_template_registry_lookup (RnlTemplateRegistry *self,
                              const char *name,
                              const char *version,
                              GError **error)
{
  JsonArray *entries;

  g_return_val_if_fail (RNL_IS_TEMPLATE_REGISTRY (self), NULL);

  entries = get_entries (self, name);
  for (guint i = entries != NULL ? json_array_get_length (entries) : 0; i > 0; i--)
    {
      JsonObject *entry = get_entry (entries, i - 1);
      JsonNode *messages = entry != NULL ? json_object_get_member (entry, "messages") : NULL;
      RnlPromptTemplate *prompt;

      if (messages == NULL || !fits (entry, version))
        continue;
      prompt = rnl_prompt_template_new_from_json (messages, error);
      if (prompt != NULL)
        rnl_prompt_template_set_registered (prompt, name,
                                            rnl_json_object_get_string (entry, "version"));
      return prompt;
    }

  g_set_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_TEMPLATE,
               "There is no template “%s”%s%s.", name, version != NULL ? " of version " : "",
               version != NULL ? version : "");

  return NULL;
}

/**
 * rnl_template_registry_list_names:
 * @self: a registry
 *
 * Returns: (transfer full) (array zero-terminated=1): the names, in the order they were registered
 */
GStrv
rnl_template_registry_list_names (RnlTemplateRegistry *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GList) names = NULL;

  g_return_val_if_fail (RNL_IS_TEMPLATE_REGISTRY (self), NULL);

  names = json_object_get_members (self->names);
  for (GList *l = names; l != NULL; l = l->next)
    g_strv_builder_add (builder, l->data);

  return g_strv_builder_end (builder);
}

/**
 * rnl_template_registry_list_versions:
 * @self: a registry
 * @name: of a template
 *
 * Returns: (transfer full) (array zero-terminated=1): its versions, in the order they were
 *   registered
 */
GStrv
rnl_template_registry_list_versions (RnlTemplateRegistry *self, const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *entries;

  g_return_val_if_fail (RNL_IS_TEMPLATE_REGISTRY (self), NULL);

  entries = get_entries (self, name);
  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = get_entry (entries, i);

      if (entry != NULL && fits (entry, NULL))
        g_strv_builder_add (builder, rnl_json_object_get_string (entry, "version"));
    }

  return g_strv_builder_end (builder);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * rnl_template_registry_save_async:
 * @self: a registry
 * @cancellable: (nullable): leaves the file as it is
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Writes its file as a whole, or not at all; one in memory has nothing to write.
 */
void
rnl_template_registry_save_async (RnlTemplateRegistry *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  g_task_set_source_tag (task, rnl_template_registry_save_async);
  if (self->path == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  json_node_set_object (node, self->names);
  text = rnl_json_to_string (node, TRUE);
  bytes = g_bytes_new_take (text, strlen (text));
  file = g_file_new_for_path (self->path);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       cancellable, saved_cb, g_steal_pointer (&task));
}

/**
 * rnl_template_registry_save_finish:
 * @self: a registry
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR`.
 *
 * Returns: whether it is written
 */
gboolean
rnl_template_registry_save_finish (RnlTemplateRegistry *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
