/* rnl-selectable.h: a widget that shows blocks of text, for who selects over several of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-block-range.h"

G_BEGIN_DECLS

#define RNL_TYPE_SELECTABLE (rnl_selectable_get_type ())
G_DECLARE_INTERFACE (RnlSelectable, rnl_selectable, RNL, SELECTABLE, GtkWidget)

/**
 * RnlSelectableInterface:
 * @hit: the place nearest to a point in the widget's coordinates; `FALSE` without any text
 * @locate: where a place is drawn, in the widget's coordinates; `FALSE` if it is not
 * @dup_text: the flat text of a block
 * @get_n_blocks: how many blocks it has
 * @select: shows a range as selected instead of the one before, or none. It is kept and shown again
 *   when the text changes.
 * @mark: shows where words were found instead of the places before. Kept likewise.
 * @activate: does what a click at a point does, for example follow a link; whether there was
 *   something to do. May be missing.
 * @dup_link: the address of the link at a point. May be missing.
 * @reveal: unfolds and scrolls what it has inside, so that a place can be located, perhaps only
 * some frames later. May be missing.
 *
 * Blocks are counted from the widget's first one.
 */
struct _RnlSelectableInterface
{
  GTypeInterface parent_iface;

  gboolean (*hit) (RnlSelectable *self, double x, double y, RnlBlockPoint *place);
  gboolean (*locate) (RnlSelectable *self, const RnlBlockPoint *place, graphene_rect_t *area);
  guint (*get_n_blocks) (RnlSelectable *self);
  char *(*dup_text) (RnlSelectable *self, guint block);
  void (*select) (RnlSelectable *self, const RnlBlockRange *range);
  void (*mark) (RnlSelectable *self, const RnlBlockRange *ranges, guint n_ranges, int current);
  gboolean (*activate) (RnlSelectable *self, double x, double y);
  char *(*dup_link) (RnlSelectable *self, double x, double y);
  void (*reveal) (RnlSelectable *self, const RnlBlockPoint *place);
};

gboolean rnl_selectable_hit (RnlSelectable *self, double x, double y, RnlBlockPoint *place);
gboolean
rnl_selectable_locate (RnlSelectable *self, const RnlBlockPoint *place, graphene_rect_t *area);
guint rnl_selectable_get_n_blocks (RnlSelectable *self);
char *rnl_selectable_dup_text (RnlSelectable *self, guint block);
void rnl_selectable_select (RnlSelectable *self, const RnlBlockRange *range);
void
rnl_selectable_mark (RnlSelectable *self, const RnlBlockRange *ranges, guint n_ranges, int current);
gboolean rnl_selectable_activate (RnlSelectable *self, double x, double y);
char *rnl_selectable_dup_link (RnlSelectable *self, double x, double y);

void rnl_selectable_reveal (RnlSelectable *self, const RnlBlockPoint *place);

/* Of what is selected and found as a whole or not at all: shown by @widget. */
void rnl_selectable_show_selected (GtkWidget *widget, const RnlBlockRange *range);
void rnl_selectable_show_found (GtkWidget *widget, guint n_ranges, int current);

void rnl_selectable_set_part (RnlSelectable *self, GObject *part, guint field);
GObject *rnl_selectable_get_part (RnlSelectable *self);
guint rnl_selectable_get_field (RnlSelectable *self);

G_END_DECLS
