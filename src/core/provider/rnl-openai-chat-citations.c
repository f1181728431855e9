/* rnl-openai-chat-citations.c
 *
 * The protocol has `annotations` beside the text; search engines that speak it repeat the list of
 * their sources in every frame. Each is told once, and not before there is a text it can be of.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-openai-chat-citations.h"

#include "rnl-decoder.h"
#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"

/* More than this in one answer is a broken or hostile server. */
#define MAX_CITATIONS 1024

struct _RnlOpenaiChatCitations
{
  GPtrArray *found;   /* of JsonObject, in order */
  guint n_told;       /* of them */
  GHashTable *by_url; /* URL: its object in found */
  GHashTable *seen;   /* annotations as they stood on the wire */

  /* the lists as they stood in the last frame that had them */
  char *last_urls;
  char *last_results;
};

RnlOpenaiChatCitations *
rnl_openai_chat_citations_new (void)
{
  RnlOpenaiChatCitations *self = g_new0 (RnlOpenaiChatCitations, 1);

  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->by_url = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
rnl_openai_chat_citations_free (RnlOpenaiChatCitations *self)
{
  g_ptr_array_unref (self->found);
  g_hash_table_unref (self->by_url);
  g_hash_table_unref (self->seen);
  g_free (self->last_urls);
  g_free (self->last_results);
  g_free (self);
}

/* Annotations. */

/* `{type: T, T: {url, ...}}` becomes `{type: T, url, ...}`. */
static JsonObject *
flatten (JsonObject *annotation)
{
  const char *type = rnl_json_object_get_string (annotation, "type");
  JsonObject *inner = type != NULL ? rnl_json_object_get_object (annotation, type) : NULL;
  JsonObject *flat = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, annotation);
  while (json_object_iter_next (&iter, &name, &value))
    if (inner == NULL || !g_str_equal (name, type))
      json_object_set_member (flat, name, rnl_json_value_copy (value));
  if (inner == NULL)
    return flat;

  json_object_iter_init (&iter, inner);
  while (json_object_iter_next (&iter, &name, &value))
    if (!g_str_equal (name, "type"))
      json_object_set_member (flat, name, rnl_json_value_copy (value));

  return flat;
}

/**
 * rnl_openai_chat_citations_read_annotations:
 * @self: the citations of an answer
 * @reader: a static reader, before the value of `annotations` of a delta or a message
 *
 * Source: OpenAI API reference, "annotations" of the chat completion message; OpenRouter, "Web
 * Search".
 */
void
rnl_openai_chat_citations_read_annotations (RnlOpenaiChatCitations *self, RnlJsonReader *reader)
{
  const char *json;
  gsize length;

  if (!rnl_json_reader_enter_array (reader))
    return;

  while (rnl_json_reader_next_element (reader))
    {
      g_autofree char *text = NULL;
      g_autoptr (JsonNode) node = NULL;

      if (!rnl_json_reader_read_raw (reader, &json, &length) || self->found->len >= MAX_CITATIONS)
        continue;
      text = g_strndup (json, length);
      node = json_from_string (text, NULL);
      if (rnl_json_node_get_object (node) != NULL
          && g_hash_table_add (self->seen, g_steal_pointer (&text)))
        g_ptr_array_add (self->found, flatten (json_node_get_object (node)));
    }
}

/* Lists of sources. */

/* Returns: (nullable): the list, when it is not the one of the frame before */
static JsonNode *
read_list (RnlJsonReader *reader, char **last)
{
  const char *json;
  gsize length;

  if (rnl_json_reader_peek_type (reader) != RNL_JSON_ARRAY_START)
    {
      rnl_json_reader_skip (reader);
      return NULL;
    }
  if (!rnl_json_reader_read_raw (reader, &json, &length))
    return NULL;
  if (*last != NULL && strlen (*last) == length && memcmp (*last, json, length) == 0)
    return NULL;

  g_free (*last);
  *last = g_strndup (json, length);

  return json_from_string (*last, NULL);
}

static JsonObject *
find_source (RnlOpenaiChatCitations *self, const char *url)
{
  JsonObject *source = g_hash_table_lookup (self->by_url, url);

  if (source != NULL || self->found->len >= MAX_CITATIONS)
    return source;

  source = json_object_new ();
  json_object_set_string_member (source, "type", "citation");
  json_object_set_string_member (source, "url", url);
  g_ptr_array_add (self->found, source);
  g_hash_table_insert (self->by_url, g_strdup (url), source);

  return source;
}

/**
 * rnl_openai_chat_citations_read_urls:
 * @self: the citations of an answer
 * @reader: a static reader, before the value of `citations`: `[URL]`
 *
 * Source: Perplexity API reference, "Chat Completions".
 */
void
rnl_openai_chat_citations_read_urls (RnlOpenaiChatCitations *self, RnlJsonReader *reader)
{
  g_autoptr (JsonNode) node = read_list (reader, &self->last_urls);
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *url = json_array_get_element (list, i);

      if (json_node_get_value_type (url) == G_TYPE_STRING)
        find_source (self, json_node_get_string (url));
    }
}

/**
 * rnl_openai_chat_citations_read_results:
 * @self: the citations of an answer
 * @reader: a static reader, before the value of `search_results`: `[{url, title?, ...}]`
 *
 * A source that is known already is given its title.
 *
 * Source: Perplexity API reference, "Chat Completions".
 */
void
rnl_openai_chat_citations_read_results (RnlOpenaiChatCitations *self, RnlJsonReader *reader)
{
  g_autoptr (JsonNode) node = read_list (reader, &self->last_results);
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *result = rnl_json_node_get_object (json_array_get_element (list, i));
      const char *url = rnl_json_object_get_string (result, "url");
      const char *title = rnl_json_object_get_string (result, "title");
      JsonObject *source = url != NULL ? find_source (self, url) : NULL;

      if (source != NULL && title != NULL)
        json_object_set_string_member (source, "title", title);
    }
}

/**
 * rnl_openai_chat_citations_tell:
 * @self: the citations of an answer
 * @on_chunk: (scope call): told of those it was not told of
 * @user_data: for @on_chunk
 */
void
rnl_openai_chat_citations_tell (RnlOpenaiChatCitations *self,
                                RnlChunkFunc on_chunk,
                                gpointer user_data)
{
  for (; self->n_told < self->found->len; self->n_told++)
    rnl_decoder_emit_annotation (g_ptr_array_index (self->found, self->n_told), on_chunk,
                                 user_data);
}
