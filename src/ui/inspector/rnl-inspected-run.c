/* rnl-inspected-run.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-inspected-run.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"

/* What is kept of streamed output, in bytes; the whole is in the output, and in the trace. */
#define MAX_STREAMED (256 * 1024)

/**
 * RnlInspectedRun:
 *
 * What the events of one run came to. An event costs what it brings; who shows the run is told by
 * [signal@InspectedRun::changed], which whoever feeds it emits with [method@InspectedRun.tell] when
 * it is time to look, at most once a frame.
 */
struct _RnlInspectedRun
{
  GObject parent_instance;

  /* owned */
  RnlInspectedFacts facts;
  GListStore *children;

  RnlInspectedRun *parent; /* borrowed: it owns this one */
  RnlUsage own;            /* of its own model, without what is inside */
  gint64 last_time;        /* of the newest event in it or inside it */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlInspectedRun, rnl_inspected_run, G_TYPE_OBJECT)

static void
rnl_inspected_run_finalize (GObject *object)
{
  RnlInspectedRun *self = RNL_INSPECTED_RUN (object);
  RnlInspectedFacts *facts = &self->facts;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->children));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RnlInspectedRun) child = g_list_model_get_item (G_LIST_MODEL (self->children), i);

      child->parent = NULL;
    }
  g_object_unref (self->children);
  g_free (facts->id);
  g_free (facts->parent_id);
  g_free (facts->name);
  g_strfreev (facts->tags);
  g_free (facts->tool_call_id);
  g_clear_pointer (&facts->metadata, json_node_unref);
  g_clear_pointer (&facts->input, json_node_unref);
  g_clear_pointer (&facts->output, json_node_unref);
  g_clear_pointer (&facts->error, json_node_unref);
  g_string_free (facts->streamed, TRUE);

  G_OBJECT_CLASS (rnl_inspected_run_parent_class)->finalize (object);
}

static void
rnl_inspected_run_class_init (RnlInspectedRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_inspected_run_finalize;

  /**
   * RnlInspectedRun::changed:
   * @self: a run
   *
   * More is known of it than the last time.
   */
  signals[CHANGED] = g_signal_new ("changed", RNL_TYPE_INSPECTED_RUN, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
rnl_inspected_run_init (RnlInspectedRun *self)
{
  self->children = g_list_store_new (RNL_TYPE_INSPECTED_RUN);
  self->facts.streamed = g_string_new (NULL);
  self->facts.duration = -1;
  self->facts.first_token = -1;
  self->facts.usage = self->own = (RnlUsage) RNL_USAGE_INIT;
}

/* As it is now: the run may go on to change its own. */
static JsonNode *
make_metadata (RnlRun *run)
{
  g_autoptr (JsonNode) node
    = json_node_init_object (json_node_alloc (), rnl_run_get_metadata (run));

  return rnl_json_value_copy (node);
}

/**
 * rnl_inspected_run_new:
 * @run: a run that started
 * @parent: (nullable): the run around it; it becomes the last inside that one
 *
 * Returns: (transfer full): what can be asked about it before it tells anything
 */
RnlInspectedRun *
rnl_inspected_run_new (RnlRun *run, RnlInspectedRun *parent)
{
  RnlInspectedRun *self = g_object_new (RNL_TYPE_INSPECTED_RUN, NULL);
  RnlInspectedFacts *facts = &self->facts;

  facts->id = g_strdup (rnl_run_get_id (run));
  facts->name = g_strdup (rnl_run_get_name (run));
  facts->type = rnl_run_get_run_type (run);
  facts->tags = g_strdupv ((char **) rnl_run_get_tags (run));
  facts->internal = rnl_run_is_internal (run);
  facts->tool_call_id = g_strdup (rnl_run_get_tool_call_id (run));
  facts->metadata = make_metadata (run);
  facts->state = RNL_RUN_RUNNING;
  facts->started = self->last_time = rnl_run_get_started (run);
  self->parent = parent;
  if (parent != NULL)
    {
      facts->parent_id = g_strdup (parent->facts.id);
      g_list_store_append (parent->children, self);
    }

  return self;
}

const RnlInspectedFacts *
rnl_inspected_run_get_facts (RnlInspectedRun *self)
{
  g_return_val_if_fail (RNL_IS_INSPECTED_RUN (self), NULL);

  return &self->facts;
}

RnlInspectedRun *
rnl_inspected_run_get_parent (RnlInspectedRun *self)
{
  g_return_val_if_fail (RNL_IS_INSPECTED_RUN (self), NULL);

  return self->parent;
}

/**
 * rnl_inspected_run_get_root:
 * @self: a run
 *
 * Returns: (transfer none): the outermost run
 */
RnlInspectedRun *
rnl_inspected_run_get_root (RnlInspectedRun *self)
{
  g_return_val_if_fail (RNL_IS_INSPECTED_RUN (self), NULL);

  while (self->parent != NULL)
    self = self->parent;

  return self;
}

/**
 * rnl_inspected_run_list_children:
 * @self: a run
 *
 * Returns: (transfer none): the [class@InspectedRun]s directly inside it, in the order in which
 *   they started
 */
GListModel *
rnl_inspected_run_list_children (RnlInspectedRun *self)
{
  g_return_val_if_fail (RNL_IS_INSPECTED_RUN (self), NULL);

  return G_LIST_MODEL (self->children);
}

/**
 * rnl_inspected_run_is_alive:
 * @self: a run
 *
 * Returns: whether more may come
 */
gboolean
rnl_inspected_run_is_alive (RnlInspectedRun *self)
{
  g_return_val_if_fail (RNL_IS_INSPECTED_RUN (self), FALSE);

  return self->facts.state <= RNL_RUN_RUNNING && !self->facts.interrupted;
}

/**
 * rnl_inspected_run_get_elapsed:
 * @self: a run
 *
 * Returns: how long it took, or takes until now, in microseconds; of one that was interrupted until
 *   the last that is known of it
 */
gint64
rnl_inspected_run_get_elapsed (RnlInspectedRun *self)
{
  g_return_val_if_fail (RNL_IS_INSPECTED_RUN (self), 0);

  if (self->facts.duration >= 0)
    return self->facts.duration;
  if (rnl_inspected_run_is_alive (self))
    return MAX (0, g_get_real_time () - self->facts.started);

  return MAX (0, self->last_time - self->facts.started);
}

/* What an event brings. */

static void
set_node (JsonNode **to, JsonNode *from)
{
  if (from == NULL || *to == from)
    return;

  g_clear_pointer (to, json_node_unref);
  *to = json_node_ref (from);
}

static void
keep_text (RnlInspectedRun *self, const char *text, gsize length)
{
  RnlInspectedFacts *facts = &self->facts;
  gsize room = MAX_STREAMED - MIN (MAX_STREAMED, facts->streamed->len);

  facts->cut |= length > room;
  /* Pieces are cut between characters; one that does not fit is left out as a whole. */
  if (length <= room)
    g_string_append_len (facts->streamed, text, (gssize) length);
}

/* The time of an event counts from the start: for the root this is the first word of the answer. */
static void
note_first_token (RnlInspectedRun *self, gint64 time)
{
  if (self->facts.first_token < 0)
    self->facts.first_token = MAX (0, time - self->facts.started);
}

static void
add_count (gint64 *sum, gint64 newest, gint64 before)
{
  if (newest >= 0)
    *sum = MAX (0, *sum) + newest - MAX (0, before);
}

/* Tokens count for the run and for everything around it. */
static void
count_usage (RnlInspectedRun *self, const RnlUsage *newest)
{
  RnlUsage before = self->own;

  rnl_usage_update (&self->own, newest);
  for (RnlInspectedRun *run = self; run != NULL; run = run->parent)
    {
      add_count (&run->facts.usage.input, self->own.input, before.input);
      add_count (&run->facts.usage.output, self->own.output, before.output);
    }
}

static void
keep_call (RnlInspectedRun *self, const RnlChunk *chunk)
{
  if (chunk->name != NULL)
    {
      g_autofree char *head
        = g_strconcat (self->facts.streamed->len > 0 ? "\n" : "", chunk->name, " ", NULL);

      keep_text (self, head, strlen (head));
    }
  keep_text (self, chunk->text, chunk->length);
}

static void
take_chunk (RnlInspectedRun *self, const RnlChunk *chunk, gint64 time)
{
  switch (chunk->type)
    {
    case RNL_CHUNK_USAGE:
      count_usage (self, &chunk->usage);
      return;
    case RNL_CHUNK_TOOL_CALL:
      keep_call (self, chunk);
      break;
    case RNL_CHUNK_TEXT:
    case RNL_CHUNK_REFUSAL:
      if (chunk->length > 0 && self->parent != NULL && !self->facts.internal
          && self->parent->parent == NULL)
        note_first_token (self->parent, time);
      G_GNUC_FALLTHROUGH;
    case RNL_CHUNK_REASONING:
      keep_text (self, chunk->text, chunk->length);
      break;
    case RNL_CHUNK_FINISH:
    case RNL_CHUNK_INFO:
    case RNL_CHUNK_RAW:
    case RNL_CHUNK_ANNOTATION:
    case RNL_CHUNK_REMOTE_CALL:
    case RNL_CHUNK_REMOTE_RESULT:
    case RNL_CHUNK_FILE:
    case RNL_CHUNK_NOTICE:
    default:
      return;
    }
  if (chunk->length > 0)
    note_first_token (self, time);
}

static void
take_stream (RnlInspectedRun *self, const RnlEvent *event)
{
  self->facts.n_pieces++;
  if (event->chunk != NULL)
    take_chunk (self, event->chunk, event->time);
  else if (event->text != NULL)
    {
      note_first_token (self, event->time);
      keep_text (self, event->text, strlen (event->text));
    }
}

static void
take_error (RnlInspectedRun *self, const RnlEvent *event)
{
  g_autoptr (JsonNode) data = rnl_event_data_to_json (event);

  set_node (&self->facts.error, json_object_get_member (json_node_get_object (data), "error"));
}

static void
take_end (RnlInspectedRun *self, const RnlEvent *event)
{
  RnlInspectedFacts *facts = &self->facts;
  gint64 duration = rnl_run_get_duration (event->run);

  set_node (&facts->output, event->data);
  set_node (&facts->input, event->input);
  if (event->kind == RNL_EVENT_ERROR)
    take_error (self, event);
  facts->duration = duration >= 0 ? duration : MAX (0, event->time - facts->started);
  facts->state = event->kind == RNL_EVENT_END     ? RNL_RUN_FINISHED
                 : event->kind == RNL_EVENT_ERROR ? RNL_RUN_FAILED
                                                  : RNL_RUN_CANCELLED;
  /* What it was told on the way. */
  g_clear_pointer (&facts->metadata, json_node_unref);
  facts->metadata = make_metadata (event->run);
}

/**
 * rnl_inspected_run_take_event:
 * @self: a run
 * @event: the next that happened to it
 *
 * Learns what the event says. Nobody is told yet.
 */
void
rnl_inspected_run_take_event (RnlInspectedRun *self, const RnlEvent *event)
{
  g_return_if_fail (RNL_IS_INSPECTED_RUN (self));

  self->facts.n_events++;
  for (RnlInspectedRun *run = self; run != NULL; run = run->parent)
    run->last_time = event->time;
  if (event->kind == RNL_EVENT_START)
    {
      self->facts.started = event->time;
      set_node (&self->facts.input, event->data);
    }
  else if (event->kind == RNL_EVENT_STREAM)
    take_stream (self, event);
  else if (rnl_event_is_terminal (event))
    take_end (self, event);
}

/**
 * rnl_inspected_run_interrupt:
 * @self: a run
 *
 * Nothing more will be known of it, or of what was alive inside it.
 */
void
rnl_inspected_run_interrupt (RnlInspectedRun *self)
{
  g_return_if_fail (RNL_IS_INSPECTED_RUN (self));

  if (self->facts.state > RNL_RUN_RUNNING)
    return;

  self->facts.interrupted = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->children)); i++)
    {
      g_autoptr (RnlInspectedRun) child = g_list_model_get_item (G_LIST_MODEL (self->children), i);

      rnl_inspected_run_interrupt (child);
    }
}

/**
 * rnl_inspected_run_tell:
 * @self: a run
 *
 * Tells who shows it that it changed.
 */
void
rnl_inspected_run_tell (RnlInspectedRun *self)
{
  g_return_if_fail (RNL_IS_INSPECTED_RUN (self));

  g_signal_emit (self, signals[CHANGED], 0);
}
