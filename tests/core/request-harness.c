/* request-harness.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "request-harness.h"

#include "rnl-part-extra.h"

static void
watch (GPtrArray *watched, gpointer object)
{
  GWeakRef *ref = g_new (GWeakRef, 1);

  g_weak_ref_init (ref, object);
  g_ptr_array_add (watched, ref);
}

static void
watch_parts (GPtrArray *watched, GListModel *parts)
{
  for (guint i = 0; i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (RnlPart) part = g_list_model_get_item (parts, i);

      watch (watched, part);
      watch_parts (watched, rnl_part_list_children (part));
    }
}

static void
weak_ref_free (GWeakRef *ref)
{
  g_weak_ref_clear (ref);
  g_free (ref);
}

void
request_of_test_free (RequestOfTest *request)
{
  g_autoptr (GPtrArray) watched = g_ptr_array_new_with_free_func ((GDestroyNotify) weak_ref_free);

  for (guint i = 0; i < request->messages->len; i++)
    {
      RnlMessage *message = g_ptr_array_index (request->messages, i);

      watch (watched, message);
      watch_parts (watched, rnl_message_list_parts (message));
    }
  rnl_chat_request_unref (request);
  for (guint i = 0; i < watched->len; i++)
    g_assert_null (g_weak_ref_get (g_ptr_array_index (watched, i)));
}

JsonNode *
request_parse (const char *quoted)
{
  g_autofree char *text = g_strdelimit (g_strdup (quoted), "'", '"');
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);

  return node;
}

/* Takes the body. Returns: (transfer full): the object it is */
JsonObject *
request_read_body (RnlRequestBody *taken)
{
  g_autoptr (RnlRequestBody) body = taken;

  return request_read_json (rnl_request_body_join (body));
}

/* Takes the text. Returns: (transfer full): the object it is */
JsonObject *
request_read_json (GBytes *taken)
{
  g_autoptr (GBytes) body = taken;
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));

  return json_node_dup_object (node);
}

void
request_assert_json (JsonNode *got, const char *quoted)
{
  g_autoptr (JsonNode) wanted = request_parse (quoted);
  g_autofree char *text = NULL;

  g_assert_nonnull (got);
  if (json_node_equal (got, wanted))
    return;

  text = json_to_string (got, FALSE);
  g_error ("got  %s\nwant %s", text, quoted);
}

void
request_assert_member (JsonObject *body, const char *name, const char *quoted)
{
  g_assert_true (json_object_has_member (body, name));
  request_assert_json (json_object_get_member (body, name), quoted);
}

RnlPart *
request_add_part (RnlMessage *message, RnlPart *taken, const char *text)
{
  g_autoptr (RnlPart) part = taken;

  rnl_part_set_text (part, text);
  rnl_message_add_part (message, part);

  return part;
}

/* A part with the provider's own item. */
RnlPart *
request_add_item (
  RnlMessage *message, RnlPart *taken, const char *text, const char *protocol, const char *raw)
{
  RnlPart *part = request_add_part (message, taken, text);
  g_autoptr (JsonNode) item = request_parse (raw);

  rnl_part_set_extra (part, RNL_PART_EXTRA_RAW, item);
  rnl_part_set_extra_string (part, RNL_PART_EXTRA_PROTOCOL, protocol);

  return part;
}

RnlPart *
request_add_file (RnlMessage *message, const char *mime_type, const char *base64)
{
  RnlPart *part = request_add_part (message, rnl_part_new (RNL_PART_FILE, 0), base64);

  rnl_part_set_extra_string (part, RNL_PART_EXTRA_MIME_TYPE, mime_type);

  return part;
}
