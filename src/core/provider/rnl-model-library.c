/* rnl-model-library.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-library.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-provider-error.h"
#include "rnl-server-command.h"
#include "rnl-server-get.h"

#define LIST_TIMEOUT_MS 15000

/* What the parts of a name may be long, as Ollama has it. */
#define MAX_HOST 350
#define MAX_PART 80

/**
 * rnl_model_library_exists:
 * @account: an account
 *
 * Returns: whether its server fetches and deletes models when it is told to
 */
gboolean
rnl_model_library_exists (RnlAccount *account)
{
  g_return_val_if_fail (RNL_IS_ACCOUNT (account), FALSE);

  return g_strcmp0 (rnl_account_get_protocol (account), "ollama") == 0;
}

/* Names. */

static gboolean
is_part (const char *part, gsize length, gsize max, const char *more)
{
  if (length == 0 || length > max || !(g_ascii_isalnum (*part) || *part == '_'))
    return FALSE;
  for (gsize i = 1; i < length; i++)
    if (!g_ascii_isalnum (part[i]) && strchr (more, part[i]) == NULL)
      return FALSE;

  return TRUE;
}

/* `MODEL[:TAG]`, the last part of a name. */
static gboolean
is_model (const char *part)
{
  const char *colon = strchr (part, ':');
  gsize length = colon != NULL ? (gsize) (colon - part) : strlen (part);

  return is_part (part, length, MAX_PART, "_-.")
         && (colon == NULL || is_part (colon + 1, strlen (colon + 1), MAX_PART, "_-."));
}

static gboolean
is_name (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);
  guint n = g_strv_length (parts);

  switch (n)
    {
    case 1:
      return is_model (parts[0]);
    case 2:
      return is_part (parts[0], strlen (parts[0]), MAX_PART, "_-.") && is_model (parts[1]);
    case 3:
      return is_part (parts[0], strlen (parts[0]), MAX_HOST, "_-.:")
             && is_part (parts[1], strlen (parts[1]), MAX_PART, "_-.") && is_model (parts[2]);
    default:
      return FALSE;
    }
}

/**
 * rnl_model_library_check_name:
 * @name: what a person calls a model
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST`.
 *
 * Returns: whether it can be the name of a model: `[[HOST/]OWNER/]MODEL[:TAG]`
 */
gboolean
rnl_model_library_check_name (const char *name, GError **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (is_name (name))
    return TRUE;

  g_propagate_error (error, rnl_provider_error_new (
                              RNL_PROVIDER_ERROR_BAD_REQUEST,
                              "“%.100s” cannot be the name of a model. Names are like “llama3.2”, "
                              "“qwen3:4b” or “someone/model:tag”.",
                              name));

  return FALSE;
}

/* Listing. */

static GPtrArray *
parse_list (JsonNode *root)
{
  JsonObject *object = rnl_json_node_get_object (root);
  JsonArray *list = object != NULL ? rnl_json_object_get_array (object, "models") : NULL;
  GPtrArray *models;

  if (list == NULL)
    return NULL;

  models = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *model = rnl_json_node_get_object (json_array_get_element (list, i));
      const char *name = model != NULL ? rnl_json_object_get_string (model, "name") : NULL;

      if (name != NULL && *name != '\0')
        g_ptr_array_add (models,
                         rnl_stored_model_new (name, rnl_json_object_get_int (model, "size", -1)));
    }

  return models;
}

static void
list_get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rnl_server_ask_finish (result, &error);
  GPtrArray *models = node != NULL ? parse_list (node) : NULL;

  if (models != NULL)
    g_task_return_pointer (task, models, (GDestroyNotify) g_ptr_array_unref);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_error (
      task, rnl_provider_error_new (RNL_PROVIDER_ERROR_PROTOCOL,
                                    "%s answered with something that is not a list of models. "
                                    "Check the address of this account.",
                                    rnl_account_get_title (g_task_get_source_object (task))));
}

/**
 * rnl_model_library_list_async:
 * @account: whose server
 * @cancellable: (nullable): closes the connection
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks what is on the disk of the server.
 *
 * Source: Ollama API reference, "List Local Models" (as of 0.6).
 */
void
rnl_model_library_list_async (RnlAccount *account,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_ACCOUNT (account));

  task = g_task_new (account, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_model_library_list_async);
  rnl_server_ask_account_async (account, "api/tags", NULL, LIST_TIMEOUT_MS, cancellable,
                                list_get_cb, task);
}

/**
 * rnl_model_library_list_finish:
 * @account: as given to the beginning
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable) (element-type RnlStoredModel): the models, as the server
 *   orders them
 */
GPtrArray *
rnl_model_library_list_finish (RnlAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Deleting. */

static void
delete_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (rnl_server_command_finish (RNL_ACCOUNT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * rnl_model_library_delete_async:
 * @account: whose server
 * @name: which model
 * @cancellable: (nullable): closes the connection; the server may have deleted it all the same
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Has the server delete a model from its disk. There is no way back.
 *
 * Source: Ollama API reference, "Delete a Model" (as of 0.6).
 */
void
rnl_model_library_delete_async (RnlAccount *account,
                                const char *name,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GBytes) json = NULL;

  g_return_if_fail (RNL_IS_ACCOUNT (account));
  g_return_if_fail (name != NULL);

  task = g_task_new (account, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_model_library_delete_async);
  json = rnl_server_command_new_body (name);
  rnl_server_command_async (account,
                            &(RnlServerCommand){ .method = "DELETE",
                                                 .path = "api/delete",
                                                 .model = name,
                                                 .json = json,
                                                 .idle_timeout_ms = LIST_TIMEOUT_MS },
                            cancellable, delete_cb, g_steal_pointer (&task));
}

/**
 * rnl_model_library_delete_finish:
 * @account: as given to the beginning
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR`, `RNL_PROVIDER_ERROR_MODEL_NOT_FOUND` when the server does not have
 * it; `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether it is gone
 */
gboolean
rnl_model_library_delete_finish (RnlAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
