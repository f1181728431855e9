/* rnl-prompt-slots.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-prompt-slots.h"

/* A short name in braces, on one line: nothing that JSON or code has. */
#define SLOT_PATTERN "\\{(\\w[\\w \\-]{0,39})\\}"

/**
 * RnlPromptSlots:
 *
 * The slots of a prompt in a text buffer. Each looks like `{name}` until it is filled in; one is
 * selected, so that typing fills it in, and going on to the next one fills in all of the same name.
 */
struct _RnlPromptSlots
{
  GObject parent_instance;

  /* owned */
  GtkTextBuffer *buffer;
  GRegex *regex;
  char *current; /* in braces; NULL when none is being filled in */

  /* of the buffer: around what is being filled in */
  GtkTextTag *tag;
  GtkTextMark *start;
  GtkTextMark *end;
};

G_DEFINE_FINAL_TYPE (RnlPromptSlots, rnl_prompt_slots, G_TYPE_OBJECT)

static void
rnl_prompt_slots_dispose (GObject *object)
{
  RnlPromptSlots *self = RNL_PROMPT_SLOTS (object);

  g_clear_object (&self->buffer);
  g_clear_pointer (&self->regex, g_regex_unref);
  g_clear_pointer (&self->current, g_free);

  G_OBJECT_CLASS (rnl_prompt_slots_parent_class)->dispose (object);
}

static void
rnl_prompt_slots_class_init (RnlPromptSlotsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_prompt_slots_dispose;
}

static void
rnl_prompt_slots_init (RnlPromptSlots *self)
{
  self->regex = g_regex_new (SLOT_PATTERN, 0, 0, NULL);
}

/**
 * rnl_prompt_slots_new:
 * @buffer: where prompts are inserted
 *
 * Returns: (transfer full): the slots of @buffer, none yet
 */
RnlPromptSlots *
rnl_prompt_slots_new (GtkTextBuffer *buffer)
{
  RnlPromptSlots *self = g_object_new (RNL_TYPE_PROMPT_SLOTS, NULL);
  GtkTextIter start;

  self->buffer = g_object_ref (buffer);
  self->tag = gtk_text_buffer_create_tag (buffer, NULL, "weight", PANGO_WEIGHT_BOLD, "underline",
                                          PANGO_UNDERLINE_SINGLE, NULL);
  gtk_text_buffer_get_start_iter (buffer, &start);
  self->start = gtk_text_buffer_create_mark (buffer, NULL, &start, TRUE);
  self->end = gtk_text_buffer_create_mark (buffer, NULL, &start, FALSE);

  return self;
}

/* The slot that begins at ITER or behind it. */
static gboolean
find_forward (RnlPromptSlots *self, const GtkTextIter *iter, GtkTextIter *start, GtkTextIter *end)
{
  *start = *iter;
  if (!gtk_text_iter_starts_tag (start, self->tag))
    do
      if (!gtk_text_iter_forward_to_tag_toggle (start, self->tag))
        return FALSE;
    while (!gtk_text_iter_starts_tag (start, self->tag));
  *end = *start;
  gtk_text_iter_forward_to_tag_toggle (end, self->tag);

  return TRUE;
}

static gboolean
find_backward (RnlPromptSlots *self, const GtkTextIter *iter, GtkTextIter *start, GtkTextIter *end)
{
  *start = *iter;
  do
    if (!gtk_text_iter_backward_to_tag_toggle (start, self->tag))
      return FALSE;
  while (!gtk_text_iter_starts_tag (start, self->tag));
  *end = *start;
  gtk_text_iter_forward_to_tag_toggle (end, self->tag);

  return TRUE;
}

/* Puts TEXT into every slot that is still NAME. */
static void
fill_others (RnlPromptSlots *self, const char *name, const char *text)
{
  GtkTextIter iter, start, end;

  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  while (find_forward (self, &iter, &start, &end))
    {
      g_autofree char *slot = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);

      iter = end;
      if (!g_str_equal (slot, name))
        continue;
      gtk_text_buffer_delete (self->buffer, &start, &end);
      gtk_text_buffer_insert (self->buffer, &start, text, -1);
      iter = start;
    }
}

static void
end_current (RnlPromptSlots *self)
{
  g_autofree char *name = g_steal_pointer (&self->current);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  if (name == NULL)
    return;
  gtk_text_buffer_get_iter_at_mark (self->buffer, &start, self->start);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &end, self->end);
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
  if (*text != '\0' && !g_str_equal (text, name))
    {
      gtk_text_buffer_remove_tag (self->buffer, self->tag, &start, &end);
      fill_others (self, name, text);
    }
}

/**
 * rnl_prompt_slots_next:
 * @self: slots
 * @back: whether to go to the one before
 *
 * Selects the next slot that is to be filled in; after the last one comes the first.
 *
 * Returns: whether there is one
 */
gboolean
rnl_prompt_slots_next (RnlPromptSlots *self, gboolean back)
{
  GtkTextIter from, start, end;
  gboolean found;

  g_return_val_if_fail (RNL_IS_PROMPT_SLOTS (self), FALSE);

  end_current (self);
  gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end);
  from = back ? start : end;
  found
    = back ? find_backward (self, &from, &start, &end) : find_forward (self, &from, &start, &end);
  if (!found)
    {
      if (back)
        gtk_text_buffer_get_end_iter (self->buffer, &from);
      else
        gtk_text_buffer_get_start_iter (self->buffer, &from);
      found = back ? find_backward (self, &from, &start, &end)
                   : find_forward (self, &from, &start, &end);
    }
  if (!found)
    return FALSE;

  gtk_text_buffer_select_range (self->buffer, &start, &end);
  gtk_text_buffer_move_mark (self->buffer, self->start, &start);
  gtk_text_buffer_move_mark (self->buffer, self->end, &end);
  self->current = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);

  return TRUE;
}

/**
 * rnl_prompt_slots_insert:
 * @self: slots
 * @text: what to write at the cursor
 *
 * Selects the first slot of it, or puts the cursor behind it.
 */
void
rnl_prompt_slots_insert (RnlPromptSlots *self, const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  GtkTextIter iter;
  int done = 0, from, to, offset;

  g_return_if_fail (RNL_IS_PROMPT_SLOTS (self));

  g_clear_pointer (&self->current, g_free);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  offset = gtk_text_iter_get_offset (&iter);
  for (g_regex_match (self->regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_match_info_fetch_pos (match, 0, &from, &to);
      gtk_text_buffer_insert (self->buffer, &iter, text + done, from - done);
      gtk_text_buffer_insert_with_tags (self->buffer, &iter, text + from, to - from, self->tag,
                                        NULL);
      done = to;
    }
  gtk_text_buffer_insert (self->buffer, &iter, text + done, -1);
  if (done > 0)
    {
      gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, offset);
      gtk_text_buffer_place_cursor (self->buffer, &iter);
      rnl_prompt_slots_next (self, FALSE);
    }
}

/**
 * rnl_prompt_slots_get_current:
 * @self: slots
 *
 * Returns: (transfer none) (nullable): the slot that is being filled in, in its braces
 */
const char *
rnl_prompt_slots_get_current (RnlPromptSlots *self)
{
  g_return_val_if_fail (RNL_IS_PROMPT_SLOTS (self), NULL);

  return self->current;
}
