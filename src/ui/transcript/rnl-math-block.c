/* rnl-math-block.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-math-block.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-compat.h"
#include "rnl-math-paintable.h"
#include "rnl-selectable.h"

/* So much of a source is shown; all of it is copied. */
#define MAX_SOURCE_SHOWN 4000

/**
 * RnlMathBlock:
 *
 * Shows a displayed formula in the middle; one that is too wide scrolls sideways. A button shows
 * and copies its source.
 */
struct _RnlMathBlock
{
  GtkWidget parent_instance;

  /* owned */
  RnlBlock *block;
  char *text; /* the formula in a line */

  /* children */
  GtkWidget *scroller;
  GtkWidget *picture;
  GtkWidget *button;
  GtkWidget *source;
};

static void rnl_math_block_init_selectable (RnlSelectableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlMathBlock,
                               rnl_math_block,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_SELECTABLE,
                                                      rnl_math_block_init_selectable))

/* {{{ As part of a larger selection: all of it or nothing. */

static gboolean
hit (RnlSelectable *selectable, double x, double y, RnlBlockPoint *place)
{
  gboolean behind = x > gtk_widget_get_width (GTK_WIDGET (selectable)) / 2.0;

  *place = (RnlBlockPoint){ 0, behind ? RNL_BLOCK_END : 0 };

  return TRUE;
}

static gboolean
locate (RnlSelectable *selectable, const RnlBlockPoint *place, graphene_rect_t *area)
{
  RnlMathBlock *self = RNL_MATH_BLOCK (selectable);

  return gtk_widget_compute_bounds (self->picture, GTK_WIDGET (self), area);
}

static guint
get_n_blocks (RnlSelectable *selectable)
{
  return 1;
}

static char *
dup_text (RnlSelectable *selectable, guint block)
{
  return rnl_block_dup_flat_text (RNL_MATH_BLOCK (selectable)->block);
}

static void
select_range (RnlSelectable *selectable, const RnlBlockRange *range)
{
  rnl_selectable_show_selected (RNL_MATH_BLOCK (selectable)->picture, range);
}

static void
mark (RnlSelectable *selectable, const RnlBlockRange *ranges, guint n_ranges, int current)
{
  rnl_selectable_show_found (RNL_MATH_BLOCK (selectable)->picture, n_ranges, current);
}

static void
rnl_math_block_init_selectable (RnlSelectableInterface *iface)
{
  iface->hit = hit;
  iface->locate = locate;
  iface->get_n_blocks = get_n_blocks;
  iface->dup_text = dup_text;
  iface->select = select_range;
  iface->mark = mark;
}

/* }}} */

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlMathBlock *self = RNL_MATH_BLOCK (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), rnl_block_get_text (self->block));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
show_source_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (RNL_MATH_BLOCK (widget)->button));
}

static void
rnl_math_block_dispose (GObject *object)
{
  RnlMathBlock *self = RNL_MATH_BLOCK (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->block);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (rnl_math_block_parent_class)->dispose (object);
}

static void
rnl_math_block_class_init (RnlMathBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_math_block_dispose;

  gtk_widget_class_install_action (widget_class, "math.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "math.show-source", NULL, show_source_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "mathblock");
}

static GtkWidget *
make_popover (RnlMathBlock *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *copy = gtk_button_new_with_mnemonic (_ ("_Copy TeX"));

  self->source = gtk_label_new (NULL);
  gtk_label_set_selectable (GTK_LABEL (self->source), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->source), 0);
  gtk_widget_set_valign (self->source, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->source, "monospace");
  gtk_widget_add_css_class (self->source, "math-source");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->source);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_width (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 200);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "math.copy");
  gtk_widget_set_halign (copy, GTK_ALIGN_END);
  rnl_compat_name_buttons (copy);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), copy);
  gtk_popover_set_child (GTK_POPOVER (popover), box);

  return popover;
}

/* The popover is made when it is asked for: most sources are never looked at. */
static void
create_popover_cb (GtkMenuButton *button, gpointer user_data)
{
  RnlMathBlock *self = user_data;
  g_autofree char *shown = NULL;

  if (self->source == NULL)
    gtk_menu_button_set_popover (button, make_popover (self));
  shown = g_utf8_make_valid (rnl_block_get_text (self->block),
                             (gssize) MIN (rnl_block_get_length (self->block), MAX_SOURCE_SHOWN));
  gtk_label_set_label (GTK_LABEL (self->source), shown);
}

static void
rnl_math_block_init (RnlMathBlock *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "math-block");
  self->picture = gtk_picture_new ();
  gtk_picture_set_can_shrink (GTK_PICTURE (self->picture), FALSE);
  gtk_widget_set_halign (self->picture, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->picture, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->picture, "math-formula");
  /* Formulas read from left to right in every language. */
  gtk_widget_set_direction (self->picture, GTK_TEXT_DIR_LTR);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->picture);
  gtk_widget_set_hexpand (self->scroller, TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "view-more-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), create_popover_cb, self,
                                         NULL);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "answer-side-button");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  rnl_compat_set_tooltip (self->button, _ ("Show TeX"));
  rnl_compat_name_menu_button (GTK_MENU_BUTTON (self->button), _ ("Show TeX"));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * rnl_math_block_new:
 * @block: displayed maths
 *
 * Returns: (transfer floating): a widget for @block
 */
GtkWidget *
rnl_math_block_new (RnlBlock *block)
{
  RnlMathBlock *self = g_object_new (RNL_TYPE_MATH_BLOCK, NULL);

  rnl_math_block_update (self, block);

  return GTK_WIDGET (self);
}

/**
 * rnl_math_block_update:
 * @self: a formula
 * @block: what its block has become
 */
void
rnl_math_block_update (RnlMathBlock *self, RnlBlock *block)
{
  g_autoptr (RnlMathPaintable) paintable = NULL;
  RnlTexNode *formula;

  g_return_if_fail (RNL_IS_MATH_BLOCK (self));

  if (self->block != NULL && rnl_block_equal (self->block, block))
    return;
  g_set_object (&self->block, block);
  formula = rnl_tex_parse (rnl_block_get_text (block), (gssize) rnl_block_get_length (block));
  g_free (self->text);
  self->text = rnl_tex_node_to_text (formula);
  paintable = rnl_math_paintable_new (formula, self->picture, 1.1, TRUE);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (paintable));
  gtk_picture_set_alternative_text (GTK_PICTURE (self->picture), self->text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->text,
                                  -1);
}

/**
 * rnl_math_block_dup_text:
 * @self: a formula
 *
 * Returns: (transfer full): the formula in one line of text
 */
char *
rnl_math_block_dup_text (RnlMathBlock *self)
{
  g_return_val_if_fail (RNL_IS_MATH_BLOCK (self), NULL);

  return g_strdup (self->text);
}
