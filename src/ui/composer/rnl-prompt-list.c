/* rnl-prompt-list.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-prompt-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"

#define FORMAT_NAME    "runnel-prompts"
#define FORMAT_VERSION 1
#define MAX_PROMPTS    1000

/**
 * RnlPromptList:
 *
 * A list of [class@Prompt] in a file of its own beside the library, in the format that is exported
 * too. It is read when the list is made, until then and where there is no file it has some to begin
 * with; each change is written at once. A file that cannot be understood is set aside under
 * another name. Signal: `write-failed (GError)`.
 */
struct _RnlPromptList
{
  GObject parent_instance;

  /* owned */
  GListStore *prompts;
  GFile *file;
  GCancellable *reading; /* NULL: it has been read */

  gboolean writing;
  gboolean changed; /* since what is being written */
};

enum
{
  WRITE_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return RNL_TYPE_PROMPT;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (RNL_PROMPT_LIST (model)->prompts));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (RNL_PROMPT_LIST (model)->prompts), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlPromptList,
                               rnl_prompt_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
rnl_prompt_list_dispose (GObject *object)
{
  RnlPromptList *self = RNL_PROMPT_LIST (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->prompts);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (rnl_prompt_list_parent_class)->dispose (object);
}

static void
rnl_prompt_list_class_init (RnlPromptListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_prompt_list_dispose;

  signals[WRITE_FAILED] = g_signal_new ("write-failed", RNL_TYPE_PROMPT_LIST, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
items_changed_cb (RnlPromptList *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
rnl_prompt_list_init (RnlPromptList *self)
{
  self->prompts = g_list_store_new (RNL_TYPE_PROMPT);
  g_signal_connect_object (self->prompts, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* What there is to begin with. */
static void
add_first (RnlPromptList *self)
{
  static const struct
  {
    const char *name;
    const char *text;
  } first[] = {
    { N_ ("Summarise"),
      /* Translators: what stands in braces is the name of a slot; translate it too */
      N_ ("Summarise this in {number} sentences, for {reader}:\n\n{text}") },
    { N_ ("Explain"),
      N_ ("Explain {subject} to {reader}. Begin with an example, then say why it is so.") },
    { N_ ("Translate"),
      N_ ("Translate this into {language}. Keep its tone and its layout:\n\n{text}") },
    { N_ ("Proofread"),
      N_ ("Correct spelling and grammar, change nothing else, and list what you changed:\n\n"
          "{text}") },
    { N_ ("Review code"),
      N_ ("Review this code. Name what is wrong first, then what could be simpler:\n\n{code}") },
    { N_ ("Reply to a mail"),
      N_ ("Write a {tone} reply to this mail. It shall say: {answer}\n\n{mail}") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    {
      g_autoptr (RnlPrompt) prompt = rnl_prompt_new (_ (first[i].name), _ (first[i].text));

      g_list_store_append (self->prompts, prompt);
    }
}

/* The format. */

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, text);

  return FALSE;
}

/* Adds to PROMPTS; without a name or a text there is no prompt. */
static gboolean
parse (GBytes *json, GPtrArray *prompts, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (json, &size);
  g_autoptr (JsonNode) root = rnl_json_strict_parse (data, (gssize) size, error);
  JsonObject *object = root != NULL ? rnl_json_node_get_object (root) : NULL;
  JsonArray *array = object != NULL ? rnl_json_object_get_array (object, "prompts") : NULL;

  if (root == NULL)
    return FALSE;
  if (array == NULL || rnl_json_object_get_int (object, FORMAT_NAME, 0) != FORMAT_VERSION)
    return refuse (error, _ ("This is not a file of prompts"));
  if (json_array_get_length (array) > MAX_PROMPTS)
    return refuse (error, _ ("There are too many prompts in this file"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *member = rnl_json_node_get_object (json_array_get_element (array, i));
      const char *name = member != NULL ? rnl_json_object_get_string (member, "name") : NULL;
      const char *text = member != NULL ? rnl_json_object_get_string (member, "text") : NULL;

      if (name == NULL || *name == '\0' || text == NULL)
        return refuse (error, _ ("A prompt in this file has no name or no text"));
      g_ptr_array_add (prompts, rnl_prompt_new (name, text));
    }

  return TRUE;
}

/**
 * rnl_prompt_list_to_json:
 * @self: a list
 *
 * Returns: (transfer full): all of it as JSON, `{"runnel-prompts": 1, "prompts": [{"name", "text"},
 *   ...]}`
 */
char *
rnl_prompt_list_to_json (RnlPromptList *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (RNL_IS_PROMPT_LIST (self), NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, FORMAT_NAME);
  json_builder_add_int_value (builder, FORMAT_VERSION);
  json_builder_set_member_name (builder, "prompts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (RnlPrompt) prompt = get_item (G_LIST_MODEL (self), i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, rnl_prompt_get_name (prompt));
      json_builder_set_member_name (builder, "text");
      json_builder_add_string_value (builder, rnl_prompt_get_text (prompt));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return rnl_json_to_string (root, TRUE);
}

/* Writing. */

static void write_now (RnlPromptList *self);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlPromptList) self = user_data;
  g_autoptr (GError) error = NULL;

  self->writing = FALSE;
  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_signal_emit (self, signals[WRITE_FAILED], 0, error);
  else if (self->changed)
    write_now (self);
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
}

/* The program does not end before it is done. */
static void
write_now (RnlPromptList *self)
{
  g_autofree char *json = rnl_prompt_list_to_json (self);
  g_autoptr (GBytes) bytes = NULL;
  gsize size = strlen (json);

  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
  self->writing = TRUE;
  self->changed = FALSE;
  bytes = g_bytes_new_take (g_steal_pointer (&json), size);
  g_file_replace_contents_bytes_async (self->file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                       written_cb, g_object_ref (self));
}

static void
write_soon (RnlPromptList *self)
{
  self->changed = TRUE;
  if (!self->writing && self->reading == NULL)
    write_now (self);
}

/* Reading. */

static void
set_aside (RnlPromptList *self, const GError *error)
{
  g_autofree char *path = g_file_get_path (self->file);
  g_autofree char *other = g_strconcat (path, ".damaged", NULL);
  g_autoptr (GFile) destination = g_file_new_for_path (other);

  g_warning ("The prompts cannot be read and are now in %s: %s", other, error->message);
  g_file_move (self->file, destination, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlPromptList) self = user_data;
  g_autoptr (GPtrArray) prompts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;

  if (g_file_load_contents_finish (G_FILE (source), result, &data, &size, NULL, &error))
    bytes = g_bytes_new_take (data, size);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->prompts == NULL)
    return;

  g_clear_object (&self->reading);
  if (bytes != NULL && parse (bytes, prompts, &error))
    g_list_store_splice (self->prompts, 0, self->changed ? 0 : get_n_items (G_LIST_MODEL (self)),
                         prompts->pdata, prompts->len);
  else if (bytes != NULL)
    set_aside (self, error);
  if (self->changed)
    write_now (self);
}

/**
 * rnl_prompt_list_new:
 * @path: where it is kept
 *
 * Returns: (transfer full): a list that begins to be read
 */
RnlPromptList *
rnl_prompt_list_new (const char *path)
{
  RnlPromptList *self = g_object_new (RNL_TYPE_PROMPT_LIST, NULL);

  self->file = g_file_new_for_path (path);
  self->reading = g_cancellable_new ();
  add_first (self);
  g_file_load_contents_async (self->file, self->reading, read_cb, g_object_ref (self));

  return self;
}

/**
 * rnl_prompt_list_get_loading:
 * @self: a list
 *
 * Returns: whether it is still being read
 */
gboolean
rnl_prompt_list_get_loading (RnlPromptList *self)
{
  g_return_val_if_fail (RNL_IS_PROMPT_LIST (self), FALSE);

  return self->reading != NULL;
}

/**
 * rnl_prompt_list_insert:
 * @self: a list
 * @position: where; behind the last one when there are not as many
 * @prompt: a prompt
 */
void
rnl_prompt_list_insert (RnlPromptList *self, guint position, RnlPrompt *prompt)
{
  g_return_if_fail (RNL_IS_PROMPT_LIST (self));

  g_list_store_insert (self->prompts, MIN (position, get_n_items (G_LIST_MODEL (self))), prompt);
  write_soon (self);
}

/**
 * rnl_prompt_list_replace:
 * @self: a list
 * @old: a prompt of it; nothing happens when it is not there any more
 * @prompt: what takes its place
 */
void
rnl_prompt_list_replace (RnlPromptList *self, RnlPrompt *old, RnlPrompt *prompt)
{
  guint position;

  g_return_if_fail (RNL_IS_PROMPT_LIST (self));

  if (!g_list_store_find (self->prompts, old, &position))
    return;
  g_list_store_splice (self->prompts, position, 1, (gpointer *) &prompt, 1);
  write_soon (self);
}

/**
 * rnl_prompt_list_remove:
 * @self: a list
 * @prompt: a prompt of it
 * @position: (out): where it was
 *
 * Returns: whether it was there
 */
gboolean
rnl_prompt_list_remove (RnlPromptList *self, RnlPrompt *prompt, guint *position)
{
  g_return_val_if_fail (RNL_IS_PROMPT_LIST (self), FALSE);

  if (!g_list_store_find (self->prompts, prompt, position))
    return FALSE;
  g_list_store_remove (self->prompts, *position);
  write_soon (self);

  return TRUE;
}

static gboolean
has (RnlPromptList *self, RnlPrompt *wanted)
{
  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (RnlPrompt) prompt = get_item (G_LIST_MODEL (self), i);

      if (g_str_equal (rnl_prompt_get_name (prompt), rnl_prompt_get_name (wanted))
          && g_str_equal (rnl_prompt_get_text (prompt), rnl_prompt_get_text (wanted)))
        return TRUE;
    }

  return FALSE;
}

/**
 * rnl_prompt_list_add_json:
 * @self: a list
 * @json: what [method@PromptList.to_json] made
 * @n_added: (out): how many were not there yet
 * @error: why nothing was added, for a person
 *
 * Returns: whether it was understood
 */
gboolean
rnl_prompt_list_add_json (RnlPromptList *self, GBytes *json, guint *n_added, GError **error)
{
  g_autoptr (GPtrArray) prompts = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (RNL_IS_PROMPT_LIST (self), FALSE);

  *n_added = 0;
  if (!parse (json, prompts, error))
    return FALSE;
  for (guint i = 0; i < prompts->len; i++)
    if (!has (self, prompts->pdata[i]))
      {
        g_list_store_append (self->prompts, prompts->pdata[i]);
        ++*n_added;
      }
  if (*n_added > 0)
    write_soon (self);

  return TRUE;
}
