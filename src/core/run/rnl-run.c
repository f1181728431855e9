/* rnl-run.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run.h"

#include "rnl-run-recorded.h"
#include "rnl-text.h"

/**
 * RnlRun:
 *
 * One execution of one component: an agent's turn, a model call, a tool call. Runs nest; every
 * event of every run is emitted by the root as [signal@Runnel.Run::event], in order, numbered
 * without holes.
 *
 * A run starts once and ends once: what comes after its end is dropped, and a parent that ends
 * takes children that are still alive with it (they are cancelled first), so nesting always holds.
 * A run that is dropped without an end was forgotten by its owner: it is reported as cancelled.
 */
struct _RnlRun
{
  GObject parent_instance;

  /* owned */
  RnlRun *parent;
  char *id;
  char *name;
  char *tool_call_id;
  char **tags;
  JsonObject *metadata;
  JsonNode *late_input;

  /* borrowed: children that are alive; each holds a reference to us */
  GPtrArray *children;

  RnlRunType type;
  gboolean running;
  gboolean over;
  guint64 next_seq;
  gint64 started;
  gint64 started_mono;
  gint64 duration;
};

enum
{
  EVENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlRun, rnl_run, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (RnlRunType,
                    rnl_run_type,
                    G_DEFINE_ENUM_VALUE (RNL_RUN_AGENT, "agent"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_CHAT_MODEL, "chat_model"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_LLM, "llm"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_CHAIN, "chain"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_TOOL, "tool"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_RETRIEVER, "retriever"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_PROMPT, "prompt"),
                    G_DEFINE_ENUM_VALUE (RNL_RUN_PARSER, "parser"))

static void
rnl_run_dispose (GObject *object)
{
  RnlRun *self = RNL_RUN (object);

  if (self->running)
    rnl_run_cancel (self);
  g_clear_object (&self->parent);

  G_OBJECT_CLASS (rnl_run_parent_class)->dispose (object);
}

static void
rnl_run_finalize (GObject *object)
{
  RnlRun *self = RNL_RUN (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->tool_call_id);
  g_strfreev (self->tags);
  json_object_unref (self->metadata);
  g_clear_pointer (&self->late_input, json_node_unref);
  g_ptr_array_unref (self->children);

  G_OBJECT_CLASS (rnl_run_parent_class)->finalize (object);
}

static void
rnl_run_class_init (RnlRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_run_dispose;
  object_class->finalize = rnl_run_finalize;

  /**
   * RnlRun::event:
   * @self: the root run
   * @event: (type gpointer): a [struct@Runnel.Event], lent for the time of the call
   *
   * Something happened to this run or to one inside it. Emitted by the root only, on the main
   * thread.
   */
  signals[EVENT] = g_signal_new ("event", RNL_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 g_cclosure_marshal_VOID__POINTER, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_signal_set_va_marshaller (signals[EVENT], RNL_TYPE_RUN, g_cclosure_marshal_VOID__POINTERv);
}

static void
rnl_run_init (RnlRun *self)
{
  self->id = rnl_uuid_new ();
  self->children = g_ptr_array_new ();
  self->metadata = json_object_new ();
  self->duration = -1;
}

static char **
join_tags (RnlRun *parent, const char *const *tags)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *const *inherited = parent != NULL ? (const char *const *) parent->tags : NULL;

  for (gsize i = 0; inherited != NULL && inherited[i] != NULL; i++)
    g_strv_builder_add (builder, inherited[i]);
  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    if (inherited == NULL || !g_strv_contains (inherited, tags[i]))
      g_strv_builder_add (builder, tags[i]);

  return g_strv_builder_end (builder);
}

static void
copy_member_cb (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  json_object_set_member (user_data, name, json_node_copy (node));
}

/**
 * rnl_run_new:
 * @type: what executes
 * @name: (nullable): its name in events, "Unnamed" when `NULL`
 * @parent: (nullable): the run it happens in, `NULL` for a root
 * @tags: (nullable) (array zero-terminated=1): its own tags; its parent's are inherited, and its
 *   parent's metadata too
 *
 * Returns: (transfer full): a run that has not started
 */
RnlRun *
rnl_run_new (RnlRunType type, const char *name, RnlRun *parent, const char *const *tags)
{
  RnlRun *self = g_object_new (RNL_TYPE_RUN, NULL);

  self->type = type;
  self->name = g_strdup (name != NULL ? name : "Unnamed");
  self->tags = join_tags (parent, tags);
  if (parent != NULL)
    {
      self->parent = g_object_ref (parent);
      json_object_foreach_member (parent->metadata, copy_member_cb, self->metadata);
    }

  return self;
}

const char *
rnl_run_get_id (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->id;
}

RnlRunType
rnl_run_get_run_type (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), RNL_RUN_CHAIN);

  return self->type;
}

const char *
rnl_run_get_name (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->name;
}

/**
 * rnl_run_get_parent:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): the run it happens in
 */
RnlRun *
rnl_run_get_parent (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->parent;
}

/**
 * rnl_run_get_root:
 * @self: a run
 *
 * Returns: (transfer none): the outermost run, @self when it has no parent
 */
RnlRun *
rnl_run_get_root (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  while (self->parent != NULL)
    self = self->parent;

  return self;
}

/**
 * rnl_run_get_tags:
 * @self: a run
 *
 * Returns: (transfer none) (array zero-terminated=1): inherited tags, then its own
 */
const char *const *
rnl_run_get_tags (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return (const char *const *) self->tags;
}

gboolean
rnl_run_has_tag (RnlRun *self, const char *tag)
{
  g_return_val_if_fail (RNL_IS_RUN (self), FALSE);

  return g_strv_contains ((const char *const *) self->tags, tag);
}

/**
 * rnl_run_get_metadata:
 * @self: a run
 *
 * Returns: (transfer none): a copy of the parent's at the time of [ctor@Runnel.Run.new], plus its
 * own
 */
JsonObject *
rnl_run_get_metadata (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->metadata;
}

void
rnl_run_set_metadata (RnlRun *self, const char *key, const char *value)
{
  g_return_if_fail (RNL_IS_RUN (self));

  json_object_set_string_member (self->metadata, key, value);
}

/**
 * rnl_run_get_tool_call_id:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): the model's id of the call this tool run answers
 */
const char *
rnl_run_get_tool_call_id (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), NULL);

  return self->tool_call_id;
}

void
rnl_run_set_tool_call_id (RnlRun *self, const char *tool_call_id)
{
  g_return_if_fail (RNL_IS_RUN (self));

  rnl_set_str (&self->tool_call_id, tool_call_id);
}

/**
 * rnl_run_get_started:
 * @self: a run
 *
 * Returns: when it started, in microseconds since 1970
 */
gint64
rnl_run_get_started (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), 0);

  return self->started;
}

/**
 * rnl_run_get_duration:
 * @self: a run
 *
 * Returns: how long it took by the monotonic clock, in microseconds, -1 while it is not over
 */
gint64
rnl_run_get_duration (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), -1);

  return self->duration;
}

gboolean
rnl_run_is_over (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), TRUE);

  return self->over;
}

static void
emit (RnlRun *self, RnlEvent *event)
{
  RnlRun *root = rnl_run_get_root (self);

  event->run = self;
  event->seq = root->next_seq++;
  event->time = g_get_real_time ();
  g_signal_emit (root, signals[EVENT], 0, event);
}

/**
 * rnl_run_start:
 * @self: a run that has not started, whose parent is alive
 * @input: (nullable) (transfer none): what goes in
 */
void
rnl_run_start (RnlRun *self, JsonNode *input)
{
  RnlEvent event = { .kind = RNL_EVENT_START, .data = input };

  g_return_if_fail (RNL_IS_RUN (self));
  g_return_if_fail (!self->running && !self->over);
  g_return_if_fail (self->parent == NULL || self->parent->running);

  self->running = TRUE;
  self->started = g_get_real_time ();
  self->started_mono = g_get_monotonic_time ();
  if (self->parent != NULL)
    g_ptr_array_add (self->parent->children, self);
  emit (self, &event);
}

/**
 * rnl_run_stream_chunk:
 * @self: a run
 * @chunk: what the model said
 *
 * Does nothing when the run is over.
 */
void
rnl_run_stream_chunk (RnlRun *self, const RnlChunk *chunk)
{
  RnlEvent event = { .kind = RNL_EVENT_STREAM, .chunk = chunk };

  g_return_if_fail (RNL_IS_RUN (self));

  if (self->running)
    emit (self, &event);
}

/**
 * rnl_run_set_input:
 * @self: a run that was started without an input
 * @input: (transfer none): what went in, not to be changed any more
 *
 * For who streams its input: what it was is known at the end, and END carries it.
 */
void
rnl_run_set_input (RnlRun *self, JsonNode *input)
{
  g_return_if_fail (RNL_IS_RUN (self));

  g_clear_pointer (&self->late_input, json_node_unref);
  self->late_input = json_node_ref (input);
}

/**
 * rnl_run_stream_value:
 * @self: a run
 * @value: (transfer none): a piece of output that is no text
 *
 * Does nothing when the run is over.
 */
void
rnl_run_stream_value (RnlRun *self, JsonNode *value)
{
  RnlEvent event = { .kind = RNL_EVENT_STREAM, .data = value };

  g_return_if_fail (RNL_IS_RUN (self));

  if (self->running)
    emit (self, &event);
}

/**
 * rnl_run_stream_text:
 * @self: a run
 * @text: what a tool printed, or a parser read
 *
 * Does nothing when the run is over.
 */
void
rnl_run_stream_text (RnlRun *self, const char *text)
{
  RnlEvent event = { .kind = RNL_EVENT_STREAM, .text = text };

  g_return_if_fail (RNL_IS_RUN (self));

  if (self->running)
    emit (self, &event);
}

/**
 * rnl_run_emit_custom:
 * @self: a run
 * @name: what a component calls its event
 * @data: (nullable) (transfer none): anything
 *
 * Does nothing when the run is over.
 */
void
rnl_run_emit_custom (RnlRun *self, const char *name, JsonNode *data)
{
  RnlEvent event = { .kind = RNL_EVENT_CUSTOM, .name = name, .data = data };

  g_return_if_fail (RNL_IS_RUN (self));

  if (self->running)
    emit (self, &event);
}

static void
finish (RnlRun *self, RnlEvent *event)
{
  if (!self->running)
    return;

  while (self->children->len > 0)
    rnl_run_cancel (g_ptr_array_index (self->children, self->children->len - 1));

  self->running = FALSE;
  self->over = TRUE;
  self->duration = g_get_monotonic_time () - self->started_mono;
  if (self->parent != NULL)
    g_ptr_array_remove (self->parent->children, self);
  emit (self, event);
}

/**
 * rnl_run_end:
 * @self: a run
 * @output: (nullable) (transfer none): what came out
 */
void
rnl_run_end (RnlRun *self, JsonNode *output)
{
  RnlEvent event = { .kind = RNL_EVENT_END, .data = output };

  g_return_if_fail (RNL_IS_RUN (self));

  event.input = self->late_input;
  finish (self, &event);
}

/**
 * rnl_run_fail:
 * @self: a run
 * @error: why; a cancelled operation is reported as cancelled
 */
void
rnl_run_fail (RnlRun *self, const GError *error)
{
  RnlEvent event = { .kind = RNL_EVENT_ERROR, .error = error };

  g_return_if_fail (RNL_IS_RUN (self));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    event = (RnlEvent){ .kind = RNL_EVENT_CANCEL };
  finish (self, &event);
}

void
rnl_run_cancel (RnlRun *self)
{
  RnlEvent event = { .kind = RNL_EVENT_CANCEL };

  g_return_if_fail (RNL_IS_RUN (self));

  finish (self, &event);
}

/**
 * rnl_run_new_recorded:
 * @recorded: what is known of it
 * @parent: (nullable): the recorded run it happened in
 *
 * Returns: (transfer full): a run that happens again, by [method@Runnel.Run.emit_recorded] alone
 */
RnlRun *
rnl_run_new_recorded (const RnlRecordedRun *recorded, RnlRun *parent)
{
  RnlRun *self = g_object_new (RNL_TYPE_RUN, NULL);

  self->type = recorded->type;
  self->name = g_strdup (recorded->name);
  self->tool_call_id = g_strdup (recorded->tool_call_id);
  self->tags = g_strdupv ((char **) recorded->tags);
  self->started = recorded->started;
  rnl_set_str (&self->id, recorded->id);
  if (recorded->metadata != NULL)
    json_object_foreach_member (recorded->metadata, copy_member_cb, self->metadata);
  if (parent != NULL)
    self->parent = g_object_ref (parent);

  return self;
}

/**
 * rnl_run_emit_recorded:
 * @self: a recorded run
 * @event: what happened, with its number and time
 * @duration: for an event that ends the run: how long it took, in microseconds, or -1
 *
 * Does what [method@Runnel.Run.start] and the others do, at the time and under the number it had.
 * What does not fit the state of the run (a second start, more after the end) is dropped; its start
 * may be missing.
 *
 * Returns: whether it was emitted
 */
gboolean
rnl_run_emit_recorded (RnlRun *self, RnlEvent *event, gint64 duration)
{
  RnlRun *root = rnl_run_get_root (self);
  gboolean starts = event->kind == RNL_EVENT_START;

  if (self->over || (starts && self->running))
    return FALSE;

  if (starts)
    {
      self->running = TRUE;
      if (self->parent != NULL)
        g_ptr_array_add (self->parent->children, self);
    }
  else if (event->kind == RNL_EVENT_END || event->kind == RNL_EVENT_ERROR
           || event->kind == RNL_EVENT_CANCEL)
    {
      self->running = FALSE;
      self->over = TRUE;
      self->duration = duration;
      if (self->parent != NULL)
        g_ptr_array_remove (self->parent->children, self);
    }

  event->run = self;
  root->next_seq = event->seq + 1;
  g_signal_emit (root, signals[EVENT], 0, event);

  return TRUE;
}
