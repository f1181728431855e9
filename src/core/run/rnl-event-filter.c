/* rnl-event-filter.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-event-filter.h"

G_DEFINE_BOXED_TYPE (RnlEventFilter, rnl_event_filter, rnl_event_filter_copy, rnl_event_filter_free)

static gboolean
is_given (char **list)
{
  return list != NULL && *list != NULL;
}

static gboolean
has (char **list, const char *word)
{
  return is_given (list) && g_strv_contains ((const char *const *) list, word);
}

static gboolean
has_tag (char **list, RnlRun *run)
{
  for (gsize i = 0; is_given (list) && list[i] != NULL; i++)
    if (rnl_run_has_tag (run, list[i]))
      return TRUE;

  return FALSE;
}

/**
 * rnl_event_filter_matches:
 * @self: a filter
 * @event: an event
 *
 * A custom event is matched by its own name, the type `custom`, and the tags of its run.
 *
 * Returns: whether the observer wants it
 */
gboolean
rnl_event_filter_matches (const RnlEventFilter *self, const RnlEvent *event)
{
  gboolean custom = event->kind == RNL_EVENT_CUSTOM;
  const char *name = custom ? event->name : rnl_run_get_name (event->run);
  const char *type = custom ? "custom" : rnl_run_type_to_string (rnl_run_get_run_type (event->run));

  if (has (self->exclude_names, name) || has (self->exclude_types, type)
      || has_tag (self->exclude_tags, event->run))
    return FALSE;
  if (!is_given (self->include_names) && !is_given (self->include_types)
      && !is_given (self->include_tags))
    return TRUE;

  return has (self->include_names, name) || has (self->include_types, type)
         || has_tag (self->include_tags, event->run);
}

/**
 * rnl_event_filter_new:
 *
 * Returns: (transfer full): a filter that lets everything through
 */
RnlEventFilter *
rnl_event_filter_new (void)
{
  return g_new0 (RnlEventFilter, 1);
}

/**
 * rnl_event_filter_copy:
 * @self: a filter
 *
 * Returns: (transfer full): one with lists of its own
 */
RnlEventFilter *
rnl_event_filter_copy (const RnlEventFilter *self)
{
  RnlEventFilter *copy = rnl_event_filter_new ();

  copy->include_names = g_strdupv (self->include_names);
  copy->include_types = g_strdupv (self->include_types);
  copy->include_tags = g_strdupv (self->include_tags);
  copy->exclude_names = g_strdupv (self->exclude_names);
  copy->exclude_types = g_strdupv (self->exclude_types);
  copy->exclude_tags = g_strdupv (self->exclude_tags);

  return copy;
}

/**
 * rnl_event_filter_free:
 * @self: (transfer full): a filter
 *
 * Frees a filter.
 */
void
rnl_event_filter_free (RnlEventFilter *self)
{
  rnl_event_filter_clear (self);
  g_free (self);
}

/**
 * rnl_event_filter_clear: (skip)
 * @self: a filter
 *
 * Frees its lists, not the filter.
 */
void
rnl_event_filter_clear (RnlEventFilter *self)
{
  g_clear_pointer (&self->include_names, g_strfreev);
  g_clear_pointer (&self->include_types, g_strfreev);
  g_clear_pointer (&self->include_tags, g_strfreev);
  g_clear_pointer (&self->exclude_names, g_strfreev);
  g_clear_pointer (&self->exclude_types, g_strfreev);
  g_clear_pointer (&self->exclude_tags, g_strfreev);
}

static void
add_word (char ***list, const char *word)
{
  guint n = *list != NULL ? g_strv_length (*list) : 0;

  g_return_if_fail (word != NULL);

  *list = g_renew (char *, *list, n + 2);
  (*list)[n] = g_strdup (word);
  (*list)[n + 1] = NULL;
}

/**
 * rnl_event_filter_include_name:
 * @self: a filter
 * @name: the name of a run, or of a custom event
 */
void
rnl_event_filter_include_name (RnlEventFilter *self, const char *name)
{
  add_word (&self->include_names, name);
}

/**
 * rnl_event_filter_include_type:
 * @self: a filter
 * @type: `chat_model`, `tool`, ...; `custom` for custom events
 */
void
rnl_event_filter_include_type (RnlEventFilter *self, const char *type)
{
  add_word (&self->include_types, type);
}

/**
 * rnl_event_filter_include_tag:
 * @self: a filter
 * @tag: a tag
 */
void
rnl_event_filter_include_tag (RnlEventFilter *self, const char *tag)
{
  add_word (&self->include_tags, tag);
}

/**
 * rnl_event_filter_exclude_name:
 * @self: a filter
 * @name: the name of a run, or of a custom event
 */
void
rnl_event_filter_exclude_name (RnlEventFilter *self, const char *name)
{
  add_word (&self->exclude_names, name);
}

/**
 * rnl_event_filter_exclude_type:
 * @self: a filter
 * @type: `chat_model`, `tool`, ...; `custom` for custom events
 */
void
rnl_event_filter_exclude_type (RnlEventFilter *self, const char *type)
{
  add_word (&self->exclude_types, type);
}

/**
 * rnl_event_filter_exclude_tag:
 * @self: a filter
 * @tag: a tag
 */
void
rnl_event_filter_exclude_tag (RnlEventFilter *self, const char *tag)
{
  add_word (&self->exclude_tags, tag);
}
