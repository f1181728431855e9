/* rnl-event-filter.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-event-filter.h"

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
  const char *type
    = custom ? "custom"
             : rnl_enum_nick (RNL_TYPE_RUN_TYPE, (gint) rnl_run_get_run_type (event->run));

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
 * rnl_event_filter_clear:
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
