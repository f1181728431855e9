/* rnl-chat.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chat-private.h"

#include "rnl-text.h"

enum
{
  PROP_0,
  PROP_ID,
  PROP_TITLE,
  PROP_SNIPPET,
  PROP_MODEL,
  PROP_DRAFT,
  PROP_PARAMS,
  PROP_PLACE,
  PROP_ALLOWED_TOOLS,
  PROP_LABELS,
  PROP_QUEUE,
  PROP_CREATED,
  PROP_UPDATED,
  PROP_PINNED,
  PROP_BUSY,
  PROP_ATTENTION,
  PROP_TEMPORARY,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/**
 * RnlChat:
 *
 * One conversation as a list shows it. Its messages are elsewhere: see
 * [method@Runnel.Library.load_messages_async]. Changing a property changes nothing on disk until
 * [method@Runnel.Library.save_chat].
 */
G_DEFINE_FINAL_TYPE (RnlChat, rnl_chat, G_TYPE_OBJECT)

static void
rnl_chat_finalize (GObject *object)
{
  RnlChat *self = RNL_CHAT (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->snippet);
  g_free (self->model);
  g_free (self->draft);
  g_free (self->params);
  g_free (self->place);
  g_strfreev (self->allowed_tools);
  g_strfreev (self->labels);
  g_strfreev (self->queue);

  G_OBJECT_CLASS (rnl_chat_parent_class)->finalize (object);
}

static void
rnl_chat_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlChat *self = RNL_CHAT (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SNIPPET:
      g_value_set_string (value, self->snippet);
      break;
    case PROP_MODEL:
      g_value_set_string (value, self->model);
      break;
    case PROP_DRAFT:
      g_value_set_string (value, self->draft);
      break;
    case PROP_PARAMS:
      g_value_set_string (value, self->params);
      break;
    case PROP_PLACE:
      g_value_set_string (value, self->place);
      break;
    case PROP_ALLOWED_TOOLS:
      g_value_set_boxed (value, self->allowed_tools);
      break;
    case PROP_LABELS:
      g_value_set_boxed (value, self->labels);
      break;
    case PROP_QUEUE:
      g_value_set_boxed (value, self->queue);
      break;
    case PROP_PINNED:
      g_value_set_boolean (value, self->pinned);
      break;
    case PROP_CREATED:
      g_value_set_int64 (value, self->created);
      break;
    case PROP_UPDATED:
      g_value_set_int64 (value, self->updated);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_ATTENTION:
      g_value_set_boolean (value, self->attention);
      break;
    case PROP_TEMPORARY:
      g_value_set_boolean (value, self->temporary);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_chat_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RnlChat *self = RNL_CHAT (object);

  switch (prop_id)
    {
    case PROP_ID:
      rnl_chat_set_id (self, g_value_get_string (value));
      break;
    case PROP_TITLE:
      rnl_chat_set_title (self, g_value_get_string (value));
      break;
    case PROP_SNIPPET:
      rnl_chat_set_snippet (self, g_value_get_string (value));
      break;
    case PROP_MODEL:
      rnl_chat_set_model (self, g_value_get_string (value));
      break;
    case PROP_DRAFT:
      rnl_chat_set_draft (self, g_value_get_string (value));
      break;
    case PROP_PARAMS:
      rnl_chat_set_params (self, g_value_get_string (value));
      break;
    case PROP_PLACE:
      rnl_chat_set_place (self, g_value_get_string (value));
      break;
    case PROP_ALLOWED_TOOLS:
      rnl_chat_set_allowed_tools (self, g_value_get_boxed (value));
      break;
    case PROP_LABELS:
      rnl_chat_set_labels (self, g_value_get_boxed (value));
      break;
    case PROP_QUEUE:
      rnl_chat_set_queue (self, g_value_get_boxed (value));
      break;
    case PROP_PINNED:
      rnl_chat_set_pinned (self, g_value_get_boolean (value));
      break;
    case PROP_CREATED:
      rnl_chat_set_created (self, g_value_get_int64 (value));
      break;
    case PROP_UPDATED:
      rnl_chat_set_updated (self, g_value_get_int64 (value));
      break;
    case PROP_BUSY:
      rnl_chat_set_busy (self, g_value_get_boolean (value));
      break;
    case PROP_ATTENTION:
      rnl_chat_set_attention (self, g_value_get_boolean (value));
      break;
    case PROP_TEMPORARY:
      rnl_chat_set_temporary (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_chat_class_init (RnlChatClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = rnl_chat_finalize;
  object_class->get_property = rnl_chat_get_property;
  object_class->set_property = rnl_chat_set_property;
  object_class->notify = rnl_chat_note_renamed;

  /**
   * RnlChat:id:
   *
   * The chat’s id, a UUID.
   */
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  /**
   * RnlChat:title:
   *
   * For a person; empty until it has one.
   */
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  /**
   * RnlChat:snippet:
   *
   * The beginning of the newest text, one line.
   */
  props[PROP_SNIPPET] = g_param_spec_string ("snippet", NULL, NULL, "", flags);
  /**
   * RnlChat:model:
   *
   * The id of the model that answers; `NULL` for the default.
   */
  props[PROP_MODEL] = g_param_spec_string ("model", NULL, NULL, NULL, flags);
  /**
   * RnlChat:draft:
   *
   * What was typed and not sent.
   */
  props[PROP_DRAFT] = g_param_spec_string ("draft", NULL, NULL, NULL, flags);
  /**
   * RnlChat:params:
   *
   * What it asks of its model besides its words: a JSON object.
   */
  props[PROP_PARAMS] = g_param_spec_string ("params", NULL, NULL, NULL, flags);
  /**
   * RnlChat:place:
   *
   * Where the person was reading, as who shows it writes that down; `NULL` for the end.
   */
  props[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL, flags);
  /**
   * RnlChat:allowed-tools:
   *
   * The tools the person allowed in this chat.
   */
  props[PROP_ALLOWED_TOOLS] = g_param_spec_boxed ("allowed-tools", NULL, NULL, G_TYPE_STRV, flags);
  /**
   * RnlChat:labels:
   *
   * What the person sorts it by, in the order of the alphabet, each once.
   */
  props[PROP_LABELS] = g_param_spec_boxed ("labels", NULL, NULL, G_TYPE_STRV, flags);
  /**
   * RnlChat:queue:
   *
   * What is to be said when the answer that is being made has ended, in this order.
   */
  props[PROP_QUEUE] = g_param_spec_boxed ("queue", NULL, NULL, G_TYPE_STRV, flags);
  /**
   * RnlChat:pinned:
   *
   * Whether it stands before those that are not.
   */
  props[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, flags);
  /**
   * RnlChat:created:
   *
   * When, in microseconds since 1970.
   */
  props[PROP_CREATED] = g_param_spec_int64 ("created", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /**
   * RnlChat:updated:
   *
   * When something was last said, in microseconds since 1970.
   */
  props[PROP_UPDATED] = g_param_spec_int64 ("updated", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /**
   * RnlChat:busy:
   *
   * Whether an answer is being made; not stored.
   */
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  /**
   * RnlChat:attention:
   *
   * Whether the person should look; not stored.
   */
  props[PROP_ATTENTION] = g_param_spec_boolean ("attention", NULL, NULL, FALSE, flags);
  /**
   * RnlChat:temporary:
   *
   * Whether nothing of it is written anywhere.
   */
  props[PROP_TEMPORARY] = g_param_spec_boolean ("temporary", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_chat_init (RnlChat *self)
{
  self->id = rnl_uuid_new ();
  self->title = g_strdup ("");
  self->snippet = g_strdup ("");
  self->allowed_tools = g_new0 (char *, 1);
  self->labels = g_new0 (char *, 1);
  self->queue = g_new0 (char *, 1);
  self->created = self->updated = g_get_real_time ();
}

/**
 * rnl_chat_new:
 *
 * Returns: (transfer full): an empty chat with an id of its own, made now
 */
RnlChat *
rnl_chat_new (void)
{
  return g_object_new (RNL_TYPE_CHAT, NULL);
}

static void
set_string (RnlChat *self, char **field, const char *value, guint prop)
{
  if (rnl_set_str (field, value))
    g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_time (RnlChat *self, gint64 *field, gint64 value, guint prop)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/**
 * rnl_chat_get_id:
 * @self: a chat
 *
 * Returns: (transfer none) (nullable): the id, `NULL` until it is in a library
 */
const char *
rnl_chat_get_id (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), NULL);

  return self->id;
}

/**
 * rnl_chat_set_id:
 * @self: a chat
 * @id: (nullable): a UUID
 *
 * Sets the id; only for a chat that is in no library.
 */
void
rnl_chat_set_id (RnlChat *self, const char *id)
{
  g_return_if_fail (RNL_IS_CHAT (self));
  g_return_if_fail (id != NULL);

  set_string (self, &self->id, id, PROP_ID);
}

/**
 * rnl_chat_get_title:
 * @self: a chat
 *
 * Returns: (transfer none): what a person calls it, "" while it has no name
 */
const char *
rnl_chat_get_title (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), NULL);

  return self->title;
}

/**
 * rnl_chat_set_title:
 * @self: a chat
 * @title: (nullable): for a person
 *
 * Sets the title.
 */
void
rnl_chat_set_title (RnlChat *self, const char *title)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_string (self, &self->title, title != NULL ? title : "", PROP_TITLE);
}

/**
 * rnl_chat_get_snippet:
 * @self: a chat
 *
 * Returns: (transfer none): the beginning of its newest message, one line, or ""
 */
const char *
rnl_chat_get_snippet (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), NULL);

  return self->snippet;
}

/**
 * rnl_chat_set_snippet:
 * @self: a chat
 * @snippet: (nullable): one line
 *
 * Sets the line that stands under the title.
 */
void
rnl_chat_set_snippet (RnlChat *self, const char *snippet)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_string (self, &self->snippet, snippet != NULL ? snippet : "", PROP_SNIPPET);
}

/**
 * rnl_chat_get_model:
 * @self: a chat
 *
 * Returns: (transfer none) (nullable): the model it talks to, `PROVIDER/MODEL`
 */
const char *
rnl_chat_get_model (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), NULL);

  return self->model;
}

/**
 * rnl_chat_set_model:
 * @self: a chat
 * @model: (nullable): the id of a model
 *
 * Sets the model that answers from now on.
 */
void
rnl_chat_set_model (RnlChat *self, const char *model)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_string (self, &self->model, model, PROP_MODEL);
}

/**
 * rnl_chat_get_draft:
 * @self: a chat
 *
 * Returns: (transfer none) (nullable): what was typed and not sent
 */
const char *
rnl_chat_get_draft (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), NULL);

  return self->draft;
}

/**
 * rnl_chat_set_draft:
 * @self: a chat
 * @draft: (nullable): text
 *
 * Keeps what was typed and not sent.
 */
void
rnl_chat_set_draft (RnlChat *self, const char *draft)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_string (self, &self->draft, draft, PROP_DRAFT);
}

/**
 * rnl_chat_get_params:
 * @self: a chat
 *
 * Returns: (transfer none) (nullable): what it asks of its model besides its words: a JSON object
 * by the names of a run's parameters (`temperature`, `max_tokens`)
 */
const char *
rnl_chat_get_params (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), NULL);

  return self->params;
}

/**
 * rnl_chat_set_params:
 * @self: a chat
 * @params: (nullable): a JSON object; `NULL` leaves everything to the model
 *
 * Sets what it asks of its model besides its words, from the next question on.
 */
void
rnl_chat_set_params (RnlChat *self, const char *params)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_string (self, &self->params, params, PROP_PARAMS);
}

/**
 * rnl_chat_get_place:
 * @self: a chat
 *
 * Returns: (transfer none) (nullable): where the person was reading, `NULL` for the end
 */
const char *
rnl_chat_get_place (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), NULL);

  return self->place;
}

/**
 * rnl_chat_set_place:
 * @self: a chat
 * @place: (nullable): in the words of who shows the chat
 *
 * Keeps where the person was reading.
 */
void
rnl_chat_set_place (RnlChat *self, const char *place)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_string (self, &self->place, place, PROP_PLACE);
}

/**
 * rnl_chat_get_created:
 * @self: a chat
 *
 * Returns: when it was begun, in microseconds since 1970
 */
gint64
rnl_chat_get_created (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), 0);

  return self->created;
}

/**
 * rnl_chat_set_created:
 * @self: a chat
 * @unix_us: microseconds since 1970
 *
 * Sets when it was begun.
 */
void
rnl_chat_set_created (RnlChat *self, gint64 unix_us)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_time (self, &self->created, unix_us, PROP_CREATED);
}

/**
 * rnl_chat_get_updated:
 * @self: a chat
 *
 * Returns: when something was last said, in microseconds since 1970
 */
gint64
rnl_chat_get_updated (RnlChat *self)
{
  g_return_val_if_fail (RNL_IS_CHAT (self), 0);

  return self->updated;
}

/**
 * rnl_chat_set_updated:
 * @self: a chat
 * @unix_us: microseconds since 1970
 *
 * Sets when something was last said.
 */
void
rnl_chat_set_updated (RnlChat *self, gint64 unix_us)
{
  g_return_if_fail (RNL_IS_CHAT (self));

  set_time (self, &self->updated, unix_us, PROP_UPDATED);
}
