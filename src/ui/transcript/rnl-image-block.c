/* rnl-image-block.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-image-block.h"

#include <string.h>

#include "rnl-image-view.h"
#include "rnl-selectable.h"

/* A paragraph of more images is shown as text. */
#define MAX_IMAGES 16

#define SPACING 8

/**
 * RnlImageBlock:
 *
 * Shows the images of a paragraph that has nothing else in it, one below the other.
 */
struct _RnlImageBlock
{
  GtkWidget parent_instance;

  /* owned */
  RnlImageSource *source;
  RnlBlock *block;
};

enum
{
  LINK_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void rnl_image_block_init_selectable (RnlSelectableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlImageBlock,
                               rnl_image_block,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_SELECTABLE,
                                                      rnl_image_block_init_selectable))

/* {{{ As part of a larger selection: all of it or nothing. */

static gboolean
hit (RnlSelectable *selectable, double x, double y, RnlBlockPoint *place)
{
  gboolean behind = y > gtk_widget_get_height (GTK_WIDGET (selectable)) / 2.0;

  *place = (RnlBlockPoint){ 0, behind ? RNL_BLOCK_END : 0 };

  return TRUE;
}

static gboolean
locate (RnlSelectable *selectable, const RnlBlockPoint *place, graphene_rect_t *area)
{
  GtkWidget *widget = GTK_WIDGET (selectable);

  *area = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                              (float) gtk_widget_get_height (widget));

  return TRUE;
}

static guint
get_n_blocks (RnlSelectable *selectable)
{
  return 1;
}

static char *
dup_text (RnlSelectable *selectable, guint block)
{
  return rnl_block_dup_flat_text (RNL_IMAGE_BLOCK (selectable)->block);
}

static void
select_range (RnlSelectable *selectable, const RnlBlockRange *range)
{
  rnl_selectable_show_selected (GTK_WIDGET (selectable), range);
}

static void
mark (RnlSelectable *selectable, const RnlBlockRange *ranges, guint n_ranges, int current)
{
  rnl_selectable_show_found (GTK_WIDGET (selectable), n_ranges, current);
}

static void
rnl_image_block_init_selectable (RnlSelectableInterface *iface)
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
rnl_image_block_dispose (GObject *object)
{
  RnlImageBlock *self = RNL_IMAGE_BLOCK (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->source);
  g_clear_object (&self->block);

  G_OBJECT_CLASS (rnl_image_block_parent_class)->dispose (object);
}

static void
rnl_image_block_class_init (RnlImageBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_image_block_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "imageblock");

  /**
   * RnlImageBlock::link-activated:
   * @self: the images
   * @address: an http, https or mailto address
   *
   * An image that is a link was clicked.
   */
  signals[LINK_ACTIVATED] = g_signal_new ("link-activated", RNL_TYPE_IMAGE_BLOCK, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rnl_image_block_init (RnlImageBlock *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
}

static gboolean
is_blank (const char *text, gsize start, gsize end)
{
  return strspn (text + start, " \t\n") >= end - start;
}

/**
 * rnl_image_block_takes:
 * @block: a block
 *
 * Returns: whether it is a paragraph of images and nothing else, and not of too many
 */
gboolean
rnl_image_block_takes (RnlBlock *block)
{
  const char *text = rnl_block_get_text (block);
  gsize pos = 0;
  guint n_images = 0;
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (block, &n_spans);

  if (rnl_block_get_kind (block) != RNL_BLOCK_PARAGRAPH
      || rnl_block_get_marker (block) != RNL_MARKER_NONE || n_spans == 0)
    return FALSE;

  for (guint i = 0; i < n_spans; i++)
    {
      gboolean image = (spans[i].flags & RNL_SPAN_IMAGE) != 0;

      n_images += image;
      if (!is_blank (text, pos, spans[i].start)
          || (!image && !is_blank (text, spans[i].start, spans[i].end)))
        return FALSE;
      pos = spans[i].end;
    }

  return n_images > 0 && n_images <= MAX_IMAGES
         && is_blank (text, pos, rnl_block_get_length (block));
}

static void
link_activated_cb (RnlImageBlock *self, const char *address)
{
  g_signal_emit (self, signals[LINK_ACTIVATED], 0, address);
}

/* Images that are there already stay, with what was loaded. */
static void
show_images (RnlImageBlock *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (self->block, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    {
      GtkWidget *view;

      if (!(spans[i].flags & RNL_SPAN_IMAGE))
        continue;
      if (child != NULL && rnl_image_view_shows (RNL_IMAGE_VIEW (child), self->block, &spans[i]))
        {
          child = gtk_widget_get_next_sibling (child);
          continue;
        }
      view = rnl_image_view_new (self->source, self->block, &spans[i]);
      g_signal_connect_object (view, "link-activated", G_CALLBACK (link_activated_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_widget_insert_before (view, GTK_WIDGET (self), child);
    }
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_widget_unparent (child);
      child = next;
    }
}

/**
 * rnl_image_block_new:
 * @source: where images come from
 * @block: a paragraph of images
 *
 * Returns: (transfer floating): a widget for @block
 */
GtkWidget *
rnl_image_block_new (RnlImageSource *source, RnlBlock *block)
{
  RnlImageBlock *self = g_object_new (RNL_TYPE_IMAGE_BLOCK, NULL);

  self->source = g_object_ref (source);
  rnl_image_block_update (self, block);

  return GTK_WIDGET (self);
}

/**
 * rnl_image_block_update:
 * @self: images
 * @block: what their block has become
 */
void
rnl_image_block_update (RnlImageBlock *self, RnlBlock *block)
{
  g_return_if_fail (RNL_IS_IMAGE_BLOCK (self));

  g_set_object (&self->block, block);
  show_images (self);
}

/**
 * rnl_image_block_dup_text:
 * @self: images
 *
 * Returns: (transfer full): their alternative texts
 */
char *
rnl_image_block_dup_text (RnlImageBlock *self)
{
  g_return_val_if_fail (RNL_IS_IMAGE_BLOCK (self), NULL);

  return g_strdup (rnl_block_get_text (self->block));
}
