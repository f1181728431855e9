/* rnl-table-view-copy.c: a whole table to the clipboard
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-table-view-private.h"

#include <glib/gi18n.h>

#include "rnl-block-writer.h"
#include "rnl-compat-accessible.h"
#include "rnl-compat.h"

static void
copy_markdown_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const RnlBlockRange all = { { 0, 0 }, { 0, RNL_BLOCK_END } };
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  g_autofree char *text = NULL;

  g_ptr_array_add (blocks, rnl_table_view_get_block (RNL_TABLE_VIEW (widget)));
  text = rnl_blocks_to_markdown (blocks, &all, NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

/**
 * rnl_table_view_dup_tsv:
 * @self: a table
 *
 * Returns: (transfer full): all of its cells, shown or not, as a spreadsheet takes them: a tab
 *   between cells and a line end after each row; those in a cell are spaces
 */
char *
rnl_table_view_dup_tsv (RnlTableView *self)
{
  RnlBlock *block = rnl_table_view_get_block (self);
  guint columns = rnl_block_get_n_columns (block);
  GString *tsv = g_string_new (NULL);

  for (guint row = 0; row < rnl_block_get_n_rows (block); row++)
    for (guint column = 0; column < columns; column++)
      {
        g_autofree char *cell
          = g_strdup (rnl_block_get_text (rnl_block_get_cell (block, row, column)));

        g_string_append (tsv, g_strdelimit (cell, "\t\r\n", ' '));
        g_string_append_c (tsv, column + 1 < columns ? '\t' : '\n');
      }

  return g_string_free (tsv, FALSE);
}

static void
copy_tsv_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *text = rnl_table_view_dup_tsv (RNL_TABLE_VIEW (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

/* The popover is made when it is asked for. */
static void
create_popup_cb (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  g_menu_append (menu, _ ("Copy as _Markdown"), "table.copy-markdown");
  g_menu_append (menu, _ ("Copy as _TSV"), "table.copy-tsv");
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

/* Returns: (transfer floating): a button that offers to copy the table it stands beside. */
GtkWidget *
rnl_table_view_make_copy_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "edit-copy-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_popup_cb, NULL, NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "answer-side-button");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  rnl_compat_set_tooltip (button, _ ("Copy Table"));
  rnl_compat_name_menu_button (GTK_MENU_BUTTON (button), _ ("Copy Table"));

  return button;
}

/* Called by the class's own initializer. */
void
rnl_table_view_class_init_copy (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "table.copy-markdown", NULL, copy_markdown_action);
  gtk_widget_class_install_action (widget_class, "table.copy-tsv", NULL, copy_tsv_action);
}
