/* rnl-part.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-part.h"

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
  g_clear_pointer (&self->base64, g_bytes_unref);
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

  /**
   * RnlPart:part-type:
   *
   * What it is.
   */
  props[PROP_PART_TYPE]
    = g_param_spec_enum ("part-type", NULL, NULL, RNL_TYPE_PART_TYPE, RNL_PART_TEXT, flags);
  /**
   * RnlPart:title:
   *
   * For a person: the title of a thought, of a tool.
   */
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  /**
   * RnlPart:name:
   *
   * For tool calls: what the model calls the tool.
   */
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  /**
   * RnlPart:call-id:
   *
   * For tool calls: the id the model gave the call.
   */
  props[PROP_CALL_ID] = g_param_spec_string ("call-id", NULL, NULL, NULL, flags);
  /**
   * RnlPart:state:
   *
   * For tool calls: how far the call has come.
   */
  props[PROP_STATE]
    = g_param_spec_enum ("state", NULL, NULL, RNL_TYPE_TOOL_STATE, RNL_TOOL_PREPARING, flags);
  /**
   * RnlPart:complete:
   *
   * Whether no more text comes.
   */
  props[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  /**
   * RnlPart:result:
   *
   * For tool calls: what the model was told.
   */
  props[PROP_RESULT] = g_param_spec_string ("result", NULL, NULL, NULL, flags);
  /**
   * RnlPart:progress:
   *
   * For tool calls: from 0 to 1; -1 for unknown.
   */
  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  /**
   * RnlPart:duration:
   *
   * How long it took, in microseconds; -1 while it goes on.
   */
  props[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, -1, G_MAXINT64, -1, flags);
  /**
   * RnlPart:extra:
   *
   * What a provider wants to have back with it.
   */
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

/**
 * rnl_part_get_id:
 * @self: a part
 *
 * Returns: (transfer none): the id, a UUID
 */
const char *
rnl_part_get_id (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->id;
}

/**
 * rnl_part_set_id:
 * @self: a part
 * @id: a UUID
 *
 * Sets the id; only for a part that nobody knows yet.
 */
void
rnl_part_set_id (RnlPart *self, const char *id)
{
  g_return_if_fail (RNL_IS_PART (self));

  rnl_set_str (&self->id, id);
}

/**
 * rnl_part_get_part_type:
 * @self: a part
 *
 * Returns: what it is
 */
RnlPartType
rnl_part_get_part_type (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->type;
}

/**
 * rnl_part_get_step:
 * @self: a part
 *
 * Returns: the model call it came from, counted from 0 within the turn
 */
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

  return self->base64 != NULL ? g_bytes_get_data (self->base64, NULL) : self->text->str;
}

/**
 * rnl_part_get_length:
 * @self: a part
 *
 * Returns: the length of the text, in bytes
 */
gsize
rnl_part_get_length (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->base64 != NULL ? g_bytes_get_size (self->base64) : self->text->len;
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

  rnl_part_set_base64 (self, NULL);
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

  g_clear_pointer (&self->base64, g_bytes_unref);
  g_string_assign (self->text, text);
}

/**
 * rnl_part_get_base64:
 * @self: a part
 *
 * Returns: (transfer none) (nullable): the text, when it is a content that
 *   [method@Runnel.Part.set_base64] gave
 */
GBytes *
rnl_part_get_base64 (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->base64;
}

/**
 * rnl_part_set_base64:
 * @self: a part that is a file
 * @base64: (nullable): a content in base 64, and a zero behind its end that does not count
 *
 * Replaces the whole text without a signal by one that is shared and never copied: a file may be
 * large. It goes into requests as it is, so it must have been encoded here: what somebody else says
 * is base 64 is a text like another. `NULL` makes an ordinary text of it.
 */
void
rnl_part_set_base64 (RnlPart *self, GBytes *base64)
{
  g_autoptr (GBytes) old = NULL;

  g_return_if_fail (RNL_IS_PART (self));

  old = g_steal_pointer (&self->base64);
  if (base64 != NULL)
    {
      g_string_truncate (self->text, 0);
      self->base64 = g_bytes_ref (base64);
    }
  else if (old != NULL)
    {
      g_string_append_len (self->text, g_bytes_get_data (old, NULL),
                           (gssize) g_bytes_get_size (old));
    }
}

/**
 * rnl_part_get_complete:
 * @self: a part
 *
 * Returns: whether no more text comes
 */
gboolean
rnl_part_get_complete (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), FALSE);

  return self->complete;
}

/**
 * rnl_part_set_complete:
 * @self: a part
 * @complete: whether no more text comes
 *
 * Says whether the text is whole.
 */
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

/**
 * rnl_part_set_title:
 * @self: a part
 * @title: (nullable): for a person
 *
 * Sets the title.
 */
void
rnl_part_set_title (RnlPart *self, const char *title)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (rnl_set_str (&self->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

/**
 * rnl_part_get_started:
 * @self: a part
 *
 * Returns: when it began, in microseconds since 1970; 0 when it has not
 */
gint64
rnl_part_get_started (RnlPart *self)
{
  g_return_val_if_fail (RNL_IS_PART (self), 0);

  return self->started;
}

/**
 * rnl_part_set_started:
 * @self: a part
 * @unix_us: microseconds since 1970
 *
 * Sets when it began.
 */
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

/**
 * rnl_part_set_duration:
 * @self: a part
 * @duration_us: microseconds; -1 while it goes on
 *
 * Sets how long it took.
 */
void
rnl_part_set_duration (RnlPart *self, gint64 duration_us)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (self->duration == duration_us)
    return;

  self->duration = duration_us;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DURATION]);
}

void
rnl_part_emit_output_delta (RnlPart *self, gsize offset)
{
  g_signal_emit (self, signals[OUTPUT_DELTA], 0, (guint64) offset, self->output->str + offset);
}
