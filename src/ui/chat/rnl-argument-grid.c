/* rnl-argument-grid.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-argument-grid.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-cell-text.h"
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
  GtkWidget *cells; /* a key, its value, the next key */

  RnlCallArguments *arguments; /* borrowed, only to be compared */
};

G_DEFINE_FINAL_TYPE (RnlArgumentGrid, rnl_argument_grid, GTK_TYPE_WIDGET)

static void
rnl_argument_grid_dispose (GObject *object)
{
  RnlArgumentGrid *self = RNL_ARGUMENT_GRID (object);

  g_clear_pointer (&self->cells, gtk_widget_unparent);

  G_OBJECT_CLASS (rnl_argument_grid_parent_class)->dispose (object);
}

static void
rnl_argument_grid_class_init (RnlArgumentGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rnl_argument_grid_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "arguments");
}

static void
rnl_argument_grid_init (RnlArgumentGrid *self)
{
  self->cells = rnl_cell_text_new ();
  gtk_widget_set_parent (self->cells, GTK_WIDGET (self));
}

static guint
get_n_rows (RnlArgumentGrid *self)
{
  return rnl_cell_text_get_size (RNL_CELL_TEXT (self->cells)) / 2;
}

static GtkWidget *
get_key (RnlArgumentGrid *self, guint row)
{
  return rnl_cell_text_get (RNL_CELL_TEXT (self->cells), 2 * row);
}

static GtkWidget *
get_value (RnlArgumentGrid *self, guint row)
{
  return rnl_cell_text_get (RNL_CELL_TEXT (self->cells), 2 * row + 1);
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

  gtk_widget_set_hexpand (output, TRUE);
  rnl_cell_text_replace (RNL_CELL_TEXT (self->cells), 2 * row + 1, output);

  return output;
}

static void
update_row (RnlArgumentGrid *self, RnlCallArguments *arguments, guint row)
{
  const RnlCallArgument *argument = rnl_call_arguments_get (arguments, row);
  GtkWidget *widget = get_value (self, row);

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
add_row (RnlArgumentGrid *self, const char *name)
{
  int row = (int) get_n_rows (self);
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
  rnl_cell_text_append (RNL_CELL_TEXT (self->cells), key, 0, row);
  rnl_cell_text_append (RNL_CELL_TEXT (self->cells), value, 1, row);
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
    rnl_cell_text_remove_all (RNL_CELL_TEXT (self->cells));
  self->arguments = arguments;
  for (guint i = 0; i < rnl_call_arguments_get_size (arguments); i++)
    {
      if (i >= get_n_rows (self))
        add_row (self, rnl_call_arguments_get (arguments, i)->key);
      update_row (self, arguments, i);
    }
  rnl_cell_text_show_marks (RNL_CELL_TEXT (self->cells));
}

/**
 * rnl_argument_grid_set_part:
 * @self: a grid that is in no window yet
 * @part: the part of a message whose text it shows
 * @field: which of its texts
 *
 * Makes it take part in the selection of its conversation.
 */
void
rnl_argument_grid_set_part (RnlArgumentGrid *self, GObject *part, guint field)
{
  g_return_if_fail (RNL_IS_ARGUMENT_GRID (self));

  rnl_cell_text_set_part (RNL_CELL_TEXT (self->cells), part, field);
}

/**
 * rnl_argument_grid_dup_lines:
 * @arguments: what has been read
 *
 * Returns: (transfer full): the lines of the cells of a grid that shows them, keys and values
 */
char *
rnl_argument_grid_dup_lines (RnlCallArguments *arguments)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < rnl_call_arguments_get_size (arguments); i++)
    {
      g_autofree char *key = g_strdup (rnl_call_arguments_get (arguments, i)->key);
      g_autofree char *value = rnl_call_arguments_dup_value (arguments, i);

      /* A label is one line. */
      g_strdelimit (key, "\n", ' ');
      g_string_append_printf (lines, "%s%s\n%s", i > 0 ? "\n" : "", key, value);
    }

  return g_string_free (lines, FALSE);
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

  for (guint i = 0; i < get_n_rows (self); i++)
    {
      GtkWidget *value = get_value (self, i);

      if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (get_key (self, i))), key) == 0)
        return RNL_IS_OUTPUT_VIEW (value) ? rnl_output_view_get_text (RNL_OUTPUT_VIEW (value))
                                          : gtk_label_get_text (GTK_LABEL (value));
    }

  return NULL;
}
