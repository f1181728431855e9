/* rnl-argument-grid.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-argument-grid.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-chat-style.h"
#include "rnl-output-view.h"

/* A label is laid out again whenever it grows; a longer value, in bytes, or one of several lines
 * is shown by its ends. */
#define MAX_LABEL 240

/**
 * RnlArgumentGrid:
 *
 * Keys and values, one row each. Only rows that changed are touched, and of a long value only what
 * is new.
 */
struct _RnlArgumentGrid
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *grid;
  GPtrArray *keys;
  GPtrArray *values;

  RnlCallArguments *arguments; /* borrowed, only to be compared */
};

G_DEFINE_FINAL_TYPE (RnlArgumentGrid, rnl_argument_grid, GTK_TYPE_WIDGET)

static void
rnl_argument_grid_dispose (GObject *object)
{
  RnlArgumentGrid *self = RNL_ARGUMENT_GRID (object);

  g_ptr_array_set_size (self->keys, 0);
  g_ptr_array_set_size (self->values, 0);
  g_clear_pointer (&self->grid, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_argument_grid_parent_class)->dispose (object);
}

static void
rnl_argument_grid_finalize (GObject *object)
{
  RnlArgumentGrid *self = RNL_ARGUMENT_GRID (object);

  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->values);

  G_OBJECT_CLASS (rnl_argument_grid_parent_class)->finalize (object);
}

static void
rnl_argument_grid_class_init (RnlArgumentGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rnl_argument_grid_dispose;
  object_class->finalize = rnl_argument_grid_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "arguments");
}

static void
rnl_argument_grid_init (RnlArgumentGrid *self)
{
  self->keys = g_ptr_array_new ();
  self->values = g_ptr_array_new ();
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

GtkWidget *
rnl_argument_grid_new (void)
{
  return g_object_new (RNL_TYPE_ARGUMENT_GRID, NULL);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

/* An address can be followed. */
static void
show_label (GtkWidget *label, const char *value, gboolean complete)
{
  if (complete && (g_str_has_prefix (value, "https://") || g_str_has_prefix (value, "http://"))
      && strpbrk (value, " \n") == NULL)
    {
      g_autofree char *markup = g_markup_printf_escaped ("<a href=\"%s\">%s</a>", value, value);

      gtk_label_set_markup (GTK_LABEL (label), markup);
    }
  else
    gtk_label_set_text (GTK_LABEL (label), value);
}

/* A value that outgrew its label. */
static GtkWidget *
take_output (RnlArgumentGrid *self, guint row, const char *key)
{
  GtkWidget *output = rnl_output_view_new (key);

  gtk_grid_remove (GTK_GRID (self->grid), g_ptr_array_index (self->values, row));
  gtk_widget_set_hexpand (output, TRUE);
  gtk_grid_attach (GTK_GRID (self->grid), output, 1, (int) row, 1, 1);
  self->values->pdata[row] = output;

  return output;
}

static void
update_row (RnlArgumentGrid *self, RnlCallArguments *arguments, guint row)
{
  const RnlCallArgument *argument = rnl_call_arguments_get (arguments, row);
  GtkWidget *widget = g_ptr_array_index (self->values, row);

  if (!RNL_IS_OUTPUT_VIEW (widget)
      && (argument->value->len > MAX_LABEL || strchr (argument->value->str, '\n') != NULL))
    widget = take_output (self, row, argument->key);
  if (RNL_IS_OUTPUT_VIEW (widget))
    {
      gsize shown = rnl_output_view_get_length (RNL_OUTPUT_VIEW (widget));

      if (argument->value->len > shown)
        rnl_output_view_append (RNL_OUTPUT_VIEW (widget), argument->value->str + shown,
                                argument->value->len - shown);
    }
  else
    {
      g_autofree char *value = rnl_call_arguments_dup_value (arguments, row);

      show_label (widget, value, argument->complete);
    }
}

static void
remove_rows (RnlArgumentGrid *self)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      gtk_grid_remove (GTK_GRID (self->grid), g_ptr_array_index (self->keys, i));
      gtk_grid_remove (GTK_GRID (self->grid), g_ptr_array_index (self->values, i));
    }
  g_ptr_array_set_size (self->keys, 0);
  g_ptr_array_set_size (self->values, 0);
}

static void
add_row (RnlArgumentGrid *self, const char *name)
{
  int row = (int) self->keys->len;
  GtkWidget *key = make_label ("dim-label");
  GtkWidget *value = make_label ("argument-value");

  gtk_label_set_text (GTK_LABEL (key), name);
  gtk_label_set_ellipsize (GTK_LABEL (key), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (key), 20);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_widget_set_hexpand (value, TRUE);
  rnl_chat_set_description (value, name);
  gtk_grid_attach (GTK_GRID (self->grid), key, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), value, 1, row, 1, 1);
  g_ptr_array_add (self->keys, key);
  g_ptr_array_add (self->values, value);
}

/**
 * rnl_argument_grid_update:
 * @self: a grid
 * @arguments: what has been read so far
 *
 * Shows what is new, or everything when it is another reader than before. Once a frame is enough.
 */
void
rnl_argument_grid_update (RnlArgumentGrid *self, RnlCallArguments *arguments)
{
  g_return_if_fail (RNL_IS_ARGUMENT_GRID (self));

  if (self->arguments != arguments)
    remove_rows (self);
  self->arguments = arguments;
  for (guint i = 0; i < rnl_call_arguments_get_size (arguments); i++)
    {
      if (i >= self->keys->len)
        add_row (self, rnl_call_arguments_get (arguments, i)->key);
      update_row (self, arguments, i);
    }
}

/**
 * rnl_argument_grid_get_value:
 * @self: a grid
 * @key: an argument's name
 *
 * Returns: (transfer none) (nullable): what stands beside it
 */
const char *
rnl_argument_grid_get_value (RnlArgumentGrid *self, const char *key)
{
  g_return_val_if_fail (RNL_IS_ARGUMENT_GRID (self), NULL);

  for (guint i = 0; i < self->keys->len; i++)
    if (g_strcmp0 (gtk_label_get_text (g_ptr_array_index (self->keys, i)), key) == 0)
      return RNL_IS_OUTPUT_VIEW (g_ptr_array_index (self->values, i))
               ? rnl_output_view_get_text (g_ptr_array_index (self->values, i))
               : gtk_label_get_text (g_ptr_array_index (self->values, i));

  return NULL;
}
