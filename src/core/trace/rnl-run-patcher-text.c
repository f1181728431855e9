/* rnl-run-patcher-text.c: the short way for text, without a tree
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-patcher-private.h"

#include <string.h>

/* The inside of a JSON string, as rnl_json_to_string () writes it. */
void
rnl_run_patcher_append_escaped (GString *out, const char *text, gsize length)
{
  static const char shorts[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
  const char *from = text, *end = text + length;

  for (const char *p = text; p < end; p++)
    {
      const char *found = *p != '\0' ? strchr (shorts, *p) : NULL;

      if (found == NULL && (guchar) *p >= ' ' && *p != 0x7f)
        continue;
      g_string_append_len (out, from, p - from);
      if (found != NULL)
        g_string_append_printf (out, "\\%c", letters[found - shorts]);
      else
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
      from = p + 1;
    }
  g_string_append_len (out, from, end - from);
}

static void
append_operation (GString *line, const RnlLogEntry *entry, const char *member)
{
  g_string_append (line, "{\"op\":\"add\",\"path\":\"");
  g_string_append (line, entry->json_path);
  g_string_append (line, member);
  g_string_append (line, "\",\"value\":");
}

/* Where a chunk has its text: a message, or a generation. */
static const char *
get_text_member (RnlRun *run)
{
  return rnl_run_get_run_type (run) == RNL_RUN_LLM ? "text" : "content";
}

/**
 * rnl_run_patcher_append_text:
 * @self: a patcher without a filter
 * @event: what happened
 * @line: where the patch is added, as JSON without an end of line
 *
 * The short way for what happens most often, more text of a model: the same patch as that of
 * [method@RunPatcher.take_event], without a tree.
 *
 * Returns: whether it was such an event; otherwise nothing was done
 */
gboolean
rnl_run_patcher_append_text (RnlRunPatcher *self, const RnlEvent *event, GString *line)
{
  const RnlChunk *chunk = event->chunk;
  RnlLogEntry *entry = g_hash_table_lookup (self->entries, event->run);
  RnlLogEntry *root = g_hash_table_lookup (self->entries, self->root);
  const char *answer;
  gsize length;

  if (event->kind != RNL_EVENT_STREAM || chunk == NULL || chunk->type != RNL_CHUNK_TEXT
      || event->recorded != NULL || event->n_blocks > 0 || entry == NULL || self->filter != NULL
      || !json_object_equal (json_node_get_object (entry->metadata),
                             rnl_run_get_metadata (event->run)))
    return FALSE;

  rnl_log_entry_note_chunk (entry, event);
  answer = rnl_run_patcher_read_answer (self, event, &length);
  if (answer != NULL)
    rnl_log_entry_note_first_token (root, self->root, event->time);
  g_string_append_c (line, '[');
  if (answer != NULL && rnl_run_patcher_root_streams_answer (self))
    {
      append_operation (line, root, "/streamed_output/-");
      g_string_append_c (line, '"');
      rnl_run_patcher_append_escaped (line, answer, length);
      g_string_append (line, "\"},");
    }
  append_operation (line, entry, "/streamed_output_str/-");
  g_string_append_c (line, '"');
  rnl_run_patcher_append_escaped (line, chunk->text, chunk->length);
  g_string_append (line, "\"},");
  append_operation (line, entry, "/streamed_output/-");
  g_string_append_printf (line, "{\"%s\":\"", get_text_member (event->run));
  rnl_run_patcher_append_escaped (line, chunk->text, chunk->length);
  g_string_append_printf (line, "\"},\"seq\":%" G_GUINT64_FORMAT ",\"time\":%" G_GINT64_FORMAT "}]",
                          event->seq, event->time);

  return TRUE;
}
