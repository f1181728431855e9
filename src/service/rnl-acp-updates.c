/* rnl-acp-updates.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-acp-updates.h"

#include "rnl-json-value.h"

/**
 * RnlAcpUpdates:
 *
 * Watches a turn and writes what happens as objects of the protocol's `session/update`
 * (version 1): `agent_message_chunk`, `agent_thought_chunk`, `tool_call`, `tool_call_update`,
 * `usage_update`. An observer like any other: the turn does not know of it.
 *
 * A call is told of when its arguments are complete; `usage_update` has the member `size` 0 where
 * the length of the model's context is not known.
 *
 * Source: Agent Client Protocol, schema v1, "SessionUpdate" (as of 2026-08).
 */
struct _RnlAcpUpdates
{
  GObject parent_instance;

  /* owned */
  RnlEventPipe *pipe;
  RnlMessage *message;

  guint n_parts;
  gint64 used; /* tokens of all model calls so far */
};

/* What a tool has put out so far is told again with each update. */
#define MAX_LIVE_OUTPUT ((gsize) 16 * 1024)

G_DEFINE_FINAL_TYPE (RnlAcpUpdates, rnl_acp_updates, G_TYPE_OBJECT)

static void
rnl_acp_updates_dispose (GObject *object)
{
  RnlAcpUpdates *self = RNL_ACP_UPDATES (object);

  g_clear_object (&self->pipe);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (rnl_acp_updates_parent_class)->dispose (object);
}

static void
rnl_acp_updates_class_init (RnlAcpUpdatesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_acp_updates_dispose;
}

static void
rnl_acp_updates_init (RnlAcpUpdates *self)
{
}

/* Calls. */

static const char *
tool_kind (const char *name)
{
  static const struct
  {
    const char *name;
    const char *kind;
  } kinds[] = {
    { "fetch_page", "fetch" },    { "list_folder", "read" },    { "read_file", "read" },
    { "search_chats", "search" }, { "search_files", "search" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (name, kinds[i].name) == 0)
      return kinds[i].kind;

  return "other";
}

static const char *
tool_status (RnlToolState state)
{
  switch (state)
    {
    case RNL_TOOL_PREPARING:
    case RNL_TOOL_WAITING:
      return "pending";
    case RNL_TOOL_RUNNING:
      return "in_progress";
    case RNL_TOOL_DONE:
      return "completed";
    case RNL_TOOL_FAILED:
    case RNL_TOOL_REFUSED:
    case RNL_TOOL_CANCELLED:
    case RNL_TOOL_LIMIT:
    default:
      return "failed";
    }
}

static JsonObject *
begin_update (const char *update, RnlPart *part)
{
  JsonObject *object = json_object_new ();
  const char *id = rnl_part_get_call_id (part);

  json_object_set_string_member (object, "sessionUpdate", update);
  /* A call that was cut off may have no id yet. */
  json_object_set_string_member (object, "toolCallId", id != NULL ? id : rnl_part_get_id (part));

  return object;
}

/* `[{"type": "content", "content": {"type": "text", "text": TEXT}}]` */
static void
set_content (JsonObject *object, const char *text)
{
  JsonArray *array = json_array_new ();
  JsonObject *item = json_object_new ();
  JsonObject *content = json_object_new ();

  json_object_set_string_member (content, "type", "text");
  json_object_set_string_member (content, "text", text);
  json_object_set_string_member (item, "type", "content");
  json_object_set_object_member (item, "content", content);
  json_array_add_object_element (array, item);
  json_object_set_array_member (object, "content", array);
}

static void
set_raw_input (JsonObject *object, RnlPart *part)
{
  JsonNode *input
    = rnl_json_strict_parse (rnl_part_get_text (part), rnl_part_get_length (part), NULL);

  /* What is no JSON is told as the text it is. */
  if (input == NULL)
    input = json_node_init_string (json_node_alloc (), rnl_part_get_text (part));
  json_object_set_member (object, "rawInput", input);
}

static void
write_call (RnlAcpUpdates *self, RnlPart *part)
{
  g_autoptr (JsonObject) object = begin_update ("tool_call", part);
  const char *name = rnl_part_get_name (part);
  const char *title = rnl_part_get_title (part);

  name = name != NULL ? name : "";
  json_object_set_string_member (object, "title", title != NULL && *title != '\0' ? title : name);
  json_object_set_string_member (object, "kind", tool_kind (name));
  json_object_set_string_member (object, "status", tool_status (rnl_part_get_state (part)));
  set_raw_input (object, part);
  rnl_event_pipe_write_object (self->pipe, object);
}

static void
state_changed_cb (RnlPart *part, GParamSpec *pspec, RnlAcpUpdates *self)
{
  g_autoptr (JsonObject) object = NULL;
  RnlToolState state = rnl_part_get_state (part);
  const char *result = rnl_part_get_result (part);

  /* It was told as pending. */
  if (state == RNL_TOOL_PREPARING || state == RNL_TOOL_WAITING)
    return;

  object = begin_update ("tool_call_update", part);
  json_object_set_string_member (object, "status", tool_status (state));
  if (rnl_tool_state_is_final (state) && result != NULL)
    {
      set_content (object, result);
      json_object_set_string_member (object, "rawOutput", result);
    }
  rnl_event_pipe_write_object (self->pipe, object);
}

/* Content of an update replaces what was there. */
static void
output_delta_cb (RnlPart *part, guint64 offset, const char *text, RnlAcpUpdates *self)
{
  g_autoptr (JsonObject) object = NULL;

  /* With a reader that is behind, or of much, only the result counts. */
  if (rnl_event_pipe_is_full (self->pipe) || rnl_part_get_output_length (part) > MAX_LIVE_OUTPUT)
    return;
  object = begin_update ("tool_call_update", part);
  json_object_set_string_member (object, "status", tool_status (rnl_part_get_state (part)));
  set_content (object, rnl_part_get_output (part));
  rnl_event_pipe_write_object (self->pipe, object);
}

static void
complete_cb (RnlPart *part, GParamSpec *pspec, RnlAcpUpdates *self)
{
  if (!rnl_part_get_complete (part))
    return;

  g_signal_handlers_disconnect_by_func (part, complete_cb, self);
  write_call (self, part);
  g_signal_connect_object (part, "notify::state", G_CALLBACK (state_changed_cb), self, 0);
  g_signal_connect_object (part, "output-delta", G_CALLBACK (output_delta_cb), self, 0);
}

/* Texts. */

static void
thought_cb (RnlPart *part, guint64 offset, const char *text, RnlAcpUpdates *self)
{
  rnl_event_pipe_write_text (self->pipe, RNL_EVENT_PIPE_THOUGHT, text);
}

static void
text_delta_cb (RnlAgentRun *run, guint64 offset, const char *text, RnlAcpUpdates *self)
{
  rnl_event_pipe_write_text (self->pipe, RNL_EVENT_PIPE_ANSWER, text);
}

/* The message has the sum over all calls; the protocol wants what the last one had in view. */
static void
usage_changed_cb (RnlMessage *message, GParamSpec *pspec, RnlAcpUpdates *self)
{
  const RnlUsage *usage = rnl_message_get_usage (message);
  gint64 total = usage->total >= 0 ? usage->total : MAX (usage->input, 0) + MAX (usage->output, 0);
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "sessionUpdate", "usage_update");
  json_object_set_int_member (object, "used", total - self->used);
  json_object_set_int_member (object, "size", 0);
  self->used = total;
  rnl_event_pipe_write_object (self->pipe, object);
}

/* Parts. */

static void
watch_part (RnlAcpUpdates *self, RnlPart *part)
{
  switch (rnl_part_get_part_type (part))
    {
    case RNL_PART_REASONING:
      if (rnl_part_get_length (part) > 0)
        thought_cb (part, 0, rnl_part_get_text (part), self);
      g_signal_connect_object (part, "delta", G_CALLBACK (thought_cb), self, 0);
      break;
    case RNL_PART_TOOL_CALL:
      g_signal_connect_object (part, "notify::complete", G_CALLBACK (complete_cb), self, 0);
      complete_cb (part, NULL, self);
      break;
    case RNL_PART_TEXT:
    case RNL_PART_FILE:
    case RNL_PART_OPAQUE:
    default:
      break;
    }
}

static void
parts_changed_cb (
  GListModel *parts, guint position, guint removed, guint added, RnlAcpUpdates *self)
{
  for (; self->n_parts < g_list_model_get_n_items (parts); self->n_parts++)
    watch_part (self, rnl_message_get_part (self->message, self->n_parts));
}

/**
 * rnl_acp_updates_new:
 * @run: a turn that has just begun
 * @pipe: where it is told
 *
 * Returns: (transfer full): what watches, as long as it lives
 */
RnlAcpUpdates *
rnl_acp_updates_new (RnlAgentRun *run, RnlEventPipe *pipe)
{
  RnlAcpUpdates *self = g_object_new (RNL_TYPE_ACP_UPDATES, NULL);
  GListModel *parts;

  self->pipe = g_object_ref (pipe);
  self->message = g_object_ref (rnl_agent_run_get_message (run));
  parts = rnl_message_list_parts (self->message);
  g_signal_connect_object (parts, "items-changed", G_CALLBACK (parts_changed_cb), self, 0);
  parts_changed_cb (parts, 0, 0, 0, self);
  g_signal_connect_object (run, "text-delta", G_CALLBACK (text_delta_cb), self, 0);
  g_signal_connect_object (self->message, "notify::usage-total", G_CALLBACK (usage_changed_cb),
                           self, 0);

  return self;
}

/**
 * rnl_acp_stop_reason:
 * @message: an answer that is over
 *
 * Returns: the protocol's word for why it ended, or `error`, which the protocol says in another way
 */
const char *
rnl_acp_stop_reason (RnlMessage *message)
{
  switch (rnl_message_get_state (message))
    {
    case RNL_MESSAGE_COMPLETE:
      if (rnl_message_get_finish_reason (message) == RNL_FINISH_LENGTH)
        return "max_tokens";
      return "end_turn";
    case RNL_MESSAGE_LIMIT:
      return rnl_message_get_finish_reason (message) == RNL_FINISH_TOOL_LIMIT ? "max_turn_requests"
                                                                              : "cancelled";
    case RNL_MESSAGE_FAILED:
      if (rnl_message_get_finish_reason (message) == RNL_FINISH_LENGTH)
        return "max_tokens";
      return rnl_message_get_finish_reason (message) == RNL_FINISH_CONTENT_FILTER ? "refusal"
                                                                                  : "error";
    case RNL_MESSAGE_STREAMING:
    case RNL_MESSAGE_STOPPED:
    case RNL_MESSAGE_INTERRUPTED:
    default:
      return "cancelled";
    }
}
