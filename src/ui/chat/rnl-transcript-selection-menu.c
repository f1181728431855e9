/* rnl-transcript-selection-menu.c: what can be done with text, at the pointer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-transcript-selection-private.h"

#include <glib/gi18n.h>

#include "rnl-selection-host.h"
#include "rnl-table-view.h"

/* {{{ Actions */

typedef enum
{
  COPY,
  COPY_PLAIN,
  COPY_MESSAGE,
  SELECT_ALL,
  OPEN_LINK,
  COPY_LINK,
  COPY_TABLE_MARKDOWN,
  COPY_TABLE_TSV,
} Verb;

static void
copy_message (RnlTranscriptSelection *self)
{
  g_autoptr (GdkContentProvider) content = NULL;

  if (!self->placed)
    return;
  content = rnl_selection_dup_message (self, self->focus.message);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self->list)), content);
}

static void
open_link (RnlTranscriptSelection *self)
{
  RnlSelectable *text
    = self->placed ? rnl_transcript_selection_find_text (self, &self->focus) : NULL;

  if (text != NULL && self->menu_link != NULL)
    g_signal_emit_by_name (text, "link-activated", self->menu_link);
}

static void
activate (RnlTranscriptSelection *self, Verb verb)
{
  switch (verb)
    {
    case COPY:
      rnl_transcript_selection_copy (self);
      break;
    case COPY_PLAIN:
      rnl_transcript_selection_copy_plain (self);
      break;
    case COPY_MESSAGE:
      copy_message (self);
      break;
    case SELECT_ALL:
      rnl_transcript_selection_select_all (self);
      break;
    case OPEN_LINK:
      open_link (self);
      break;
    case COPY_TABLE_MARKDOWN:
      if (self->menu_table != NULL)
        gtk_widget_activate_action (self->menu_table, "table.copy-markdown", NULL);
      break;
    case COPY_TABLE_TSV:
      if (self->menu_table != NULL)
        gtk_widget_activate_action (self->menu_table, "table.copy-tsv", NULL);
      break;
    case COPY_LINK:
    default:
      if (self->menu_link != NULL)
        gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->list)),
                                self->menu_link);
      break;
    }
}

static void
activate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  activate (user_data, (Verb) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (action), "rnl-verb")));
}

static GSimpleActionGroup *
make_actions (RnlTranscriptSelection *self)
{
  static const char *const names[]
    = { "copy",      "copy-plain", "copy-message",        "select-all",
        "open-link", "copy-link",  "copy-table-markdown", "copy-table-tsv" };
  GSimpleActionGroup *group = g_simple_action_group_new ();
  RnlChatRange range;
  gboolean any = rnl_transcript_selection_get_range (self, &range);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (names[i], NULL);

      g_object_set_data (G_OBJECT (action), "rnl-verb", GUINT_TO_POINTER (i));
      g_simple_action_set_enabled (action, any || i >= COPY_MESSAGE);
      g_signal_connect_object (action, "activate", G_CALLBACK (activate_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }

  return group;
}

/* }}} */

static GMenuModel *
make_model (gboolean link, gboolean table)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GMenu) select = g_menu_new ();
  g_autoptr (GMenu) address = g_menu_new ();

  if (link)
    {
      g_menu_append (address, _ ("_Open Link"), "selection.open-link");
      g_menu_append (address, _ ("Copy _Link Address"), "selection.copy-link");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (address));
    }
  g_menu_append (copy, _ ("_Copy"), "selection.copy");
  g_menu_append (copy, _ ("Copy as _Plain Text"), "selection.copy-plain");
  g_menu_append (copy, _ ("Copy _Message"), "selection.copy-message");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));
  if (table)
    {
      g_autoptr (GMenu) whole = g_menu_new ();

      g_menu_append (whole, _ ("Copy as _Markdown"), "selection.copy-table-markdown");
      g_menu_append (whole, _ ("Copy as _TSV"), "selection.copy-table-tsv");
      g_menu_append_section (menu, _ ("Table"), G_MENU_MODEL (whole));
    }
  g_menu_append (select, _ ("Select _All"), "selection.select-all");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (select));

  return G_MENU_MODEL (menu);
}

/* The table at a point of the list, if there is one. */
static void
set_table (RnlTranscriptSelection *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);

  g_set_weak_pointer (&self->menu_table, picked != NULL
                                           ? gtk_widget_get_ancestor (picked, RNL_TYPE_TABLE_VIEW)
                                           : NULL);
}

void
rnl_selection_drop_menu (RnlTranscriptSelection *self)
{
  g_clear_pointer (&self->menu, gtk_widget_unparent);
}

/* Offers what can be done with TEXT at a point of the list. */
void
rnl_selection_pop_up (RnlTranscriptSelection *self, RnlSelectable *text, double x, double y)
{
  GtkWidget *host = gtk_widget_get_ancestor (GTK_WIDGET (self->list), RNL_TYPE_SELECTION_HOST);
  g_autoptr (GSimpleActionGroup) actions = make_actions (self);
  g_autoptr (GMenuModel) model = NULL;
  graphene_point_t point = GRAPHENE_POINT_INIT ((float) x, (float) y);

  rnl_selection_drop_menu (self);
  g_clear_pointer (&self->menu_link, g_free);
  if (gtk_widget_compute_point (GTK_WIDGET (self->list), GTK_WIDGET (text), &point, &point))
    self->menu_link = rnl_selectable_dup_link (text, point.x, point.y);
  if (host == NULL
      || !gtk_widget_compute_point (GTK_WIDGET (self->list), host,
                                    &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return;

  set_table (self, x, y);
  model = make_model (self->menu_link != NULL, self->menu_table != NULL);
  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_insert_action_group (self->menu, "selection", G_ACTION_GROUP (actions));
  gtk_widget_set_parent (self->menu, host);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}
