/* rnl-transcript-find.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-transcript-find.h"

#include "rnl-answer-parts.h"
#include "rnl-chat-text.h"
#include "rnl-nested-text.h"

/* How many frames a place may take until it is laid out: a long answer is taken in over several. */
#define MAX_FRAMES 240
/* So many frames in a row it has to stand still. */
#define SETTLED_FRAMES 3

/* Where a place is put that was not in view, as a part of the height, and how near to an edge one
 * may be that is, in pixels. */
#define WANTED_PLACE 0.33
#define EDGE         24

/**
 * RnlTranscriptFind:
 *
 * Shows what a [class@ChatFind] finds in the texts of a list, and goes from place to place: to
 * messages that have no row yet, into reasoning and cards that are folded.
 */
struct _RnlTranscriptFind
{
  GObject parent_instance;

  /* borrowed: who owns the list owns this */
  RnlMessageList *list;
  RnlTranscriptSelection *selection;

  /* owned */
  RnlChatFind *find;
  GListModel *model;

  /* going to a place */
  guint tick;
  guint look;
  guint frames;
  guint settled;
  float y;         /* where it was in the last frame */
  gboolean follow; /* the current place once there is one */
};

G_DEFINE_FINAL_TYPE (RnlTranscriptFind, rnl_transcript_find, G_TYPE_OBJECT)

/* {{{ Marks */

static void
walk (RnlTranscriptFind *self, GtkWidget *widget)
{
  if (RNL_IS_SELECTABLE (widget))
    {
      if (rnl_selectable_get_part (RNL_SELECTABLE (widget)) != NULL)
        rnl_transcript_find_show (self, RNL_SELECTABLE (widget));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (self, child);
}

static void
message_changed_cb (RnlTranscriptFind *self, RnlMessage *message)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (RNL_IS_MESSAGE_ROW (row) && rnl_message_row_get_message (RNL_MESSAGE_ROW (row)) == message)
      walk (self, row);
}

/* }}} */

/* {{{ Going to the current place */

static GtkWidget *
find_parts (GtkWidget *widget)
{
  GtkWidget *found = RNL_IS_ANSWER_PARTS (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_parts (child);

  return found;
}

/* Opens what the place is folded in. Returns the widget of its part, or `NULL`. */
static GtkWidget *
open_part (RnlTranscriptFind *self, const RnlChatPoint *point)
{
  RnlMessageRow *row = rnl_message_list_get_row (self->list, point->message);
  GtkWidget *parts = row != NULL ? find_parts (GTK_WIDGET (row)) : NULL;
  RnlChatText text;

  if (parts == NULL
      || !rnl_chat_texts_get (rnl_message_row_get_message (row), point->part, point->text, &text))
    return GTK_WIDGET (row);

  return rnl_answer_parts_reveal (RNL_ANSWER_PARTS (parts), text.part);
}

/* Opens what the text itself has folded. */
static void
reveal (RnlSelectable *text, const RnlBlockPoint *place)
{
  GtkWidget *nested = gtk_widget_get_ancestor (GTK_WIDGET (text), RNL_TYPE_NESTED_TEXT);

  if (nested != NULL)
    rnl_nested_text_show_all (RNL_NESTED_TEXT (nested));
  rnl_selectable_reveal (text, place);
}

static gboolean
locate (RnlTranscriptFind *self, const RnlChatPoint *point, graphene_rect_t *area)
{
  RnlSelectable *text = rnl_transcript_selection_find_text (self->selection, point);
  graphene_point_t origin;
  GtkWidget *widget;

  if (text != NULL)
    {
      reveal (text, &point->place);
      if (point->place.block >= rnl_selectable_get_n_blocks (text)
          || !rnl_selectable_locate (text, &point->place, area)
          || !gtk_widget_compute_point (GTK_WIDGET (text), GTK_WIDGET (self->list), &area->origin,
                                        &origin))
        return FALSE;
      area->origin = origin;
      return TRUE;
    }
  widget = open_part (self, point);

  return widget != NULL && gtk_widget_compute_bounds (widget, GTK_WIDGET (self->list), area);
}

/* Returns whether the place was in view. */
static gboolean
scroll_to (RnlTranscriptFind *self, const graphene_rect_t *area)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  double page = gtk_adjustment_get_page_size (adjustment);
  double value = gtk_adjustment_get_value (adjustment);

  if (area->origin.y >= EDGE && area->origin.y + EDGE <= page)
    return TRUE;
  gtk_adjustment_set_value (adjustment, value + area->origin.y - page * WANTED_PLACE);

  return gtk_adjustment_get_value (adjustment) == value;
}

static gboolean go_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data);

/* Where frames take long, nothing may have been laid out between those in which it stood still: now
 * everything has been that was waiting. */
static gboolean
look_again_cb (gpointer user_data)
{
  RnlTranscriptFind *self = user_data;
  RnlChatRange place;
  graphene_rect_t area;

  self->look = 0;
  if (self->tick != 0 || !rnl_chat_find_get_current (self->find, &place))
    return G_SOURCE_REMOVE;
  if (locate (self, &place.from, &area) && scroll_to (self, &area))
    return G_SOURCE_REMOVE;
  self->settled = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), go_cb, self, NULL);

  return G_SOURCE_REMOVE;
}

static gboolean
go_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RnlTranscriptFind *self = user_data;
  RnlChatRange place;
  graphene_rect_t area;

  if (!rnl_chat_find_get_current (self->find, &place) || self->frames++ > MAX_FRAMES)
    {
      self->tick = 0;
      return G_SOURCE_REMOVE;
    }
  if (!locate (self, &place.from, &area))
    return G_SOURCE_CONTINUE;
  rnl_scroll_follower_stop (rnl_message_list_get_follower (self->list));
  self->settled = scroll_to (self, &area) && area.origin.y == self->y ? self->settled + 1 : 0;
  self->y = area.origin.y;
  if (self->settled < SETTLED_FRAMES)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  if (self->look == 0)
    self->look = g_idle_add_full (G_PRIORITY_LOW, look_again_cb, self, NULL);

  return G_SOURCE_REMOVE;
}

static void
go_to_current (RnlTranscriptFind *self)
{
  RnlChatRange place;
  graphene_rect_t area;

  if (!rnl_chat_find_get_current (self->find, &place))
    return;
  rnl_scroll_follower_stop (rnl_message_list_get_follower (self->list));
  open_part (self, &place.from);
  if (!locate (self, &place.from, &area))
    rnl_message_list_go_to (self->list, place.from.message);
  self->frames = 0;
  self->settled = 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), go_cb, self, NULL);
}

static void
changed_cb (RnlTranscriptFind *self)
{
  RnlChatRange place;

  if (!self->follow || !rnl_chat_find_get_current (self->find, &place))
    return;
  self->follow = FALSE;
  go_to_current (self);
}

/* }}} */

static void
rnl_transcript_find_dispose (GObject *object)
{
  RnlTranscriptFind *self = RNL_TRANSCRIPT_FIND (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->list), self->tick);
  self->tick = 0;
  g_clear_handle_id (&self->look, g_source_remove);
  if (self->find != NULL)
    g_signal_handlers_disconnect_by_data (self->find, self);
  g_clear_object (&self->find);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rnl_transcript_find_parent_class)->dispose (object);
}

static void
rnl_transcript_find_class_init (RnlTranscriptFindClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_transcript_find_dispose;
}

static void
rnl_transcript_find_init (RnlTranscriptFind *self)
{
  self->find = rnl_chat_find_new ();
  g_signal_connect_swapped (self->find, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->find, "message-changed", G_CALLBACK (message_changed_cb), self);
}

/**
 * rnl_transcript_find_new:
 * @list: whose messages are looked through; has to stay as long as this
 * @selection: that of the same list; likewise
 *
 * Returns: (transfer full): something that looks for nothing yet
 */
RnlTranscriptFind *
rnl_transcript_find_new (RnlMessageList *list, RnlTranscriptSelection *selection)
{
  RnlTranscriptFind *self = g_object_new (RNL_TYPE_TRANSCRIPT_FIND, NULL);

  self->list = list;
  self->selection = selection;

  return self;
}

/**
 * rnl_transcript_find_set_model:
 * @self: what shows where words are
 * @messages: (nullable): the messages of its list
 */
void
rnl_transcript_find_set_model (RnlTranscriptFind *self, GListModel *messages)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_FIND (self));

  g_set_object (&self->model, messages);
  rnl_chat_find_set_model (self->find, messages);
}

/**
 * rnl_transcript_find_get_find:
 * @self: what shows where words are
 *
 * Returns: (transfer none): what finds them
 */
RnlChatFind *
rnl_transcript_find_get_find (RnlTranscriptFind *self)
{
  g_return_val_if_fail (RNL_IS_TRANSCRIPT_FIND (self), NULL);

  return self->find;
}

/* The first message that can be seen. */
static guint
find_first_seen (RnlTranscriptFind *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t bounds;

      if (!gtk_widget_compute_bounds (row, GTK_WIDGET (self->list), &bounds)
          || bounds.origin.y + bounds.size.height <= 0 || !RNL_IS_MESSAGE_ROW (row))
        continue;
      for (guint i = 0; self->model != NULL && i < g_list_model_get_n_items (self->model); i++)
        {
          g_autoptr (RnlMessage) message = g_list_model_get_item (self->model, i);

          if (message == rnl_message_row_get_message (RNL_MESSAGE_ROW (row)))
            return i;
        }
    }

  return 0;
}

/**
 * rnl_transcript_find_search:
 * @self: what shows where words are
 * @query: (nullable): what to look for, or `NULL` for nothing any more
 * @words: whether each word of it alone
 * @start: position of a message, or %RNL_TRANSCRIPT_FIND_HERE
 *
 * Looks for something else, and goes to the first place from that message on.
 */
void
rnl_transcript_find_search (RnlTranscriptFind *self, const char *query, gboolean words, guint start)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_FIND (self));

  self->follow = query != NULL && *query != '\0';
  rnl_chat_find_set_start (self->find,
                           start == RNL_TRANSCRIPT_FIND_HERE ? find_first_seen (self) : start);
  rnl_chat_find_set_query (self->find, query, words);
}

/**
 * rnl_transcript_find_step:
 * @self: what shows where words are
 * @by: 1 for the next place, -1 for the one before
 *
 * Goes to another place.
 */
void
rnl_transcript_find_step (RnlTranscriptFind *self, int by)
{
  g_return_if_fail (RNL_IS_TRANSCRIPT_FIND (self));

  self->follow = FALSE;
  if (rnl_chat_find_step (self->find, by))
    go_to_current (self);
}

/**
 * rnl_transcript_find_show:
 * @self: what shows where words are
 * @text: a text of the list
 *
 * Has it show what was found in it.
 */
void
rnl_transcript_find_show (RnlTranscriptFind *self, RnlSelectable *text)
{
  RnlBlockPoint start = { 0, 0 };
  RnlChatPoint point;
  g_autoptr (GArray) ranges = NULL;
  int current;

  g_return_if_fail (RNL_IS_TRANSCRIPT_FIND (self));

  if (!rnl_transcript_selection_find_point (self->selection, text, &start, &point))
    return;
  ranges = rnl_chat_find_list (self->find, &point, &current);
  rnl_selectable_mark (text, (const RnlBlockRange *) ranges->data, ranges->len, current);
}
