/* rnl-request-body.c
 *
 * A value, and files in it that stand beside it: a file of 20 MiB is 28 million characters in
 * base 64, and neither building a request nor writing it down touches one of them. What is sent is
 * the text before a file, the file's own bytes, and the text behind it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-request-body.h"

#include "rnl-json-pieces.h"

struct _RnlRequestBody
{
  JsonNode *root;
  GHashTable *files; /* (element-type JsonNode GBytes) (nullable) */
  GPtrArray *pieces; /* (element-type GBytes) (nullable): once it was written */
};

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("rnl-request-body-files");
}

static GHashTable *
ensure_files (JsonBuilder *builder)
{
  GHashTable *files = g_object_get_qdata (G_OBJECT (builder), get_quark ());

  if (files != NULL)
    return files;

  files = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  g_object_set_qdata_full (G_OBJECT (builder), get_quark (), files,
                           (GDestroyNotify) g_hash_table_unref);

  return files;
}

/**
 * rnl_request_body_add_file:
 * @builder: where to, where a value is wanted
 * @before: what the text begins with
 * @part: a picture or a PDF
 *
 * Writes a text: @before and the content of the file in base 64. A content that somebody else
 * encoded may hold anything and is escaped like any text.
 */
void
rnl_request_body_add_file (JsonBuilder *builder, const char *before, RnlPart *part)
{
  GBytes *base64 = rnl_part_get_base64 (part);
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  if (base64 != NULL)
    {
      json_node_set_string (node, before);
      g_hash_table_insert (ensure_files (builder), node, g_bytes_ref (base64));
    }
  else
    {
      g_autofree char *content = g_utf8_make_valid (rnl_part_get_text (part), -1);
      g_autofree char *text = g_strconcat (before, content, NULL);

      json_node_set_string (node, text);
    }
  json_builder_add_value (builder, node);
}

static RnlRequestBody *
new_body (JsonNode *root, GHashTable *files)
{
  RnlRequestBody *self = g_atomic_rc_box_new0 (RnlRequestBody);

  self->root = json_node_ref (root);
  self->files = files != NULL ? g_hash_table_ref (files) : NULL;

  return self;
}

/**
 * rnl_request_body_new:
 * @root: a value without files
 *
 * Returns: (transfer full): it as a body
 */
RnlRequestBody *
rnl_request_body_new (JsonNode *root)
{
  return new_body (root, NULL);
}

/**
 * rnl_request_body_new_built:
 * @builder: a builder whose value is whole
 *
 * Returns: (transfer full): the value with its files
 */
RnlRequestBody *
rnl_request_body_new_built (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return new_body (root, g_object_get_qdata (G_OBJECT (builder), get_quark ()));
}

/**
 * rnl_request_body_new_around:
 * @self: a body
 * @root: a value that holds some of the members of @self
 *
 * Returns: (transfer full): @root, which was made while @self was there, with the files in it
 */
RnlRequestBody *
rnl_request_body_new_around (RnlRequestBody *self, JsonNode *root)
{
  return new_body (root, self->files);
}

/**
 * rnl_request_body_ref:
 * @self: a body
 *
 * Returns: (transfer full): the same body, with one more reference
 */
RnlRequestBody *
rnl_request_body_ref (RnlRequestBody *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RnlRequestBody *self = data;

  json_node_unref (self->root);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_clear_pointer (&self->pieces, g_ptr_array_unref);
}

/**
 * rnl_request_body_unref:
 * @self: (transfer full): a body
 *
 * Drops a reference; the last one frees it.
 */
void
rnl_request_body_unref (RnlRequestBody *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * rnl_request_body_get_object:
 * @self: a body that nobody has opened yet
 *
 * Returns: (transfer none): its value, which may be changed; a file's text is empty in it
 */
JsonObject *
rnl_request_body_get_object (RnlRequestBody *self)
{
  return json_node_get_object (self->root);
}

/**
 * rnl_request_body_open:
 * @self: a body
 * @length: (out) (optional): how long the JSON text is, in bytes
 *
 * Returns: (transfer full): the JSON text; it can be read again from its beginning
 */
GInputStream *
rnl_request_body_open (RnlRequestBody *self, gsize *length)
{
  GInputStream *stream = g_memory_input_stream_new ();
  gsize total = 0;

  if (self->pieces == NULL)
    self->pieces = rnl_json_to_pieces (self->root, self->files);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      GBytes *piece = g_ptr_array_index (self->pieces, i);

      g_memory_input_stream_add_bytes (G_MEMORY_INPUT_STREAM (stream), piece);
      total += g_bytes_get_size (piece);
    }
  if (length != NULL)
    *length = total;

  return stream;
}

/**
 * rnl_request_body_join:
 * @self: a body
 *
 * Returns: (transfer full): the JSON text in one piece
 */
GBytes *
rnl_request_body_join (RnlRequestBody *self)
{
  gsize length;
  g_autoptr (GInputStream) stream = rnl_request_body_open (self, &length);

  return g_input_stream_read_bytes (stream, length, NULL, NULL);
}

/**
 * rnl_request_body_post:
 * @self: a body
 * @message: a message that was not sent yet
 *
 * Makes it the body of @message.
 */
void
rnl_request_body_post (RnlRequestBody *self, SoupMessage *message)
{
  gsize length;
  g_autoptr (GInputStream) stream = rnl_request_body_open (self, &length);

  soup_message_set_request_body (message, "application/json", stream, (gssize) length);
}
