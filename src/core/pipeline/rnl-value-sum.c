/* rnl-value-sum.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-value-sum.h"

#include "rnl-value.h"

struct _RnlValueSum
{
  /* owned: at most one of them */
  GString *text;
  JsonArray *list;
  GHashTable *members; /* name (in order of @names) to RnlValueSum */
  JsonNode *last;

  /* owned */
  GPtrArray *names;
};

RnlValueSum *
rnl_value_sum_new (void)
{
  return g_new0 (RnlValueSum, 1);
}

static void
forget (RnlValueSum *self)
{
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
  g_clear_pointer (&self->list, json_array_unref);
  g_clear_pointer (&self->members, g_hash_table_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->last, json_node_unref);
}

void
rnl_value_sum_free (RnlValueSum *self)
{
  forget (self);
  g_free (self);
}

static void
add_text (RnlValueSum *self, const char *text)
{
  if (self->text == NULL)
    {
      forget (self);
      self->text = g_string_new (NULL);
    }
  g_string_append (self->text, text);
}

static void
add_list (RnlValueSum *self, JsonArray *list)
{
  if (self->list == NULL)
    {
      forget (self);
      self->list = json_array_new ();
    }
  for (guint i = 0; i < json_array_get_length (list); i++)
    json_array_add_element (self->list, json_node_ref (json_array_get_element (list, i)));
}

static void
add_object (RnlValueSum *self, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (self->members == NULL)
    {
      forget (self);
      self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) rnl_value_sum_free);
      self->names = g_ptr_array_new ();
    }

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      RnlValueSum *sum = g_hash_table_lookup (self->members, name);

      if (sum == NULL)
        {
          char *key = g_strdup (name);

          sum = rnl_value_sum_new ();
          g_hash_table_insert (self->members, key, sum);
          g_ptr_array_add (self->names, key);
        }
      rnl_value_sum_add (sum, node);
    }
}

/**
 * rnl_value_sum_add:
 * @self: a sum
 * @piece: the next piece; kept, so not to be changed
 */
void
rnl_value_sum_add (RnlValueSum *self, JsonNode *piece)
{
  const char *text = rnl_value_get_text (piece);

  if (text != NULL)
    add_text (self, text);
  else if (JSON_NODE_HOLDS_ARRAY (piece))
    add_list (self, json_node_get_array (piece));
  else if (JSON_NODE_HOLDS_OBJECT (piece))
    add_object (self, json_node_get_object (piece));
  else
    {
      forget (self);
      self->last = json_node_ref (piece);
    }
}

/**
 * rnl_value_sum_end:
 * @self: a sum
 *
 * Returns: (transfer full) (nullable): the whole, `NULL` when nothing was added
 */
JsonNode *
rnl_value_sum_end (RnlValueSum *self)
{
  JsonObject *object;

  if (self->text != NULL)
    return rnl_value_new_text (self->text->str);
  if (self->list != NULL)
    return json_node_init_array (json_node_alloc (), self->list);
  if (self->members == NULL)
    return self->last != NULL ? json_node_ref (self->last) : NULL;

  object = json_object_new ();
  for (guint i = 0; i < self->names->len; i++)
    {
      const char *name = g_ptr_array_index (self->names, i);
      JsonNode *node = rnl_value_sum_end (g_hash_table_lookup (self->members, name));

      json_object_set_member (object, name, node);
    }

  return rnl_value_take_object (object);
}
