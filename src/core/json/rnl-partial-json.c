/* rnl-partial-json.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-partial-json.h"

#include <string.h>

#include "rnl-json-changes-private.h"
#include "rnl-partial-json-private.h"

/* How far a member's string was given away. */
typedef struct
{
  char *member;
  JsonNode *node;
  gsize taken;
} Taker;

static void
taker_clear (gpointer data)
{
  Taker *taker = data;

  g_free (taker->member);
  g_clear_pointer (&taker->node, json_node_unref);
}

G_DEFINE_BOXED_TYPE (RnlPartialJson, rnl_partial_json, rnl_partial_json_ref, rnl_partial_json_free)

/**
 * rnl_partial_json_new:
 *
 * Returns: (transfer full): a reader of one JSON text
 */
RnlPartialJson *
rnl_partial_json_new (void)
{
  RnlPartialJson *self = g_rc_box_new0 (RnlPartialJson);

  rnl_json_reader_init (&self->reader);
  self->reader.raw_controls = TRUE;
  rnl_json_tree_init (&self->tree);
  self->fresh = TRUE;

  return self;
}

/**
 * rnl_partial_json_new_markdown:
 *
 * Returns: (transfer full): a reader of one JSON text that may stand in a fenced block (three
 *   backticks, perhaps with the word "json"), with other text around it
 */
RnlPartialJson *
rnl_partial_json_new_markdown (void)
{
  RnlPartialJson *self = rnl_partial_json_new ();

  self->markdown = TRUE;
  self->place = PLACE_PREFACE;

  return self;
}

/**
 * rnl_partial_json_ref:
 * @self: a partial JSON
 *
 * Returns: (transfer full): the same one, with one more reference
 */
RnlPartialJson *
rnl_partial_json_ref (RnlPartialJson *self)
{
  return g_rc_box_acquire (self);
}

static void
rnl_partial_json_clear (gpointer data)
{
  RnlPartialJson *self = data;

  rnl_json_reader_clear (&self->reader);
  rnl_json_tree_clear (&self->tree);
  g_clear_pointer (&self->takers, g_array_unref);
}

/**
 * rnl_partial_json_free:
 * @self: (transfer full) (nullable): a partial JSON
 *
 * Drops a reference; the last one frees it.
 */
void
rnl_partial_json_free (RnlPartialJson *self)
{
  if (self != NULL)
    g_rc_box_release_full (self, rnl_partial_json_clear);
}

/* A value begins: the one of an earlier attempt goes. */
static void
begin_value (RnlPartialJson *self)
{
  if (self->fresh)
    rnl_json_tree_reset (&self->tree);
  self->fresh = FALSE;
}

static gboolean
read_pending_number (RnlPartialJson *self)
{
  const char *text;
  gsize len;

  if (!rnl_json_reader_peek_number (&self->reader, &text, &len)
      || rnl_json_number_prefix (text, len, NULL) == 0)
    return FALSE;
  begin_value (self);

  return rnl_json_tree_set_number (&self->tree, text, len);
}

/* Reads what the reader has. Returns whether the value changed. */
static gboolean
read_tokens (RnlPartialJson *self)
{
  gboolean changed = FALSE;
  RnlJsonToken token;

  for (;;)
    {
      RnlJsonTokenType type = rnl_json_reader_next (&self->reader, &token);

      if (type == RNL_JSON_DONE
          || (type == RNL_JSON_ERROR_TOKEN
              && rnl_json_reader_get_error_code (&self->reader) == RNL_JSON_ERROR_TRAILING))
        {
          self->complete = TRUE;
          return changed;
        }
      if (type == RNL_JSON_NEED_MORE || type == RNL_JSON_ERROR_TOKEN)
        return read_pending_number (self) || changed;
      begin_value (self);
      changed = rnl_json_tree_push (&self->tree, &token) || changed;
    }
}

static gboolean
feed_reader (RnlPartialJson *self, const char *text, gsize len)
{
  rnl_json_reader_feed (&self->reader, text, len);

  return read_tokens (self);
}

/* Fences */

static gsize
skip_preface (RnlPartialJson *self, const char *text, gsize len)
{
  for (gsize i = 0; i < len; i++)
    {
      if (text[i] == '`')
        {
          self->n_ticks++;
          continue;
        }
      if (self->n_ticks >= FENCE_TICKS)
        self->place = PLACE_TAG;
      else if (self->place == PLACE_PREFACE && !g_ascii_isspace (text[i]))
        self->place = PLACE_BARE;
      self->n_ticks = 0;
      if (self->place == PLACE_TAG || self->place == PLACE_BARE)
        return i;
    }

  return len;
}

static gsize
skip_tag (RnlPartialJson *self, const char *text, gsize len)
{
  gsize i = 0;

  while (i < len && FENCE_TAG[self->tag_at] != '\0' && text[i] == FENCE_TAG[self->tag_at])
    {
      i++;
      self->tag_at++;
    }
  if (FENCE_TAG[self->tag_at] == '\0' || (i < len && self->tag_at == 0))
    self->place = PLACE_FENCED;
  else if (i < len)
    self->place = PLACE_BEHIND;
  if (self->place != PLACE_TAG)
    self->tag_at = 0;
  if (self->place == PLACE_FENCED)
    {
      rnl_json_reader_reset (&self->reader);
      self->fresh = TRUE;
      self->complete = FALSE;
    }

  return i;
}

static gboolean
is_container (JsonNode *node)
{
  return node != NULL && (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node));
}

static gboolean
has_elements (JsonNode *node)
{
  if (!is_container (node))
    return FALSE;

  return JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_size (json_node_get_object (node)) > 0
                                       : json_array_get_length (json_node_get_array (node)) > 0;
}

/* Reads JSON up to its end, or up to where it turns out to be none. The first fence counts, but not
 * after something outside that is more than a bracket of prose. */
static gsize
read_value (RnlPartialJson *self, const char *text, gsize len, gboolean *changed)
{
  gboolean fenced = self->place == PLACE_FENCED;
  const char *rest;

  *changed = feed_reader (self, text, len) || *changed;
  if (!self->complete && !rnl_json_reader_is_failed (&self->reader))
    return len;
  if (fenced || has_elements (self->tree.root)
      || (self->complete && is_container (self->tree.root)))
    {
      self->place = PLACE_BEHIND;
      return len;
    }
  self->place = PLACE_SEARCH;
  self->complete = FALSE;

  return len - MIN (len, rnl_json_reader_get_rest (&self->reader, &rest));
}

static gboolean
feed_markdown (RnlPartialJson *self, const char *text, gsize len)
{
  gboolean changed = FALSE;

  while (len > 0)
    {
      gsize n = len;

      switch (self->place)
        {
        case PLACE_PREFACE:
        case PLACE_SEARCH:
          n = skip_preface (self, text, len);
          break;
        case PLACE_TAG:
          n = skip_tag (self, text, len);
          break;
        case PLACE_FENCED:
        case PLACE_BARE:
          n = read_value (self, text, len, &changed);
          break;
        case PLACE_BEHIND:
        default:
          break;
        }
      text += n;
      len -= n;
    }

  return changed;
}

/**
 * rnl_partial_json_feed:
 * @self: a partial JSON
 * @text: what came, cut anywhere, also inside a character
 * @len: its length in bytes, or -1 when it is NUL-terminated
 *
 * Returns: whether the value changed; `null` alone is no change from nothing
 */
gboolean
rnl_partial_json_feed (RnlPartialJson *self, const char *text, gssize len)
{
  gsize n = len < 0 ? strlen (text) : (gsize) len;

  if (n == 0)
    return FALSE;

  return self->markdown ? feed_markdown (self, text, n) : feed_reader (self, text, n);
}

/**
 * rnl_partial_json_end:
 * @self: a partial JSON
 *
 * Says that no more will come, which completes a number that stands alone.
 *
 * Returns: whether the value is complete
 */
gboolean
rnl_partial_json_end (RnlPartialJson *self)
{
  rnl_json_reader_end (&self->reader);
  (void) read_tokens (self);

  return self->complete;
}

/**
 * rnl_partial_json_peek_value:
 * @self: a partial JSON
 *
 * Costs as much as the string that is open is long, if it grew since the last call.
 *
 * Returns: (transfer none) (nullable): the value so far, valid until the next call; `NULL` when
 *   there is none yet
 */
JsonNode *
rnl_partial_json_peek_value (RnlPartialJson *self)
{
  return rnl_json_tree_peek (&self->tree);
}

/**
 * rnl_partial_json_peek_open_string:
 * @self: a partial JSON
 * @len: (out): its length in bytes
 *
 * For those who show one string while it grows, without a copy.
 *
 * Returns: (transfer none) (nullable): the string value that is being written, valid until the
 *   next call, or `NULL`
 */
const char *
rnl_partial_json_peek_open_string (RnlPartialJson *self, gsize *len)
{
  if (!self->tree.in_string)
    return NULL;
  *len = self->tree.text->len;

  return self->tree.text->str;
}

/**
 * rnl_partial_json_take_patch:
 * @self: a partial JSON
 *
 * For those who pass on what changes: the first call gives everything, each later one what came
 * since. It costs what is given; nothing is compared.
 *
 * Returns: (transfer full) (nullable): an array of JSON Patch operations (`add` and `replace`) that
 *   lead from the value of the last call to the one of now, or `NULL` when nothing changed
 */
JsonNode *
rnl_partial_json_take_patch (RnlPartialJson *self)
{
  JsonNode *value = rnl_json_tree_peek (&self->tree);

  /* What is not there yet and null are the same. */
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return NULL;
  if (self->tree.changes == NULL)
    self->tree.changes = rnl_json_changes_new (&self->tree);

  return rnl_json_changes_take (self->tree.changes);
}

static Taker *
get_taker (RnlPartialJson *self, const char *member)
{
  Taker taker = { NULL, NULL, 0 };

  if (self->takers == NULL)
    {
      self->takers = g_array_new (FALSE, FALSE, sizeof (Taker));
      g_array_set_clear_func (self->takers, taker_clear);
    }
  for (guint i = 0; i < self->takers->len; i++)
    if (strcmp (g_array_index (self->takers, Taker, i).member, member) == 0)
      return &g_array_index (self->takers, Taker, i);
  taker.member = g_strdup (member);
  g_array_append_val (self->takers, taker);

  return &g_array_index (self->takers, Taker, self->takers->len - 1);
}

/* (transfer none) (nullable): the string member @name of an object */
static JsonNode *
find_string (JsonNode *object, const char *name)
{
  JsonNode *node = object != NULL && JSON_NODE_HOLDS_OBJECT (object)
                     ? json_object_get_member (json_node_get_object (object), name)
                     : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? node
           : NULL;
}

/**
 * rnl_partial_json_take_string_delta:
 * @self: a partial JSON
 * @member: the name of a member of the outermost object
 * @len: (out): the length of what is returned in bytes
 *
 * For those who pass on one string while it streams, as an answer in a call's arguments: what came
 * of it since the last call for the same @member, at the cost of these bytes only. The pieces, one
 * after the other, are the string; none is cut inside a character. Should the object have the
 * member twice, the first is given.
 *
 * Returns: (transfer none) (nullable): the new bytes, ended by a zero and valid until the next
 *   call; empty when there are none, `NULL` when the member is not there yet or is no string
 */
const char *
rnl_partial_json_take_string_delta (RnlPartialJson *self, const char *member, gsize *len)
{
  Taker *taker = get_taker (self, member);
  const char *delta;

  *len = 0;
  if (taker->node == NULL)
    {
      JsonNode *node = find_string (self->tree.root, member);

      if (node == NULL)
        return NULL;
      taker->node = json_node_ref (node);
    }
  if (self->tree.in_string && taker->node == self->tree.open)
    {
      delta = self->tree.text->str + taker->taken;
      *len = self->tree.text->len - taker->taken;
    }
  else
    {
      delta = json_node_get_string (taker->node) + taker->taken;
      *len = strlen (delta);
    }
  taker->taken += *len;

  return delta;
}

/**
 * rnl_partial_json_is_complete:
 * @self: a partial JSON
 *
 * Returns: whether the text's value was read to its end
 */
gboolean
rnl_partial_json_is_complete (RnlPartialJson *self)
{
  return self->complete;
}

/**
 * rnl_partial_json_is_failed:
 * @self: a partial JSON
 *
 * Returns: whether the text is malformed, so that the value will not change any more (but for
 *   another fenced block)
 */
gboolean
rnl_partial_json_is_failed (RnlPartialJson *self)
{
  return !self->complete && rnl_json_reader_is_failed (&self->reader);
}
