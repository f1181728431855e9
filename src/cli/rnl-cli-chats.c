/* rnl-cli-chats.c: the chats on this machine
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli.h"

#include <string.h>

#include "rnl-message-export.h"
#include "rnl-text.h"

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
export_markdown (RnlChat *chat, GPtrArray *messages)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "# %s\n\n", rnl_chat_get_title (chat));
  for (guint i = 0; i < messages->len; i++)
    rnl_message_append_markdown (g_ptr_array_index (messages, i), out);
  g_print ("%s", out->str);
}

/* The last message that the chat shows: from it, parent by parent, goes the current path. */
static void
set_current (JsonObject *object, RnlLibrary *library, RnlChat *chat)
{
  g_autoptr (GPtrArray) path = load_messages (library, rnl_chat_get_id (chat), FALSE, NULL);

  if (path != NULL && path->len > 0)
    json_object_set_string_member (object, "current",
                                   rnl_message_get_id (path->pdata[path->len - 1]));
}

static void
export_json (RnlLibrary *library, RnlChat *chat, GPtrArray *messages, gboolean all)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = chat_to_json (chat);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < messages->len; i++)
    json_array_add_object_element (array, rnl_message_to_json (g_ptr_array_index (messages, i)));
  json_object_set_array_member (object, "messages", array);
  if (all)
    set_current (object, library, chat);
  json_node_take_object (node, object);
  rnl_cli_print_json (node, TRUE);
}

static RnlExit
export_chat (RnlLibrary *library, const char *chat_id, gboolean json, gboolean all)
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
    export_json (library, chat, messages, all);
  else
    export_markdown (chat, messages);

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

RnlExit
rnl_cli_chats (int argc, char **argv)
{
  gboolean json = FALSE;
  gboolean all = FALSE;
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, "For show and export (default: md)",
      "md|json" },
    { "all", 0, 0, G_OPTION_ARG_NONE, &all,
      "Every version of what was said, not only the current ones (export as JSON always does)",
      NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlLibrary) library = NULL;
  const char *verb, *argument;

  if (!rnl_cli_parse ((GOptionEntry *) entries, "list | show ID | search WORDS | export ID", &argc,
                      &argv, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);
  if (format != NULL && !g_str_equal (format, "md") && !g_str_equal (format, "json"))
    return rnl_cli_fail (RNL_EXIT_USAGE, "--format takes one of: md, json");
  json = json || g_strcmp0 (format, "json") == 0;
  verb = argc > 1 ? argv[1] : "";
  argument = argc > 2 ? argv[2] : NULL;
  if (!g_str_equal (verb, "list") && argument == NULL)
    return rnl_cli_fail (RNL_EXIT_USAGE, "chats takes: list | show ID | search WORDS | export ID");

  library = rnl_cli_library_open (&error);
  if (library == NULL)
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);
  if (g_str_equal (verb, "list"))
    return list_chats (library, json);
  if (g_str_equal (verb, "show"))
    return export_chat (library, argument, json, all);
  if (g_str_equal (verb, "export"))
    return export_chat (library, argument, json, all || json);
  if (g_str_equal (verb, "search"))
    {
      g_autofree char *query = g_strjoinv (" ", argv + 2);

      return search_chats (library, query, json);
    }

  return rnl_cli_fail (RNL_EXIT_USAGE, "chats takes: list | show ID | search WORDS | export ID");
}
