/* rnl-fold-header.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-fold-header.h"

#include "rnl-chat-style.h"
#include "rnl-compat-accessible.h"
#include "rnl-fold-memory.h"

/**
 * RnlFoldHeader:
 *
 * A button that opens and closes a revealer, with an icon, a title and a dim detail. Only the
 * person works it: it never opens by itself. With a key, what they did outlives the widget.
 */
struct _RnlFoldHeader
{
  GtkButton parent_instance;

  /* borrowed: a sibling of the header */
  GtkRevealer *revealer;

  /* owned */
  char *key;

  /* children */
  GtkWidget *icon;
  GtkWidget *spinner;
  GtkWidget *title;
  GtkWidget *detail;
  GtkWidget *chevron;
};

G_DEFINE_FINAL_TYPE (RnlFoldHeader, rnl_fold_header, GTK_TYPE_BUTTON)

static void
show_open (RnlFoldHeader *self, gboolean open)
{
  if (self->revealer == NULL)
    return;

  gtk_revealer_set_reveal_child (self->revealer, open);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->chevron),
                                open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

static void
rnl_fold_header_clicked (GtkButton *button)
{
  RnlFoldHeader *self = RNL_FOLD_HEADER (button);

  rnl_fold_header_set_open (self, !rnl_fold_header_get_open (self));
}

static void
rnl_fold_header_dispose (GObject *object)
{
  g_clear_weak_pointer (&RNL_FOLD_HEADER (object)->revealer);

  G_OBJECT_CLASS (rnl_fold_header_parent_class)->dispose (object);
}

static void
rnl_fold_header_finalize (GObject *object)
{
  g_free (RNL_FOLD_HEADER (object)->key);

  G_OBJECT_CLASS (rnl_fold_header_parent_class)->finalize (object);
}

static void
rnl_fold_header_class_init (RnlFoldHeaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_fold_header_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_fold_header_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = rnl_fold_header_clicked;
}

static void
rnl_fold_header_init (RnlFoldHeader *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->icon = gtk_image_new ();
  self->spinner = gtk_spinner_new ();
  self->title = gtk_label_new (NULL);
  self->detail = gtk_label_new (NULL);
  self->chevron = gtk_image_new_from_icon_name ("pan-end-symbolic");
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_set_visible (self->detail, FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (self->detail), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->detail), 0);
  gtk_widget_add_css_class (self->detail, "fold-detail");
  gtk_widget_add_css_class (self->chevron, "chevron");

  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->spinner);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->detail);
  gtk_box_append (GTK_BOX (box), self->chevron);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "fold-header");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

/**
 * rnl_fold_header_new:
 * @icon_name: a symbolic icon
 * @revealer: what it opens; not kept alive
 *
 * Returns: (transfer floating): a closed header
 */
GtkWidget *
rnl_fold_header_new (const char *icon_name, GtkRevealer *revealer)
{
  RnlFoldHeader *self = g_object_new (RNL_TYPE_FOLD_HEADER, NULL);

  g_set_weak_pointer (&self->revealer, revealer);
  rnl_compat_present_shown (GTK_WIDGET (revealer));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);

  return GTK_WIDGET (self);
}

void
rnl_fold_header_set_title (RnlFoldHeader *self, const char *title)
{
  g_return_if_fail (RNL_IS_FOLD_HEADER (self));

  gtk_label_set_text (GTK_LABEL (self->title), title);
  rnl_chat_set_label (GTK_WIDGET (self), title);
}

const char *
rnl_fold_header_get_title (RnlFoldHeader *self)
{
  g_return_val_if_fail (RNL_IS_FOLD_HEADER (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->title));
}

/**
 * rnl_fold_header_set_detail:
 * @self: a header
 * @detail: what stands behind the title, cut where there is no room
 */
void
rnl_fold_header_set_detail (RnlFoldHeader *self, const char *detail)
{
  g_return_if_fail (RNL_IS_FOLD_HEADER (self));

  gtk_label_set_text (GTK_LABEL (self->detail), detail);
  gtk_widget_set_visible (self->detail, *detail != '\0');
  rnl_chat_set_description (GTK_WIDGET (self), detail);
}

/**
 * rnl_fold_header_set_busy:
 * @self: a header
 * @busy: whether a spinner stands in the icon's place
 */
void
rnl_fold_header_set_busy (RnlFoldHeader *self, gboolean busy)
{
  g_return_if_fail (RNL_IS_FOLD_HEADER (self));

  gtk_widget_set_visible (self->icon, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}

/**
 * rnl_fold_header_set_key:
 * @self: a header
 * @key: the id of a part
 *
 * Opens at once, without movement, what the person opened before under this key.
 */
void
rnl_fold_header_set_key (RnlFoldHeader *self, const char *key)
{
  guint duration;

  g_return_if_fail (RNL_IS_FOLD_HEADER (self));

  g_free (self->key);
  self->key = g_strdup (key);
  if (rnl_fold_memory_get (key) != RNL_FOLD_OPEN || self->revealer == NULL)
    return;

  duration = gtk_revealer_get_transition_duration (self->revealer);
  gtk_revealer_set_transition_duration (self->revealer, 0);
  show_open (self, TRUE);
  gtk_revealer_set_transition_duration (self->revealer, duration);
}

/**
 * rnl_fold_header_set_open:
 * @self: a header
 * @open: whether what is below it shows
 *
 * As if the person had done it.
 */
void
rnl_fold_header_set_open (RnlFoldHeader *self, gboolean open)
{
  g_return_if_fail (RNL_IS_FOLD_HEADER (self));

  if (rnl_fold_header_get_open (self) == open)
    return;

  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.hold", NULL);
  rnl_fold_memory_set (self->key, open);
  show_open (self, open);
}

gboolean
rnl_fold_header_get_open (RnlFoldHeader *self)
{
  g_return_val_if_fail (RNL_IS_FOLD_HEADER (self), FALSE);

  return self->revealer != NULL && gtk_revealer_get_reveal_child (self->revealer);
}
