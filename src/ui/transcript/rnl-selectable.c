/* rnl-selectable.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-selectable.h"
#include "rnl-selection-host.h"

/**
 * RnlSelectable:
 *
 * A widget that shows blocks of text. A selection goes over many of them: it knows places by block
 * and character, whether a widget for them exists or not, and tells each widget what part of it is
 * selected. Widgets contain others: an answer view passes on what belongs to its segments.
 */
G_DEFINE_INTERFACE (RnlSelectable, rnl_selectable, GTK_TYPE_WIDGET)

static void
rnl_selectable_default_init (RnlSelectableInterface *iface)
{
}

static GQuark
part_quark (void)
{
  return g_quark_from_static_string ("rnl-selectable-part");
}

static GQuark
field_quark (void)
{
  return g_quark_from_static_string ("rnl-selectable-field");
}

/**
 * rnl_selectable_hit:
 * @self: a selectable
 * @x: in the widget's coordinates
 * @y: likewise
 * @place: (out caller-allocates): the nearest place in its text
 *
 * Returns: whether there is one
 */
gboolean
rnl_selectable_hit (RnlSelectable *self, double x, double y, RnlBlockPoint *place)
{
  g_return_val_if_fail (RNL_IS_SELECTABLE (self), FALSE);

  return RNL_SELECTABLE_GET_IFACE (self)->hit (self, x, y, place);
}

/**
 * rnl_selectable_locate:
 * @self: a selectable
 * @place: a place in its text
 * @area: (out caller-allocates): where the character behind it is drawn, in the widget's
 * coordinates
 *
 * Returns: whether it is drawn
 */
gboolean
rnl_selectable_locate (RnlSelectable *self, const RnlBlockPoint *place, graphene_rect_t *area)
{
  g_return_val_if_fail (RNL_IS_SELECTABLE (self), FALSE);

  return RNL_SELECTABLE_GET_IFACE (self)->locate (self, place, area);
}

/**
 * rnl_selectable_get_n_blocks:
 * @self: a selectable
 *
 * Returns: how many blocks it has
 */
guint
rnl_selectable_get_n_blocks (RnlSelectable *self)
{
  g_return_val_if_fail (RNL_IS_SELECTABLE (self), 0);

  return RNL_SELECTABLE_GET_IFACE (self)->get_n_blocks (self);
}

/**
 * rnl_selectable_dup_text:
 * @self: a selectable
 * @block: less than the number of blocks
 *
 * Returns: (transfer full): the flat text of that block
 */
char *
rnl_selectable_dup_text (RnlSelectable *self, guint block)
{
  g_return_val_if_fail (RNL_IS_SELECTABLE (self), NULL);
  g_return_val_if_fail (block < rnl_selectable_get_n_blocks (self), NULL);

  return RNL_SELECTABLE_GET_IFACE (self)->dup_text (self, block);
}

/**
 * rnl_selectable_select:
 * @self: a selectable
 * @range: (nullable): what is selected
 *
 * Shows a selection, and keeps it while the text changes.
 */
void
rnl_selectable_select (RnlSelectable *self, const RnlBlockRange *range)
{
  g_return_if_fail (RNL_IS_SELECTABLE (self));

  RNL_SELECTABLE_GET_IFACE (self)->select (self, rnl_block_range_is_empty (range) ? NULL : range);
}

/**
 * rnl_selectable_mark:
 * @self: a selectable
 * @ranges: (array length=n_ranges) (nullable): where something was found, in order
 * @n_ranges: how many
 * @current: which of them stands out, or -1
 *
 * Shows what was found, and keeps it while the text changes.
 */
void
rnl_selectable_mark (RnlSelectable *self, const RnlBlockRange *ranges, guint n_ranges, int current)
{
  g_return_if_fail (RNL_IS_SELECTABLE (self));

  RNL_SELECTABLE_GET_IFACE (self)->mark (self, ranges, n_ranges, current);
}

/**
 * rnl_selectable_activate:
 * @self: a selectable
 * @x: in the widget's coordinates
 * @y: likewise
 *
 * Does what a click does there that selects nothing.
 *
 * Returns: whether there was something to do
 */
gboolean
rnl_selectable_activate (RnlSelectable *self, double x, double y)
{
  g_return_val_if_fail (RNL_IS_SELECTABLE (self), FALSE);

  if (RNL_SELECTABLE_GET_IFACE (self)->activate == NULL)
    return FALSE;

  return RNL_SELECTABLE_GET_IFACE (self)->activate (self, x, y);
}

/**
 * rnl_selectable_dup_link:
 * @self: a selectable
 * @x: in the widget's coordinates
 * @y: likewise
 *
 * Returns: (transfer full) (nullable): the address of the link there
 */
char *
rnl_selectable_dup_link (RnlSelectable *self, double x, double y)
{
  g_return_val_if_fail (RNL_IS_SELECTABLE (self), NULL);

  if (RNL_SELECTABLE_GET_IFACE (self)->dup_link == NULL)
    return NULL;

  return RNL_SELECTABLE_GET_IFACE (self)->dup_link (self, x, y);
}

/**
 * rnl_selectable_reveal:
 * @self: a selectable
 * @place: a place in its text
 *
 * Unfolds and scrolls what it has inside, for who wants to see the place. To be called again with
 * every frame until it can be located, for what unfolds takes time.
 */
void
rnl_selectable_reveal (RnlSelectable *self, const RnlBlockPoint *place)
{
  g_return_if_fail (RNL_IS_SELECTABLE (self));

  if (RNL_SELECTABLE_GET_IFACE (self)->reveal != NULL)
    RNL_SELECTABLE_GET_IFACE (self)->reveal (self, place);
}

static void
root_changed_cb (RnlSelectable *self)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    rnl_selection_host_tell_made (self);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/**
 * rnl_selectable_show_selected: (skip)
 * @widget: what shows all of a selectable
 * @range: (nullable): what is selected
 *
 * For a selectable that is selected as a whole or not at all.
 */
void
rnl_selectable_show_selected (GtkWidget *widget, const RnlBlockRange *range)
{
  set_class (widget, "selected", range != NULL);
}

/**
 * rnl_selectable_show_found: (skip)
 * @widget: what shows all of a selectable
 * @n_ranges: how many places were found in it
 * @current: which of them stands out, or -1
 *
 * For a selectable in which places are not shown one by one.
 */
void
rnl_selectable_show_found (GtkWidget *widget, guint n_ranges, int current)
{
  set_class (widget, "found", n_ranges > 0);
  set_class (widget, "current", n_ranges > 0 && current >= 0);
}

/**
 * rnl_selectable_set_part:
 * @self: a selectable
 * @part: the part of a message whose text it shows
 * @field: which of its texts
 *
 * Makes it take part in the selection of its conversation. A text that nobody says this of selects
 * by itself. Said once, before the widget is in a window.
 */
void
rnl_selectable_set_part (RnlSelectable *self, GObject *part, guint field)
{
  g_return_if_fail (RNL_IS_SELECTABLE (self));

  g_object_set_qdata_full (G_OBJECT (self), part_quark (), g_object_ref (part), g_object_unref);
  g_object_set_qdata (G_OBJECT (self), field_quark (), GUINT_TO_POINTER (field));
  g_signal_connect (self, "notify::root", G_CALLBACK (root_changed_cb), NULL);
}

/**
 * rnl_selectable_get_part:
 * @self: a selectable
 *
 * Returns: (transfer none) (nullable): the part of a message whose text it shows
 */
GObject *
rnl_selectable_get_part (RnlSelectable *self)
{
  g_return_val_if_fail (RNL_IS_SELECTABLE (self), NULL);

  return g_object_get_qdata (G_OBJECT (self), part_quark ());
}

/**
 * rnl_selectable_get_field:
 * @self: a selectable
 *
 * Returns: which text of its part it shows
 */
guint
rnl_selectable_get_field (RnlSelectable *self)
{
  g_return_val_if_fail (RNL_IS_SELECTABLE (self), 0);

  return GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (self), field_quark ()));
}
