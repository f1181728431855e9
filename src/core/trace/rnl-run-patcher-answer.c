/* rnl-run-patcher-answer.c: what an event adds to the answer that is shown, and its facts
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-patcher-private.h"

#include "rnl-final-answer.h"

void
rnl_log_entry_note_first_token (RnlLogEntry *entry, RnlRun *run, gint64 time)
{
  if (entry != NULL && entry->first_token < 0)
    entry->first_token = MAX (0, time - rnl_run_get_started (run));
}

void
rnl_log_entry_note_chunk (RnlLogEntry *entry, const RnlEvent *event)
{
  const RnlChunk *chunk = event->chunk;

  if (chunk->type == RNL_CHUNK_USAGE)
    entry->usage = chunk->usage;
  if (chunk->length == 0)
    return;
  if (chunk->type == RNL_CHUNK_TEXT || chunk->type == RNL_CHUNK_REASONING
      || chunk->type == RNL_CHUNK_REFUSAL || chunk->type == RNL_CHUNK_TOOL_CALL)
    rnl_log_entry_note_first_token (entry, event->run, event->time);
}

/* The text that is the `answer` of a call of final_answer: what is new of it. */
static const char *
read_final_answer (RnlRunPatcher *self, const RnlChunk *chunk, gsize *length)
{
  if (chunk->name != NULL)
    {
      g_clear_pointer (&self->answer, rnl_partial_json_free);
      if (g_str_equal (chunk->name, RNL_FINAL_ANSWER_TOOL))
        self->answer = rnl_partial_json_new ();
      self->answer_index = chunk->index;
    }
  if (self->answer == NULL || chunk->index != self->answer_index || chunk->length == 0)
    return NULL;
  rnl_partial_json_feed (self->answer, chunk->text, (gssize) chunk->length);

  return rnl_partial_json_take_string_delta (self->answer, "answer", length);
}

/* What the event adds to the answer that is shown: of a model that the root asked itself. Each
 * event is to be read once, in order. */
const char *
rnl_run_patcher_read_answer (RnlRunPatcher *self, const RnlEvent *event, gsize *length)
{
  const RnlChunk *chunk = event->chunk;
  const char *text = NULL;

  *length = 0;
  if (event->kind != RNL_EVENT_STREAM || chunk == NULL
      || rnl_run_get_parent (event->run) != self->root
      || rnl_run_has_tag (event->run, RNL_RUN_TAG_INTERNAL))
    return NULL;
  if (chunk->type == RNL_CHUNK_TEXT || chunk->type == RNL_CHUNK_REFUSAL)
    {
      text = chunk->text;
      *length = chunk->length;
    }
  else if (chunk->type == RNL_CHUNK_TOOL_CALL)
    text = read_final_answer (self, chunk, length);

  return *length > 0 ? text : NULL;
}

/* An agent streams what its models answer; other roots stream what they make of it. */
gboolean
rnl_run_patcher_root_streams_answer (RnlRunPatcher *self)
{
  return rnl_run_get_run_type (self->root) == RNL_RUN_AGENT;
}
