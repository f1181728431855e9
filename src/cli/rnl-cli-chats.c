/* rnl-cli-chats.c: the chats on this machine
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli.h"

#include <string.h>

#include "rnl-cli-archive.h"
#include "rnl-message-export.h"
#include "rnl-text.h"

static JsonArray *
labels_to_json (RnlChat *chat)
{
  const char *const *labels = rnl_chat_get_labels (chat);
  JsonArray *array = json_array_new ();

  for (; *labels != NULL; labels++)
    json_array_add_string_element (array, *labels);

  return array;
}

static JsonObject *
chat_to_json (RnlChat *chat)
{
  JsonObject *object = json_object_new ();
  g_autofree char *created = rnl_time_to_iso8601 (rnl_chat_get_created (chat));
  g_autofree char *updated = rnl_time_to_iso8601 (rnl_chat_get_updated (chat));

  json_object_set_string_member (object, "id", rnl_chat_get_id (chat));
  json_object_set_string_member (object, "title", rnl_chat_get_title (chat));
  json_object_set_string_member (object, "model", rnl_chat_get_model (chat));
  json_object_set_string_member (object, "created", created);
  json_object_set_string_member (object, "updated", updated);
  json_object_set_boolean_member (object, "pinned", rnl_chat_get_pinned (chat));
  json_object_set_array_member (object, "labels", labels_to_json (chat));

  return object;
}

static void
print_array (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  rnl_cli_print_json (node, TRUE);
}

static RnlExit
list_chats (RnlLibrary *library, gboolean json)
{
  GListModel *chats = rnl_library_list_chats (library);
  JsonArray *array = json ? json_array_new () : NULL;

  for (guint i = 0; i < g_list_model_get_n_items (chats); i++)
    {
      g_autoptr (RnlChat) chat = g_list_model_get_item (chats, i);
      g_autofree char *updated = rnl_time_to_iso8601 (rnl_chat_get_updated (chat));

      if (json)
        json_array_add_object_element (array, chat_to_json (chat));
      else
        g_print ("%s  %.10s  %s\n", rnl_chat_get_id (chat), updated, rnl_chat_get_title (chat));
    }
  if (json)
    print_array (array);

  return RNL_EXIT_OK;
}

static GPtrArray *
load_messages (RnlLibrary *library, const char *chat_id, gboolean all, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (all)
    rnl_library_load_all_async (library, chat_id, NULL, rnl_cli_result_cb, &result);
  else
    rnl_library_load_messages_async (library, chat_id, NULL, G_MAXUINT, NULL, rnl_cli_result_cb,
                                     &result);
  rnl_cli_wait (&result);

  return all ? rnl_library_load_all_finish (library, result, error)
             : rnl_library_load_messages_finish (library, result, error);
}

static void
show_markdown (RnlChat *chat, GPtrArray *messages)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "# %s\n\n", rnl_chat_get_title (chat));
  for (guint i = 0; i < messages->len; i++)
    rnl_message_append_markdown (g_ptr_array_index (messages, i), out);
  g_print ("%s", out->str);
}

static void
show_json (RnlChat *chat, GPtrArray *messages)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = chat_to_json (chat);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < messages->len; i++)
    json_array_add_object_element (array, rnl_message_to_json (g_ptr_array_index (messages, i)));
  json_object_set_array_member (object, "messages", array);
  json_node_take_object (node, object);
  rnl_cli_print_json (node, TRUE);
}

static RnlExit
show_chat (RnlLibrary *library, const char *chat_id, gboolean json, gboolean all)
{
  RnlChat *chat = rnl_library_find_chat (library, chat_id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  if (chat == NULL)
    return rnl_cli_fail (RNL_EXIT_FAILED,
                         "there is no chat %s; \"runnel-cli chats list\" shows them", chat_id);

  messages = load_messages (library, chat_id, all, &error);
  if (messages == NULL)
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);
  if (json)
    show_json (chat, messages);
  else
    show_markdown (chat, messages);

  return RNL_EXIT_OK;
}

/* The markers around a match become brackets for a terminal. */
static char *
bracket_match (const char *snippet)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = snippet; *p != '\0'; p++)
    g_string_append_c (out, *p == '\002' ? '[' : *p == '\003' ? ']' : *p == '\n' ? ' ' : *p);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The title of a chat is its first question, so it says again what a message of it says. */
static gboolean
is_repeated (GPtrArray *hits, const RnlSearchHit *title)
{
  for (guint i = 0; title->message_id == NULL && i < hits->len; i++)
    {
      const RnlSearchHit *hit = g_ptr_array_index (hits, i);

      if (hit->message_id != NULL && g_str_equal (hit->chat_id, title->chat_id))
        return TRUE;
    }

  return FALSE;
}

static RnlExit
search_chats (RnlLibrary *library, const char *query, gboolean json)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  JsonArray *array = NULL;

  rnl_library_search_async (library, query, 50, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);
  hits = rnl_library_search_finish (library, result, &error);
  if (hits == NULL)
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);

  array = json ? json_array_new () : NULL;
  for (guint i = 0; i < hits->len; i++)
    {
      RnlSearchHit *hit = g_ptr_array_index (hits, i);
      g_autofree char *snippet = bracket_match (hit->snippet != NULL ? hit->snippet : "");
      JsonObject *object;

      if (is_repeated (hits, hit))
        continue;
      if (!json)
        {
          g_print ("%s  %s: %s\n", hit->chat_id, hit->title, snippet);
          continue;
        }
      object = json_object_new ();
      json_object_set_string_member (object, "chat_id", hit->chat_id);
      json_object_set_string_member (object, "message_id", hit->message_id);
      json_object_set_string_member (object, "title", hit->title);
      json_object_set_string_member (object, "snippet", snippet);
      json_array_add_object_element (array, object);
    }
  if (json)
    print_array (array);

  return RNL_EXIT_OK;
}

/* Nobody could undo it after the command has ended, so it is for good. */
static RnlExit
delete_chats (RnlLibrary *library, char **chat_ids)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; chat_ids[i] != NULL; i++)
    if (rnl_library_find_chat (library, chat_ids[i]) == NULL)
      return rnl_cli_fail (
        RNL_EXIT_FAILED, "there is no chat %s; \"runnel-cli chats list\" shows them", chat_ids[i]);

  for (gsize i = 0; chat_ids[i] != NULL; i++)
    rnl_library_delete_chat (library, chat_ids[i]);
  rnl_library_purge_deleted (library);
  rnl_library_flush_async (library, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);
  if (!rnl_library_flush_finish (library, result, &error))
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);

  return RNL_EXIT_OK;
}

/* What the options say. */
typedef struct
{
  gboolean json;
  gboolean all;
  char *format;
  char *output;
} ChatsOptions;

static void
chats_options_clear (ChatsOptions *self)
{
  g_free (self->format);
  g_free (self->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChatsOptions, chats_options_clear)

#define CHATS_USAGE "list | show ID | search WORDS | export [ID...] | import FILE... | delete ID..."

static RnlExit
run_verb (RnlLibrary *library, const ChatsOptions *options, const char *verb, char **arguments)
{
  gboolean json = options->json || g_strcmp0 (options->format, "json") == 0;

  if (g_str_equal (verb, "list"))
    return list_chats (library, json);
  if (g_str_equal (verb, "show"))
    return show_chat (library, arguments[0], json, options->all);
  if (g_str_equal (verb, "export"))
    return rnl_cli_export (library, (const char *const *) (arguments[0] != NULL ? arguments : NULL),
                           json                      ? "json"
                           : options->format != NULL ? options->format
                                                     : "md",
                           options->output);
  if (g_str_equal (verb, "import"))
    return rnl_cli_import (library, (const char *const *) arguments);
  if (g_str_equal (verb, "delete"))
    return delete_chats (library, arguments);
  if (g_str_equal (verb, "search"))
    {
      g_autofree char *query = g_strjoinv (" ", arguments);

      return search_chats (library, query, json);
    }

  return rnl_cli_fail (RNL_EXIT_USAGE, "chats takes: " CHATS_USAGE);
}

RnlExit
rnl_cli_chats (int argc, char **argv)
{
  g_auto (ChatsOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Print JSON", NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format,
      "For show (md or json) and export (default: md)", "md|html|json|txt" },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all,
      "Show every version of what was said, not only the current ones (an export as JSON always "
      "has them)",
      NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      "For export: the file to write (default: standard output)", "FILE" },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlLibrary) library = NULL;
  gboolean bare;
  const char *verb;

  if (!rnl_cli_parse ((GOptionEntry *) entries, CHATS_USAGE, &argc, &argv, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);
  verb = argc > 1 ? argv[1] : "";
  bare = g_str_equal (verb, "list") || g_str_equal (verb, "export");
  if (argc <= 2 && !bare)
    return rnl_cli_fail (RNL_EXIT_USAGE, "chats takes: " CHATS_USAGE);
  if (options.format != NULL && !g_str_equal (verb, "export") && !g_str_equal (options.format, "md")
      && !g_str_equal (options.format, "json"))
    return rnl_cli_fail (RNL_EXIT_USAGE, "--format takes one of: md, json");

  library = rnl_cli_library_open (&error);
  if (library == NULL)
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);

  return run_verb (library, &options, verb, argv + MIN (argc, 2));
}
