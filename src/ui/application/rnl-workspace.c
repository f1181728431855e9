/* rnl-workspace.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-workspace-private.h"

#include "rnl-builtin-tools.h"
#include "rnl-library-staging.h"

#define DEFAULT_MODEL "offline/helper"

/**
 * RnlWorkspace:
 *
 * The program without its windows: settings, library, accounts, tools, and the conversations that
 * are open. One conversation exists per chat, however many windows show it, and a busy one lives on
 * when no window does. Where the library cannot be opened, chats live in memory and
 * [method@Runnel.Workspace.get_storage_error] says why.
 *
 * Signals: `conversation-started (RnlConversation)`, `conversation-ended (RnlConversation)`,
 * `approval-needed (RnlConversation)`, `write-failed (GError)`,
 * `trace-failed (GError)`.
 */
enum
{
  CONVERSATION_STARTED,
  CONVERSATION_ENDED,
  APPROVAL_NEEDED,
  WRITE_FAILED,
  TRACE_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlWorkspace, rnl_workspace, G_TYPE_OBJECT)

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
rnl_workspace_dispose (GObject *object)
{
  RnlWorkspace *self = RNL_WORKSPACE (object);

  g_clear_pointer (&self->busy, g_hash_table_unref);
  g_clear_pointer (&self->open, g_hash_table_unref);
  g_clear_object (&self->recorder);
  g_clear_object (&self->speller);
  g_clear_object (&self->prompts);
  g_clear_object (&self->tools);
  g_clear_object (&self->downloads);
  g_clear_object (&self->accounts);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);
  g_clear_error (&self->storage_error);

  G_OBJECT_CLASS (rnl_workspace_parent_class)->dispose (object);
}

static void
rnl_workspace_class_init (RnlWorkspaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_workspace_dispose;

  signals[CONVERSATION_STARTED]
    = g_signal_new ("conversation-started", RNL_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, RNL_TYPE_CONVERSATION);
  signals[CONVERSATION_ENDED]
    = g_signal_new ("conversation-ended", RNL_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, RNL_TYPE_CONVERSATION);
  signals[APPROVAL_NEEDED]
    = g_signal_new ("approval-needed", RNL_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, RNL_TYPE_CONVERSATION);
  signals[WRITE_FAILED] = g_signal_new ("write-failed", RNL_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[TRACE_FAILED] = g_signal_new ("trace-failed", RNL_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
trace_failed_cb (RnlRunRecorder *recorder, const GError *error, RnlWorkspace *self)
{
  g_signal_emit (self, signals[TRACE_FAILED], 0, error);
}

/* Whether runs are recorded follows the settings. */
static void
apply_trace_setting (RnlWorkspace *self)
{
  g_clear_object (&self->recorder);
  if (!g_settings_get_boolean (self->settings, "trace"))
    return;
  self->recorder = rnl_run_recorder_new (NULL);
  g_signal_connect_object (self->recorder, "failed", G_CALLBACK (trace_failed_cb), self, 0);
  rnl_run_recorder_observe (self->recorder, rnl_run_scope_get_default ());
}

/* What the tools may touch follows the settings. */
static void
apply_tool_settings (RnlWorkspace *self)
{
  g_auto (GStrv) folders = g_settings_get_strv (self->settings, "folders");
  g_auto (GStrv) disabled = g_settings_get_strv (self->settings, "tools-disabled");
  RnlToolScope scope = {
    .library = self->library,
    .folders = (const char *const *) folders,
    .allow_private_network = g_settings_get_boolean (self->settings, "allow-private-network"),
  };
  GListModel *tools = G_LIST_MODEL (self->tools);

  rnl_builtin_tools_set_scope (self->tools, &scope);
  for (guint i = 0; i < g_list_model_get_n_items (tools); i++)
    {
      g_autoptr (RnlTool) tool = g_list_model_get_item (tools, i);
      const char *name = rnl_tool_get_name (tool);

      rnl_tool_registry_set_enabled (self->tools, name,
                                     !g_strv_contains ((const char *const *) disabled, name));
    }
}

/* A person's rules for tools, both ways. */

static void
apply_permissions (RnlWorkspace *self)
{
  g_autoptr (GVariant) rules = g_settings_get_value (self->settings, "permissions");
  g_autoptr (GVariantDict) allowed = g_variant_dict_new (NULL);
  const char *name, *rule;
  GVariantIter iter;

  g_variant_iter_init (&iter, rules);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &rule))
    if (g_str_equal (rule, "allow"))
      g_variant_dict_insert (allowed, name, "b", TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tools)); i++)
    {
      g_autoptr (RnlTool) tool = g_list_model_get_item (G_LIST_MODEL (self->tools), i);

      rnl_tool_registry_set_always_allowed (
        self->tools, rnl_tool_get_name (tool),
        g_variant_dict_contains (allowed, rnl_tool_get_name (tool)));
    }
}

static void
always_allowed_cb (RnlToolRegistry *tools, const char *changed, RnlWorkspace *self)
{
  g_autoptr (GVariant) rules = g_settings_get_value (self->settings, "permissions");
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  const char *name, *rule;
  GVariantIter iter;

  g_variant_iter_init (&iter, rules);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &rule))
    if (!g_str_equal (name, changed))
      g_variant_builder_add (&builder, "(ss)", name, rule);
  if (rnl_tool_registry_get_always_allowed (tools, changed))
    g_variant_builder_add (&builder, "(ss)", changed, "allow");
  g_settings_set_value (self->settings, "permissions", g_variant_builder_end (&builder));
}

static void
rnl_workspace_init (RnlWorkspace *self)
{
  RnlToolScope scope = { 0 };

  self->settings = g_settings_new (RNL_APP_ID);
  self->accounts = rnl_accounts_new (self->settings);
  self->downloads = rnl_model_downloads_new (self->accounts);
  self->tools = rnl_tool_registry_new ();
  rnl_builtin_tools_add (self->tools, &scope);
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, weak_ref_free);
  self->busy = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);

  g_signal_connect_object (self->settings, "changed::folders", G_CALLBACK (apply_tool_settings),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::tools-disabled",
                           G_CALLBACK (apply_tool_settings), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::permissions", G_CALLBACK (apply_permissions),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tools, "always-allowed-changed", G_CALLBACK (always_allowed_cb),
                           self, 0);
  apply_permissions (self);
  g_signal_connect_object (self->settings, "changed::allow-private-network",
                           G_CALLBACK (apply_tool_settings), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::trace", G_CALLBACK (apply_trace_setting), self,
                           G_CONNECT_SWAPPED);
  apply_trace_setting (self);
}

RnlWorkspace *
rnl_workspace_new (void)
{
  return g_object_new (RNL_TYPE_WORKSPACE, NULL);
}

/* Opening. */

static void
write_failed_cb (RnlLibrary *library, const GError *error, RnlWorkspace *self)
{
  g_signal_emit (self, signals[WRITE_FAILED], 0, error);
}

static void
use_library (RnlWorkspace *self, RnlLibrary *library)
{
  g_set_object (&self->library, library);
  g_signal_connect_object (library, "write-failed", G_CALLBACK (write_failed_cb), self, 0);
  apply_tool_settings (self);
}

static void
memory_open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlWorkspace *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!rnl_library_open_finish (RNL_LIBRARY (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  use_library (self, RNL_LIBRARY (source));
  g_task_return_boolean (task, TRUE);
}

static void
library_open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlWorkspace *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (RnlLibrary) memory = NULL;

  if (rnl_library_open_finish (RNL_LIBRARY (source), result, &self->storage_error))
    {
      use_library (self, RNL_LIBRARY (source));
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_warning ("The chats cannot be opened: %s", self->storage_error->message);
  memory = rnl_library_new (":memory:");
  rnl_library_open_async (memory, cancellable, memory_open_cb, g_steal_pointer (&task));
}

/**
 * rnl_workspace_open_async:
 * @self: a workspace
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Opens the library; without a usable one, a library in memory.
 */
void
rnl_workspace_open_async (RnlWorkspace *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (RnlLibrary) library = rnl_library_new (NULL);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rnl_workspace_open_async);
  rnl_library_open_async (library, cancellable, library_open_cb, task);
}

gboolean
rnl_workspace_open_finish (RnlWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GSettings *
rnl_workspace_get_settings (RnlWorkspace *self)
{
  return self->settings;
}

RnlLibrary *
rnl_workspace_get_library (RnlWorkspace *self)
{
  return self->library;
}

RnlAccounts *
rnl_workspace_get_accounts (RnlWorkspace *self)
{
  return self->accounts;
}

RnlModelDownloads *
rnl_workspace_get_downloads (RnlWorkspace *self)
{
  return self->downloads;
}

/**
 * rnl_workspace_get_recorder:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): who writes down what runs; `NULL` while the setting `trace`
 *   is off
 */
RnlRunRecorder *
rnl_workspace_get_recorder (RnlWorkspace *self)
{
  return self->recorder;
}

RnlToolRegistry *
rnl_workspace_get_tools (RnlWorkspace *self)
{
  return self->tools;
}

/**
 * rnl_workspace_get_storage_error:
 * @self: a workspace that is open
 *
 * Returns: (transfer none) (nullable): why chats are not kept, `NULL` when they are
 */
const GError *
rnl_workspace_get_storage_error (RnlWorkspace *self)
{
  return self->storage_error;
}

/**
 * rnl_workspace_take_n_unfinished:
 * @self: a workspace that is open
 *
 * Returns: the first time, how many chats of an import that did not come to its end were taken out
 *   at the start; then 0
 */
guint
rnl_workspace_take_n_unfinished (RnlWorkspace *self)
{
  guint n = self->told ? 0 : rnl_library_get_n_unfinished (self->library);

  self->told = TRUE;

  return n;
}

/* Conversations. */

static void
approval_needed_cb (RnlAgentRun *run, RnlPart *call, RnlConversation *conversation)
{
  RnlWorkspace *self = g_object_get_data (G_OBJECT (conversation), "rnl-workspace");

  if (self != NULL)
    g_signal_emit (self, signals[APPROVAL_NEEDED], 0, conversation);
}

static void
run_changed_cb (RnlConversation *conversation, GParamSpec *pspec, RnlWorkspace *self)
{
  g_autoptr (RnlConversation) alive = g_object_ref (conversation);
  RnlAgentRun *run = rnl_conversation_get_run (conversation);

  if (run != NULL)
    {
      g_hash_table_add (self->busy, g_object_ref (conversation));
      g_signal_connect_object (run, "approval-needed", G_CALLBACK (approval_needed_cb),
                               conversation, 0);
      g_signal_emit (self, signals[CONVERSATION_STARTED], 0, conversation);
    }
  else
    {
      g_hash_table_remove (self->busy, conversation);
      g_signal_emit (self, signals[CONVERSATION_ENDED], 0, conversation);
    }
}

static RnlConversation *
make_conversation (RnlWorkspace *self, RnlChat *chat)
{
  g_autoptr (RnlChatModel) model = rnl_workspace_dup_model (self, rnl_chat_get_model (chat));
  RnlConversation *conversation = rnl_conversation_new (self->library, chat, model, self->tools);
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  rnl_conversation_set_limits (conversation, g_settings_get_uint (self->settings, "max-steps"),
                               g_settings_get_uint (self->settings, "time-limit"));
  g_weak_ref_init (weak, conversation);
  g_hash_table_insert (self->open, g_strdup (rnl_chat_get_id (chat)), weak);
  g_object_set_data (G_OBJECT (conversation), "rnl-workspace", self);
  g_signal_connect_object (conversation, "notify::run", G_CALLBACK (run_changed_cb), self, 0);

  return conversation;
}

/**
 * rnl_workspace_dup_conversation:
 * @self: a workspace that is open
 * @chat: a chat of the library
 *
 * Returns: (transfer full): the one conversation of @chat, perhaps not loaded yet
 */
RnlConversation *
rnl_workspace_dup_conversation (RnlWorkspace *self, RnlChat *chat)
{
  GWeakRef *weak = g_hash_table_lookup (self->open, rnl_chat_get_id (chat));
  RnlConversation *conversation = weak != NULL ? g_weak_ref_get (weak) : NULL;

  return conversation != NULL ? conversation : make_conversation (self, chat);
}

/**
 * rnl_workspace_new_conversation:
 * @self: a workspace that is open
 *
 * Returns: (transfer full): an empty conversation; its chat is kept from the first message on
 */
RnlConversation *
rnl_workspace_new_conversation (RnlWorkspace *self)
{
  g_autoptr (RnlChat) chat = rnl_chat_new ();

  return make_conversation (self, chat);
}

static gboolean
is_unsent (RnlChat *chat)
{
  const char *title = rnl_chat_get_title (chat);
  const char *draft = rnl_chat_get_draft (chat);

  return (title == NULL || *title == '\0') && draft != NULL && *draft != '\0';
}

/**
 * rnl_workspace_dup_unsent:
 * @self: a workspace that is open
 *
 * Returns: (transfer full) (nullable): the conversation whose first question was written last and
 *   not sent, unless it is open already
 */
RnlConversation *
rnl_workspace_dup_unsent (RnlWorkspace *self)
{
  GListModel *chats = rnl_library_list_chats (self->library);

  for (guint i = 0; i < g_list_model_get_n_items (chats); i++)
    {
      g_autoptr (RnlChat) chat = g_list_model_get_item (chats, i);

      if (is_unsent (chat))
        return g_hash_table_contains (self->open, rnl_chat_get_id (chat))
                 ? NULL
                 : make_conversation (self, chat);
    }

  return NULL;
}

/**
 * rnl_workspace_new_temporary:
 * @self: a workspace that is open
 *
 * Returns: (transfer full): an empty conversation of which nothing is written down
 */
RnlConversation *
rnl_workspace_new_temporary (RnlWorkspace *self)
{
  g_autoptr (RnlChat) chat = rnl_chat_new ();

  rnl_chat_set_temporary (chat, TRUE);

  return make_conversation (self, chat);
}

/**
 * rnl_workspace_forget_conversation:
 * @self: a workspace
 * @chat_id: a chat that is being deleted
 *
 * Stops its turn, if one is alive.
 */
void
rnl_workspace_forget_conversation (RnlWorkspace *self, const char *chat_id)
{
  GWeakRef *weak = g_hash_table_lookup (self->open, chat_id);
  g_autoptr (RnlConversation) conversation = weak != NULL ? g_weak_ref_get (weak) : NULL;

  if (conversation != NULL)
    rnl_conversation_stop (conversation);
}

/**
 * rnl_workspace_dup_model:
 * @self: a workspace
 * @id: (nullable): `PROVIDER/MODEL`, `NULL` for the default
 *
 * Returns: (transfer full): that model; the default one, and in the end the offline helper, when it
 *   is not there any more
 */
RnlChatModel *
rnl_workspace_dup_model (RnlWorkspace *self, const char *id)
{
  g_autofree char *configured = g_settings_get_string (self->settings, "model");
  const char *const wanted[] = { id, configured, DEFAULT_MODEL };

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (GError) error = NULL;
      RnlChatModel *model;

      if (wanted[i] == NULL || *wanted[i] == '\0')
        continue;
      model = rnl_accounts_create_model (self->accounts, wanted[i], &error);
      if (model != NULL)
        return model;
      g_message ("Model %s cannot be used: %s", wanted[i], error->message);
    }

  g_assert_not_reached ();
}

/**
 * rnl_workspace_set_default_model:
 * @self: a workspace
 * @id: `PROVIDER/MODEL`: who answers in new chats
 */
void
rnl_workspace_set_default_model (RnlWorkspace *self, const char *id)
{
  g_settings_set_string (self->settings, "model", id);
}

/**
 * rnl_workspace_get_n_busy:
 * @self: a workspace
 *
 * Returns: how many conversations have a turn that is alive
 */
guint
rnl_workspace_get_n_busy (RnlWorkspace *self)
{
  return g_hash_table_size (self->busy);
}
