/* test-screenshot.c: a picture of the screen, by a portal of the test's own on a bus of its own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-composer.h"
#include "rnl-draft-file.h"
#include "rnl-screenshot.h"
#include "window-fixture.h"

static const char introspection[]
  = "<node><interface name='org.freedesktop.portal.Screenshot'>"
    "<method name='Screenshot'><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/>"
    "<arg type='o' direction='out'/></method>"
    "<property name='version' type='u' access='read'/></interface></node>";

/* The least there is of a PNG file: one pixel. */
static const char png[]
  = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg==";

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  guint name;
  guint response; /* what it answers next */
  gboolean asked;
  gboolean interactive;
} Portal;

static char *
write_picture (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "runnel-screen.png", NULL);
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (png, &length);

  g_assert_true (g_file_set_contents (path, (char *) bytes, (gssize) length, NULL));

  return g_filename_to_uri (path, NULL, NULL);
}

static void
respond (Portal *portal, const char *sender, const char *path)
{
  GVariantBuilder results = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autofree char *uri = write_picture ();

  if (portal->response == 0)
    g_variant_builder_add (&results, "{sv}", "uri", g_variant_new_string (uri));
  g_dbus_connection_emit_signal (portal->connection, sender, path, "org.freedesktop.portal.Request",
                                 "Response", g_variant_new ("(ua{sv})", portal->response, &results),
                                 NULL);
}

static void
method_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  Portal *portal = user_data;
  g_autoptr (GVariant) options = NULL;
  g_autofree char *name = g_strdup (sender + 1);
  g_autofree char *handle = NULL;
  const char *token;

  g_variant_get (parameters, "(&s@a{sv})", NULL, &options);
  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_assert_true (g_variant_lookup (options, "interactive", "b", &portal->interactive));
  g_strdelimit (name, ".", '_');
  handle = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", name, token);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", handle));
  portal->asked = TRUE;
  respond (portal, sender, handle);
}

static GVariant *
property_cb (GDBusConnection *connection,
             const char *sender,
             const char *path,
             const char *interface,
             const char *property,
             GError **error,
             gpointer user_data)
{
  return g_variant_new_uint32 (2);
}

static const GDBusInterfaceVTable vtable = { method_cb, property_cb, NULL, { 0 } };

static void
acquired_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* With SERVED, something answers there. */
static void
portal_open (Portal *portal, gboolean served)
{
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GError) error = NULL;
  gboolean acquired = FALSE;

  portal->connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (portal->bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  if (!served)
    return;
  g_dbus_connection_register_object (portal->connection, "/org/freedesktop/portal/desktop",
                                     node->interfaces[0], &vtable, portal, NULL, &error);
  g_assert_no_error (error);
  portal->name = g_bus_own_name_on_connection (portal->connection, "org.freedesktop.portal.Desktop",
                                               G_BUS_NAME_OWNER_FLAGS_NONE, acquired_cb, NULL,
                                               &acquired, NULL);
  rnl_test_wait_for (is_true, &acquired);
}

static void
portal_close (Portal *portal)
{
  if (portal->name > 0)
    g_bus_unown_name (portal->name);
  portal->name = 0;
  g_dbus_connection_close_sync (portal->connection, NULL, NULL);
  g_clear_object (&portal->connection);
}

static GtkWidget *
get_composer (WindowFixture *fixture)
{
  return window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_COMPOSER, 0);
}

static GtkWidget *
get_menu (WindowFixture *fixture)
{
  return window_fixture_find (get_composer (fixture), GTK_TYPE_MENU_BUTTON, 0);
}

static gboolean
is_visible (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static gboolean
has_file (gpointer composer)
{
  GListModel *files = G_LIST_MODEL (rnl_composer_get_files (composer));
  g_autoptr (RnlDraftFile) file = g_list_model_get_item (files, 0);

  return file != NULL && rnl_draft_file_get_part (file) != NULL;
}

/* Without a portal there is a button that attaches files, and nothing else. */
static void
test_none (gconstpointer data)
{
  Portal *portal = (Portal *) data;
  WindowFixture fixture;

  portal_open (portal, FALSE);
  window_fixture_open (&fixture);
  window_fixture_wait_frames (GTK_WIDGET (fixture.window), 3);
  g_assert_false (gtk_widget_get_visible (get_menu (&fixture)));
  g_assert_true (
    gtk_widget_get_mapped (window_fixture_find_button (get_composer (&fixture), "Attach Files")));
  window_fixture_done (&fixture);
  portal_close (portal);
}

/* With one there is a menu; the person chooses what is in the picture, which goes along. */
static void
test_taken (gconstpointer data)
{
  Portal *portal = (Portal *) data;
  WindowFixture fixture;
  GtkWidget *composer;

  portal_open (portal, TRUE);
  window_fixture_open (&fixture);
  composer = get_composer (&fixture);
  rnl_test_wait_for (is_visible, get_menu (&fixture));
  window_fixture_assert_named (composer);
  portal->response = 0;
  g_assert_true (gtk_widget_activate_action (composer, "composer.screenshot", NULL));
  rnl_test_wait_for (has_file, composer);
  g_assert_true (portal->interactive);
  window_fixture_done (&fixture);
  portal_close (portal);
}

/* Who does not want one gets none, and is not told of it; a failure is told. */
static void
test_not_taken (gconstpointer data)
{
  Portal *portal = (Portal *) data;
  WindowFixture fixture;
  GtkWidget *composer;

  portal_open (portal, TRUE);
  window_fixture_open (&fixture);
  composer = get_composer (&fixture);
  rnl_test_wait_for (is_visible, get_menu (&fixture));
  portal->response = 1;
  portal->asked = FALSE;
  g_assert_true (gtk_widget_activate_action (composer, "composer.screenshot", NULL));
  rnl_test_wait_for (is_true, &portal->asked);
  portal->response = 2;
  g_assert_true (gtk_widget_activate_action (composer, "composer.screenshot", NULL));
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "took no picture");
  g_assert_false (has_file (composer));
  window_fixture_done (&fixture);
  portal_close (portal);
}

int
main (int argc, char *argv[])
{
  Portal portal = { .bus = window_fixture_init_bus (&argc, &argv) };
  int result;

  if (portal.bus == NULL)
    return 0;
  g_test_add_data_func ("/screenshot/none", &portal, test_none);
  g_test_add_data_func ("/screenshot/taken", &portal, test_taken);
  g_test_add_data_func ("/screenshot/not-taken", &portal, test_not_taken);
  result = g_test_run ();
  g_test_dbus_stop (portal.bus);

  return result;
}
