/* rnl-run.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-loop.h"
#include "rnl-run-private.h"

#include "rnl-text.h"

/**
 * RnlRun:
 *
 * One execution of one component: an agent's turn, a model call, a tool call. Runs nest.
 *
 * Each thing that happens is one [struct@Runnel.Event], told by the run itself, by every run around
 * it up to the root, and then by its [class@Runnel.RunScope]s. Events are numbered within the root
 * without holes, and every observer gets them in that order, one after the other: what happens
 * while an event is being told (an observer stops the run) is told after it.
 *
 * A run starts once and ends once: what comes after its end is dropped, and a parent that ends
 * takes children that are still alive with it (they are cancelled first), so nesting always holds.
 * A run that is dropped without an end was forgotten by its owner: it is reported as cancelled.
 *
 * A run lives in the thread that made its root, its signals are emitted there. Things may happen to
 * it in any thread: they are then told in its own, in their order, a little later.
 */
enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_RUN_TYPE,
  PROP_STATE,
  PROP_ERROR,
  PROP_DURATION,
  PROP_TIME_TO_FIRST_TOKEN,
  N_PROPS
};

enum
{
  EVENT,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlRun, rnl_run, G_TYPE_OBJECT)

static void
rnl_run_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RnlRun *self = RNL_RUN (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_RUN_TYPE:
      g_value_set_enum (value, (gint) self->type);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (gint) self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_DURATION:
      g_value_set_int64 (value, self->duration);
      break;
    case PROP_TIME_TO_FIRST_TOKEN:
      g_value_set_int64 (value, self->first_output);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
rnl_run_dispose (GObject *object)
{
  RnlRun *self = RNL_RUN (object);

  if (self->state == RNL_RUN_RUNNING)
    rnl_run_cancel (self);

  G_OBJECT_CLASS (rnl_run_parent_class)->dispose (object);
}

/* The parent is let go here and not in dispose: an observer that kept the last event of a run that
 * was forgotten keeps the run, and wants to know where it happened. */
static void
rnl_run_finalize (GObject *object)
{
  RnlRun *self = RNL_RUN (object);

  g_clear_object (&self->reader);
  g_clear_weak_pointer (&self->steps);
  g_clear_object (&self->scope);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->config, rnl_run_config_unref);
  g_clear_pointer (&self->home, g_main_context_unref);
  g_clear_pointer (&self->input, json_node_unref);
  g_clear_pointer (&self->late_input, json_node_unref);
  g_clear_error (&self->error);
  g_free (self->id);
  g_free (self->name);
  g_free (self->tool_call_id);
  g_strfreev (self->tags);
  json_object_unref (self->metadata);
  g_ptr_array_unref (self->children);
  g_clear_object (&self->parent);

  G_OBJECT_CLASS (rnl_run_parent_class)->finalize (object);
}

/* A handler in C gets the event itself; a copy is made for a closure that cannot be lent one. */
guint
rnl_event_signal_new (GType type)
{
  guint id
    = g_signal_new ("event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, g_cclosure_marshal_VOID__BOXED,
                    G_TYPE_NONE, 1, RNL_TYPE_EVENT | G_SIGNAL_TYPE_STATIC_SCOPE);

  g_signal_set_va_marshaller (id, type, g_cclosure_marshal_VOID__BOXEDv);

  return id;
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * RnlRun:id:
   *
   * What no other run is called.
   */
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  /**
   * RnlRun:name:
   *
   * What it is called in events.
   */
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  /**
   * RnlRun:run-type:
   *
   * What executes.
   */
  props[PROP_RUN_TYPE]
    = g_param_spec_enum ("run-type", NULL, NULL, RNL_TYPE_RUN_TYPE, RNL_RUN_CHAIN, flags);
  /**
   * RnlRun:state:
   *
   * How far it is. Notified before the event is told.
   */
  props[PROP_STATE]
    = g_param_spec_enum ("state", NULL, NULL, RNL_TYPE_RUN_STATE, RNL_RUN_PENDING, flags);
  /**
   * RnlRun:error:
   *
   * Why it failed.
   */
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  /**
   * RnlRun:duration:
   *
   * How long it took, in microseconds, -1 while it is not over.
   */
  props[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, -1, G_MAXINT64, -1, flags);
  /**
   * RnlRun:time-to-first-token:
   *
   * How long its first output took, in microseconds, -1 while there is none.
   */
  props[PROP_TIME_TO_FIRST_TOKEN]
    = g_param_spec_int64 ("time-to-first-token", NULL, NULL, -1, G_MAXINT64, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_run_class_init (RnlRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_run_dispose;
  object_class->finalize = rnl_run_finalize;
  object_class->get_property = rnl_run_get_property;
  install_properties (object_class);

  /**
   * RnlRun::event:
   * @self: the run
   * @event: lent for the time of the call
   *
   * Something happened to this run or to one inside it. Emitted in the run's thread, one event at a
   * time, in the order of their numbers; the properties of the run are up to date.
   */
  signals[EVENT] = rnl_event_signal_new (RNL_TYPE_RUN);
}

static void
rnl_run_init (RnlRun *self)
{
  self->id = rnl_uuid_new ();
  self->children = g_ptr_array_new ();
  self->metadata = json_object_new ();
  self->duration = -1;
  self->first_output = -1;
  self->root = self;
  self->home_thread = g_thread_self ();
  g_queue_init (&self->waiting);
}

/* Tells one event, the run first, then the runs around it, then the scopes. */
static void
tell (RnlEvent *event)
{
  for (RnlRun *run = event->run; run != NULL; run = run->parent)
    g_signal_emit (run, signals[EVENT], 0, event);
  rnl_run_scope_emit (event->run->root->scope, event);
}

/* Tells an event that has its number and time; after the one that is being told. */
void
rnl_run_emit (RnlRun *self, RnlEvent *event)
{
  g_autoptr (RnlRun) alive = NULL;
  RnlRun *root = self->root;

  event->run = self;
  if (root->emitting)
    {
      g_queue_push_tail (&root->waiting, rnl_event_copy (event));
      return;
    }

  alive = g_object_ref (self);
  root->emitting = TRUE;
  tell (event);
  while (!g_queue_is_empty (&root->waiting))
    {
      g_autoptr (RnlEvent) next = g_queue_pop_head (&root->waiting);

      tell (next);
    }
  root->emitting = FALSE;
}

/* Says how a run stands. What observers see is right when they are told. */
void
rnl_run_set_state (RnlRun *self, RnlRunState state, gint64 duration, const GError *error)
{
  g_object_freeze_notify (G_OBJECT (self));
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  if (duration != self->duration)
    {
      self->duration = duration;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DURATION]);
    }
  if (error != NULL && self->error == NULL)
    {
      self->error = g_error_copy (error);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
    }
  g_object_thaw_notify (G_OBJECT (self));
  if (state != RNL_RUN_PENDING && state != RNL_RUN_RUNNING)
    rnl_run_loop_release (self);
}

void
rnl_run_set_first_output (RnlRun *self)
{
  self->first_output = g_get_monotonic_time () - self->started_mono;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TIME_TO_FIRST_TOKEN]);
}

/* Joins @self to @parent, or makes it a root in @scope. */
void
rnl_run_settle (RnlRun *self, RnlRun *parent, RnlRunScope *scope)
{
  g_autoptr (RnlRunLoop) loop = NULL;

  if (parent != NULL)
    {
      self->parent = g_object_ref (parent);
      self->root = parent->root;
      loop = rnl_run_loop_dup_around (parent);
      rnl_run_loop_hold (loop, self);
      return;
    }
  self->scope = g_object_ref (scope != NULL ? scope : rnl_run_scope_get_default ());
  self->gate = rnl_gate_new ();
  self->home = g_main_context_ref_thread_default ();
}

static char **
join_tags (RnlRun *parent, const char *const *tags)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *const *inherited = parent != NULL ? (const char *const *) parent->tags : NULL;

  for (gsize i = 0; inherited != NULL && inherited[i] != NULL; i++)
    g_strv_builder_add (builder, inherited[i]);
  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    if (inherited == NULL || !g_strv_contains (inherited, tags[i]))
      g_strv_builder_add (builder, tags[i]);

  return g_strv_builder_end (builder);
}

/* Members that are values are immutable once set: whoever sets one puts a new node. */
void
rnl_run_copy_metadata (JsonObject *from, JsonObject *to)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (to, name, json_node_copy (node));
}

/**
 * rnl_run_new:
 * @type: what executes
 * @name: (nullable): its name in events, "Unnamed" when `NULL`
 * @parent: (nullable): the run it happens in, `NULL` for a root in the application's scope
 * @tags: (nullable) (array zero-terminated=1): its own tags; its parent's are inherited, and its
 *   parent's metadata too
 *
 * Returns: (transfer full): a run that has not started
 */
RnlRun *
rnl_run_new (RnlRunType type, const char *name, RnlRun *parent, const char *const *tags)
{
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();

  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    rnl_run_config_add_tag (config, tags[i]);

  return rnl_run_new_configured (type, parent, config, name);
}

/**
 * rnl_run_new_configured:
 * @type: what executes
 * @parent: (nullable): the run it happens in, `NULL` for a root in the config's scope
 * @config: (nullable): what the caller wants; a root's is merged over that of its scopes
 * @default_name: (nullable): its name in events when the config has none, "Unnamed" when `NULL`
 *
 * Returns: (transfer full): a run that has not started
 */
RnlRun *
rnl_run_new_configured (RnlRunType type,
                        RnlRun *parent,
                        const RnlRunConfig *config,
                        const char *default_name)
{
  RnlRun *self;

  g_return_val_if_fail (parent == NULL || RNL_IS_RUN (parent), NULL);

  self = g_object_new (RNL_TYPE_RUN, NULL);
  self->type = type;
  rnl_run_settle (self, parent, config != NULL ? rnl_run_config_get_scope (config) : NULL);
  if (parent == NULL)
    {
      g_autoptr (RnlRunConfig) defaults = rnl_run_scope_dup_defaults (self->scope);

      self->config = rnl_run_config_merge (defaults, config);
    }
  else
    {
      self->config = rnl_run_config_merge (NULL, config);
      rnl_run_copy_metadata (parent->metadata, self->metadata);
    }
  if (rnl_run_config_get_name (self->config) != NULL)
    default_name = rnl_run_config_get_name (self->config);
  self->name = g_strdup (default_name != NULL ? default_name : "Unnamed");
  self->tags = join_tags (parent, rnl_run_config_get_tags (self->config));
  rnl_run_copy_metadata (rnl_run_config_get_metadata (self->config), self->metadata);

  return self;
}

/**
 * rnl_run_set_scope:
 * @self: a root that has not started
 * @scope: where it is to happen
 *
 * Moves a run that was made before it was known where it belongs. What the scope's config says
 * stands under what the run was given.
 */
void
rnl_run_set_scope (RnlRun *self, RnlRunScope *scope)
{
  g_autoptr (RnlRunConfig) defaults = NULL;
  g_autoptr (JsonObject) own = NULL;
  RnlRunConfig *config;
  char **tags;

  g_return_if_fail (RNL_IS_RUN (self) && RNL_IS_RUN_SCOPE (scope));
  g_return_if_fail (self->parent == NULL && self->state == RNL_RUN_PENDING);

  if (!g_set_object (&self->scope, scope))
    return;

  defaults = rnl_run_scope_dup_defaults (scope);
  config = rnl_run_config_merge (defaults, self->config);
  g_clear_pointer (&self->config, rnl_run_config_unref);
  self->config = config;
  tags = join_tags (NULL, rnl_run_config_get_tags (config));
  g_strfreev (self->tags);
  self->tags = tags;
  own = g_steal_pointer (&self->metadata);
  self->metadata = json_object_new ();
  rnl_run_copy_metadata (rnl_run_config_get_metadata (config), self->metadata);
  rnl_run_copy_metadata (own, self->metadata);
}

/**
 * rnl_run_is_observed:
 * @self: a run
 *
 * Returns: whether anybody would be told of an event of it
 */
gboolean
rnl_run_is_observed (RnlRun *self)
{
  g_return_val_if_fail (RNL_IS_RUN (self), FALSE);

  for (RnlRun *run = self; run != NULL; run = run->parent)
    if (g_signal_has_handler_pending (run, signals[EVENT], 0, FALSE))
      return TRUE;

  return rnl_run_scope_is_observed (self->root->scope);
}
