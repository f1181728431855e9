/* rnl-tool-registry.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tool-registry.h"

/**
 * RnlToolRegistry:
 *
 * The tools there are: a list model of [iface@Runnel.Tool] in the order they were added, and which
 * of them are switched off. A switched-off tool stays in the list; it is not told to a model. A
 * person may also have said that a tool which asks need not ask any more.
 */
struct _RnlToolRegistry
{
  GObject parent_instance;

  /* owned */
  GPtrArray *tools;
  GHashTable *by_name;
  GHashTable *disabled;
  GHashTable *always;
};

enum
{
  ENABLED_CHANGED,
  ALWAYS_ALLOWED_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
rnl_tool_registry_get_item_type (GListModel *model)
{
  return RNL_TYPE_TOOL;
}

static guint
rnl_tool_registry_get_n_items (GListModel *model)
{
  return RNL_TOOL_REGISTRY (model)->tools->len;
}

static gpointer
rnl_tool_registry_get_item (GListModel *model, guint position)
{
  RnlToolRegistry *self = RNL_TOOL_REGISTRY (model);

  if (position >= self->tools->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->tools, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rnl_tool_registry_get_item_type;
  iface->get_n_items = rnl_tool_registry_get_n_items;
  iface->get_item = rnl_tool_registry_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlToolRegistry,
                               rnl_tool_registry,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
rnl_tool_registry_finalize (GObject *object)
{
  RnlToolRegistry *self = RNL_TOOL_REGISTRY (object);

  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->disabled);
  g_hash_table_unref (self->always);
  g_ptr_array_unref (self->tools);

  G_OBJECT_CLASS (rnl_tool_registry_parent_class)->finalize (object);
}

static void
rnl_tool_registry_class_init (RnlToolRegistryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rnl_tool_registry_finalize;

  /**
   * RnlToolRegistry::enabled-changed:
   * @self: the registry
   * @name: the tool
   *
   * A tool was switched on or off; it already is when the signal fires.
   */
  signals[ENABLED_CHANGED]
    = g_signal_new ("enabled-changed", RNL_TYPE_TOOL_REGISTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * RnlToolRegistry::always-allowed-changed:
   * @self: the registry
   * @name: the tool
   *
   * A person's rule for a tool changed; it already is what it is when the signal fires.
   */
  signals[ALWAYS_ALLOWED_CHANGED]
    = g_signal_new ("always-allowed-changed", RNL_TYPE_TOOL_REGISTRY, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rnl_tool_registry_init (RnlToolRegistry *self)
{
  self->tools = g_ptr_array_new_with_free_func (g_object_unref);
  /* Keys and values belong to the tools in the array. */
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->disabled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->always = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * rnl_tool_registry_new:
 *
 * Returns: (transfer full): an empty registry
 */
RnlToolRegistry *
rnl_tool_registry_new (void)
{
  return g_object_new (RNL_TYPE_TOOL_REGISTRY, NULL);
}

/**
 * rnl_tool_registry_add:
 * @self: a registry
 * @tool: (transfer none): a tool
 *
 * Adds @tool at the end. A tool of the same name is replaced, in its place.
 */
void
rnl_tool_registry_add (RnlToolRegistry *self, RnlTool *tool)
{
  RnlTool *old;
  guint position;
  guint removed = 0;

  g_return_if_fail (RNL_IS_TOOL_REGISTRY (self));
  g_return_if_fail (RNL_IS_TOOL (tool));

  position = self->tools->len;
  g_object_ref (tool);
  old = g_hash_table_lookup (self->by_name, rnl_tool_get_name (tool));
  if (old != NULL)
    {
      g_hash_table_remove (self->by_name, rnl_tool_get_name (old));
      g_ptr_array_find (self->tools, old, &position);
      g_ptr_array_remove_index (self->tools, position);
      removed = 1;
    }
  g_ptr_array_insert (self->tools, (int) position, tool);
  g_hash_table_insert (self->by_name, (char *) rnl_tool_get_name (tool), tool);

  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, 1);
}

/**
 * rnl_tool_registry_find:
 * @self: a registry
 * @name: what a model called
 *
 * Returns: (transfer none) (nullable): the tool of that name, switched on or not
 */
RnlTool *
rnl_tool_registry_find (RnlToolRegistry *self, const char *name)
{
  g_return_val_if_fail (RNL_IS_TOOL_REGISTRY (self), NULL);

  return name != NULL ? g_hash_table_lookup (self->by_name, name) : NULL;
}

/**
 * rnl_tool_registry_get_enabled:
 * @self: a registry
 * @name: a tool's name
 *
 * Returns: whether the tool may be used; `TRUE` for one that is not there (yet)
 */
gboolean
rnl_tool_registry_get_enabled (RnlToolRegistry *self, const char *name)
{
  g_return_val_if_fail (RNL_IS_TOOL_REGISTRY (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return !g_hash_table_contains (self->disabled, name);
}

/**
 * rnl_tool_registry_set_enabled:
 * @self: a registry
 * @name: a tool's name; remembered also when the tool is added only later
 * @enabled: whether it may be used
 */
void
rnl_tool_registry_set_enabled (RnlToolRegistry *self, const char *name, gboolean enabled)
{
  gboolean changed;

  g_return_if_fail (RNL_IS_TOOL_REGISTRY (self));
  g_return_if_fail (name != NULL);

  if (enabled)
    changed = g_hash_table_remove (self->disabled, name);
  else
    changed = g_hash_table_add (self->disabled, g_strdup (name));

  if (changed)
    g_signal_emit (self, signals[ENABLED_CHANGED], 0, name);
}

/**
 * rnl_tool_registry_get_always_allowed:
 * @self: a registry
 * @name: a tool's name
 *
 * Returns: whether the person said that the tool need not ask in any chat. Never for a tool that
 *   may destroy something
 */
gboolean
rnl_tool_registry_get_always_allowed (RnlToolRegistry *self, const char *name)
{
  RnlTool *tool;

  g_return_val_if_fail (RNL_IS_TOOL_REGISTRY (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  tool = rnl_tool_registry_find (self, name);

  return g_hash_table_contains (self->always, name)
         && (tool == NULL || (rnl_tool_get_effects (tool) & RNL_TOOL_EFFECT_DESTROYS) == 0);
}

/**
 * rnl_tool_registry_set_always_allowed:
 * @self: a registry
 * @name: a tool's name; remembered also when the tool is added only later
 * @allowed: whether it need not ask in any chat
 */
void
rnl_tool_registry_set_always_allowed (RnlToolRegistry *self, const char *name, gboolean allowed)
{
  gboolean changed;

  g_return_if_fail (RNL_IS_TOOL_REGISTRY (self));
  g_return_if_fail (name != NULL);

  if (allowed)
    changed = g_hash_table_add (self->always, g_strdup (name));
  else
    changed = g_hash_table_remove (self->always, name);

  if (changed)
    g_signal_emit (self, signals[ALWAYS_ALLOWED_CHANGED], 0, name);
}

/**
 * rnl_tool_registry_dup_names:
 * @self: a registry
 *
 * Returns: (transfer full): the names of the enabled tools, for a sentence: `add, subtract`
 */
char *
rnl_tool_registry_dup_names (RnlToolRegistry *self)
{
  GString *names;

  g_return_val_if_fail (RNL_IS_TOOL_REGISTRY (self), NULL);

  names = g_string_new (NULL);
  for (guint i = 0; i < self->tools->len; i++)
    {
      const char *name = rnl_tool_get_name (g_ptr_array_index (self->tools, i));

      if (!rnl_tool_registry_get_enabled (self, name))
        continue;
      if (names->len > 0)
        g_string_append (names, ", ");
      g_string_append (names, name);
    }

  return g_string_free (names, FALSE);
}
