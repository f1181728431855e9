/* rnl-bus-peer.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-bus-peer.h"

static char *
read_program (guint32 pid)
{
  g_autofree char *link = g_strdup_printf ("/proc/%u/exe", pid);
  g_autofree char *path = g_file_read_link (link, NULL);

  return path != NULL ? g_filename_display_name (path) : NULL;
}

static void
credentials_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) reply
    = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GVariant) credentials = NULL;
  guint32 pid;

  /* No answer is as good as none: this is only a hint. */
  if (reply != NULL)
    credentials = g_variant_get_child_value (reply, 0);
  if (credentials != NULL && g_variant_lookup (credentials, "ProcessID", "u", &pid))
    g_task_return_pointer (task, read_program (pid), g_free);
  else
    g_task_return_pointer (task, NULL, NULL);
}

/**
 * rnl_bus_peer_find_program_async:
 * @connection: a message bus
 * @sender: a unique name on it
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Looks which file the program behind @sender runs from. A hint for a person and nothing more: a
 * process may have ended and another have its number, and any program can start any other. In a
 * sandbox the bus's numbers mean nothing, so nothing is found there.
 */
void
rnl_bus_peer_find_program_async (GDBusConnection *connection,
                                 const char *sender,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (connection, cancellable, callback, user_data);

  g_task_set_source_tag (task, rnl_bus_peer_find_program_async);
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      g_task_return_pointer (task, NULL, NULL);
      g_object_unref (task);
      return;
    }
  g_dbus_connection_call (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "GetConnectionCredentials",
                          g_variant_new ("(s)", sender), G_VARIANT_TYPE ("(a{sv})"),
                          G_DBUS_CALL_FLAGS_NONE, -1, cancellable, credentials_cb, task);
}

/**
 * rnl_bus_peer_find_program_finish:
 * @connection: the bus
 * @result: as given to the callback
 *
 * Returns: (transfer full) (nullable): the file, fit to be shown
 */
char *
rnl_bus_peer_find_program_finish (GDBusConnection *connection, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
