/* rnl-attachment-chip.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-attachment-chip.h"

#include <glib/gi18n.h>

#include "rnl-attachment.h"
#include "rnl-chat-style.h"
#include "rnl-thumbnail.h"

#define THUMBNAIL  36
#define NAME_CHARS 22
#define MIN_CHARS  10

/* A reason is worth more room than a name. */
#define PROBLEM_CHARS 44

/**
 * RnlAttachmentChip:
 *
 * A file that goes along with a message: while it is read with a spinner, then with a small picture
 * or an icon, its name and its size, or with a word why it cannot.
 */
struct _RnlAttachmentChip
{
  GtkWidget parent_instance;

  /* owned */
  char *name;
  GCancellable *loading;

  /* children */
  GtkWidget *box;
  GtkStack *stack;
  GtkWidget *spinner;
  GtkImage *image;
  GtkLabel *detail;
};

G_DEFINE_FINAL_TYPE (RnlAttachmentChip, rnl_attachment_chip, GTK_TYPE_WIDGET)

static void
rnl_attachment_chip_dispose (GObject *object)
{
  RnlAttachmentChip *self = RNL_ATTACHMENT_CHIP (object);

  g_cancellable_cancel (self->loading);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_attachment_chip_parent_class)->dispose (object);
}

static void
rnl_attachment_chip_finalize (GObject *object)
{
  RnlAttachmentChip *self = RNL_ATTACHMENT_CHIP (object);

  g_free (self->name);
  g_object_unref (self->loading);

  G_OBJECT_CLASS (rnl_attachment_chip_parent_class)->finalize (object);
}

static void
rnl_attachment_chip_class_init (RnlAttachmentChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_attachment_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_attachment_chip_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_label (const char *text, gboolean small)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), small ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), NAME_CHARS);
  /* In a narrow row the chips scroll; a name of three dots would be none. */
  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (text, -1), MIN_CHARS));
  if (small)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }

  return label;
}

static void
rnl_attachment_chip_init (RnlAttachmentChip *self)
{
  self->loading = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->stack = GTK_STACK (gtk_stack_new ());
  self->spinner = gtk_spinner_new ();
  self->image = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->stack), THUMBNAIL, THUMBNAIL);
  gtk_widget_set_halign (self->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_overflow (GTK_WIDGET (self->stack), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self->stack), "thumbnail");
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  gtk_stack_add_child (self->stack, self->spinner);
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->image));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->stack));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * rnl_attachment_chip_new:
 * @name: what the file is called
 *
 * Returns: (transfer floating): a chip of a file that is being read
 */
GtkWidget *
rnl_attachment_chip_new (const char *name)
{
  RnlAttachmentChip *self;
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  rnl_chat_style_ensure ();
  self = g_object_new (RNL_TYPE_ATTACHMENT_CHIP, NULL);
  self->name = g_strdup (name);
  self->detail = GTK_LABEL (make_label (_ ("Reading…"), TRUE));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), make_label (name, FALSE));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (self->box), words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), name);
  rnl_chat_set_label (GTK_WIDGET (self), name);
  rnl_chat_set_description (GTK_WIDGET (self), gtk_label_get_text (self->detail));

  return GTK_WIDGET (self);
}

static void
show_icon (RnlAttachmentChip *self, const char *icon_name)
{
  gtk_image_set_from_icon_name (self->image, icon_name);
  gtk_image_set_pixel_size (self->image, 20);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->image));
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
}

static void
set_detail (RnlAttachmentChip *self, const char *text)
{
  gtk_label_set_text (self->detail, text);
  rnl_chat_set_description (GTK_WIDGET (self), text);
}

static void
thumbnail_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlAttachmentChip) self = user_data;
  g_autoptr (GdkTexture) texture = rnl_thumbnail_load_finish (RNL_PART (source), result, NULL);

  /* The icon stays for what cannot be decoded here: a model may know better. */
  if (texture == NULL || self->box == NULL)
    return;

  gtk_image_set_from_paintable (self->image, GDK_PAINTABLE (texture));
  gtk_image_set_pixel_size (self->image, THUMBNAIL);
}

/**
 * rnl_attachment_chip_set_part:
 * @self: a chip
 * @part: the file, read
 */
void
rnl_attachment_chip_set_part (RnlAttachmentChip *self, RnlPart *part)
{
  int size = THUMBNAIL * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autofree char *detail = NULL;

  g_return_if_fail (RNL_IS_ATTACHMENT_CHIP (self));

  if (rnl_attachment_get_size (part) == 0)
    {
      rnl_attachment_chip_set_problem (self, _ ("The content is gone"));
      return;
    }

  detail = g_format_size (rnl_attachment_get_size (part));
  set_detail (self, detail);
  show_icon (self, rnl_attachment_is_image (part) ? "image-x-generic-symbolic"
                                                  : "text-x-generic-symbolic");
  if (rnl_attachment_is_image (part))
    rnl_thumbnail_load_async (part, size, size, self->loading, thumbnail_cb, g_object_ref (self));
}

/**
 * rnl_attachment_chip_set_problem:
 * @self: a chip
 * @problem: why the file is not there
 */
void
rnl_attachment_chip_set_problem (RnlAttachmentChip *self, const char *problem)
{
  g_autofree char *tooltip = NULL;

  g_return_if_fail (RNL_IS_ATTACHMENT_CHIP (self));

  tooltip = g_strdup_printf ("%s\n%s", self->name, problem);
  show_icon (self, "dialog-warning-symbolic");
  set_detail (self, problem);
  gtk_label_set_max_width_chars (self->detail, PROBLEM_CHARS);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_widget_add_css_class (GTK_WIDGET (self), "error");
}

/**
 * rnl_attachment_chip_add_remove_button:
 * @self: a chip
 *
 * Returns: (transfer none): a button at its end, named after the file
 */
GtkWidget *
rnl_attachment_chip_add_remove_button (RnlAttachmentChip *self)
{
  /* Translators: %s is the name of a file */
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), self->name);
  GtkWidget *button = rnl_chat_icon_button_new ("window-close-symbolic", label);

  gtk_widget_add_css_class (button, "circular");
  gtk_box_append (GTK_BOX (self->box), button);

  return button;
}
