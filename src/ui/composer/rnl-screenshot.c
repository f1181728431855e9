/* rnl-screenshot.c: org.freedesktop.portal.Screenshot
 *
 * The person chooses in a window of the desktop what is in the picture; a program cannot take one
 * by itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-screenshot.h"

#define PORTAL_NAME       "org.freedesktop.portal.Desktop"
#define PORTAL_PATH       "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE  "org.freedesktop.portal.Screenshot"
#define REQUEST_INTERFACE "org.freedesktop.portal.Request"

/* What a request answers. */
enum
{
  RESPONSE_SUCCESS,
  RESPONSE_CANCELLED,
};

/* Whether there is one. */

static void
version_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) version
    = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (version == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
find_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (bus == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* A desktop that has portals has started them; nothing is started to find that out. */
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", PORTAL_INTERFACE, "version"),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, cancellable,
                          version_cb, g_steal_pointer (&task));
}

/**
 * rnl_screenshot_find_async:
 * @cancellable: (nullable): to stop looking
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Finds out whether this desktop takes pictures of the screen for a program.
 */
void
rnl_screenshot_find_async (GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rnl_screenshot_find_async);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, find_bus_cb, task);
}

/**
 * rnl_screenshot_find_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: of GDBus, when there is no bus or no portal; `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether it does
 */
gboolean
rnl_screenshot_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Taking one. */

typedef struct
{
  GDBusConnection *bus;
  guint subscription;
} Request;

static void
request_free (Request *request)
{
  if (request->subscription > 0)
    g_dbus_connection_signal_unsubscribe (request->bus, request->subscription);
  g_clear_object (&request->bus);
  g_free (request);
}

static void
end (GTask *task, GFile *file, GError *error)
{
  Request *request = g_task_get_task_data (task);
  guint subscription = request->subscription;

  request->subscription = 0;
  if (subscription == 0)
    {
      /* The other end was first. */
      g_clear_object (&file);
      g_clear_error (&error);
      return;
    }
  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_error (task, error);
  /* Drops the reference of the subscription. */
  g_dbus_connection_signal_unsubscribe (request->bus, subscription);
}

static void
response_cb (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  g_autoptr (GVariant) results = NULL;
  const char *uri = NULL;
  guint response = RESPONSE_CANCELLED;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response == RESPONSE_SUCCESS && g_variant_lookup (results, "uri", "&s", &uri))
    end (task, g_file_new_for_uri (uri), NULL);
  else if (response == RESPONSE_CANCELLED)
    end (task, NULL, g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "No picture was wanted"));
  else
    end (task, NULL, g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "The desktop took no picture"));
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) handle
    = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (handle == NULL)
    end (task, NULL, error);
}

/* The answer comes as a signal of an object whose path is known before it exists. */
static char *
make_path (GDBusConnection *bus, const char *token)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);

  g_strdelimit (sender, ".", '_');

  return g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
}

static void
take_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Request *request = g_task_get_task_data (task);
  GVariantBuilder options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autofree char *token = g_strdup_printf ("runnel%u", g_random_int ());
  g_autofree char *path = NULL;

  request->bus = g_bus_get_finish (result, &error);
  if (request->bus == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  path = make_path (request->bus, token);
  request->subscription = g_dbus_connection_signal_subscribe (
    request->bus, PORTAL_NAME, REQUEST_INTERFACE, "Response", path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
    response_cb, g_object_ref (task), g_object_unref);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "modal", g_variant_new_boolean (TRUE));
  g_variant_builder_add (&options, "{sv}", "interactive", g_variant_new_boolean (TRUE));
  g_dbus_connection_call (request->bus, PORTAL_NAME, PORTAL_PATH, PORTAL_INTERFACE, "Screenshot",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, g_task_get_cancellable (task), called_cb,
                          g_object_ref (task));
}

/**
 * rnl_screenshot_take_async:
 * @cancellable: (nullable): stops it while the desktop has not been asked
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Lets the person take a picture of the screen, in a window of the desktop.
 */
void
rnl_screenshot_take_async (GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rnl_screenshot_take_async);
  g_task_set_task_data (task, g_new0 (Request, 1), (GDestroyNotify) request_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, take_bus_cb, task);
}

/**
 * rnl_screenshot_take_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: of GDBus; `G_IO_ERROR_CANCELLED` when the person did not want one, `G_IO_ERROR_FAILED`.
 *
 * Returns: (transfer full) (nullable): the picture
 */
GFile *
rnl_screenshot_take_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
