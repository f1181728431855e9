/* rnl-event.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-event.h"

#include "rnl-json-value.h"
#include "rnl-run.h"

G_DEFINE_BOXED_TYPE (RnlEvent, rnl_event, rnl_event_copy, rnl_event_free)

static RnlBlockMark *
copy_blocks (const RnlEvent *event)
{
  RnlBlockMark *blocks = event->n_blocks > 0 ? g_new0 (RnlBlockMark, event->n_blocks) : NULL;

  for (guint i = 0; i < event->n_blocks; i++)
    {
      /* The copy's strings move into the array. */
      g_autofree RnlBlockMark *copy = rnl_block_mark_copy (&event->blocks[i]);

      blocks[i] = *copy;
    }

  return blocks;
}

static JsonNode *
ref_node (JsonNode *node)
{
  return node != NULL ? json_node_ref (node) : NULL;
}

/**
 * rnl_event_copy:
 * @event: a lent event
 *
 * Returns: (transfer full): one of its own, which keeps the run alive; the text of its chunk is
 *   ended by a zero
 */
RnlEvent *
rnl_event_copy (const RnlEvent *event)
{
  RnlEvent *copy = g_memdup2 (event, sizeof *event);

  copy->run = event->run != NULL ? g_object_ref (event->run) : NULL;
  copy->chunk = event->chunk != NULL ? rnl_chunk_copy (event->chunk) : NULL;
  copy->text = g_strdup (event->text);
  copy->name = g_strdup (event->name);
  copy->data = ref_node (event->data);
  copy->input = ref_node (event->input);
  copy->recorded = ref_node (event->recorded);
  copy->error = event->error != NULL ? g_error_copy (event->error) : NULL;
  copy->blocks = copy_blocks (event);

  return copy;
}

/**
 * rnl_event_free:
 * @event: (transfer full): a copy
 *
 * Frees what [method@Runnel.Event.copy] made.
 */
void
rnl_event_free (RnlEvent *event)
{
  for (guint i = 0; i < event->n_blocks; i++)
    rnl_block_mark_clear ((RnlBlockMark *) &event->blocks[i]);
  g_free ((RnlBlockMark *) event->blocks);
  g_clear_pointer ((RnlChunk **) &event->chunk, rnl_chunk_free);
  g_free ((char *) event->text);
  g_free ((char *) event->name);
  g_clear_pointer (&event->data, json_node_unref);
  g_clear_pointer (&event->input, json_node_unref);
  g_clear_pointer (&event->recorded, json_node_unref);
  g_clear_pointer ((GError **) &event->error, g_error_free);
  g_clear_object (&event->run);
  g_free (event);
}

/**
 * rnl_event_get_kind:
 * @event: an event
 *
 * Returns: what happened
 */
RnlEventKind
rnl_event_get_kind (const RnlEvent *event)
{
  return event->kind;
}

/**
 * rnl_event_is_terminal:
 * @event: an event
 *
 * Returns: whether it is the last one of its run
 */
gboolean
rnl_event_is_terminal (const RnlEvent *event)
{
  return event->kind == RNL_EVENT_END || event->kind == RNL_EVENT_ERROR
         || event->kind == RNL_EVENT_CANCEL;
}

/**
 * rnl_event_get_run:
 * @event: an event
 *
 * Returns: (transfer none): the run it happened to
 */
RnlRun *
rnl_event_get_run (const RnlEvent *event)
{
  return event->run;
}

/**
 * rnl_event_get_seq:
 * @event: an event
 *
 * Returns: its number within the root run, from 0, without holes
 */
guint64
rnl_event_get_seq (const RnlEvent *event)
{
  return event->seq;
}

/**
 * rnl_event_get_time:
 * @event: an event
 *
 * Returns: when it happened, in microseconds since 1970
 */
gint64
rnl_event_get_time (const RnlEvent *event)
{
  return event->time;
}

/**
 * rnl_event_get_chunk:
 * @event: an event
 *
 * Returns: (transfer none) (nullable): what a model said
 */
const RnlChunk *
rnl_event_get_chunk (const RnlEvent *event)
{
  return event->chunk;
}

/**
 * rnl_event_get_text:
 * @event: an event
 *
 * Returns: (transfer none) (nullable): what a tool printed or a parser read; the text of a model is
 *   in [method@Runnel.Event.dup_text]
 */
const char *
rnl_event_get_text (const RnlEvent *event)
{
  return event->text;
}

/**
 * rnl_event_dup_text:
 * @event: an event
 *
 * Returns: (transfer full) (nullable): new text of the answer of a model, or of a tool or parser;
 *   `NULL` when it is none (reasoning, a tool call, an end)
 */
char *
rnl_event_dup_text (const RnlEvent *event)
{
  const RnlChunk *chunk = event->chunk;

  if (chunk == NULL)
    return g_strdup (event->text);
  if (chunk->type != RNL_CHUNK_TEXT && chunk->type != RNL_CHUNK_REFUSAL)
    return NULL;

  return g_strndup (chunk->text != NULL ? chunk->text : "", chunk->length);
}

/**
 * rnl_event_get_name:
 * @event: an event
 *
 * Returns: (transfer none): a custom event's own name, else the name of the run
 */
const char *
rnl_event_get_name (const RnlEvent *event)
{
  return event->name != NULL ? event->name : rnl_run_get_name (event->run);
}

/**
 * rnl_event_get_data:
 * @event: an event
 *
 * Returns: (transfer none) (nullable): input, streamed value, output or a custom event's data
 */
JsonNode *
rnl_event_get_data (const RnlEvent *event)
{
  return event->data;
}

/**
 * rnl_event_get_input:
 * @event: an event
 *
 * Returns: (transfer none) (nullable): the input, at the END of a run that started before it was
 *   known
 */
JsonNode *
rnl_event_get_input (const RnlEvent *event)
{
  return event->input;
}

/**
 * rnl_event_get_error:
 * @event: an event
 *
 * Returns: (transfer none) (nullable): why the run failed
 */
const GError *
rnl_event_get_error (const RnlEvent *event)
{
  return event->error;
}

/**
 * rnl_event_dup_json:
 * @event: an event
 *
 * Returns: (transfer full): [method@Runnel.Event.to_json] as text in one line
 */
char *
rnl_event_dup_json (const RnlEvent *event)
{
  g_autoptr (JsonNode) node = rnl_event_to_json (event);

  return rnl_json_to_string (node, FALSE);
}
