/* rnl-part-extra.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-part-extra.h"

#include "rnl-json-value.h"
#include "rnl-part-private.h"

/**
 * rnl_part_get_extra:
 * @self: a part
 * @key: one of the `RNL_PART_EXTRA` names
 *
 * Returns: (transfer none) (nullable): its value, not to be changed
 */
JsonNode *
rnl_part_get_extra (RnlPart *self, const char *key)
{
  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  return self->extra != NULL ? json_object_get_member (self->extra, key) : NULL;
}

/**
 * rnl_part_set_extra:
 * @self: a part
 * @key: one of the `RNL_PART_EXTRA` names
 * @value: (nullable) (transfer none): a value, `NULL` to take it away
 *
 * Copies @value and notifies `extra`.
 */
void
rnl_part_set_extra (RnlPart *self, const char *key, JsonNode *value)
{
  g_return_if_fail (RNL_IS_PART (self));

  if (self->extra == NULL)
    {
      if (value == NULL)
        return;
      self->extra = json_object_new ();
    }
  if (value != NULL)
    json_object_set_member (self->extra, key, rnl_json_value_copy (value));
  else
    json_object_remove_member (self->extra, key);
  g_object_notify (G_OBJECT (self), "extra");
}

/**
 * rnl_part_get_extra_string:
 * @self: a part
 * @key: one of the `RNL_PART_EXTRA` names
 *
 * Returns: (transfer none) (nullable): its value, `NULL` when it is no string
 */
const char *
rnl_part_get_extra_string (RnlPart *self, const char *key)
{
  JsonNode *node = rnl_part_get_extra (self, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/**
 * rnl_part_set_extra_string:
 * @self: a part
 * @key: one of the `RNL_PART_EXTRA` names
 * @value: (nullable): a string, `NULL` to take it away
 */
void
rnl_part_set_extra_string (RnlPart *self, const char *key, const char *value)
{
  g_autoptr (JsonNode) node
    = value != NULL ? json_node_init_string (json_node_alloc (), value) : NULL;

  rnl_part_set_extra (self, key, node);
}

static gboolean
has_flag (RnlPart *self, const char *key)
{
  JsonNode *node = rnl_part_get_extra (self, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

/**
 * rnl_part_is_remote:
 * @self: a part
 *
 * Returns: whether it is a call that ran at the provider
 */
gboolean
rnl_part_is_remote (RnlPart *self)
{
  return has_flag (self, RNL_PART_EXTRA_REMOTE);
}

/**
 * rnl_part_is_refusal:
 * @self: a part
 *
 * Returns: whether it is the text of a refusal
 */
gboolean
rnl_part_is_refusal (RnlPart *self)
{
  return has_flag (self, RNL_PART_EXTRA_REFUSAL);
}

/**
 * rnl_part_is_note:
 * @self: a part
 *
 * Returns: whether it is a note of ours about the conversation: shown, and never sent as it is
 */
gboolean
rnl_part_is_note (RnlPart *self)
{
  return rnl_part_get_extra (self, RNL_PART_EXTRA_LEFT_OUT) != NULL
         || rnl_part_get_extra (self, RNL_PART_EXTRA_SUMMARY) != NULL;
}

/**
 * rnl_part_append_extra:
 * @self: a part
 * @key: one of the `RNL_PART_EXTRA` names
 * @value: (transfer none): a value
 *
 * Adds a copy of @value to an array, which is made when there is none; a value that stood alone
 * becomes its first element. Costs what @value costs, however much is there. Notifies `extra`.
 */
void
rnl_part_append_extra (RnlPart *self, const char *key, JsonNode *value)
{
  JsonNode *present;
  JsonArray *array;

  g_return_if_fail (RNL_IS_PART (self));

  present = rnl_part_get_extra (self, key);
  if (present == NULL || !JSON_NODE_HOLDS_ARRAY (present))
    {
      g_autoptr (JsonNode) fresh = json_node_new (JSON_NODE_ARRAY);

      array = json_array_new ();
      if (present != NULL)
        json_array_add_element (array, rnl_json_value_copy (present));
      json_node_take_array (fresh, array);
      rnl_part_set_extra (self, key, fresh);
      present = rnl_part_get_extra (self, key);
    }

  json_array_add_element (json_node_get_array (present), rnl_json_value_copy (value));
  g_object_notify (G_OBJECT (self), "extra");
}

/**
 * rnl_part_add_annotation:
 * @self: a text
 * @annotation: (transfer none): an object, see `RNL_PART_EXTRA_ANNOTATIONS`
 */
void
rnl_part_add_annotation (RnlPart *self, JsonNode *annotation)
{
  rnl_part_append_extra (self, RNL_PART_EXTRA_ANNOTATIONS, annotation);
}

/**
 * rnl_part_dup_extra_json:
 * @self: a part
 *
 * Returns: (transfer full) (nullable): all of it as the text of one JSON object, `NULL` when there
 *   is nothing
 */
char *
rnl_part_dup_extra_json (RnlPart *self)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (RNL_IS_PART (self), NULL);

  if (self->extra == NULL || json_object_get_size (self->extra) == 0)
    return NULL;
  node = json_node_init_object (json_node_alloc (), self->extra);

  return rnl_json_to_string (node, FALSE);
}

/**
 * rnl_part_set_extra_json:
 * @self: a part nobody watches yet
 * @json: (nullable): as [method@Runnel.Part.dup_extra_json] gave it; anything else is dropped
 */
void
rnl_part_set_extra_json (RnlPart *self, const char *json)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_if_fail (RNL_IS_PART (self));

  g_clear_pointer (&self->extra, json_object_unref);
  if (json == NULL)
    return;

  node = json_from_string (json, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    self->extra = json_node_dup_object (node);
  g_object_notify (G_OBJECT (self), "extra");
}
