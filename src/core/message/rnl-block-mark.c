/* rnl-block-mark.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-block-mark.h"

#include <string.h>

#include "rnl-json-members.h"

G_DEFINE_BOXED_TYPE (RnlBlockMark, rnl_block_mark, rnl_block_mark_copy, rnl_block_mark_free)

/**
 * rnl_block_mark_copy:
 * @mark: a mark
 *
 * Returns: (transfer full): one of its own
 */
RnlBlockMark *
rnl_block_mark_copy (const RnlBlockMark *mark)
{
  RnlBlockMark *copy = g_memdup2 (mark, sizeof *mark);

  copy->call_id = g_strdup (mark->call_id);
  copy->name = g_strdup (mark->name);
  copy->args = mark->args != NULL ? json_node_ref (mark->args) : NULL;
  copy->error = g_strdup (mark->error);
  copy->text = g_strdup (mark->text);

  return copy;
}

/**
 * rnl_block_mark_clear: (skip)
 * @mark: a mark
 *
 * Frees what it holds, not the mark.
 */
void
rnl_block_mark_clear (RnlBlockMark *mark)
{
  g_clear_pointer (&mark->call_id, g_free);
  g_clear_pointer (&mark->name, g_free);
  g_clear_pointer (&mark->args, json_node_unref);
  g_clear_pointer (&mark->error, g_free);
  g_clear_pointer (&mark->text, g_free);
}

/**
 * rnl_block_mark_free:
 * @mark: (transfer full): a copy
 *
 * Frees a copy.
 */
void
rnl_block_mark_free (RnlBlockMark *mark)
{
  rnl_block_mark_clear (mark);
  g_free (mark);
}

static const char *
type_word (const RnlBlockMark *mark)
{
  switch (mark->type)
    {
    case RNL_PART_REASONING:
      return "reasoning";
    case RNL_PART_TOOL_CALL:
      if (mark->error != NULL)
        return "invalid_tool_call";
      if (mark->remote)
        return mark->phase == RNL_BLOCK_START ? "server_tool_call_chunk" : "server_tool_call";
      return mark->phase == RNL_BLOCK_START ? "tool_call_chunk" : "tool_call";
    case RNL_PART_FILE:
      return "file";
    case RNL_PART_OPAQUE:
      return "non_standard";
    case RNL_PART_TEXT:
    default:
      return "text";
    }
}

/**
 * rnl_block_mark_to_json:
 * @mark: a mark
 *
 * Source: LangChain's event stream v3, `content-block-start` and `content-block-finish`.
 *
 * Returns: (transfer full): `{event, index, content: {type, text?, reasoning?, id?, name?, args?,
 * error?}}`
 */
JsonObject *
rnl_block_mark_to_json (const RnlBlockMark *mark)
{
  JsonObject *object = json_object_new ();
  JsonObject *content = json_object_new ();

  json_object_set_string_member (content, "type", type_word (mark));
  if (mark->text != NULL)
    json_object_set_string_member (content, mark->type == RNL_PART_REASONING ? "reasoning" : "text",
                                   mark->text);
  if (mark->call_id != NULL)
    json_object_set_string_member (content, "id", mark->call_id);
  if (mark->name != NULL)
    json_object_set_string_member (content, "name", mark->name);
  if (mark->args != NULL)
    json_object_set_member (content, "args", json_node_ref (mark->args));
  if (mark->error != NULL)
    json_object_set_string_member (content, "error", mark->error);

  json_object_set_string_member (object, "event",
                                 mark->phase == RNL_BLOCK_START ? "content-block-start"
                                                                : "content-block-finish");
  json_object_set_int_member (object, "index", mark->index);
  json_object_set_object_member (object, "content", content);

  return object;
}

/* What the words for types stand for; a word of another version is something else. */
static RnlPartType
read_type (const char *word)
{
  if (word == NULL || g_str_equal (word, "text"))
    return RNL_PART_TEXT;
  if (g_str_equal (word, "reasoning"))
    return RNL_PART_REASONING;
  if (strstr (word, "tool_call") != NULL)
    return RNL_PART_TOOL_CALL;
  if (g_str_equal (word, "file"))
    return RNL_PART_FILE;

  return RNL_PART_OPAQUE;
}

/**
 * rnl_block_mark_new_from_json:
 * @object: (nullable): as [method@Runnel.BlockMark.to_json] makes it; what is missing is not set
 *
 * Returns: (transfer full): the mark
 */
RnlBlockMark *
rnl_block_mark_new_from_json (JsonObject *object)
{
  RnlBlockMark *self = g_new0 (RnlBlockMark, 1);
  JsonObject *content = rnl_json_object_get_object (object, "content");
  const char *word = rnl_json_object_get_string (content, "type");
  JsonNode *args = rnl_json_object_get_value (content, "args");

  self->phase = g_strcmp0 (rnl_json_object_get_string (object, "event"), "content-block-start") == 0
                  ? RNL_BLOCK_START
                  : RNL_BLOCK_FINISH;
  self->index = (guint) CLAMP (rnl_json_object_get_int (object, "index", 0), 0, G_MAXINT);
  self->type = read_type (word);
  self->remote = word != NULL && g_str_has_prefix (word, "server_");
  self->call_id = g_strdup (rnl_json_object_get_string (content, "id"));
  self->name = g_strdup (rnl_json_object_get_string (content, "name"));
  self->error = g_strdup (rnl_json_object_get_string (content, "error"));
  self->text = g_strdup (
    rnl_json_object_get_string (content, self->type == RNL_PART_REASONING ? "reasoning" : "text"));
  if (args != NULL)
    self->args = json_node_ref (args);

  return self;
}
