/* rnl-composer-screenshot.c: a picture of the screen goes along
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-composer-private.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-lazy-menu.h"
#include "rnl-screenshot.h"

/* The desktop may take its time; nobody has to wait for it. */

static GWeakRef *
new_weak_ref (RnlComposer *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);

  return weak;
}

static RnlComposer *
take_composer (GWeakRef *weak)
{
  RnlComposer *self = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);

  return self;
}

/* A menu where there is something to choose from, else the one thing there is. */
static void
offer (RnlComposer *self, gboolean screenshots)
{
  gtk_widget_set_visible (self->attach_button, !screenshots);
  gtk_widget_set_visible (GTK_WIDGET (self->attach_menu), screenshots);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.screenshot", screenshots);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlComposer) self = take_composer (user_data);
  g_autoptr (GError) error = NULL;

  if (rnl_screenshot_find_finish (result, &error) && self != NULL)
    offer (self, TRUE);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlComposer) self = take_composer (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = rnl_screenshot_take_finish (result, &error);

  if (self == NULL || g_cancellable_is_cancelled (self->pasting))
    return;
  if (file != NULL)
    rnl_composer_attach_file (self, file);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "problem", _ ("The desktop took no picture of the screen"));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
screenshot_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlComposer *self = RNL_COMPOSER (widget);

  rnl_screenshot_take_async (self->pasting, taken_cb, new_weak_ref (self));
}

void
rnl_composer_init_screenshots (RnlComposer *self)
{
  offer (self, FALSE);
  rnl_compat_name_menu_button (self->attach_menu, _ ("Attach Files"));
  rnl_lazy_menu_set (self->attach_menu, self->attach_model);
  rnl_screenshot_find_async (self->pasting, found_cb, new_weak_ref (self));
}

void
rnl_composer_install_screenshots (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "composer.screenshot", NULL, screenshot_action);
  gtk_widget_class_bind_template_child (widget_class, RnlComposer, attach_button);
  gtk_widget_class_bind_template_child (widget_class, RnlComposer, attach_menu);
  gtk_widget_class_bind_template_child (widget_class, RnlComposer, attach_model);
}
