/* rnl-chat-search-tool.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chat-search-tool.h"

#include "rnl-marked-text.h"
#include "rnl-tool-arguments.h"

#define DEFAULT_LIMIT 10
#define MAX_LIMIT     50

static const char schema[]
  = "{\"type\": \"object\", \"properties\": {"
    "\"query\": {\"type\": \"string\", \"description\": "
    "\"Words, all of which must occur; beginnings of words count\"},"
    "\"limit\": {\"type\": \"integer\", \"minimum\": 1, \"maximum\": 50, \"description\": "
    "\"How many matches at most, 10 when left out\"}},"
    "\"required\": [\"query\"], \"additionalProperties\": false}";

/**
 * RnlChatSearchTool:
 *
 * `search_chats {"query": string, "limit"?: integer}`: looks through everything said in the saved
 * chats. It asks: other chats are private, and their words would go to the model of this one.
 */
struct _RnlChatSearchTool
{
  GObject parent_instance;

  /* owned */
  RnlToolSpec *spec;
  RnlLibrary *library;
};

static void rnl_chat_search_tool_iface_init (RnlToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlChatSearchTool,
                               rnl_chat_search_tool,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_TOOL,
                                                      rnl_chat_search_tool_iface_init))

static void
rnl_chat_search_tool_dispose (GObject *object)
{
  g_clear_object (&RNL_CHAT_SEARCH_TOOL (object)->library);

  G_OBJECT_CLASS (rnl_chat_search_tool_parent_class)->dispose (object);
}

static void
rnl_chat_search_tool_finalize (GObject *object)
{
  g_clear_pointer (&RNL_CHAT_SEARCH_TOOL (object)->spec, rnl_tool_spec_unref);

  G_OBJECT_CLASS (rnl_chat_search_tool_parent_class)->finalize (object);
}

static void
rnl_chat_search_tool_class_init (RnlChatSearchToolClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_chat_search_tool_dispose;
  object_class->finalize = rnl_chat_search_tool_finalize;
}

static void
rnl_chat_search_tool_init (RnlChatSearchTool *self)
{
  self->spec = rnl_tool_spec_new (
    "search_chats", NC_ ("tool", "Search chats"),
    NC_ ("tool", "Finds earlier conversations of the person by words in them."), schema);
}

static RnlToolSpec *
rnl_chat_search_tool_get_spec (RnlTool *tool)
{
  return RNL_CHAT_SEARCH_TOOL (tool)->spec;
}

static RnlToolPermission
rnl_chat_search_tool_get_permission (RnlTool *tool)
{
  return RNL_TOOL_ASKS;
}

static RnlToolEffects
rnl_chat_search_tool_get_effects (RnlTool *tool)
{
  return RNL_TOOL_EFFECT_READS_CHATS;
}

static const char *
rnl_chat_search_tool_get_icon_name (RnlTool *tool)
{
  return "document-open-recent-symbolic";
}

/* The match stands between U+0002 and U+0003; a hit is one line. */
static void
append_hit (GString *text, const RnlSearchHit *hit)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (hit->time / G_USEC_PER_SEC);
  g_autofree char *day
    = time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("no date");
  const char *title = hit->title != NULL && *hit->title != '\0' ? hit->title : "Untitled";

  g_string_append_printf (text, "%s, %s: ", day, title);
  for (const char *c = hit->snippet != NULL ? hit->snippet : ""; *c != '\0'; c++)
    if (*c == '\2' || *c == '\3')
      g_string_append (text, "**");
    else
      g_string_append_c (text, *c == '\n' || *c == '\r' ? ' ' : *c);
  g_string_append_c (text, '\n');
}

static void
search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  GError *error = NULL;

  hits = rnl_library_search_finish (RNL_LIBRARY (source), result, &error);
  if (hits == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < hits->len; i++)
    append_hit (text, g_ptr_array_index (hits, i));
  if (hits->len == 0)
    g_string_append (text, "No chat has these words.");
  g_task_return_pointer (task, g_strchomp (g_strdup (text->str)), g_free);
}

static void
rnl_chat_search_tool_call_async (RnlTool *tool,
                                 JsonObject *arguments,
                                 RnlToolContext *context,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  RnlChatSearchTool *self = RNL_CHAT_SEARCH_TOOL (tool);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gint64 limit = DEFAULT_LIMIT;
  GError *error = NULL;
  const char *query;

  g_task_set_source_tag (task, rnl_chat_search_tool_call_async);
  query = rnl_tool_arguments_get_string (arguments, "query", &error);
  if (query == NULL
      || !rnl_tool_arguments_get_optional_integer (arguments, "limit", 1, MAX_LIMIT, &limit,
                                                   &error))
    g_task_return_error (task, error);
  else if (self->library == NULL)
    g_task_return_new_error (task, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED,
                             "There are no saved chats to search.");
  else
    rnl_library_search_async (self->library, query, (guint) limit, cancellable, search_cb,
                              g_steal_pointer (&task));
}

static char *
rnl_chat_search_tool_call_finish (RnlTool *tool, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, tool), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rnl_chat_search_tool_iface_init (RnlToolInterface *iface)
{
  iface->get_spec = rnl_chat_search_tool_get_spec;
  iface->get_permission = rnl_chat_search_tool_get_permission;
  iface->get_effects = rnl_chat_search_tool_get_effects;
  iface->get_icon_name = rnl_chat_search_tool_get_icon_name;
  iface->call_async = rnl_chat_search_tool_call_async;
  iface->call_finish = rnl_chat_search_tool_call_finish;
}

/**
 * rnl_chat_search_tool_new:
 *
 * Returns: (transfer full): a tool that has no chats to search yet
 */
RnlTool *
rnl_chat_search_tool_new (void)
{
  return g_object_new (RNL_TYPE_CHAT_SEARCH_TOOL, NULL);
}

/**
 * rnl_chat_search_tool_set_library:
 * @self: the tool
 * @library: (nullable) (transfer none): the chats
 */
void
rnl_chat_search_tool_set_library (RnlChatSearchTool *self, RnlLibrary *library)
{
  g_return_if_fail (RNL_IS_CHAT_SEARCH_TOOL (self));

  g_set_object (&self->library, library);
}
