/* rnl-compat.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-compat.h"

#include <glib/gi18n.h>
#include <string.h>

#ifdef GDK_WINDOWING_WAYLAND
#include <gdk/wayland/gdkwayland.h>
#endif

#define WAYLAND_PREFIX "wayland:"

/* What is left of a heading in the narrowest dialog, in pixels: more than a letter or dots take,
 * and less than the 300 of the dialog. */
#define HEADING_WIDTH 120

/* libadwaita has a large heading; in newer versions it is of one line, and a smaller one is there
 * that wraps where there is no room for it. It takes the smaller minimum of the two and asks both
 * for their height there, which GTK warns of where a label needs more: so both are to need the
 * same. */
static void
let_heading_shrink (GtkWidget *widget)
{
  gboolean large = gtk_widget_has_css_class (widget, "title-2");

  if (large || gtk_widget_has_css_class (widget, "title-4"))
    gtk_widget_set_size_request (widget, HEADING_WIDTH, -1);
  if (large && !gtk_label_get_wrap (GTK_LABEL (widget)))
    gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_END);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_heading_shrink (child);
}

/**
 * rnl_compat_message_dialog_new:
 * @parent: (nullable): the window
 * @heading: what is asked
 * @body: (nullable): more about it
 *
 * Returns: an `AdwMessageDialog` without responses, whose heading fits in any window
 */
GtkWidget *
rnl_compat_message_dialog_new (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  let_heading_shrink (dialog);

  return dialog;
}

typedef struct
{
  GtkEditable *entry;
  RnlCompatTextFunc callback;
  gpointer user_data;
} AskData;

static void
ask_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autofree AskData *data = user_data;
  g_autofree char *text = NULL;

  if (g_str_equal (response, "accept"))
    {
      text = g_strdup (gtk_editable_get_text (data->entry));
      g_strstrip (text);
    }
  data->callback (text, data->user_data);
}

/**
 * rnl_compat_ask_text:
 * @parent: the window
 * @heading: what is asked
 * @text: (nullable): what stands in the entry
 * @accept: the button's label, with a mnemonic
 * @callback: (scope async): called once
 * @user_data: for @callback
 */
void
rnl_compat_ask_text (GtkWindow *parent,
                     const char *heading,
                     const char *text,
                     const char *accept,
                     RnlCompatTextFunc callback,
                     gpointer user_data)
{
  GtkWidget *dialog = rnl_compat_message_dialog_new (parent, heading, NULL);
  GtkWidget *entry = gtk_entry_new ();
  AskData *data = g_new0 (AskData, 1);

  data->entry = GTK_EDITABLE (entry);
  data->callback = callback;
  data->user_data = user_data;
  gtk_editable_set_text (data->entry, text != NULL ? text : "");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  -1);

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "accept",
                                    accept, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "accept",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (ask_response_cb), data);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

typedef struct
{
  RnlCompatFileFunc callback;
  gpointer user_data;
} ChooseData;

static void
choose_response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autofree ChooseData *data = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  data->callback (file, data->user_data);
  g_object_unref (dialog);
}

static void
choose (GtkWindow *parent,
        const char *title,
        GtkFileChooserAction action,
        const char *name,
        RnlCompatFileFunc callback,
        gpointer user_data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, action, NULL, NULL);
  ChooseData *data = g_new0 (ChooseData, 1);

  data->callback = callback;
  data->user_data = user_data;
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (choose_response_cb), data);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * rnl_compat_choose_folder:
 * @parent: the window
 * @title: what it is for
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * The chooser is the portal's where there is one.
 */
void
rnl_compat_choose_folder (GtkWindow *parent,
                          const char *title,
                          RnlCompatFileFunc callback,
                          gpointer user_data)
{
  choose (parent, title, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, callback, user_data);
}

/**
 * rnl_compat_choose_file:
 * @parent: the window
 * @title: what it is for
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * The chooser is the portal's where there is one.
 */
void
rnl_compat_choose_file (GtkWindow *parent,
                        const char *title,
                        RnlCompatFileFunc callback,
                        gpointer user_data)
{
  choose (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, callback, user_data);
}

/**
 * rnl_compat_save_file:
 * @parent: the window
 * @title: what it is for
 * @name: what the file is called unless the person says otherwise
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks where to write. The chooser is the portal's where there is one.
 */
void
rnl_compat_save_file (GtkWindow *parent,
                      const char *title,
                      const char *name,
                      RnlCompatFileFunc callback,
                      gpointer user_data)
{
  choose (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, name, callback, user_data);
}

typedef struct
{
  RnlCompatFilesFunc callback;
  gpointer user_data;
} ChooseFilesData;

static void
choose_files_response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autofree ChooseFilesData *data = user_data;
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  data->callback (files, data->user_data);
  g_object_unref (dialog);
}

/**
 * rnl_compat_choose_files:
 * @parent: the window
 * @title: what they are for
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks for one file or more. The chooser is the portal's where there is one.
 */
void
rnl_compat_choose_files (GtkWindow *parent,
                         const char *title,
                         RnlCompatFilesFunc callback,
                         gpointer user_data)
{
  GtkFileChooserNative *dialog
    = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  ChooseFilesData *data = g_new0 (ChooseFilesData, 1);

  data->callback = callback;
  data->user_data = user_data;
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (choose_files_response_cb), data);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
realized_cb (GtkWindow *window, const char *handle)
{
#ifdef GDK_WINDOWING_WAYLAND
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  if (GDK_IS_WAYLAND_TOPLEVEL (surface))
    gdk_wayland_toplevel_set_transient_for_exported (GDK_TOPLEVEL (surface), handle);
#endif
}

static void
free_handle (gpointer handle, GClosure *closure)
{
  g_free (handle);
}

/**
 * rnl_compat_set_foreign_parent:
 * @window: a window that has not been shown
 * @handle: another program's window as portals write it; of any kind but `wayland:HANDLE` it is
 *   ignored
 *
 * Puts @window before the other program's.
 */
void
rnl_compat_set_foreign_parent (GtkWindow *window, const char *handle)
{
  if (g_str_has_prefix (handle, WAYLAND_PREFIX))
    g_signal_connect_data (window, "realize", G_CALLBACK (realized_cb),
                           g_strdup (handle + strlen (WAYLAND_PREFIX)), free_handle,
                           G_CONNECT_AFTER);
}

/**
 * rnl_compat_skip_gtk_theme:
 *
 * To be called before GTK is initialized. GTK reads all of its own theme before libadwaita says
 * that it is the empty one which is wanted: a tenth of what the start costs. Who names a theme in
 * `GTK_THEME` gets that, as ever.
 */
void
rnl_compat_skip_gtk_theme (void)
{
  GObjectClass *settings = g_type_class_ref (GTK_TYPE_SETTINGS);
  GParamSpec *theme = g_object_class_find_property (settings, "gtk-theme-name");

  if (G_IS_PARAM_SPEC_STRING (theme))
    {
      g_free (G_PARAM_SPEC_STRING (theme)->default_value);
      G_PARAM_SPEC_STRING (theme)->default_value = g_strdup ("Adwaita-empty");
    }
  g_type_class_unref (settings);
}

/**
 * rnl_compat_own_icon:
 * @name: an icon that we install
 * @path: the same in our resources
 *
 * Returns: (transfer full): the icon by its name, or, where we are not installed, by its file: a
 *   folder of resources that is added to the theme has that read anew. By its file alone it would
 *   not do: GTK 4.18 shows one only where the system knows what SVG is
 */
GIcon *
rnl_compat_own_icon (const char *name, const char *path)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  g_autofree char *uri = g_strconcat ("resource://", path, NULL);
  g_autoptr (GFile) file = g_file_new_for_uri (uri);

  return gtk_icon_theme_has_icon (theme, name) ? g_themed_icon_new (name) : g_file_icon_new (file);
}

/**
 * rnl_compat_add_style:
 * @path: a style sheet in our resources
 *
 * Adds it for the default display.
 */
void
rnl_compat_add_style (const char *path)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/**
 * rnl_compat_set_tooltip:
 * @widget: a widget
 * @text: (nullable): its tooltip
 *
 * Sets it without asking for the pointer, where it cannot be over the widget: GTK has the X server
 * look for it whenever the tooltip of something visible is set, which was a tenth of making a card.
 */
void
rnl_compat_set_tooltip (GtkWidget *widget, const char *text)
{
  gboolean visible = gtk_widget_get_visible (widget);

  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0)
    return;
  if (!gtk_widget_get_mapped (widget))
    gtk_widget_set_visible (widget, FALSE);
  gtk_widget_set_tooltip_text (widget, text);
  gtk_widget_set_visible (widget, visible);
}
