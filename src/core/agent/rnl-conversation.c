/* rnl-conversation.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-conversation-private.h"

#include "rnl-text.h"

#define DEFAULT_SYSTEM                                                                             \
  "You are a helpful assistant in Runnel, a desktop chat program. Answer in Markdown. Use the "    \
  "tools you are given "                                                                           \
  "when they help, and say so when something cannot be done."

/**
 * RnlConversation:
 *
 * A chat that is open: its messages as a list model, its agent, the turn that is alive, and
 * everything written down as it happens. What a window shows and what a command line saves.
 */

enum
{
  PROP_0,
  PROP_RUN,
  PROP_BUSY,
  PROP_MODEL,
  PROP_HAS_EARLIER,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RnlConversation, rnl_conversation, G_TYPE_OBJECT)

static void
rnl_conversation_dispose (GObject *object)
{
  RnlConversation *self = RNL_CONVERSATION (object);

  if (self->run != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->run, self);
      rnl_agent_run_cancel (self->run);
    }
  if (self->journal != NULL)
    rnl_journal_flush (self->journal);
  g_clear_object (&self->run);
  g_clear_object (&self->journal);
  g_clear_object (&self->messages);
  g_clear_object (&self->scope);
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  g_clear_object (&self->policy);
  g_clear_object (&self->tools);
  g_clear_object (&self->model);
  g_clear_object (&self->chat);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (rnl_conversation_parent_class)->dispose (object);
}

static void
rnl_conversation_finalize (GObject *object)
{
  RnlConversation *self = RNL_CONVERSATION (object);

  g_free (self->rule_title);
  g_free (self->system);

  G_OBJECT_CLASS (rnl_conversation_parent_class)->finalize (object);
}

static void
rnl_conversation_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlConversation *self = RNL_CONVERSATION (object);

  switch (prop_id)
    {
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->run != NULL);
      break;
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_HAS_EARLIER:
      g_value_set_boolean (value, self->earlier->len > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_conversation_class_init (RnlConversationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = rnl_conversation_dispose;
  object_class->finalize = rnl_conversation_finalize;
  object_class->get_property = rnl_conversation_get_property;

  /**
   * RnlConversation:run:
   *
   * The turn that is alive; `NULL` when none is.
   */
  props[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, RNL_TYPE_AGENT_RUN, flags);
  /**
   * RnlConversation:busy:
   *
   * Whether a turn is being made.
   */
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  /**
   * RnlConversation:model:
   *
   * The model that answers.
   */
  props[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, RNL_TYPE_CHAT_MODEL, flags);
  /**
   * RnlConversation:has-earlier:
   *
   * Whether there are messages that have not been loaded.
   */
  props[PROP_HAS_EARLIER] = g_param_spec_boolean ("has-earlier", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RnlConversation::context-changed:
   * @self: a conversation
   *
   * What is sent with the next message has changed without one: something was summed up, or a
   * summary was taken back.
   */
  g_signal_new ("context-changed", RNL_TYPE_CONVERSATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
rnl_conversation_init (RnlConversation *self)
{
  self->messages = g_list_store_new (RNL_TYPE_MESSAGE);
  self->earlier = g_ptr_array_new_with_free_func (g_object_unref);
  self->policy = rnl_permission_policy_new (RNL_APPROVE_ASK);
  self->system = g_strdup (DEFAULT_SYSTEM);
  self->max_steps = RNL_AGENT_DEFAULT_MAX_STEPS;
  self->stream = TRUE;
}

/**
 * rnl_conversation_new:
 * @library: (nullable): where it is kept, `NULL` for nowhere
 * @chat: the chat; added to @library with the first message when it is not there and is not
 *   temporary
 * @model: who answers
 * @tools: (nullable): what it may use
 *
 * Returns: (transfer full): a conversation without messages;
 * [method@Runnel.Conversation.load_async] brings those of a stored chat
 */
RnlConversation *
rnl_conversation_new (RnlLibrary *library,
                      RnlChat *chat,
                      RnlChatModel *model,
                      RnlToolRegistry *tools)
{
  RnlConversation *self = g_object_new (RNL_TYPE_CONVERSATION, NULL);

  g_set_object (&self->library, library);
  self->chat = g_object_ref (chat);
  self->scope = rnl_run_scope_new (rnl_chat_get_id (chat), rnl_run_scope_get_default ());
  self->model = g_object_ref (model);
  g_set_object (&self->tools, tools);
  self->stored = library != NULL && rnl_library_find_chat (library, rnl_chat_get_id (chat)) != NULL;
  self->loaded = !self->stored;
  rnl_conversation_update_recording (self);
  rnl_permission_policy_set_allowed (self->policy, rnl_chat_get_allowed_tools (chat));

  return self;
}

/**
 * rnl_conversation_get_chat:
 * @self: a conversation
 *
 * Returns: (transfer none): the chat as the list of chats knows it
 */
RnlChat *
rnl_conversation_get_chat (RnlConversation *self)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);

  return self->chat;
}

/**
 * rnl_conversation_get_scope:
 * @self: a conversation
 *
 * Returns: (transfer none): where its runs happen, inside the application's scope: its observers
 * see every run of this chat and of no other
 */
RnlRunScope *
rnl_conversation_get_scope (RnlConversation *self)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);

  return self->scope;
}

/**
 * rnl_conversation_get_model:
 * @self: a conversation
 *
 * Returns: (transfer none): the model that answers
 */
RnlChatModel *
rnl_conversation_get_model (RnlConversation *self)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);

  return self->model;
}

/**
 * rnl_conversation_set_model:
 * @self: a conversation
 * @model: who answers from the next message on; kept with the chat
 */
void
rnl_conversation_set_model (RnlConversation *self, RnlChatModel *model)
{
  g_return_if_fail (RNL_IS_CONVERSATION (self));

  if (!g_set_object (&self->model, model))
    return;

  rnl_chat_set_model (self->chat, rnl_chat_model_get_id (model));
  if (self->stored)
    rnl_library_save_chat (self->library, self->chat);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODEL]);
}

/**
 * rnl_conversation_get_policy:
 * @self: a conversation
 *
 * Returns: (transfer none): what its tools may do
 */
RnlPermissionPolicy *
rnl_conversation_get_policy (RnlConversation *self)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);

  return self->policy;
}

/**
 * rnl_conversation_set_policy:
 * @self: a conversation
 * @policy: which calls ask first, instead of the default
 */
void
rnl_conversation_set_policy (RnlConversation *self, RnlPermissionPolicy *policy)
{
  g_return_if_fail (RNL_IS_CONVERSATION (self));

  g_set_object (&self->policy, policy);
  rnl_permission_policy_set_allowed (policy, rnl_chat_get_allowed_tools (self->chat));
}

/**
 * rnl_conversation_set_stream:
 * @self: a conversation
 * @stream: whether answers are asked for token by token (the default) or in one piece
 */
void
rnl_conversation_set_stream (RnlConversation *self, gboolean stream)
{
  g_return_if_fail (RNL_IS_CONVERSATION (self));

  self->stream = stream;
}

/**
 * rnl_conversation_set_final_answer_tool:
 * @self: a conversation
 * @final_answer_tool: whether the model has to give its answer by calling the tool `final_answer`,
 *   see [method@Runnel.Agent.set_final_answer_tool]
 */
void
rnl_conversation_set_final_answer_tool (RnlConversation *self, gboolean final_answer_tool)
{
  g_return_if_fail (RNL_IS_CONVERSATION (self));

  self->final_answer_tool = final_answer_tool;
}

/**
 * rnl_conversation_set_limits:
 * @self: a conversation
 * @max_steps: model calls a turn may take
 * @time_limit: seconds a turn may take, 0 for as long as it wants
 */
void
rnl_conversation_set_limits (RnlConversation *self, guint max_steps, guint time_limit)
{
  g_return_if_fail (RNL_IS_CONVERSATION (self));

  self->max_steps = max_steps;
  self->time_limit = time_limit;
}

/**
 * rnl_conversation_set_system:
 * @self: a conversation
 * @system: (nullable): the system prompt, `NULL` for Runnel's own
 */
void
rnl_conversation_set_system (RnlConversation *self, const char *system)
{
  g_return_if_fail (RNL_IS_CONVERSATION (self));

  rnl_set_str (&self->system, system != NULL ? system : DEFAULT_SYSTEM);
}

/**
 * rnl_conversation_get_system:
 * @self: a conversation
 *
 * Returns: the system prompt
 */
const char *
rnl_conversation_get_system (RnlConversation *self)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);

  return self->system;
}

/**
 * rnl_conversation_set_tools:
 * @self: a conversation
 * @tools: (nullable): what the model may use from the next message on
 */
void
rnl_conversation_set_tools (RnlConversation *self, RnlToolRegistry *tools)
{
  g_return_if_fail (RNL_IS_CONVERSATION (self));

  g_set_object (&self->tools, tools);
}

/**
 * rnl_conversation_get_tools:
 * @self: a conversation
 *
 * Returns: (transfer none) (nullable): what the model may use
 */
RnlToolRegistry *
rnl_conversation_get_tools (RnlConversation *self)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);

  return self->tools;
}

/**
 * rnl_conversation_list_messages:
 * @self: a conversation
 *
 * Returns: (transfer none): the [class@Runnel.Message]s that are shown, oldest first
 */
GListModel *
rnl_conversation_list_messages (RnlConversation *self)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);

  return G_LIST_MODEL (self->messages);
}

/**
 * rnl_conversation_get_has_earlier:
 * @self: a conversation
 *
 * Returns: whether [method@Runnel.Conversation.load_async] would bring older messages
 */
gboolean
rnl_conversation_get_has_earlier (RnlConversation *self)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), FALSE);

  return self->earlier->len > 0;
}

/* Moves the newest LIMIT of what is loaded to the front of the model. */
void
rnl_conversation_show_earlier (RnlConversation *self, guint limit)
{
  guint n = MIN (limit, self->earlier->len);
  guint first = self->earlier->len - n;

  if (n == 0)
    return;

  g_list_store_splice (self->messages, 0, 0, self->earlier->pdata + first, n);
  g_ptr_array_remove_range (self->earlier, first, n);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAS_EARLIER]);
}

static void
load_messages_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlConversation *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages
    = rnl_library_load_messages_finish (RNL_LIBRARY (source), result, &error);

  if (messages == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!self->loaded)
    {
      self->loaded = TRUE;
      for (guint i = 0; i < messages->len; i++)
        g_ptr_array_add (self->earlier, g_object_ref (g_ptr_array_index (messages, i)));
    }
  rnl_conversation_show_earlier (self, GPOINTER_TO_UINT (g_task_get_task_data (task)));
  g_task_return_boolean (task, TRUE);
}

/**
 * rnl_conversation_load_async:
 * @self: a conversation
 * @limit: how many more messages to show
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Puts up to @limit older messages before those that are shown. The first call reads the chat.
 */
void
rnl_conversation_load_async (RnlConversation *self,
                             guint limit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (RNL_IS_CONVERSATION (self));

  g_task_set_source_tag (task, rnl_conversation_load_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (limit), NULL);
  if (self->loaded)
    {
      rnl_conversation_show_earlier (self, limit);
      g_task_return_boolean (task, TRUE);
      return;
    }
  rnl_library_load_messages_async (self->library, rnl_chat_get_id (self->chat), NULL, G_MAXUINT,
                                   cancellable, load_messages_cb, g_steal_pointer (&task));
}

/**
 * rnl_conversation_load_finish:
 * @self: a conversation
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_STORE_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether the messages are there
 */
gboolean
rnl_conversation_load_finish (RnlConversation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * rnl_conversation_get_run:
 * @self: a conversation
 *
 * Returns: (transfer none) (nullable): the turn that is alive
 */
RnlAgentRun *
rnl_conversation_get_run (RnlConversation *self)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);

  return self->run;
}

/**
 * rnl_conversation_get_busy:
 * @self: a conversation
 *
 * Returns: whether a turn is being made
 */
gboolean
rnl_conversation_get_busy (RnlConversation *self)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), FALSE);

  return self->run != NULL;
}
