/* rnl-transcript-selection-text.c: the texts a selection goes over, and places in them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-transcript-selection-private.h"

#include "rnl-chat-text.h"

/* {{{ The texts that are there */

static gboolean
walk (RnlTranscriptSelection *self, GtkWidget *widget, RnlSelectionTextFunc func, gpointer data)
{
  if (RNL_IS_SELECTABLE (widget))
    return rnl_selectable_get_part (RNL_SELECTABLE (widget)) == NULL
           || func (self, RNL_SELECTABLE (widget), data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!walk (self, child, func, data))
      return FALSE;

  return TRUE;
}

/* Calls FUNC for every text of the list, until it returns FALSE. */
void
rnl_selection_each_text (RnlTranscriptSelection *self, RnlSelectionTextFunc func, gpointer data)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (!walk (self, row, func, data))
      return;
}

typedef struct
{
  RnlChatText text;
  RnlSelectable *found;
} TextSearch;

static gboolean
match_text (RnlTranscriptSelection *self, RnlSelectable *text, gpointer data)
{
  TextSearch *search = data;

  if (rnl_selectable_get_part (text) != G_OBJECT (search->text.part)
      || rnl_selectable_get_field (text) != search->text.field)
    return TRUE;
  search->found = text;

  return FALSE;
}

/**
 * rnl_transcript_selection_find_text:
 * @self: a selection
 * @point: a place in a text
 *
 * Returns: (transfer none) (nullable): what shows that text; its row is made if it was not there
 */
RnlSelectable *
rnl_transcript_selection_find_text (RnlTranscriptSelection *self, const RnlChatPoint *point)
{
  RnlMessageRow *row = rnl_message_list_get_row (self->list, point->message);
  TextSearch search = { 0 };

  if (row == NULL
      || !rnl_chat_texts_get (rnl_message_row_get_message (row), point->part, point->text,
                              &search.text))
    return NULL;
  walk (self, GTK_WIDGET (row), match_text, &search);

  return search.found;
}

/* What a press at a point selects in; a button or a field keeps its presses to itself. */
RnlSelectable *
rnl_selection_pick (RnlTranscriptSelection *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);

  for (; widget != NULL && widget != GTK_WIDGET (self->list);
       widget = gtk_widget_get_parent (widget))
    {
      if (RNL_IS_SELECTABLE (widget) && rnl_selectable_get_part (RNL_SELECTABLE (widget)) != NULL)
        return RNL_SELECTABLE (widget);
      if (GTK_IS_BUTTON (widget) || GTK_IS_RANGE (widget) || GTK_IS_SCROLLBAR (widget)
          || GTK_IS_EDITABLE (widget))
        return NULL;
    }

  return NULL;
}

/* }}} */

/* {{{ Places on the screen */

gboolean
rnl_selection_hit (
  RnlTranscriptSelection *self, RnlSelectable *text, double x, double y, RnlChatPoint *point)
{
  graphene_point_t inside;
  RnlBlockPoint place;

  return gtk_widget_compute_point (GTK_WIDGET (self->list), GTK_WIDGET (text),
                                   &GRAPHENE_POINT_INIT ((float) x, (float) y), &inside)
         && rnl_selectable_hit (text, inside.x, inside.y, &place)
         && rnl_transcript_selection_find_point (self, text, &place, point);
}

typedef struct
{
  double y;
  double distance;
  RnlSelectable *nearest;
} Nearest;

static gboolean
compare_distance (RnlTranscriptSelection *self, RnlSelectable *text, gpointer data)
{
  Nearest *nearest = data;
  graphene_rect_t bounds;
  double distance, bottom;

  if (!gtk_widget_get_mapped (GTK_WIDGET (text))
      || !gtk_widget_compute_bounds (GTK_WIDGET (text), GTK_WIDGET (self->list), &bounds))
    return TRUE;
  bottom = bounds.origin.y + bounds.size.height;
  distance = nearest->y < bounds.origin.y ? bounds.origin.y - nearest->y
             : nearest->y > bottom        ? nearest->y - bottom
                                          : 0;
  if (distance < nearest->distance)
    {
      nearest->distance = distance;
      nearest->nearest = text;
    }

  return nearest->distance > 0;
}

gboolean
rnl_selection_hit_nearest (RnlTranscriptSelection *self, double x, double y, RnlChatPoint *point)
{
  Nearest nearest = { y, G_MAXDOUBLE, NULL };

  rnl_selection_each_text (self, compare_distance, &nearest);

  return nearest.nearest != NULL && rnl_selection_hit (self, nearest.nearest, x, y, point);
}

/* Where a place is, in the list's coordinates. */
gboolean
rnl_selection_locate (RnlTranscriptSelection *self,
                      const RnlChatPoint *point,
                      graphene_rect_t *area)
{
  RnlSelectable *text = rnl_transcript_selection_find_text (self, point);
  graphene_point_t origin;

  if (text == NULL || !rnl_selectable_locate (text, &point->place, area)
      || !gtk_widget_compute_point (GTK_WIDGET (text), GTK_WIDGET (self->list), &area->origin,
                                    &origin))
    return FALSE;
  area->origin = origin;

  return TRUE;
}

/* }}} */

/* {{{ Words and paragraphs */

static void
find_word (const char *text, guint offset, guint *start, guint *end)
{
  glong length = g_utf8_strlen (text, -1);
  PangoLogAttr *attributes = g_new0 (PangoLogAttr, length + 1);
  guint at = MIN (offset, (guint) length);

  pango_get_log_attrs (text, -1, -1, pango_language_get_default (), attributes, (int) length + 1);
  if (at == (guint) length && at > 0)
    at--;
  for (*start = at; *start > 0 && !attributes[*start].is_word_boundary; (*start)--)
    ;
  for (*end = at + 1; *end < (guint) length && !attributes[*end].is_word_boundary; (*end)++)
    ;
  *end = MIN (*end, (guint) length);
  g_free (attributes);
}

static void
find_line (const char *text, guint offset, guint *start, guint *end)
{
  const char *at
    = g_utf8_offset_to_pointer (text, (glong) MIN ((glong) offset, g_utf8_strlen (text, -1)));
  const char *from = at;
  const char *to = at;

  while (from > text && from[-1] != '\n')
    from--;
  while (*to != '\0' && *to != '\n')
    to++;
  *start = (guint) g_utf8_pointer_to_offset (text, from);
  *end = (guint) g_utf8_pointer_to_offset (text, to);
}

/* The word or line around a place. */
void
rnl_selection_expand (RnlTranscriptSelection *self,
                      const RnlChatPoint *point,
                      RnlSelectionUnit unit,
                      RnlChatRange *range)
{
  RnlSelectable *text = rnl_transcript_selection_find_text (self, point);
  g_autofree char *block = NULL;

  range->from = range->to = *point;
  if (unit == RNL_SELECTION_CHARACTERS || text == NULL
      || point->place.block >= rnl_selectable_get_n_blocks (text))
    return;
  block = rnl_selectable_dup_text (text, point->place.block);
  if (unit == RNL_SELECTION_WORDS)
    find_word (block, point->place.offset, &range->from.place.offset, &range->to.place.offset);
  else
    find_line (block, point->place.offset, &range->from.place.offset, &range->to.place.offset);
}

/* }}} */
