/* rnl-decoder.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-decoder.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-provider-errors.h"

#define MAX_QUOTED 120

/* What is shown of the result of a tool that ran elsewhere. */
#define MAX_RESULT (64 * 1024)

/**
 * rnl_decoder_emit_text:
 * @type: text, reasoning or a refusal
 * @text: its bytes
 * @length: of @text; nothing is said for 0
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_decoder_emit_text (
  RnlChunkType type, const char *text, gsize length, RnlChunkFunc on_chunk, gpointer user_data)
{
  RnlChunk chunk = { .type = type, .text = text, .length = length };

  if (length > 0)
    on_chunk (&chunk, user_data);
}

static void
emit_object (RnlChunk *chunk, JsonObject *object, RnlChunkFunc on_chunk, gpointer user_data)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = rnl_json_to_string (node, FALSE);

  chunk->text = text;
  chunk->length = strlen (text);
  on_chunk (chunk, user_data);
}

/**
 * rnl_decoder_emit_raw:
 * @protocol: who understands the item
 * @index: the call it is of, -1 for what was said last, or `RNL_CHUNK_OF_THOUGHT`
 * @item: what has to go back, verbatim
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_decoder_emit_raw (
  const char *protocol, gint index, JsonObject *item, RnlChunkFunc on_chunk, gpointer user_data)
{
  RnlChunk chunk = { .type = RNL_CHUNK_RAW, .index = index, .name = protocol };

  emit_object (&chunk, item, on_chunk, user_data);
}

/**
 * rnl_decoder_emit_annotation:
 * @annotation: a citation of the text said last
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_decoder_emit_annotation (JsonObject *annotation, RnlChunkFunc on_chunk, gpointer user_data)
{
  RnlChunk chunk = { .type = RNL_CHUNK_ANNOTATION, .index = -1 };

  emit_object (&chunk, annotation, on_chunk, user_data);
}

/* `{title, url}`, `{text}`, `{stdout, stderr}`, `{logs}`: what a person wants to see. */
static gboolean
describe_object (JsonObject *object, GString *out)
{
  static const char *const names[]
    = { "title",  "url",  "filename",  "text",    "logs",      "stdout",
        "stderr", "name", "tool_name", "message", "error_code" };
  gboolean any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = rnl_json_object_get_string (object, names[i]);

      if (value == NULL || *value == '\0')
        continue;
      if (out->len > 0)
        g_string_append_c (out, '\n');
      g_string_append (out, value);
      any = TRUE;
    }

  return any;
}

/**
 * rnl_decoder_dup_result:
 * @content: (nullable): what a tool that ran elsewhere gave, in any shape
 *
 * Returns: (transfer full): the words in it, or all of it where there are none that are known
 */
char *
rnl_decoder_dup_result (JsonNode *content)
{
  g_autoptr (GString) out = g_string_new (NULL);
  JsonArray *array
    = content != NULL && JSON_NODE_HOLDS_ARRAY (content) ? json_node_get_array (content) : NULL;
  gboolean known = array != NULL && json_array_get_length (array) == 0;

  if (content == NULL || JSON_NODE_HOLDS_NULL (content))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (content) && json_node_get_value_type (content) == G_TYPE_STRING)
    return json_node_dup_string (content);
  if (JSON_NODE_HOLDS_OBJECT (content))
    known = describe_object (json_node_get_object (content), out);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *element = rnl_json_node_get_object (json_array_get_element (array, i));

      known |= element != NULL && describe_object (element, out);
    }

  return known ? g_string_free (g_steal_pointer (&out), FALSE) : rnl_json_to_string (content, TRUE);
}

/**
 * rnl_decoder_emit_result:
 * @index: a call that ran at the provider
 * @text: (nullable): what it gave; of a very long one the beginning is told, for all of it goes
 *   back as an item all the same
 * @failed: whether it says what went wrong
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_decoder_emit_result (
  gint index, const char *text, gboolean failed, RnlChunkFunc on_chunk, gpointer user_data)
{
  const char *whole = text != NULL ? text : "";
  g_autofree char *shown = g_utf8_make_valid (whole, (gssize) MIN (strlen (whole), MAX_RESULT));
  RnlChunk chunk = { .type = RNL_CHUNK_REMOTE_RESULT,
                     .index = index,
                     .text = shown,
                     .length = strlen (shown),
                     .finish = failed ? RNL_FINISH_ERROR : RNL_FINISH_NONE };

  on_chunk (&chunk, user_data);
}

/**
 * rnl_decoder_emit_data_uri:
 * @uri: (nullable): `data:TYPE;base64,DATA`; any other address is nobody's file
 * @on_chunk: (scope call): told of the file
 * @user_data: for @on_chunk
 */
void
rnl_decoder_emit_data_uri (const char *uri, RnlChunkFunc on_chunk, gpointer user_data)
{
  const char *comma = uri != NULL ? strchr (uri, ',') : NULL;
  g_autofree char *type = NULL;
  RnlChunk chunk = { .type = RNL_CHUNK_FILE };

  if (comma == NULL || !g_str_has_prefix (uri, "data:"))
    return;
  type = g_strndup (uri + strlen ("data:"), (gsize) (comma - uri) - strlen ("data:"));
  if (!g_str_has_suffix (type, ";base64"))
    return;

  *strchr (type, ';') = '\0';
  chunk.name = type;
  chunk.text = comma + 1;
  chunk.length = strlen (chunk.text);
  if (chunk.length > 0)
    on_chunk (&chunk, user_data);
}

/**
 * rnl_decoder_emit_finish:
 * @words: (array length=n_words): the words a protocol has
 * @n_words: how many
 * @word: the one that came; `RNL_FINISH_OTHER` when nobody knows what it means
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_decoder_emit_finish (const RnlDecoderWord *words,
                         gsize n_words,
                         const char *word,
                         RnlChunkFunc on_chunk,
                         gpointer user_data)
{
  RnlChunk chunk = {
    .type = RNL_CHUNK_FINISH, .finish = RNL_FINISH_OTHER, .text = word, .length = strlen (word)
  };

  for (gsize i = 0; i < n_words; i++)
    if (g_ascii_strcasecmp (word, words[i].word) == 0)
      {
        chunk.finish = words[i].reason;
        break;
      }
  on_chunk (&chunk, user_data);
}

/* Some servers put what they say of an error into an array, in a stream, too. */
static GError *
find_error (const char *data, gsize length)
{
  g_autoptr (JsonNode) node
    = length > 0 && *data == '[' ? rnl_json_strict_parse (data, (gssize) length, NULL) : NULL;
  JsonArray *array
    = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonObject *first = array != NULL && json_array_get_length (array) > 0
                        ? rnl_json_node_get_object (json_array_get_element (array, 0))
                        : NULL;

  return rnl_json_object_get_value (first, "error") != NULL ? rnl_provider_errors_from_json (node)
                                                            : NULL;
}

/**
 * rnl_decoder_fail_malformed:
 * @data: what came and cannot be read
 * @length: of @data in bytes
 * @error: return location for an error
 *
 * Sets `RNL_PROVIDER_ERROR_PROTOCOL` with the beginning of it; where it is a list of errors, the
 * first of them.
 *
 * Returns: `FALSE`
 */
gboolean
rnl_decoder_fail_malformed (const char *data, gsize length, GError **error)
{
  g_autofree char *piece = g_utf8_make_valid (data, (gssize) MIN (length, MAX_QUOTED));
  GError *failure = find_error (data, length);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  failure = rnl_provider_error_new (RNL_PROVIDER_ERROR_PROTOCOL, "what came is not JSON: “%s%s”",
                                    piece, length > MAX_QUOTED ? "…" : "");

  rnl_provider_error_get_details (failure)->body
    = g_utf8_make_valid (data, (gssize) MIN (length, RNL_PROVIDER_ERROR_MAX_BODY / 4));
  g_propagate_error (error, failure);

  return FALSE;
}
