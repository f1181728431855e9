/* rnl-part.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-part.h"

#include <string.h>

#include "rnl-part-private.h"
#include "rnl-text.h"

/**
 * RnlPart:
 *
 * One thing in a message, in the order it happened. It grows while its run is alive and says so:
 * [signal@Runnel.Part::delta] for the text (an answer, the thinking, or the JSON text of a call's
 * arguments), [signal@Runnel.Part::output-delta] for what a running tool prints. Both carry only
 * the new bytes, and fire after they were appended. Everything happens on the main thread.
 *
 * A tool call's part carries its own result, so a call without one cannot be lost sight of; a model
 * that runs inside the tool appears as a child part, nested to any depth.
 */
enum
{
  PROP_0,
  PROP_PART_TYPE,
  PROP_TITLE,
  PROP_NAME,
  PROP_CALL_ID,
  PROP_STATE,
  PROP_COMPLETE,
  PROP_RESULT,
  PROP_PROGRESS,
  PROP_DURATION,
  PROP_EXTRA,
  N_PROPS
};

enum
{
  DELTA,
  OUTPUT_DELTA,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlPart, rnl_part, G_TYPE_OBJECT)

static void
rnl_part_dispose (GObject *object)
{
  RnlPart *self = RNL_PART (object);

  g_clear_object (&self->children);

  G_OBJECT_CLASS (rnl_part_parent_class)->dispose (object);
}

static void
rnl_part_finalize (GObject *object)
{
  RnlPart *self = RNL_PART (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->call_id);
  g_free (self->name);
  g_free (self->result);
  g_clear_pointer (&self->extra, json_object_unref);
  g_string_free (self->text, TRUE);
  if (self->output != NULL)
    g_string_free (self->output, TRUE);

  G_OBJECT_CLASS (rnl_part_parent_class)->finalize (object);
}

static void
rnl_part_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlPart *self = RNL_PART (object);

  switch (prop_id)
    {
    case PROP_PART_TYPE:
      g_value_set_enum (value, self->type);
      break;
    case PROP_TITLE:
      g_value_set_string (value, rnl_part_get_title (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_CALL_ID:
      g_value_set_string (value, self->call_id);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    case PROP_RESULT:
      g_value_set_string (value, self->result);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_DURATION:
      g_value_set_int64 (value, self->duration);
      break;
    case PROP_EXTRA:
      g_value_set_boxed (value, self->extra);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_part_class_init (RnlPartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = rnl_part_dispose;
  object_class->finalize = rnl_part_finalize;
  object_class->get_property = rnl_part_get_property;

  props[PROP_PART_TYPE]
    = g_param_spec_enum ("part-type", NULL, NULL, RNL_TYPE_PART_TYPE, RNL_PART_TEXT, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_CALL_ID] = g_param_spec_string ("call-id", NULL, NULL, NULL, flags);
  props[PROP_STATE]
    = g_param_spec_enum ("state", NULL, NULL, RNL_TYPE_TOOL_STATE, RNL_TOOL_PREPARING, flags);
  props[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  props[PROP_RESULT] = g_param_spec_string ("result", NULL, NULL, NULL, flags);
  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  props[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, -1, G_MAXINT64, -1, flags);
  props[PROP_EXTRA] = g_param_spec_boxed ("extra", NULL, NULL, JSON_TYPE_OBJECT, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RnlPart::delta:
   * @self: the part
   * @offset: where the new bytes begin in the text, in bytes
   * @text: the new bytes only, ended by a zero; lent for the time of the call
   */
  signals[DELTA]
    = g_signal_new ("delta", RNL_TYPE_PART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                    G_TYPE_UINT64, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  /**
   * RnlPart::output-delta:
   * @self: the part
   * @offset: where the new bytes begin in the output, in bytes
   * @text: the new bytes only, ended by a zero; lent for the time of the call
   */
  signals[OUTPUT_DELTA]
    = g_signal_new ("output-delta", RNL_TYPE_PART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
rnl_part_init (RnlPart *self)
{
  self->id = rnl_uuid_new ();
  self->text = g_string_new (NULL);
  self->progress = -1;
  self->started = g_get_real_time ();
  self->duration = -1;
}

/**
 * rnl_part_new:
 * @type: what it is
 * @step: number of the model call within the turn that made it, from 0
 *
 * Returns: (transfer full): an empty part
 */
RnlPart *
rnl_part_new (RnlPartType type, guint step)
{
  RnlPart *self = g_object_new (RNL_TYPE_PART, NULL);

  self->type = type;
  self->step = step;

  return self;
}

/**
 * rnl_part_new_text:
 * @text: UTF-8
 *
 * Returns: (transfer full): a complete text part
 */
RnlPart *
rnl_part_new_text (const char *text)
{
  RnlPart *self = rnl_part_new (RNL_PART_TEXT, 0);

  g_string_append (self->text, text);
  self->complete = TRUE;

  return self;
}

/**
 * rnl_part_new_tool_call:
 * @step: number of the model call within the turn
 * @call_id: (nullable): the model's id for the call, `NULL` while it has not come
 * @name: (nullable): the tool's name, `NULL` while it has not come
 *
 * Returns: (transfer full): a call in state `RNL_TOOL_PREPARING`
 */
RnlPart *
rnl_part_new_tool_call (guint step, const char *call_id, const char *name)
{
  RnlPart *self = rnl_part_new (RNL_PART_TOOL_CALL, step);

  self->call_id = g_strdup (call_id);
  self->name = g_strdup (name);

  return self;
}

const char *
rnl_part_get_id (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->id;
}

void
rnl_part_set_id (RnlPart *self, const char *id)
{
  g_return_if_fail (RNL_IS_PART (self));

  rnl_set_str (&self->id, id);
}

RnlPartType
rnl_part_get_part_type (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->type;
}

guint
rnl_part_get_step (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->step;
}

/**
 * rnl_part_get_text:
 * @self: a part
 *
 * Returns: (transfer none): the text so far, valid until the next append
 */
const char *
rnl_part_get_text (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->text->str;
}

gsize
rnl_part_get_length (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->text->len;
}

/**
 * rnl_part_append:
 * @self: a part
 * @text: UTF-8, cut between code points
 * @length: its length in bytes
 *
 * Appends and emits [signal@Runnel.Part::delta]; nothing happens for zero bytes.
 */
void
rnl_part_append (RnlPart *self, const char *text, gsize length)
{
  gsize offset;

  g_return_if_fail (RNL_IS_PART (self));

  if (length == 0)
    return;

  offset = self->text->len;
  g_string_append_len (self->text, text, (gssize) length);
  g_signal_emit (self, signals[DELTA], 0, (guint64) offset, self->text->str + offset);
}

/**
 * rnl_part_set_text:
 * @self: a part
 * @text: UTF-8
 *
 * Replaces the whole text without a signal: for parts that nobody watches yet.
 */
void
rnl_part_set_text (RnlPart *self, const char *text)
{
  g_return_if_fail (RNL_IS_PART (self));

  g_string_assign (self->text, text);
}

gboolean
rnl_part_get_complete (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), FALSE);

  return self->complete;
}

void
rnl_part_set_complete (RnlPart *self, gboolean complete)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (self->complete == complete)
    return;

  self->complete = complete;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COMPLETE]);
}

/**
 * rnl_part_get_title:
 * @self: a part
 *
 * Returns: (transfer none) (nullable): what a person calls it: a tool's title, the name of a run
 */
const char *
rnl_part_get_title (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->title != NULL ? self->title : self->name;
}

void
rnl_part_set_title (RnlPart *self, const char *title)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (rnl_set_str (&self->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

gint64
rnl_part_get_started (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->started;
}

void
rnl_part_set_started (RnlPart *self, gint64 unix_us)
{
  g_return_if_fail (RNL_IS_PART (self));

  self->started = unix_us;
}

/**
 * rnl_part_get_duration:
 * @self: a part
 *
 * Returns: how long it took in microseconds, -1 while it is not over
 */
gint64
rnl_part_get_duration (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->duration;
}

void
rnl_part_set_duration (RnlPart *self, gint64 duration_us)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (self->duration == duration_us)
    return;

  self->duration = duration_us;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DURATION]);
}

const char *
rnl_part_get_call_id (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->call_id;
}

void
rnl_part_set_call_id (RnlPart *self, const char *call_id)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (rnl_set_str (&self->call_id, call_id))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CALL_ID]);
}

const char *
rnl_part_get_name (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->name;
}

void
rnl_part_set_name (RnlPart *self, const char *name)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (rnl_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NAME]);
}

RnlToolState
rnl_part_get_state (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->state;
}

void
rnl_part_set_state (RnlPart *self, RnlToolState state)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/**
 * rnl_part_get_output:
 * @self: a tool call
 *
 * Returns: (transfer none): what the tool printed so far, "" when nothing
 */
const char *
rnl_part_get_output (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->output != NULL ? self->output->str : "";
}

gsize
rnl_part_get_output_length (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->output != NULL ? self->output->len : 0;
}

/**
 * rnl_part_append_output:
 * @self: a tool call
 * @text: UTF-8, cut between code points
 * @length: its length in bytes
 *
 * Appends and emits [signal@Runnel.Part::output-delta]; nothing happens for zero bytes.
 */
void
rnl_part_append_output (RnlPart *self, const char *text, gsize length)
{
  gsize offset;

  g_return_if_fail (RNL_IS_PART (self));

  if (length == 0)
    return;
  if (self->output == NULL)
    self->output = g_string_new (NULL);

  offset = self->output->len;
  g_string_append_len (self->output, text, (gssize) length);
  g_signal_emit (self, signals[OUTPUT_DELTA], 0, (guint64) offset, self->output->str + offset);
}

const char *
rnl_part_get_result (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->result;
}

void
rnl_part_set_result (RnlPart *self, const char *result)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (rnl_set_str (&self->result, result))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RESULT]);
}

/**
 * rnl_part_get_progress:
 * @self: a tool call
 *
 * Returns: from 0 to 1, or -1 when the tool does not say
 */
double
rnl_part_get_progress (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->progress;
}

void
rnl_part_set_progress (RnlPart *self, double progress)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (self->progress == progress)
    return;

  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
}

/**
 * rnl_part_list_children:
 * @self: a part
 *
 * Returns: (transfer none): the [class@Runnel.Part]s of runs inside this one, in start order
 */
GListModel *
rnl_part_list_children (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  if (self->children == NULL)
    self->children = g_list_store_new (RNL_TYPE_PART);

  return G_LIST_MODEL (self->children);
}

void
rnl_part_add_child (RnlPart *self, RnlPart *child)
{
  g_return_if_fail (RNL_IS_PART (self));
  g_return_if_fail (RNL_IS_PART (child));

  g_list_store_append (G_LIST_STORE (rnl_part_list_children (self)), child);
}
