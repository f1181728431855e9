/* rnl-inspected-turn.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-inspected-turn-private.h"

#include "rnl-json-members.h"
#include "rnl-text.h"
#include "rnl-trace-header.h"

/* Characters of a title. */
#define MAX_TITLE 200

/**
 * RnlInspectedTurn:
 *
 * A tree of [class@InspectedRun]s that grows with the events of one root run. They come from the
 * run itself while it is alive, from its recording when it is over, and from both, one after the
 * other, when somebody begins to look in the middle: events have numbers.
 *
 * Until somebody asks for the tree a turn with a recording keeps nothing but its title.
 */
enum
{
  PROP_TITLE = 1,
  N_PROPS
};

enum
{
  TOUCHED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlInspectedTurn, rnl_inspected_turn, G_TYPE_OBJECT)

static void
rnl_inspected_turn_finalize (GObject *object)
{
  RnlInspectedTurn *self = RNL_INSPECTED_TURN (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->path);
  g_object_unref (self->roots);
  g_hash_table_unref (self->runs);
  g_ptr_array_unref (self->dirty);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) rnl_event_free);

  G_OBJECT_CLASS (rnl_inspected_turn_parent_class)->finalize (object);
}

static void
rnl_inspected_turn_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TITLE)
    g_value_set_string (value, RNL_INSPECTED_TURN (object)->title);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rnl_inspected_turn_class_init (RnlInspectedTurnClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_inspected_turn_finalize;
  G_OBJECT_CLASS (klass)->get_property = rnl_inspected_turn_get_property;

  /**
   * RnlInspectedTurn:title:
   *
   * What was asked, as soon as that is known.
   */
  props[PROP_TITLE] = g_param_spec_string (
    "title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);

  /**
   * RnlInspectedTurn::touched:
   * @self: a turn
   *
   * There is something to tell with [method@InspectedTurn.tell]; not emitted again before that.
   */
  signals[TOUCHED] = g_signal_new ("touched", RNL_TYPE_INSPECTED_TURN, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
rnl_inspected_turn_init (RnlInspectedTurn *self)
{
  self->roots = g_list_store_new (RNL_TYPE_INSPECTED_RUN);
  self->runs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->dirty = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * rnl_inspected_turn_new_live:
 * @root: a root run that started
 * @path: (nullable) (type filename): where it is recorded, `NULL` when it is not
 *
 * Returns: (transfer full): a turn that is to be told of its events
 */
RnlInspectedTurn *
rnl_inspected_turn_new_live (RnlRun *root, const char *path)
{
  RnlInspectedTurn *self = g_object_new (RNL_TYPE_INSPECTED_TURN, NULL);

  self->id = g_strdup (rnl_run_get_id (root));
  self->title = g_strdup (rnl_run_get_name (root));
  self->path = g_strdup (path);
  self->started = rnl_run_get_started (root);
  self->internal = rnl_run_is_internal (root);
  self->alive = TRUE;

  return self;
}

static gint64
read_time (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return time == NULL
           ? 0
           : g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

/**
 * rnl_inspected_turn_new_recorded:
 * @info: what is known of a recording
 *
 * Returns: (transfer full): its turn; nothing of the tree is read
 */
RnlInspectedTurn *
rnl_inspected_turn_new_recorded (const RnlTraceInfo *info)
{
  RnlInspectedTurn *self = g_object_new (RNL_TYPE_INSPECTED_TURN, NULL);

  self->id = g_strdup (info->id);
  self->internal = info->internal;
  self->title = g_strdup (info->question != NULL && !self->internal ? info->question : info->name);
  self->path = g_strdup (info->path);
  self->started = read_time (info->started);

  return self;
}

const char *
rnl_inspected_turn_get_id (RnlInspectedTurn *self)
{
  return self->id;
}

/**
 * rnl_inspected_turn_get_title:
 * @self: a turn
 *
 * Returns: (transfer none): what was asked; of one that nobody asked for, its name
 */
const char *
rnl_inspected_turn_get_title (RnlInspectedTurn *self)
{
  return self->title;
}

/**
 * rnl_inspected_turn_get_path:
 * @self: a turn
 *
 * Returns: (transfer none) (nullable) (type filename): its recording
 */
const char *
rnl_inspected_turn_get_path (RnlInspectedTurn *self)
{
  return self->path;
}

gint64
rnl_inspected_turn_get_started (RnlInspectedTurn *self)
{
  return self->started;
}

/**
 * rnl_inspected_turn_get_internal:
 * @self: a turn
 *
 * Returns: whether it stands in no transcript
 */
gboolean
rnl_inspected_turn_get_internal (RnlInspectedTurn *self)
{
  return self->internal;
}

/**
 * rnl_inspected_turn_is_alive:
 * @self: a turn
 *
 * Returns: whether it goes on
 */
gboolean
rnl_inspected_turn_is_alive (RnlInspectedTurn *self)
{
  return self->alive;
}

/**
 * rnl_inspected_turn_is_late:
 * @self: a turn
 *
 * Returns: whether what happened first in it is not known and will not be
 */
gboolean
rnl_inspected_turn_is_late (RnlInspectedTurn *self)
{
  return self->late;
}

/**
 * rnl_inspected_turn_is_whole:
 * @self: a turn
 *
 * Returns: whether the tree has everything that happened until now
 */
gboolean
rnl_inspected_turn_is_whole (RnlInspectedTurn *self)
{
  return self->whole;
}

/**
 * rnl_inspected_turn_list_roots:
 * @self: a turn
 *
 * Returns: (transfer none): a list of one [class@InspectedRun], or of none as long as nothing is
 *   known
 */
GListModel *
rnl_inspected_turn_list_roots (RnlInspectedTurn *self)
{
  return G_LIST_MODEL (self->roots);
}

/**
 * rnl_inspected_turn_get_root:
 * @self: a turn
 *
 * Returns: (transfer none) (nullable): the root
 */
RnlInspectedRun *
rnl_inspected_turn_get_root (RnlInspectedTurn *self)
{
  return g_hash_table_lookup (self->runs, self->id);
}

/* Events. */

static void
touch (RnlInspectedTurn *self, RnlInspectedRun *run)
{
  gboolean first = self->dirty->len == 0;

  /* What streams is what was touched last. */
  if (!first && g_ptr_array_index (self->dirty, self->dirty->len - 1) == run)
    return;

  if (!g_ptr_array_find (self->dirty, run, NULL))
    g_ptr_array_add (self->dirty, g_object_ref (run));
  if (first)
    g_signal_emit (self, signals[TOUCHED], 0);
}

/* A run whose start was not seen is there as soon as something in it happens. */
static RnlInspectedRun *
ensure_run (RnlInspectedTurn *self, RnlRun *run)
{
  RnlRun *around = rnl_run_get_parent (run);
  RnlInspectedRun *known = g_hash_table_lookup (self->runs, rnl_run_get_id (run));
  RnlInspectedRun *parent;

  if (known != NULL)
    return known;

  parent = around != NULL ? ensure_run (self, around) : NULL;
  known = rnl_inspected_run_new (run, parent);
  g_hash_table_insert (self->runs, (gpointer) rnl_inspected_run_get_facts (known)->id, known);
  if (parent == NULL)
    g_list_store_append (self->roots, known);
  else
    touch (self, parent);

  return known;
}

static void
take_title (RnlInspectedTurn *self, const RnlEvent *event)
{
  const char *question = self->internal ? NULL : rnl_trace_header_find_question (event->data);
  g_autofree char *line = question != NULL ? rnl_text_first_line (question, MAX_TITLE) : NULL;

  if (line != NULL && rnl_set_str (&self->title, line))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

void
rnl_inspected_turn_apply (RnlInspectedTurn *self, const RnlEvent *event)
{
  gboolean is_root = rnl_run_get_parent (event->run) == NULL;
  RnlInspectedRun *run;

  if (event->seq < self->next_seq)
    return;

  if (is_root && event->kind == RNL_EVENT_START)
    take_title (self, event);
  self->next_seq = event->seq + 1;
  run = ensure_run (self, event->run);
  rnl_inspected_run_take_event (run, event);
  touch (self, run);
}

/**
 * rnl_inspected_turn_take_event:
 * @self: a turn
 * @event: what just happened in it
 *
 * Keeps it, unless the recording will tell of it when somebody asks.
 */
void
rnl_inspected_turn_take_event (RnlInspectedTurn *self, const RnlEvent *event)
{
  gboolean is_root = rnl_run_get_parent (event->run) == NULL;

  if (is_root && event->kind == RNL_EVENT_START)
    self->whole = TRUE;
  if (is_root && rnl_event_is_terminal (event))
    self->alive = FALSE;
  if (!self->whole && self->loading == NULL && self->path == NULL)
    self->whole = self->late = TRUE;

  if (self->loading != NULL)
    g_queue_push_tail (&self->waiting, rnl_event_copy (event));
  else if (self->whole)
    rnl_inspected_turn_apply (self, event);
}

/**
 * rnl_inspected_turn_touch:
 * @self: a turn
 *
 * Time went on for what is alive in it.
 */
void
rnl_inspected_turn_touch (RnlInspectedTurn *self)
{
  GHashTableIter iter;
  gpointer run;

  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, &run))
    if (rnl_inspected_run_is_alive (run))
      touch (self, run);
}

/**
 * rnl_inspected_turn_tell:
 * @self: a turn
 *
 * Tells those who show its runs what is new; at most once a frame. That is
 * always the root, too: everything is measured by it.
 *
 * Returns: whether there was something to tell
 */
gboolean
rnl_inspected_turn_tell (RnlInspectedTurn *self)
{
  RnlInspectedRun *root = rnl_inspected_turn_get_root (self);
  g_autoptr (GPtrArray) dirty = NULL;

  if (root != NULL && self->dirty->len > 0 && !g_ptr_array_find (self->dirty, root, NULL))
    g_ptr_array_add (self->dirty, g_object_ref (root));
  dirty = g_steal_pointer (&self->dirty);
  self->dirty = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < dirty->len; i++)
    rnl_inspected_run_tell (g_ptr_array_index (dirty, i));

  return dirty->len > 0;
}

/**
 * rnl_inspected_turn_forget:
 * @self: a turn that nobody looks at any more
 *
 * Lets the tree go when the recording has it.
 */
void
rnl_inspected_turn_forget (RnlInspectedTurn *self)
{
  if (self->path == NULL)
    return;

  self->loading = NULL;
  self->whole = FALSE;
  g_queue_clear_full (&self->waiting, (GDestroyNotify) rnl_event_free);
  self->next_seq = 0;
  g_ptr_array_set_size (self->dirty, 0);
  g_list_store_remove_all (self->roots);
  g_hash_table_remove_all (self->runs);
}
