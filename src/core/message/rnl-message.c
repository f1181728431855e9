/* rnl-message.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-message.h"

#include "rnl-message-private.h"
#include "rnl-text.h"

/**
 * RnlMessage:
 *
 * What one side said in one turn: an ordered list of [class@Runnel.Part]s. An assistant's message
 * holds its whole turn: every model call of the loop (a part's step tells which) and every tool
 * call with its result. Adapters cut it into the shapes a provider wants.
 */
enum
{
  PROP_0,
  PROP_ROLE,
  PROP_STATE,
  PROP_FINISH_REASON,
  PROP_MODEL,
  PROP_USAGE_TOTAL,
  PROP_DURATION,
  PROP_VERSION,
  PROP_N_VERSIONS,
  PROP_WAIT_UNTIL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RnlMessage, rnl_message, G_TYPE_OBJECT)

static void
rnl_message_dispose (GObject *object)
{
  RnlMessage *self = RNL_MESSAGE (object);

  g_clear_object (&self->parts);

  G_OBJECT_CLASS (rnl_message_parent_class)->dispose (object);
}

static void
rnl_message_finalize (GObject *object)
{
  RnlMessage *self = RNL_MESSAGE (object);

  g_free (self->id);
  g_free (self->parent_id);
  g_free (self->model);
  g_free (self->raw_finish_reason);
  g_clear_error (&self->error);
  g_clear_error (&self->wait_reason);

  G_OBJECT_CLASS (rnl_message_parent_class)->finalize (object);
}

static void
rnl_message_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlMessage *self = RNL_MESSAGE (object);

  switch (prop_id)
    {
    case PROP_ROLE:
      g_value_set_enum (value, self->role);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_FINISH_REASON:
      g_value_set_enum (value, self->finish_reason);
      break;
    case PROP_MODEL:
      g_value_set_string (value, self->model);
      break;
    case PROP_USAGE_TOTAL:
      g_value_set_int64 (value, self->usage.total);
      break;
    case PROP_DURATION:
      g_value_set_int64 (value, self->duration);
      break;
    case PROP_VERSION:
      g_value_set_uint (value, self->version);
      break;
    case PROP_N_VERSIONS:
      g_value_set_uint (value, self->n_versions);
      break;
    case PROP_WAIT_UNTIL:
      g_value_set_int64 (value, self->wait_until);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_message_class_init (RnlMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = rnl_message_dispose;
  object_class->finalize = rnl_message_finalize;
  object_class->get_property = rnl_message_get_property;

  /**
   * RnlMessage:role:
   *
   * Who speaks.
   */
  props[PROP_ROLE] = g_param_spec_enum ("role", NULL, NULL, RNL_TYPE_ROLE, RNL_ROLE_SYSTEM, flags);
  /**
   * RnlMessage:state:
   *
   * How far it has come.
   */
  props[PROP_STATE]
    = g_param_spec_enum ("state", NULL, NULL, RNL_TYPE_MESSAGE_STATE, RNL_MESSAGE_STREAMING, flags);
  /**
   * RnlMessage:finish-reason:
   *
   * Why the model or our loop stopped.
   */
  props[PROP_FINISH_REASON] = g_param_spec_enum ("finish-reason", NULL, NULL,
                                                 RNL_TYPE_FINISH_REASON, RNL_FINISH_NONE, flags);
  /**
   * RnlMessage:model:
   *
   * The id of the model that answered.
   */
  props[PROP_MODEL] = g_param_spec_string ("model", NULL, NULL, NULL, flags);
  /**
   * RnlMessage:usage-total:
   *
   * The tokens of all model calls of the turn; -1 when no server said.
   */
  props[PROP_USAGE_TOTAL]
    = g_param_spec_int64 ("usage-total", NULL, NULL, -1, G_MAXINT64, -1, flags);
  /**
   * RnlMessage:duration:
   *
   * How long the turn took, in microseconds; -1 while it is made.
   */
  props[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, -1, G_MAXINT64, -1, flags);
  /**
   * RnlMessage:version:
   *
   * Which of the versions at its place in the conversation it is, from 1.
   */
  props[PROP_VERSION] = g_param_spec_uint ("version", NULL, NULL, 1, G_MAXUINT, 1, flags);
  /**
   * RnlMessage:n-versions:
   *
   * How many versions there are at its place in the conversation.
   */
  props[PROP_N_VERSIONS] = g_param_spec_uint ("n-versions", NULL, NULL, 1, G_MAXUINT, 1, flags);
  /**
   * RnlMessage:wait-until:
   *
   * When the server is asked again, in microseconds of the monotonic clock; 0 while nobody waits.
   */
  props[PROP_WAIT_UNTIL] = g_param_spec_int64 ("wait-until", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_message_init (RnlMessage *self)
{
  self->created = g_get_real_time ();
  self->usage = (RnlUsage) RNL_USAGE_INIT;
  self->first_token = -1;
  self->duration = -1;
  self->version = self->n_versions = 1;
}

/**
 * rnl_message_new:
 * @role: who speaks
 *
 * Returns: (transfer full): an empty message in state `RNL_MESSAGE_STREAMING`, made now
 */
RnlMessage *
rnl_message_new (RnlRole role)
{
  RnlMessage *self = g_object_new (RNL_TYPE_MESSAGE, NULL);

  self->role = role;

  return self;
}

/**
 * rnl_message_new_text:
 * @role: who speaks
 * @text: UTF-8
 *
 * Returns: (transfer full): a complete message of one text part
 */
RnlMessage *
rnl_message_new_text (RnlRole role, const char *text)
{
  RnlMessage *self = rnl_message_new (role);
  g_autoptr (RnlPart) part = rnl_part_new_text (text);

  rnl_message_add_part (self, part);
  self->state = RNL_MESSAGE_COMPLETE;

  return self;
}

/**
 * rnl_message_get_id:
 * @self: a message
 *
 * Returns: (transfer none): the id, a UUID
 */
const char *
rnl_message_get_id (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), NULL);

  /* Most messages come from a store and have one already. */
  if (self->id == NULL)
    self->id = rnl_uuid_new ();

  return self->id;
}

/**
 * rnl_message_set_id:
 * @self: a message
 * @id: a UUID
 *
 * Sets the id; only for a message that nobody knows yet.
 */
void
rnl_message_set_id (RnlMessage *self, const char *id)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));

  rnl_set_str (&self->id, id);
}

/**
 * rnl_message_get_role:
 * @self: a message
 *
 * Returns: who speaks
 */
RnlRole
rnl_message_get_role (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), RNL_ROLE_USER);

  return self->role;
}

/**
 * rnl_message_get_created:
 * @self: a message
 *
 * Returns: when it was made, in microseconds since 1970
 */
gint64
rnl_message_get_created (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), 0);

  return self->created;
}

/**
 * rnl_message_set_created:
 * @self: a message
 * @unix_us: microseconds since 1970
 *
 * Sets when it was begun.
 */
void
rnl_message_set_created (RnlMessage *self, gint64 unix_us)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));

  self->created = unix_us;
}

static GListStore *
ensure_parts (RnlMessage *self)
{
  if (self->parts == NULL)
    self->parts = g_list_store_new (RNL_TYPE_PART);

  return self->parts;
}

/**
 * rnl_message_list_parts:
 * @self: a message
 *
 * Returns: (transfer none): its [class@Runnel.Part]s, in the order they began
 */
GListModel *
rnl_message_list_parts (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), NULL);

  return G_LIST_MODEL (ensure_parts (self));
}

/**
 * rnl_message_get_n_parts:
 * @self: a message
 *
 * Returns: how many parts it has
 */
guint
rnl_message_get_n_parts (RnlMessage *self)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), 0);

  return self->parts != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->parts)) : 0;
}

/**
 * rnl_message_get_part:
 * @self: a message
 * @position: from 0
 *
 * Returns: (transfer none) (nullable): the part there; the message keeps it
 */
RnlPart *
rnl_message_get_part (RnlMessage *self, guint position)
{
  g_autoptr (RnlPart) part = NULL;

  g_return_val_if_fail (RNL_IS_MESSAGE (self), NULL);

  if (self->parts != NULL)
    part = g_list_model_get_item (G_LIST_MODEL (self->parts), position);

  return part;
}

/**
 * rnl_message_add_part:
 * @self: a message
 * @part: a part
 *
 * Adds a part at the end.
 */
void
rnl_message_add_part (RnlMessage *self, RnlPart *part)
{
  g_return_if_fail (RNL_IS_MESSAGE (self));
  g_return_if_fail (RNL_IS_PART (part));

  g_list_store_append (ensure_parts (self), part);
}

/**
 * rnl_message_find_call:
 * @self: a message
 * @call_id: (nullable): a tool call's id
 *
 * Returns: (transfer none) (nullable): the newest call with that id
 */
RnlPart *
rnl_message_find_call (RnlMessage *self, const char *call_id)
{
  g_return_val_if_fail (RNL_IS_MESSAGE (self), NULL);

  for (guint i = rnl_message_get_n_parts (self); i > 0; i--)
    {
      RnlPart *part = rnl_message_get_part (self, i - 1);

      if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL
          && g_strcmp0 (rnl_part_get_call_id (part), call_id) == 0)
        return part;
    }

  return NULL;
}

/**
 * rnl_message_dup_text:
 * @self: a message
 *
 * Returns: (transfer full): all its visible text; parts with something between them stand apart by
 *   an empty line
 */
char *
rnl_message_dup_text (RnlMessage *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (RNL_IS_MESSAGE (self), NULL);

  for (guint i = 0; i < rnl_message_get_n_parts (self); i++)
    {
      RnlPart *part = rnl_message_get_part (self, i);

      if (rnl_part_get_part_type (part) != RNL_PART_TEXT || rnl_part_get_length (part) == 0)
        continue;
      if (text->len > 0)
        g_string_append (text, "\n\n");
      g_string_append (text, rnl_part_get_text (part));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
