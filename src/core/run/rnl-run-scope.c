/* rnl-run-scope.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-private.h"

/**
 * RnlRunScope:
 *
 * Where runs happen: the application, and inside it a conversation or whatever else a program
 * observes as one. Its observers see every run that is started in it or in a scope inside it, and
 * its config stands under that of each of these runs.
 */
struct _RnlRunScope
{
  GObject parent_instance;

  /* owned */
  char *name;
  RnlRunScope *parent;
  RnlRunConfig *config;
};

enum
{
  EVENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlRunScope, rnl_run_scope, G_TYPE_OBJECT)

static void
rnl_run_scope_finalize (GObject *object)
{
  RnlRunScope *self = RNL_RUN_SCOPE (object);

  g_free (self->name);
  g_clear_object (&self->parent);
  g_clear_pointer (&self->config, rnl_run_config_unref);

  G_OBJECT_CLASS (rnl_run_scope_parent_class)->finalize (object);
}

static void
rnl_run_scope_class_init (RnlRunScopeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_run_scope_finalize;

  /**
   * RnlRunScope::event:
   * @self: the scope
   * @event: lent for the time of the call
   *
   * Something happened to a run in this scope, or in a scope inside it. As
   * [signal@Runnel.Run::event], and after it: the run's own observers come first, then those of the
   * runs around it, then those of the scopes, the inner ones first.
   */
  signals[EVENT] = rnl_event_signal_new (RNL_TYPE_RUN_SCOPE);
}

static void
rnl_run_scope_init (RnlRunScope *self)
{
}

/**
 * rnl_run_scope_get_default:
 *
 * Returns: (transfer none): the application: the scope of every run that was not given one
 */
RnlRunScope *
rnl_run_scope_get_default (void)
{
  static gsize scope = 0;

  if (g_once_init_enter (&scope))
    {
      RnlRunScope *self = g_object_new (RNL_TYPE_RUN_SCOPE, NULL);

      self->name = g_strdup ("application");
      g_once_init_leave (&scope, (gsize) self);
    }

  return (RnlRunScope *) scope;
}

/**
 * rnl_run_scope_new:
 * @name: what it is ("conversation"), for people who debug
 * @parent: (nullable): the scope around it, `NULL` for the application
 *
 * Returns: (transfer full): a scope
 */
RnlRunScope *
rnl_run_scope_new (const char *name, RnlRunScope *parent)
{
  RnlRunScope *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (parent == NULL || RNL_IS_RUN_SCOPE (parent), NULL);

  self = g_object_new (RNL_TYPE_RUN_SCOPE, NULL);
  self->name = g_strdup (name);
  self->parent = g_object_ref (parent != NULL ? parent : rnl_run_scope_get_default ());

  return self;
}

/**
 * rnl_run_scope_get_name:
 * @self: a scope
 *
 * Returns: (transfer none): the name it was given
 */
const char *
rnl_run_scope_get_name (RnlRunScope *self)
{
  g_return_val_if_fail (RNL_IS_RUN_SCOPE (self), NULL);

  return self->name;
}

/**
 * rnl_run_scope_get_parent:
 * @self: a scope
 *
 * Returns: (transfer none) (nullable): the scope around it, `NULL` for the application
 */
RnlRunScope *
rnl_run_scope_get_parent (RnlRunScope *self)
{
  g_return_val_if_fail (RNL_IS_RUN_SCOPE (self), NULL);

  return self->parent;
}

/**
 * rnl_run_scope_get_config:
 * @self: a scope
 *
 * Returns: (transfer none) (nullable): what stands under the config of each run that starts here
 */
RnlRunConfig *
rnl_run_scope_get_config (RnlRunScope *self)
{
  g_return_val_if_fail (RNL_IS_RUN_SCOPE (self), NULL);

  return self->config;
}

/**
 * rnl_run_scope_set_config:
 * @self: a scope
 * @config: (nullable): what is to stand under the config of each run that starts here from now on.
 *   Its name and scope mean nothing
 */
void
rnl_run_scope_set_config (RnlRunScope *self, RnlRunConfig *config)
{
  g_return_if_fail (RNL_IS_RUN_SCOPE (self));

  g_clear_pointer (&self->config, rnl_run_config_unref);
  self->config = config != NULL ? rnl_run_config_ref (config) : NULL;
}

/* Returns: (transfer full): what stands under the config of a run in @self: outer scopes first */
RnlRunConfig *
rnl_run_scope_dup_defaults (RnlRunScope *self)
{
  g_autoptr (RnlRunConfig) outer
    = self->parent != NULL ? rnl_run_scope_dup_defaults (self->parent) : rnl_run_config_new ();
  RnlRunConfig *defaults = rnl_run_config_merge (outer, self->config);

  rnl_run_config_set_name (defaults, NULL);
  rnl_run_config_set_scope (defaults, NULL);

  return defaults;
}

/* Tells the observers of @self and of the scopes around it. */
void
rnl_run_scope_emit (RnlRunScope *self, RnlEvent *event)
{
  for (RnlRunScope *scope = self; scope != NULL; scope = scope->parent)
    g_signal_emit (scope, signals[EVENT], 0, event);
}

gboolean
rnl_run_scope_is_observed (RnlRunScope *self)
{
  for (RnlRunScope *scope = self; scope != NULL; scope = scope->parent)
    if (g_signal_has_handler_pending (scope, signals[EVENT], 0, FALSE))
      return TRUE;

  return FALSE;
}
