/* rnl-cli-compare.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-compare.h"

#include "rnl-word-diff.h"

/* A column that is narrower is harder to read than one text after the other. */
#define MIN_COLUMN 40
#define GAP        3

static void
append_facts (GString *line, const RnlAnswerFacts *facts)
{
  g_string_append_printf (line, "%s: %s", facts->label, facts->model);
  if (facts->duration >= 0)
    g_string_append_printf (line, ", %.3f s", (double) facts->duration / 1e6);
  if (facts->first_token >= 0)
    g_string_append_printf (line, " (first token after %.3f s)", (double) facts->first_token / 1e6);
  if (facts->input_tokens >= 0)
    g_string_append_printf (line, ", %" G_GINT64_FORMAT " tokens in", facts->input_tokens);
  if (facts->output_tokens >= 0)
    g_string_append_printf (line, ", %" G_GINT64_FORMAT " out", facts->output_tokens);
}

static void
print_facts (const RnlAnswerFacts *facts)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append_facts (line, facts);
  g_print ("%s\n", line->str);
}

/* Columns. */

/* Where a line that begins at @text ends, at most @width characters on: at a space if there is
 * one. */
static const char *
find_break (const char *text, guint width)
{
  const char *end = text, *space = NULL;

  for (guint n = 0; *end != '\0' && *end != '\n' && n < width; n++)
    {
      if (*end == ' ')
        space = end;
      end = g_utf8_next_char (end);
    }
  if (*end != '\0' && *end != '\n' && *end != ' ' && space != NULL)
    end = space;

  return end;
}

static GPtrArray *
wrap (const char *text, guint width)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  while (*text != '\0')
    {
      const char *end = find_break (text, width);

      g_ptr_array_add (lines, g_strndup (text, (gsize) (end - text)));
      text = *end == ' ' || *end == '\n' ? end + 1 : end;
    }

  return lines;
}

static GPtrArray *
make_column (const RnlAnswerFacts *facts, guint width)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_facts (text, facts);
  g_string_append_printf (text, "\n\n%s", facts->text);

  return wrap (text->str, width);
}

static void
print_columns (const RnlAnswerFacts *before, const RnlAnswerFacts *after, guint width)
{
  guint column = (width - GAP) / 2;
  g_autoptr (GPtrArray) left = make_column (before, column);
  g_autoptr (GPtrArray) right = make_column (after, column);

  for (guint i = 0; i < MAX (left->len, right->len); i++)
    {
      const char *a = i < left->len ? g_ptr_array_index (left, i) : "";
      const char *b = i < right->len ? g_ptr_array_index (right, i) : "";
      int fill = *b != '\0' ? (int) (column + GAP - (guint) g_utf8_strlen (a, -1)) : 0;

      g_print ("%s%*s%s\n", a, fill, "", b);
    }
}

/**
 * rnl_cli_compare_print:
 * @before: an answer
 * @after: another one
 * @width: columns of the terminal, 0 when it is none
 *
 * Prints both, beside each other where there is room, and how much they have in common.
 */
void
rnl_cli_compare_print (const RnlAnswerFacts *before, const RnlAnswerFacts *after, guint width)
{
  RnlWordDiff diff;

  if (width >= 2 * MIN_COLUMN + GAP)
    print_columns (before, after, width);
  else
    {
      print_facts (before);
      g_print ("\n%s\n\n", before->text);
      print_facts (after);
      g_print ("\n%s\n", after->text);
    }
  rnl_word_diff (before->text, after->text, &diff);
  g_print ("\nWords: %u the same, %u only before, %u only now\n", diff.same, diff.removed,
           diff.added);
}

static void
set_known (JsonObject *object, const char *member, gint64 value)
{
  if (value >= 0)
    json_object_set_int_member (object, member, value);
}

static JsonObject *
facts_to_json (const RnlAnswerFacts *facts)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "model", facts->model);
  json_object_set_string_member (object, "text", facts->text);
  set_known (object, "duration_us", facts->duration);
  set_known (object, "time_to_first_token_us", facts->first_token);
  set_known (object, "input_tokens", facts->input_tokens);
  set_known (object, "output_tokens", facts->output_tokens);

  return object;
}

/**
 * rnl_cli_compare_to_json:
 * @before: an answer
 * @after: another one
 *
 * Returns: (transfer full): `{before, after, words: {same, removed, added}}`
 */
JsonNode *
rnl_cli_compare_to_json (const RnlAnswerFacts *before, const RnlAnswerFacts *after)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new (), *words = json_object_new ();
  RnlWordDiff diff;

  rnl_word_diff (before->text, after->text, &diff);
  json_object_set_int_member (words, "same", diff.same);
  json_object_set_int_member (words, "removed", diff.removed);
  json_object_set_int_member (words, "added", diff.added);
  json_object_set_object_member (object, "before", facts_to_json (before));
  json_object_set_object_member (object, "after", facts_to_json (after));
  json_object_set_object_member (object, "words", words);
  json_node_take_object (node, object);

  return node;
}
