/* rnl-text-segment.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-text-segment.h"
#include "rnl-answer-tags.h"

#include <glib/gi18n.h>
#include <string.h>

/* A segment with so much text or so many blocks is followed by another: the cost of a change and
 * of a layout is that of one segment. */
#define MAX_BYTES  4096
#define MAX_BLOCKS 40

typedef struct
{
  RnlBlock *block; /* owned */
  int start;       /* of the block, with its separator, in characters of the buffer */
  int text;        /* of the block's own text, after its marker */
} Entry;

typedef struct
{
  int start;
  int end;
  char *href; /* owned */
} Link;

/**
 * RnlTextSegment:
 *
 * A read-only text view with a few text blocks of an answer. Blocks are added and replaced at the
 * end only, and a replacement touches only the text that differs.
 */
struct _RnlTextSegment
{
  GtkTextView parent_instance;

  /* owned */
  GtkTextBuffer *buffer;
  GArray *entries; /* of Entry */
  GArray *links;   /* of Link, by position */
  char *menu_href; /* what the context menu is about */

  gsize n_bytes;
  gboolean has_quotes;
};

enum
{
  LINK_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlTextSegment, rnl_text_segment, GTK_TYPE_TEXT_VIEW)

static GtkTextBuffer *
get_buffer (RnlTextSegment *self)
{
  return self->buffer;
}

static void
clear_entry (gpointer data)
{
  g_clear_object (&((Entry *) data)->block);
}

static void
clear_link (gpointer data)
{
  g_clear_pointer (&((Link *) data)->href, g_free);
}

/* {{{ Links */

static const Link *
find_link (RnlTextSegment *self, int offset)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const Link *link = &g_array_index (self->links, Link, i);

      if (link->start <= offset && offset < link->end)
        return link;
    }

  return NULL;
}

static const Link *
find_link_at (RnlTextSegment *self, double x, double y)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter iter;
  int bx, by;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &bx, &by);
  if (!gtk_text_view_get_iter_at_location (view, &iter, bx, by))
    return NULL;

  return find_link (self, gtk_text_iter_get_offset (&iter));
}

static void
activate_link (RnlTextSegment *self, const char *href)
{
  g_autofree char *address = g_strdup (href);

  g_signal_emit (self, signals[LINK_ACTIVATED], 0, address);
}

static void
released_cb (RnlTextSegment *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  const Link *link;

  if (gtk_text_buffer_get_has_selection (get_buffer (self)))
    return;
  link = find_link_at (self, x, y);
  if (link != NULL)
    activate_link (self, link->href);
}

static void
update_menu (RnlTextSegment *self, const Link *link)
{
  g_free (self->menu_href);
  self->menu_href = link != NULL ? g_strdup (link->href) : NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "link.open", link != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "link.copy", link != NULL);
}

static void
menu_pressed_cb (RnlTextSegment *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  update_menu (self, find_link_at (self, x, y));
}

static void
motion_cb (RnlTextSegment *self, double x, double y, GtkEventController *controller)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   find_link_at (self, x, y) != NULL ? "pointer" : "text");
}

static gboolean
query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (widget);
  const Link *link = keyboard ? NULL : find_link_at (self, x, y);

  if (link == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, link->href);

  return TRUE;
}

static const Link *
selected_link (RnlTextSegment *self)
{
  GtkTextIter iter;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &iter, NULL);

  return find_link (self, gtk_text_iter_get_offset (&iter));
}

static gboolean
key_pressed_cb (RnlTextSegment *self, guint key, guint code, GdkModifierType state)
{
  const Link *link = selected_link (self);

  update_menu (self, link);
  if (link == NULL || (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter))
    return GDK_EVENT_PROPAGATE;
  activate_link (self, link->href);

  return GDK_EVENT_STOP;
}

static gboolean
select_link (RnlTextSegment *self, const Link *link)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, link->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, link->end);
  gtk_text_buffer_select_range (buffer, &start, &end);

  return TRUE;
}

/* Tab goes from link to link before it leaves the text, as on a web page. */
static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (widget);
  gboolean inside = gtk_widget_is_focus (widget);
  GtkTextIter start, end;

  if (inside && (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD))
    {
      gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
      for (guint i = 0; i < self->links->len; i++)
        {
          guint index = direction == GTK_DIR_TAB_FORWARD ? i : self->links->len - 1 - i;
          const Link *link = &g_array_index (self->links, Link, index);

          if (direction == GTK_DIR_TAB_FORWARD ? link->start >= gtk_text_iter_get_offset (&end)
                                               : link->end <= gtk_text_iter_get_offset (&start))
            return select_link (self, link);
        }
    }

  return GTK_WIDGET_CLASS (rnl_text_segment_parent_class)->focus (widget, direction);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (widget);

  if (self->menu_href != NULL)
    activate_link (self, self->menu_href);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (widget);

  if (self->menu_href != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->menu_href);
}

/* }}} */
/* {{{ Quotes */

static void
snapshot_bars (RnlTextSegment *self, GtkSnapshot *snapshot, guint index)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  const Entry *entry = &g_array_index (self->entries, Entry, index);
  guint depth = rnl_block_get_quote_depth (entry->block);
  gboolean joined
    = index > 0
      && rnl_block_get_quote_depth (g_array_index (self->entries, Entry, index - 1).block) > 0;
  GtkTextIter start, end;
  GdkRectangle first, last;
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  colour.alpha *= 0.22f;
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &start, entry->text);
  if (index + 1 < self->entries->len)
    gtk_text_buffer_get_iter_at_offset (get_buffer (self), &end,
                                        g_array_index (self->entries, Entry, index + 1).start);
  else
    gtk_text_buffer_get_end_iter (get_buffer (self), &end);
  gtk_text_view_get_line_yrange (view, &start, &first.y, &first.height);
  gtk_text_view_get_line_yrange (view, &end, &last.y, &last.height);
  if (!joined && index > 0)
    first.y += rnl_answer_gap (g_array_index (self->entries, Entry, index - 1).block, entry->block);

  for (guint i = 0; i < depth; i++)
    gtk_snapshot_append_color (snapshot, &colour,
                               &GRAPHENE_RECT_INIT (rnl_answer_quote_indent (i) + 1, first.y, 3,
                                                    last.y + last.height - first.y));
}

static void
snapshot_layer (GtkTextView *view, GtkTextViewLayer layer, GtkSnapshot *snapshot)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (view);

  if (layer != GTK_TEXT_VIEW_LAYER_BELOW_TEXT || !self->has_quotes)
    return;
  for (guint i = 0; i < self->entries->len; i++)
    if (rnl_block_get_quote_depth (g_array_index (self->entries, Entry, i).block) > 0)
      snapshot_bars (self, snapshot, i);
}

/* }}} */

static void
rnl_text_segment_finalize (GObject *object)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (object);

  g_object_unref (self->buffer);
  g_array_unref (self->entries);
  g_array_unref (self->links);
  g_free (self->menu_href);

  G_OBJECT_CLASS (rnl_text_segment_parent_class)->finalize (object);
}

static void
rnl_text_segment_class_init (RnlTextSegmentClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rnl_text_segment_finalize;
  widget_class->query_tooltip = query_tooltip;
  widget_class->focus = focus;
  GTK_TEXT_VIEW_CLASS (klass)->snapshot_layer = snapshot_layer;

  gtk_widget_class_install_action (widget_class, "link.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "link.copy", NULL, copy_action);

  /**
   * RnlTextSegment::link-activated:
   * @self: the segment
   * @address: an http, https or mailto address
   *
   * A link was clicked, or chosen by key or menu.
   */
  signals[LINK_ACTIVATED]
    = g_signal_new ("link-activated", RNL_TYPE_TEXT_SEGMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
add_controllers (RnlTextSegment *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (menu), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (menu));

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (widget, motion);

  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (widget, key);
}

static void
rnl_text_segment_init (RnlTextSegment *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  g_autoptr (GMenu) menu = g_menu_new ();

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, clear_entry);
  self->links = g_array_new (FALSE, FALSE, sizeof (Link));
  g_array_set_clear_func (self->links, clear_link);

  self->buffer = gtk_text_buffer_new (rnl_answer_tags_get_table ());
  gtk_text_buffer_set_enable_undo (self->buffer, FALSE);
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, FALSE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_pixels_above_lines (view, 2);
  gtk_text_view_set_pixels_below_lines (view, 2);
  gtk_text_view_set_pixels_inside_wrap (view, 4);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "answer-text");

  g_menu_append (menu, _ ("_Open Link"), "link.open");
  g_menu_append (menu, _ ("Copy _Link Address"), "link.copy");
  gtk_text_view_set_extra_menu (view, G_MENU_MODEL (menu));
  update_menu (self, NULL);
  add_controllers (self);
}

/**
 * rnl_text_segment_is_full:
 * @self: a segment
 *
 * Returns: whether the next block belongs into another segment
 */
gboolean
rnl_text_segment_is_full (RnlTextSegment *self)
{
  g_return_val_if_fail (RNL_IS_TEXT_SEGMENT (self), TRUE);

  return self->entries->len >= MAX_BLOCKS || self->n_bytes >= MAX_BYTES;
}

/**
 * rnl_text_segment_get_n_blocks:
 * @self: a segment
 *
 * Returns: how many blocks it has
 */
guint
rnl_text_segment_get_n_blocks (RnlTextSegment *self)
{
  g_return_val_if_fail (RNL_IS_TEXT_SEGMENT (self), 0);

  return self->entries->len;
}

static int
end_offset (RnlTextSegment *self)
{
  return gtk_text_buffer_get_char_count (get_buffer (self));
}

static void
apply (RnlTextSegment *self, GtkTextTag *tag, int start, int end)
{
  GtkTextIter a, b;

  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &a, start);
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &b, end);
  gtk_text_buffer_apply_tag (get_buffer (self), tag, &a, &b);
}

static void
insert (RnlTextSegment *self, const char *text, gsize length)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (get_buffer (self), &end);
  gtk_text_buffer_insert (get_buffer (self), &end, text, (int) length);
}

static void
insert_marker (RnlTextSegment *self, RnlBlock *block)
{
  static const char *const bullets[] = { "•\t", "◦\t", "▪\t" };
  guint depth = rnl_block_get_list_depth (block);
  int start = end_offset (self);
  char number[16];

  switch (rnl_block_get_marker (block))
    {
    case RNL_MARKER_NONE:
      return;
    case RNL_MARKER_BULLET:
      insert (self, bullets[(depth > 0 ? depth - 1 : 0) % 3], strlen (bullets[0]));
      break;
    case RNL_MARKER_NUMBER:
      g_snprintf (number, sizeof number, "%u.\t", rnl_block_get_number (block));
      insert (self, number, strlen (number));
      break;
    case RNL_MARKER_OPEN_TASK:
      insert (self, "☐\t", strlen ("☐\t"));
      break;
    case RNL_MARKER_DONE_TASK:
      insert (self, "☑\t", strlen ("☑\t"));
      break;
    }
  apply (self, rnl_answer_tags_get_marker (), start, end_offset (self));
}

static void
add_link (RnlTextSegment *self, int start, int end, const char *href)
{
  Link *last
    = self->links->len > 0 ? &g_array_index (self->links, Link, self->links->len - 1) : NULL;
  Link link = { start, end, NULL };

  if (last != NULL && last->end == start && g_str_equal (last->href, href))
    {
      last->end = end;
      return;
    }
  link.href = g_strdup (href);
  g_array_append_val (self->links, link);
}

/* Inserts the block's text from byte @from and styles it. */
static void
insert_text (RnlTextSegment *self, const Entry *entry, gsize from)
{
  const char *text = rnl_block_get_text (entry->block);
  int start = end_offset (self);
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (entry->block, &n_spans);
  const char *at = text + from;
  int offset = start;

  insert (self, at, rnl_block_get_length (entry->block) - from);
  for (guint i = 0; i < n_spans; i++)
    {
      gsize span_start = MAX (spans[i].start, from);
      int end;

      if (spans[i].end <= span_start)
        continue;
      offset += (int) g_utf8_pointer_to_offset (at, text + span_start);
      end = offset + (int) g_utf8_pointer_to_offset (text + span_start, text + spans[i].end);
      for (guint flag = RNL_SPAN_STRONG; flag <= RNL_SPAN_IMAGE; flag <<= 1)
        if (spans[i].flags & flag)
          apply (self, rnl_answer_tags_get_span (flag), offset, end);
      if (spans[i].href != NULL)
        {
          apply (self, rnl_answer_tags_get_span (RNL_SPAN_LINK), offset, end);
          add_link (self, offset, end, spans[i].href);
        }
      at = text + spans[i].end;
      offset = end;
    }
}

/* Gives what was inserted from @start on the look of its paragraph. */
static void
style_block (RnlTextSegment *self, const Entry *entry, int start)
{
  RnlBlock *block = entry->block;
  gboolean marker = rnl_block_get_marker (block) != RNL_MARKER_NONE;
  int end = end_offset (self);
  GtkTextIter line;

  if (rnl_block_get_quote_depth (block) > 0)
    {
      apply (self, rnl_answer_tags_get_quote (), start, end);
      self->has_quotes = TRUE;
    }
  if (rnl_block_get_kind (block) == RNL_BLOCK_HEADING)
    apply (self, rnl_answer_tags_get_heading (rnl_block_get_level (block)), start, end);
  if (!marker)
    {
      apply (self, rnl_answer_tags_get_paragraph (block, FALSE), start, end);
      return;
    }

  /* The lines after the first have no marker to hang behind. */
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &line, entry->text);
  gtk_text_iter_forward_line (&line);
  if (gtk_text_iter_get_offset (&line) > start)
    apply (self, rnl_answer_tags_get_paragraph (block, TRUE), start,
           gtk_text_iter_get_offset (&line));
  if (gtk_text_iter_get_offset (&line) < end)
    apply (self, rnl_answer_tags_get_paragraph (block, FALSE),
           MAX (start, gtk_text_iter_get_offset (&line)), end);
}

/**
 * rnl_text_segment_append:
 * @self: a segment
 * @block: a paragraph, heading or item
 *
 * Adds a block at the end.
 */
void
rnl_text_segment_append (RnlTextSegment *self, RnlBlock *block)
{
  Entry entry = { g_object_ref (block), end_offset (self), 0 };
  RnlBlock *previous = NULL;
  int start;

  g_return_if_fail (RNL_IS_TEXT_SEGMENT (self));

  if (self->entries->len > 0)
    {
      previous = g_array_index (self->entries, Entry, self->entries->len - 1).block;
      insert (self, "\n", 1);
    }
  start = end_offset (self);
  insert_marker (self, block);
  entry.text = end_offset (self);
  insert_text (self, &entry, 0);
  g_array_append_val (self->entries, entry);
  style_block (self, &entry, start);
  if (previous != NULL)
    apply (self, rnl_answer_tags_get_gap (previous, block), start,
           MIN (start + 1, end_offset (self)));
  self->n_bytes += rnl_block_get_length (block);
}

static void
remove_from (RnlTextSegment *self, int offset)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &start, offset);
  gtk_text_buffer_get_end_iter (get_buffer (self), &end);
  if (!gtk_text_iter_equal (&start, &end))
    gtk_text_buffer_delete (get_buffer (self), &start, &end);
  while (self->links->len > 0)
    {
      Link *link = &g_array_index (self->links, Link, self->links->len - 1);

      link->end = MIN (link->end, offset);
      if (link->start < link->end)
        break;
      g_array_set_size (self->links, self->links->len - 1);
    }
}

/**
 * rnl_text_segment_truncate:
 * @self: a segment
 * @n_blocks: how many blocks stay
 *
 * Removes the last blocks.
 */
void
rnl_text_segment_truncate (RnlTextSegment *self, guint n_blocks)
{
  g_return_if_fail (RNL_IS_TEXT_SEGMENT (self));

  if (n_blocks >= self->entries->len)
    return;
  remove_from (self, g_array_index (self->entries, Entry, n_blocks).start);
  for (guint i = n_blocks; i < self->entries->len; i++)
    self->n_bytes -= rnl_block_get_length (g_array_index (self->entries, Entry, i).block);
  g_array_set_size (self->entries, n_blocks);
}

static gboolean
same_look (RnlBlock *a, RnlBlock *b)
{
  return rnl_block_get_kind (a) == rnl_block_get_kind (b)
         && rnl_block_get_level (a) == rnl_block_get_level (b)
         && rnl_block_get_marker (a) == rnl_block_get_marker (b)
         && rnl_block_get_number (a) == rnl_block_get_number (b)
         && rnl_block_get_quote_depth (a) == rnl_block_get_quote_depth (b)
         && rnl_block_get_list_depth (a) == rnl_block_get_list_depth (b);
}

/* How many bytes at the beginning of both look the same. */
static gsize
common_length (RnlBlock *a, RnlBlock *b)
{
  const char *text_a = rnl_block_get_text (a);
  const char *text_b = rnl_block_get_text (b);
  gsize limit = MIN (rnl_block_get_length (a), rnl_block_get_length (b));
  guint n_a, n_b;
  const RnlSpan *spans_a = rnl_block_get_spans (a, &n_a);
  const RnlSpan *spans_b = rnl_block_get_spans (b, &n_b);
  gsize n;

  for (guint i = 0; i < MAX (n_a, n_b); i++)
    {
      if (i >= n_a || i >= n_b)
        {
          limit = MIN (limit, i < n_a ? spans_a[i].start : spans_b[i].start);
          break;
        }
      if (spans_a[i].start != spans_b[i].start || spans_a[i].flags != spans_b[i].flags
          || g_strcmp0 (spans_a[i].href, spans_b[i].href) != 0)
        {
          limit = MIN (limit, MIN (spans_a[i].start, spans_b[i].start));
          break;
        }
      if (spans_a[i].end != spans_b[i].end)
        {
          limit = MIN (limit, MIN (spans_a[i].end, spans_b[i].end));
          break;
        }
    }
  for (n = 0; n < limit && text_a[n] == text_b[n]; n++)
    ;
  while (n > 0 && ((guchar) text_b[n] & 0xc0) == 0x80)
    n--;

  return n;
}

/**
 * rnl_text_segment_replace_last:
 * @self: a segment with blocks
 * @block: what the last block has become
 *
 * Replaces the last block; text that stays the same is not touched.
 */
void
rnl_text_segment_replace_last (RnlTextSegment *self, RnlBlock *block)
{
  Entry *entry;
  gsize same;
  int start;

  g_return_if_fail (RNL_IS_TEXT_SEGMENT (self));
  g_return_if_fail (self->entries->len > 0);

  entry = &g_array_index (self->entries, Entry, self->entries->len - 1);
  same = same_look (entry->block, block) ? common_length (entry->block, block) : 0;
  if (same == 0)
    {
      rnl_text_segment_truncate (self, self->entries->len - 1);
      rnl_text_segment_append (self, block);
      return;
    }

  start = entry->text + (int) g_utf8_strlen (rnl_block_get_text (block), (gssize) same);
  remove_from (self, start);
  self->n_bytes += rnl_block_get_length (block);
  self->n_bytes -= rnl_block_get_length (entry->block);
  g_set_object (&entry->block, block);
  insert_text (self, entry, same);
  style_block (self, entry, start);
}

/**
 * rnl_text_segment_dup_text:
 * @self: a segment
 *
 * Returns: (transfer full): the text as it is displayed
 */
char *
rnl_text_segment_dup_text (RnlTextSegment *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (RNL_IS_TEXT_SEGMENT (self), NULL);

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);

  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, TRUE);
}

/**
 * rnl_text_segment_get_n_links:
 * @self: a segment
 *
 * Returns: how many links it has
 */
guint
rnl_text_segment_get_n_links (RnlTextSegment *self)
{
  g_return_val_if_fail (RNL_IS_TEXT_SEGMENT (self), 0);

  return self->links->len;
}

/**
 * rnl_text_segment_get_link_address:
 * @self: a segment
 * @position: less than the number of links
 *
 * Returns: (transfer none): where the link leads
 */
const char *
rnl_text_segment_get_link_address (RnlTextSegment *self, guint position)
{
  g_return_val_if_fail (RNL_IS_TEXT_SEGMENT (self), NULL);
  g_return_val_if_fail (position < self->links->len, NULL);

  return g_array_index (self->links, Link, position).href;
}

/**
 * rnl_text_segment_new:
 * @block: its first block
 *
 * Returns: (transfer floating): a segment with one block
 */
GtkWidget *
rnl_text_segment_new (RnlBlock *block)
{
  RnlTextSegment *self = g_object_new (RNL_TYPE_TEXT_SEGMENT, NULL);
  GtkTextIter start;

  /* The cursor goes along with the text that is inserted there: put it back to the beginning, where
   * the keyboard begins, before the view sees it. A view lays out text to follow its cursor. */
  rnl_text_segment_append (self, block);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_place_cursor (self->buffer, &start);
  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self), self->buffer);

  return GTK_WIDGET (self);
}
