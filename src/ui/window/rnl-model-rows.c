/* rnl-model-rows.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-model-rows.h"

#include <glib/gi18n.h>

/**
 * RnlModelRows:
 *
 * The lines of the list of models: favourites first, then the models of each account below a
 * heading, those that fit the search. A change of any of it is one change of the list, so that
 * thousands of models cost as much as a few: only rows that show are made.
 */
struct _RnlModelRows
{
  GObject parent_instance;

  /* owned */
  GPtrArray *groups; /* of Group, in the order they show */
  GListStore *list;
  RnlModelEntry *favourites_heading;
  char **words;      /* nullable: what is looked for */
  char **favourites; /* nullable */
  char *current;
};

typedef struct
{
  char *id;
  RnlModelEntry *heading; /* nullable */
  GPtrArray *entries;
} Group;

G_DEFINE_FINAL_TYPE (RnlModelRows, rnl_model_rows, G_TYPE_OBJECT)

static void
group_free (Group *group)
{
  g_free (group->id);
  g_clear_object (&group->heading);
  g_clear_pointer (&group->entries, g_ptr_array_unref);
  g_free (group);
}

static void
rnl_model_rows_finalize (GObject *object)
{
  RnlModelRows *self = RNL_MODEL_ROWS (object);

  g_ptr_array_unref (self->groups);
  g_object_unref (self->list);
  g_object_unref (self->favourites_heading);
  g_strfreev (self->words);
  g_strfreev (self->favourites);
  g_free (self->current);

  G_OBJECT_CLASS (rnl_model_rows_parent_class)->finalize (object);
}

static void
rnl_model_rows_class_init (RnlModelRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_model_rows_finalize;
}

static void
rnl_model_rows_init (RnlModelRows *self)
{
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  self->list = g_list_store_new (RNL_TYPE_MODEL_ENTRY);
  self->favourites_heading = rnl_model_entry_new_heading (_ ("Favourites"));
}

/* Adds what fits the search and is a favourite or is none, below its heading. */
static void
collect (
  RnlModelRows *self, GPtrArray *rows, Group *group, RnlModelEntry *heading, gboolean favourite)
{
  for (guint i = 0; i < group->entries->len; i++)
    {
      RnlModelEntry *entry = group->entries->pdata[i];

      if (rnl_model_entry_get_favourite (entry) != favourite
          || !rnl_model_entry_matches (entry, (const char *const *) self->words))
        continue;
      if (heading != NULL && !g_ptr_array_find (rows, heading, NULL))
        g_ptr_array_add (rows, heading);
      heading = NULL;
      g_ptr_array_add (rows, entry);
    }
}

static void
update (RnlModelRows *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < self->groups->len; i++)
    collect (self, rows, self->groups->pdata[i], self->favourites_heading, TRUE);
  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = self->groups->pdata[i];

      collect (self, rows, group, group->heading, FALSE);
    }
  g_list_store_splice (self->list, 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)),
                       rows->pdata, rows->len);
}

static void
mark (RnlModelRows *self, Group *group)
{
  for (guint i = 0; i < group->entries->len; i++)
    {
      RnlModelEntry *entry = group->entries->pdata[i];
      const char *id = rnl_model_entry_get_id (entry);

      rnl_model_entry_set_current (entry, g_strcmp0 (id, self->current) == 0);
      rnl_model_entry_set_favourite (
        entry,
        self->favourites != NULL && g_strv_contains ((const char *const *) self->favourites, id));
    }
}

static void
mark_all (RnlModelRows *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    mark (self, self->groups->pdata[i]);
}

/**
 * rnl_model_rows_new:
 *
 * Returns: (transfer full): an empty list
 */
RnlModelRows *
rnl_model_rows_new (void)
{
  return g_object_new (RNL_TYPE_MODEL_ROWS, NULL);
}

/**
 * rnl_model_rows_get_list:
 * @self: the models
 *
 * Returns: (transfer none): the lines to show, of [class@RnlModelEntry]
 */
GListModel *
rnl_model_rows_get_list (RnlModelRows *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_ROWS (self), NULL);

  return G_LIST_MODEL (self->list);
}

static gboolean
find_group (RnlModelRows *self, const char *id, guint *index)
{
  for (guint i = 0; i < self->groups->len; i++)
    if (g_str_equal (((Group *) self->groups->pdata[i])->id, id))
      {
        *index = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * rnl_model_rows_keep_groups:
 * @self: the models
 * @ids: (array zero-terminated=1): accounts, in the order they are to show
 *
 * Drops the models of other accounts. Those of these stay until there are newer ones, so that the
 * list does not blink while servers are asked.
 */
void
rnl_model_rows_keep_groups (RnlModelRows *self, const char *const *ids)
{
  GPtrArray *groups;

  g_return_if_fail (RNL_IS_MODEL_ROWS (self));

  groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      Group *group;
      guint index;

      if (find_group (self, ids[i], &index))
        group = g_ptr_array_steal_index (self->groups, index);
      else
        {
          group = g_new0 (Group, 1);
          group->id = g_strdup (ids[i]);
          group->entries = g_ptr_array_new_with_free_func (g_object_unref);
        }
      g_ptr_array_add (groups, group);
    }
  g_ptr_array_unref (self->groups);
  self->groups = groups;
  update (self);
}

/**
 * rnl_model_rows_set_group:
 * @self: the models
 * @id: one of the accounts that are kept; others are passed over
 * @title: (nullable): what stands over its models
 * @entries: (element-type RnlModelEntry): its models
 *
 * Puts the models of an account in the place of those it had.
 */
void
rnl_model_rows_set_group (RnlModelRows *self, const char *id, const char *title, GPtrArray *entries)
{
  Group *group;
  guint index;

  g_return_if_fail (RNL_IS_MODEL_ROWS (self));

  if (!find_group (self, id, &index))
    return;

  group = self->groups->pdata[index];
  g_ptr_array_ref (entries);
  g_ptr_array_unref (group->entries);
  group->entries = entries;
  g_clear_object (&group->heading);
  if (title != NULL)
    group->heading = rnl_model_entry_new_heading (title);
  mark (self, group);
  update (self);
}

/**
 * rnl_model_rows_set_search:
 * @self: the models
 * @text: words, all of which a model's name or id has to hold
 */
void
rnl_model_rows_set_search (RnlModelRows *self, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  g_return_if_fail (RNL_IS_MODEL_ROWS (self));

  g_strfreev (self->words);
  self->words = g_strsplit (folded, " ", -1);
  update (self);
}

/**
 * rnl_model_rows_set_favourites:
 * @self: the models
 * @ids: (array zero-terminated=1): the models that stand first
 */
void
rnl_model_rows_set_favourites (RnlModelRows *self, const char *const *ids)
{
  g_return_if_fail (RNL_IS_MODEL_ROWS (self));

  g_strfreev (self->favourites);
  self->favourites = g_strdupv ((char **) ids);
  mark_all (self);
  update (self);
}

/**
 * rnl_model_rows_set_current:
 * @self: the models
 * @id: (nullable): the model that answers now
 */
void
rnl_model_rows_set_current (RnlModelRows *self, const char *id)
{
  g_return_if_fail (RNL_IS_MODEL_ROWS (self));

  g_free (self->current);
  self->current = g_strdup (id);
  mark_all (self);
}

/**
 * rnl_model_rows_find:
 * @self: the models
 * @id: `ACCOUNT/MODEL`
 *
 * Returns: (transfer none) (nullable): its line, whether it shows or not
 */
RnlModelEntry *
rnl_model_rows_find (RnlModelRows *self, const char *id)
{
  g_return_val_if_fail (RNL_IS_MODEL_ROWS (self), NULL);

  for (guint i = 0; i < self->groups->len; i++)
    {
      GPtrArray *entries = ((Group *) self->groups->pdata[i])->entries;

      for (guint j = 0; j < entries->len; j++)
        if (g_str_equal (rnl_model_entry_get_id (entries->pdata[j]), id))
          return entries->pdata[j];
    }

  return NULL;
}

/**
 * rnl_model_rows_get_first:
 * @self: the models
 *
 * Returns: (transfer none) (nullable): the first model that shows
 */
RnlModelEntry *
rnl_model_rows_get_first (RnlModelRows *self)
{
  g_return_val_if_fail (RNL_IS_MODEL_ROWS (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (RnlModelEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (rnl_model_entry_get_id (entry) != NULL)
        return entry;
    }

  return NULL;
}
