/* rnl-grant-list.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-grant-list.h"

#define KEY "program-grants"

/**
 * RnlGrantList:
 *
 * The grants in the settings, as a list model. Whoever changes the settings, another list or
 * another process, changes every list.
 */
struct _RnlGrantList
{
  GObject parent_instance;

  /* owned */
  GSettings *settings;
  GPtrArray *grants;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlGrantList,
                               rnl_grant_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
get_item_type (GListModel *model)
{
  return RNL_TYPE_GRANT;
}

static guint
get_n_items (GListModel *model)
{
  return RNL_GRANT_LIST (model)->grants->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  RnlGrantList *self = RNL_GRANT_LIST (model);

  return position < self->grants->len ? g_object_ref (g_ptr_array_index (self->grants, position))
                                      : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
rnl_grant_list_dispose (GObject *object)
{
  RnlGrantList *self = RNL_GRANT_LIST (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->grants, g_ptr_array_unref);

  G_OBJECT_CLASS (rnl_grant_list_parent_class)->dispose (object);
}

static void
rnl_grant_list_class_init (RnlGrantListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_grant_list_dispose;
}

static void
rnl_grant_list_init (RnlGrantList *self)
{
  self->grants = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
read_settings (RnlGrantList *self)
{
  g_autoptr (GVariant) stored = g_settings_get_value (self->settings, KEY);
  guint n_before = self->grants->len;

  g_ptr_array_set_size (self->grants, 0);
  for (gsize i = 0; i < g_variant_n_children (stored); i++)
    {
      g_autoptr (GVariant) tuple = g_variant_get_child_value (stored, i);

      g_ptr_array_add (self->grants, rnl_grant_new_from_variant (tuple));
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->grants->len);
}

/* Writes FIRST, if any, then all that are there but WITHOUT. The list follows what the settings
 * say.
 */
static void
write_settings (RnlGrantList *self, RnlGrant *first, RnlGrant *without)
{
  GVariantBuilder builder;
  guint room = RNL_GRANT_LIST_MAX;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssssx)"));
  if (first != NULL)
    {
      g_variant_builder_add_value (&builder, rnl_grant_to_variant (first));
      room--;
    }
  for (guint i = 0; i < MIN (self->grants->len, room); i++)
    {
      RnlGrant *grant = g_ptr_array_index (self->grants, i);

      if (without == NULL || !g_str_equal (rnl_grant_get_id (grant), rnl_grant_get_id (without)))
        g_variant_builder_add_value (&builder, rnl_grant_to_variant (grant));
    }
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}

/**
 * rnl_grant_list_new:
 * @settings: Runnel's
 *
 * Returns: (transfer full): the list
 */
RnlGrantList *
rnl_grant_list_new (GSettings *settings)
{
  RnlGrantList *self = g_object_new (RNL_TYPE_GRANT_LIST, NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (read_settings), self,
                           G_CONNECT_SWAPPED);
  read_settings (self);

  return self;
}

/**
 * rnl_grant_list_add:
 * @self: the list
 * @grant: a new grant
 *
 * Adds it at the front. Of more than %RNL_GRANT_LIST_MAX the oldest end.
 */
void
rnl_grant_list_add (RnlGrantList *self, RnlGrant *grant)
{
  g_return_if_fail (RNL_IS_GRANT_LIST (self));

  write_settings (self, grant, NULL);
}

/**
 * rnl_grant_list_revoke:
 * @self: the list
 * @grant: one of its grants, or a copy
 *
 * The program that has it is refused from now on.
 */
void
rnl_grant_list_revoke (RnlGrantList *self, RnlGrant *grant)
{
  g_return_if_fail (RNL_IS_GRANT_LIST (self));

  write_settings (self, NULL, grant);
}

/**
 * rnl_grant_list_find:
 * @self: the list
 * @token: what a program presents
 *
 * Returns: (transfer none) (nullable): its grant
 */
RnlGrant *
rnl_grant_list_find (RnlGrantList *self, const char *token)
{
  g_return_val_if_fail (RNL_IS_GRANT_LIST (self), NULL);

  for (guint i = 0; i < self->grants->len; i++)
    if (rnl_grant_matches (g_ptr_array_index (self->grants, i), token))
      return g_ptr_array_index (self->grants, i);

  return NULL;
}
