/* wire-answer.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "wire-answer.h"

#include "rnl-provider-error.h"
#include "rnl-test.h"

#include <string.h>

static void
wire_call_free (WireCall *call)
{
  g_free (call->id);
  g_free (call->name);
  g_string_free (call->arguments, TRUE);
  g_string_free (call->result, TRUE);
  g_free (call);
}

WireAnswer *
wire_answer_new (void)
{
  WireAnswer *self = g_new0 (WireAnswer, 1);

  self->text = g_string_new (NULL);
  self->reasoning = g_string_new (NULL);
  self->refusal = g_string_new (NULL);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) wire_call_free);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->annotations = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->notices = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->files = g_ptr_array_new_with_free_func (g_free);
  self->usage = (RnlUsage) RNL_USAGE_INIT;

  return self;
}

void
wire_answer_free (WireAnswer *self)
{
  g_string_free (self->text, TRUE);
  g_string_free (self->reasoning, TRUE);
  g_string_free (self->refusal, TRUE);
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->annotations);
  g_ptr_array_unref (self->notices);
  g_ptr_array_unref (self->files);
  g_free (self->finish);
  g_free (self->id);
  g_free (self->model);
  g_free (self);
}

static void
add_call (WireAnswer *self, const RnlChunk *chunk)
{
  WireCall *call;

  /* Dense numbers in order of appearance. */
  g_assert_cmpint (chunk->index, >=, 0);
  g_assert_cmpint (chunk->index, <=, (gint) self->calls->len);

  if (chunk->index == (gint) self->calls->len)
    {
      call = g_new0 (WireCall, 1);
      call->arguments = g_string_new (NULL);
      call->result = g_string_new (NULL);
      call->remote = chunk->type == RNL_CHUNK_REMOTE_CALL;
      g_ptr_array_add (self->calls, call);
    }
  call = g_ptr_array_index (self->calls, (guint) chunk->index);
  if (chunk->id != NULL)
    {
      g_assert_null (call->id);
      call->id = g_strdup (chunk->id);
    }
  if (chunk->name != NULL)
    {
      g_assert_null (call->name);
      call->name = g_strdup (chunk->name);
    }
  g_string_append_len (call->arguments, chunk->text, (gssize) chunk->length);
}

static void
add_result (WireAnswer *self, const RnlChunk *chunk)
{
  WireCall *call;

  g_assert_cmpint (chunk->index, <, (gint) self->calls->len);
  call = g_ptr_array_index (self->calls, (guint) chunk->index);
  g_assert_true (call->remote);
  g_string_append_len (call->result, chunk->text, (gssize) chunk->length);
  call->failed = chunk->finish == RNL_FINISH_ERROR;
}

static void
append_text (GString *into, const RnlChunk *chunk)
{
  /* Whole characters only, and never nothing. */
  g_assert_cmpuint (chunk->length, >, 0);
  g_assert_true (g_utf8_validate_len (chunk->text, chunk->length, NULL));
  g_string_append_len (into, chunk->text, (gssize) chunk->length);
}

static JsonNode *
parse_chunk (const RnlChunk *chunk)
{
  g_autofree char *text = g_strndup (chunk->text, chunk->length);
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));

  return node;
}

/* An RnlChunkFunc. */
void
wire_answer_add (const RnlChunk *chunk, gpointer user_data)
{
  WireAnswer *self = user_data;

  self->n_chunks++;
  switch (chunk->type)
    {
    case RNL_CHUNK_TEXT:
      append_text (self->text, chunk);
      break;
    case RNL_CHUNK_REASONING:
      if (self->item_ended && self->reasoning->len > 0)
        g_string_append (self->reasoning, "\n\n");
      self->item_ended = FALSE;
      append_text (self->reasoning, chunk);
      break;
    case RNL_CHUNK_REFUSAL:
      append_text (self->refusal, chunk);
      break;
    case RNL_CHUNK_TOOL_CALL:
    case RNL_CHUNK_REMOTE_CALL:
      add_call (self, chunk);
      break;
    case RNL_CHUNK_USAGE:
      self->usage = chunk->usage;
      break;
    case RNL_CHUNK_FINISH:
      g_free (self->finish);
      self->finish = g_strndup (chunk->text, chunk->length);
      self->reason = chunk->finish;
      break;
    case RNL_CHUNK_INFO:
      g_free (self->id);
      g_free (self->model);
      self->id = g_strdup (chunk->id);
      self->model = g_strdup (chunk->name);
      break;
    case RNL_CHUNK_RAW:
      self->item_ended = TRUE;
      g_ptr_array_add (self->items, parse_chunk (chunk));
      break;
    case RNL_CHUNK_ANNOTATION:
      g_ptr_array_add (self->annotations, parse_chunk (chunk));
      break;
    case RNL_CHUNK_REMOTE_RESULT:
      add_result (self, chunk);
      break;
    case RNL_CHUNK_NOTICE:
      g_ptr_array_add (self->notices, parse_chunk (chunk));
      break;
    case RNL_CHUNK_FILE:
      g_ptr_array_add (self->files,
                       g_strdup_printf ("%s %.*s", chunk->name, (int) chunk->length, chunk->text));
      break;
    default:
      g_assert_not_reached ();
    }
}

/* One question to a model. */
typedef struct
{
  WireAnswer *answer;
  gboolean over;
  gboolean whole;
  GError *error;
} Asking;

static void
chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
  Asking *asking = user_data;

  /* Nothing comes after the callback. */
  g_assert_false (asking->over);
  wire_answer_add (chunk, asking->answer);
}

static void
over_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;

  g_assert_false (asking->over);
  asking->over = TRUE;
  asking->whole = rnl_chat_model_generate_finish (RNL_CHAT_MODEL (source), result, &asking->error);
}

static gboolean
is_over (gpointer user_data)
{
  return ((Asking *) user_data)->over;
}

/* Asks a model and waits for the end. Returns: whether the answer is whole */
gboolean
wire_answer_ask (WireAnswer *self,
                 RnlChatModel *model,
                 RnlChatRequest *request,
                 GCancellable *cancellable,
                 GError **error)
{
  Asking asking = { .answer = self };

  rnl_chat_model_generate_async (model, request, chunk_cb, &asking, cancellable, over_cb, &asking);
  g_assert_false (asking.over);
  rnl_test_wait_for (is_over, &asking);
  g_assert_true (asking.whole == (asking.error == NULL));
  if (asking.error != NULL)
    g_propagate_error (error, asking.error);

  return asking.whole;
}

char *
wire_answer_to_string (WireAnswer *self)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "text %s\nreasoning %s\nrefusal %s\nfinish %s\n", self->text->str,
                          self->reasoning->str, self->refusal->str, self->finish);
  g_string_append_printf (out,
                          "usage %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                          self->usage.input, self->usage.output, self->usage.total,
                          self->usage.cached_input, self->usage.reasoning);
  for (guint i = 0; i < self->calls->len; i++)
    {
      WireCall *call = g_ptr_array_index (self->calls, i);

      g_string_append_printf (out, "call %s %s %s\n", call->id, call->name, call->arguments->str);
    }

  return g_string_free (out, FALSE);
}

/* Reading an expectation. */

static const char *
get_text (JsonObject *expected, const char *name)
{
  JsonNode *node = json_object_get_member (expected, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static JsonObject *
get_object (JsonObject *expected, const char *name)
{
  JsonNode *node = json_object_get_member (expected, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_calls (JsonObject *expected)
{
  JsonNode *node = json_object_get_member (expected, "tool_calls");

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gint64
get_count (JsonObject *usage, const char *name)
{
  JsonNode *node = usage != NULL ? json_object_get_member (usage, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : -1;
}

static void
assert_text (GString *text, JsonObject *expected, const char *name)
{
  const char *wanted = get_text (expected, name);

  g_assert_cmpstr (text->str, ==, wanted != NULL ? wanted : "");
}

static void
assert_arguments (WireCall *call, JsonObject *expected)
{
  JsonNode *wanted = json_object_get_member (expected, "arguments");
  g_autoptr (JsonNode) got = NULL;

  if (wanted == NULL || JSON_NODE_HOLDS_NULL (wanted))
    {
      if (get_text (expected, "arguments_raw") != NULL)
        g_assert_cmpstr (call->arguments->str, ==, get_text (expected, "arguments_raw"));
      return;
    }

  got = json_from_string (call->arguments->len > 0 ? call->arguments->str : "{}", NULL);
  g_assert_nonnull (got);
  g_assert_true (json_node_equal (got, wanted));
}

/* What ran elsewhere is nobody's to run. */
static void
drop_remote (GPtrArray *calls)
{
  for (guint i = calls->len; i > 0; i--)
    if (((WireCall *) g_ptr_array_index (calls, i - 1))->remote)
      g_ptr_array_remove_index (calls, i - 1);
}

static void
assert_usage (const RnlUsage *usage, JsonObject *wanted)
{
  g_assert_cmpint (usage->input, ==, get_count (wanted, "input"));
  g_assert_cmpint (usage->output, ==, get_count (wanted, "output"));
  g_assert_cmpint (usage->total, ==, get_count (wanted, "total"));
  g_assert_cmpint (usage->cached_input, ==, get_count (wanted, "cached_input"));
  if (get_count (wanted, "cache_write") >= 0)
    g_assert_cmpint (usage->cache_write, ==, get_count (wanted, "cache_write"));
  g_assert_cmpint (usage->reasoning, ==, get_count (wanted, "reasoning"));
}

/* Members that are wanted have to be there and the same; more may be. */
static void
assert_annotations (GPtrArray *got, JsonObject *expected)
{
  JsonNode *node = json_object_get_member (expected, "annotations");
  JsonArray *wanted
    = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (wanted == NULL)
    return;
  g_assert_cmpuint (got->len, ==, json_array_get_length (wanted));
  for (guint i = 0; i < got->len; i++)
    {
      JsonObject *object = json_node_get_object (g_ptr_array_index (got, i));
      JsonObject *want = json_array_get_object_element (wanted, i);
      g_autoptr (GList) names = json_object_get_members (want);

      for (GList *l = names; l != NULL; l = l->next)
        {
          g_assert_true (json_object_has_member (object, l->data));
          g_assert_true (json_node_equal (json_object_get_member (want, l->data),
                                          json_object_get_member (object, l->data)));
        }
    }
}

/* What somebody sealed, and where it stands in an item. */
static void
add_sealed (GPtrArray *found, JsonNode *node)
{
  static const char *const members[] = { "signature", "thoughtSignature", "encrypted_content" };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *type = object != NULL ? get_text (object, "type") : NULL;
  g_autoptr (GList) values = object != NULL ? json_object_get_values (object) : NULL;

  for (gsize i = 0; object != NULL && i < G_N_ELEMENTS (members); i++)
    {
      const char *sealed = get_text (object, members[i]);
      gboolean detail = type != NULL && g_str_has_prefix (type, "reasoning.");
      gboolean ours = i < 2 || g_strcmp0 (type, "reasoning") == 0;

      if (ours && sealed != NULL && *sealed != '\0')
        g_ptr_array_add (found, g_strdup_printf ("%s %" G_GSIZE_FORMAT, detail ? type : members[i],
                                                 strlen (sealed)));
    }
  if (g_strcmp0 (type, "redacted_thinking") == 0 || g_strcmp0 (type, "reasoning.encrypted") == 0)
    g_ptr_array_add (
      found, g_strdup_printf ("%s %" G_GSIZE_FORMAT, type, strlen (get_text (object, "data"))));
  for (GList *l = values; l != NULL; l = l->next)
    add_sealed (found, l->data);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add_sealed (found, json_array_get_element (array, i));
}

/* What was signed or encrypted is there to the byte, in the items that go back. */
static void
assert_opaque (GPtrArray *items, JsonObject *expected)
{
  JsonNode *node = json_object_get_member (expected, "reasoning_opaque");
  JsonArray *wanted
    = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  if (wanted == NULL)
    return;
  for (guint i = 0; i < items->len; i++)
    add_sealed (found, g_ptr_array_index (items, i));
  g_assert_cmpuint (found->len, ==, json_array_get_length (wanted));
  for (guint i = 0; i < found->len; i++)
    {
      JsonObject *want = json_array_get_object_element (wanted, i);
      g_autofree char *text = g_strdup_printf ("%s %" G_GINT64_FORMAT, get_text (want, "type"),
                                               json_object_get_int_member (want, "bytes"));

      g_assert_cmpstr (g_ptr_array_index (found, i), ==, text);
    }
}

/* The vendor's library adds what it parsed for its own users; and each time a server writes an item
 * down it may encrypt the thought anew and give another id. */
static void
strip_parsed (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        strip_parsed (json_array_get_element (array, i));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) members = json_object_get_values (object);

      for (GList *l = members; l != NULL; l = l->next)
        strip_parsed (l->data);
      json_object_remove_member (object, "parsed");
      json_object_remove_member (object, "parsed_arguments");
      json_object_remove_member (object, "id");
      if (json_object_has_member (object, "encrypted_content")
          && JSON_NODE_HOLDS_VALUE (json_object_get_member (object, "encrypted_content")))
        json_object_set_string_member (object, "encrypted_content", "secret");
    }
}

/* What goes back in the next request is, item by item, what the vendor's own library holds. A
 * server may finish an item later than the one behind it. */
void
wire_answer_assert_items (WireAnswer *self, JsonArray *wanted)
{
  g_assert_cmpuint (self->items->len, ==, json_array_get_length (wanted));
  for (guint i = 0; i < self->items->len; i++)
    strip_parsed (g_ptr_array_index (self->items, i));
  for (guint i = 0; i < json_array_get_length (wanted); i++)
    {
      JsonNode *want = json_array_get_element (wanted, i);

      strip_parsed (want);
      if (!g_ptr_array_find_with_equal_func (self->items, want, (GEqualFunc) json_node_equal, NULL))
        {
          g_autofree char *text = json_to_string (want, FALSE);

          g_error ("no item %s", text);
        }
    }
}

/* `[{id?, name, arguments, result?, failed?}]`: what ran elsewhere. */
void
wire_answer_assert_remote (WireAnswer *self, JsonArray *wanted)
{
  guint n = 0;

  for (guint i = 0; i < self->calls->len; i++)
    {
      WireCall *call = g_ptr_array_index (self->calls, i);
      JsonObject *want;

      if (!call->remote)
        continue;
      g_assert_cmpuint (n, <, json_array_get_length (wanted));
      want = json_array_get_object_element (wanted, n++);
      g_assert_cmpstr (call->id, ==, get_text (want, "id"));
      g_assert_cmpstr (call->name, ==, get_text (want, "name"));
      assert_arguments (call, want);
      assert_text (call->result, want, "result");
      g_assert_cmpint (call->failed, ==,
                       json_object_get_boolean_member_with_default (want, "failed", FALSE));
    }
  g_assert_cmpuint (n, ==, json_array_get_length (wanted));
}

/* `["TYPE CONTENT"]` */
void
wire_answer_assert_files (WireAnswer *self, JsonArray *wanted)
{
  g_assert_cmpuint (self->files->len, ==, json_array_get_length (wanted));
  for (guint i = 0; i < self->files->len; i++)
    g_assert_cmpstr (g_ptr_array_index (self->files, i), ==,
                     json_array_get_string_element (wanted, i));
}

/* All of it: what is held once the body has been read to its end. */
void
wire_answer_assert_equal (WireAnswer *self, JsonObject *expected)
{
  JsonArray *calls = get_calls (expected);
  const char *finish = get_text (expected, "finish_reason");

  /* A question that was refused has a reason, too. */
  if (finish == NULL)
    finish = get_text (expected, "prompt_blocked");
  assert_text (self->text, expected, "text");
  assert_text (self->reasoning, expected, "reasoning");
  assert_text (self->refusal, expected, "refusal");
  g_assert_cmpstr (self->finish, ==, finish);
  assert_usage (&self->usage, get_object (expected, "usage"));
  assert_annotations (self->annotations, expected);
  assert_opaque (self->items, expected);
  drop_remote (self->calls);
  g_assert_cmpuint (self->calls->len, ==, calls != NULL ? json_array_get_length (calls) : 0);
  for (guint i = 0; i < self->calls->len; i++)
    {
      WireCall *call = g_ptr_array_index (self->calls, i);
      JsonObject *wanted = json_array_get_object_element (calls, i);

      g_assert_cmpstr (call->id, ==, get_text (wanted, "id"));
      g_assert_cmpstr (call->name, ==, get_text (wanted, "name"));
      assert_arguments (call, wanted);
    }
}

static void
assert_beginning (GString *text, JsonObject *expected, const char *name)
{
  const char *wanted = get_text (expected, name);

  g_assert_true (g_str_has_prefix (wanted != NULL ? wanted : "", text->str));
}

/* What is held when the connection broke: nothing that does not belong. */
void
wire_answer_assert_part_of (WireAnswer *self, JsonObject *expected)
{
  JsonArray *calls = get_calls (expected);

  assert_beginning (self->text, expected, "text");
  assert_beginning (self->reasoning, expected, "reasoning");
  assert_beginning (self->refusal, expected, "refusal");
  drop_remote (self->calls);
  g_assert_cmpuint (self->calls->len, <=, calls != NULL ? json_array_get_length (calls) : 0);
  for (guint i = 0; i < self->calls->len; i++)
    {
      WireCall *call = g_ptr_array_index (self->calls, i);
      JsonObject *wanted = json_array_get_object_element (calls, i);

      if (call->name != NULL)
        g_assert_cmpstr (call->name, ==, get_text (wanted, "name"));
    }
}

/* The server's own words have to be in the message, and its status and code in the details. */
void
wire_answer_assert_error (const GError *error, JsonObject *expected)
{
  RnlProviderErrorDetails *details = rnl_provider_error_get_details (error);
  JsonNode *status = json_object_get_member (expected, "http_status");
  const char *message = get_text (expected, "message");

  g_assert_nonnull (error);
  g_assert_nonnull (details);
  if (status != NULL)
    g_assert_cmpuint (details->status, ==, (guint) json_node_get_int (status));
  if (message != NULL)
    g_assert_nonnull (strstr (error->message, message));
  if (get_text (expected, "code") != NULL)
    g_assert_cmpstr (details->code, ==, get_text (expected, "code"));
}
