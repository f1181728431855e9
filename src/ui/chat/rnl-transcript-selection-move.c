/* rnl-transcript-selection-move.c: extending the selection with keys
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-transcript-selection-private.h"

#include "rnl-chat-text.h"

/* How far above or below a line the next one is looked for, and in what steps, in pixels. */
#define LINE_REACH 160
#define LINE_STEP  5

/* How much of the list stays visible around the place, in pixels. */
#define REVEAL_MARGIN 24

typedef enum
{
  BY_CHARACTER,
  BY_WORD,
} Step;

/* {{{ Through the text */

static guint
step_back (const PangoLogAttr *attributes, guint offset, Step step)
{
  do
    offset--;
  while (offset > 0
         && !(step == BY_WORD ? attributes[offset].is_word_start
                              : attributes[offset].is_cursor_position));

  return offset;
}

static guint
step_forward (const PangoLogAttr *attributes, guint length, guint offset, Step step)
{
  do
    offset++;
  while (
    offset < length
    && !(step == BY_WORD ? attributes[offset].is_word_end : attributes[offset].is_cursor_position));

  return offset;
}

/* Moves inside of a block. Returns whether there was a place to move to. */
static gboolean
step_inside (const char *text, RnlBlockPoint *place, gboolean forward, Step step)
{
  guint length = (guint) g_utf8_strlen (text, -1);
  guint offset = MIN (place->offset, length);
  g_autofree PangoLogAttr *attributes = NULL;

  if (forward ? offset == length : offset == 0)
    return FALSE;
  attributes = g_new0 (PangoLogAttr, length + 1);
  pango_get_log_attrs (text, -1, -1, pango_language_get_default (), attributes, (int) length + 1);
  place->offset = forward ? step_forward (attributes, length, offset, step)
                          : step_back (attributes, offset, step);

  return TRUE;
}

/* What is folded into a card is passed over. */
static gboolean
is_open (RnlSelectable *text, const RnlChatPoint *point)
{
  return text != NULL && rnl_selectable_get_n_blocks (text) > 0
         && (point->text == 0 || gtk_widget_get_mapped (GTK_WIDGET (text)));
}

/* The first text of a part that comes behind @than, or the last one that comes before it. */
static RnlSelectable *
find_beyond (RnlTranscriptSelection *self,
             RnlMessage *message,
             RnlChatPoint *point,
             const RnlChatPoint *than,
             gboolean forward)
{
  g_autoptr (GArray) texts = rnl_chat_texts_list (message, point->part);

  for (guint i = 0; i < texts->len; i++)
    {
      guint at = forward ? i : texts->len - 1 - i;
      RnlSelectable *text;
      int order;

      point->text = g_array_index (texts, RnlChatText, at).number;
      point->place = than->place;
      order = rnl_chat_point_compare (point, than);
      if (forward ? order <= 0 : order >= 0)
        continue;
      text = rnl_transcript_selection_find_text (self, point);
      if (is_open (text, point))
        return text;
    }

  return NULL;
}

/* The text before or behind another one. */
static RnlSelectable *
find_neighbour (RnlTranscriptSelection *self, RnlChatPoint *point, gboolean forward)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  RnlChatPoint next = *point;
  gint64 part = point->part;

  for (gint64 message = point->message; message >= 0 && message < n; message += forward ? 1 : -1)
    {
      g_autoptr (RnlMessage) item = g_list_model_get_item (self->model, (guint) message);
      guint n_parts = rnl_message_get_n_parts (item);

      if (message != point->message)
        part = forward ? 0 : (gint64) n_parts - 1;
      for (; part >= 0 && part < n_parts; part += forward ? 1 : -1)
        {
          RnlSelectable *text;

          next.message = (guint) message;
          next.part = (guint) part;
          text = find_beyond (self, item, &next, point, forward);
          if (text == NULL)
            continue;
          *point = next;
          return text;
        }
    }

  return NULL;
}

static gboolean
step_place (RnlTranscriptSelection *self, RnlChatPoint *point, gboolean forward, Step step)
{
  RnlSelectable *text = rnl_transcript_selection_find_text (self, point);
  guint n_blocks = text != NULL ? rnl_selectable_get_n_blocks (text) : 0;
  g_autofree char *block = NULL;

  if (n_blocks > 0 && point->place.block >= n_blocks)
    point->place = (RnlBlockPoint){ n_blocks - 1, RNL_BLOCK_END };
  if (n_blocks > 0)
    block = rnl_selectable_dup_text (text, point->place.block);
  if (block != NULL && step_inside (block, &point->place, forward, step))
    return TRUE;
  if (forward ? point->place.block + 1 < n_blocks : point->place.block > 0)
    point->place.block += forward ? 1 : -1;
  else
    {
      text = find_neighbour (self, point, forward);
      if (text == NULL)
        return FALSE;
      point->place.block = forward ? 0 : rnl_selectable_get_n_blocks (text) - 1;
    }
  point->place.offset = forward ? 0 : RNL_BLOCK_END;

  return TRUE;
}

/* }}} */

/* {{{ Over the screen */

/* Up or down by a line, or a page. */
static gboolean
step_line (RnlTranscriptSelection *self, RnlChatPoint *point, gboolean down, double distance)
{
  graphene_rect_t area;
  double start;

  if (!rnl_selection_locate (self, point, &area))
    return FALSE;
  if (self->wish_x < 0)
    self->wish_x = area.origin.x;
  start = down ? area.origin.y + area.size.height : area.origin.y;
  for (double reach = MAX (distance, LINE_STEP); reach < distance + LINE_REACH; reach += LINE_STEP)
    {
      RnlChatPoint next;
      int order;

      if (!rnl_selection_hit_nearest (self, self->wish_x, down ? start + reach : start - reach,
                                      &next))
        return FALSE;
      order = rnl_chat_point_compare (&next, point);
      if (down ? order > 0 : order < 0)
        {
          *point = next;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
step_to_edge (RnlTranscriptSelection *self, RnlChatPoint *point, gboolean end)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self->list));
  graphene_rect_t area;
  RnlSelectable *text = rnl_transcript_selection_find_text (self, point);

  return text != NULL && rnl_selection_locate (self, point, &area)
         && rnl_selection_hit (self, text, end ? width : 0, area.origin.y + area.size.height / 2,
                               point);
}

static gboolean
step_to_limit (RnlTranscriptSelection *self, RnlChatPoint *point, gboolean end)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;

  *point = end ? RNL_CHAT_MESSAGE_END (n > 0 ? n - 1 : 0) : (RnlChatPoint){ 0, 0, 0, { 0, 0 } };

  return n > 0;
}

/* Scrolls until a place can be seen. */
void
rnl_selection_reveal (RnlTranscriptSelection *self, const RnlChatPoint *point)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  double page = gtk_adjustment_get_page_size (adjustment);
  double value = gtk_adjustment_get_value (adjustment);
  graphene_rect_t area;

  if (!rnl_selection_locate (self, point, &area))
    return;
  if (area.origin.y < REVEAL_MARGIN)
    value += area.origin.y - REVEAL_MARGIN;
  else if (area.origin.y + area.size.height > page - REVEAL_MARGIN)
    value += area.origin.y + area.size.height - page + REVEAL_MARGIN;
  else
    return;
  gtk_adjustment_set_value (adjustment, value);
  rnl_scroll_follower_stop (rnl_message_list_get_follower (self->list));
}

/* }}} */

static gboolean
move_sideways (RnlTranscriptSelection *self, RnlChatPoint *point, gboolean right, Step step)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self->list)) == GTK_TEXT_DIR_RTL;

  self->wish_x = -1;

  return step_place (self, point, right != rtl, step);
}

static gboolean
move_up_down (RnlTranscriptSelection *self, RnlChatPoint *point, gboolean down, gboolean paragraph)
{
  if (!paragraph)
    return step_line (self, point, down, 0);

  self->wish_x = -1;
  if (!down && point->place.offset > 0)
    {
      point->place.offset = 0;
      return TRUE;
    }
  if (!step_place (self, point, down, BY_CHARACTER))
    return FALSE;
  point->place.offset = down ? RNL_BLOCK_END : 0;

  return TRUE;
}

static gboolean
move_page (RnlTranscriptSelection *self, RnlChatPoint *point, gboolean down)
{
  double page = gtk_widget_get_height (GTK_WIDGET (self->list)) * 0.9;

  return step_line (self, point, down, page);
}

static gboolean
move (RnlTranscriptSelection *self, RnlChatPoint *point, guint key, gboolean control)
{
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return move_sideways (self, point, key == GDK_KEY_Right || key == GDK_KEY_KP_Right,
                            control ? BY_WORD : BY_CHARACTER);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return move_up_down (self, point, key == GDK_KEY_Down || key == GDK_KEY_KP_Down, control);
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      return move_page (self, point, key == GDK_KEY_Page_Down || key == GDK_KEY_KP_Page_Down);
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      self->wish_x = -1;
      return (control ? step_to_limit : step_to_edge) (self, point,
                                                       key == GDK_KEY_End || key == GDK_KEY_KP_End);
    default:
      return FALSE;
    }
}

static gboolean
is_movement (guint key)
{
  return (key >= GDK_KEY_Home && key <= GDK_KEY_End)
         || (key >= GDK_KEY_KP_Home && key <= GDK_KEY_KP_End);
}

/* A key with Shift. Returns whether it was one that selects. */
gboolean
rnl_selection_move_key (RnlTranscriptSelection *self, guint key, GdkModifierType state)
{
  RnlChatPoint point = self->focus;

  if (!is_movement (key))
    return GDK_EVENT_PROPAGATE;
  if (!self->placed)
    return GDK_EVENT_STOP;
  if (move (self, &point, key, (state & GDK_CONTROL_MASK) != 0))
    {
      rnl_transcript_selection_set (self, &self->anchor, &point);
      rnl_selection_claim_primary (self);
      rnl_selection_reveal (self, &point);
    }

  return GDK_EVENT_STOP;
}
