/* rnl-model-list.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-list.h"

#include "rnl-json-members.h"

/**
 * rnl_model_list_read:
 * @root: `{MEMBER: [{…}]}`, or the list alone
 * @member: what holds the list
 * @reader: reads one entry
 *
 * Returns: (transfer full) (nullable) (element-type RnlModelInfo): the models in the order of the
 *   list, `NULL` when there is no list
 */
GPtrArray *
rnl_model_list_read (JsonNode *root, const char *member, RnlModelReader reader)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (root)
                      ? json_node_get_array (root)
                      : rnl_json_object_get_array (rnl_json_node_get_object (root), member);
  GPtrArray *models;

  if (list == NULL)
    return NULL;

  models = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *object = rnl_json_node_get_object (json_array_get_element (list, i));
      RnlModelInfo *info = object != NULL ? reader (object) : NULL;

      if (info != NULL)
        g_ptr_array_add (models, info);
    }

  return models;
}

/**
 * rnl_model_list_has_word:
 * @array: (nullable): a list of words
 * @word: one that may be in it
 *
 * Returns: whether it is
 */
gboolean
rnl_model_list_has_word (JsonArray *array, const char *word)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
          && g_str_equal (json_node_get_string (node), word))
        return TRUE;
    }

  return FALSE;
}

/**
 * rnl_model_list_take_word:
 * @info: a model
 * @ability: what @word stands for
 * @array: (nullable): all it can do, in words
 * @word: one of them
 *
 * Says whether a model has an ability; without @array that stays unknown.
 */
void
rnl_model_list_take_word (RnlModelInfo *info,
                          RnlModelAbilities ability,
                          JsonArray *array,
                          const char *word)
{
  if (array != NULL)
    rnl_model_info_set_ability (info, ability, rnl_model_list_has_word (array, word));
}

/**
 * rnl_model_list_take_flag:
 * @info: a model
 * @ability: what the member stands for
 * @object: (nullable): `{NAME: bool}` or `{NAME: {supported: bool}}`
 * @name: the member
 *
 * Says whether a model has an ability; without the member that stays unknown.
 */
void
rnl_model_list_take_flag (RnlModelInfo *info,
                          RnlModelAbilities ability,
                          JsonObject *object,
                          const char *name)
{
  JsonObject *support = rnl_json_object_get_object (object, name);
  JsonNode *node = rnl_json_object_get_value (support != NULL ? support : object,
                                              support != NULL ? "supported" : name);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    rnl_model_info_set_ability (info, ability, json_node_get_boolean (node));
}
