/* rnl-event-filter.h: which events an observer wants
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-run.h"

G_BEGIN_DECLS

/**
 * RnlEventFilter:
 * @include_names: (nullable): names, as the other lists; `NULL` or empty means the list is not
 * given
 * @include_types: (nullable): `chat_model`, `tool`, ...; `custom` for custom events
 * @include_tags: (nullable): tags
 * @exclude_names: (nullable): names
 * @exclude_types: (nullable): types
 * @exclude_tags: (nullable): tags
 *
 * Includes are a union; with none given everything is included. Excludes win.
 */
typedef struct
{
  char **include_names;
  char **include_types;
  char **include_tags;
  char **exclude_names;
  char **exclude_types;
  char **exclude_tags;
} RnlEventFilter;

#define RNL_TYPE_EVENT_FILTER (rnl_event_filter_get_type ())
GType rnl_event_filter_get_type (void);

RnlEventFilter *rnl_event_filter_new (void);
RnlEventFilter *rnl_event_filter_copy (const RnlEventFilter *self);
void rnl_event_filter_free (RnlEventFilter *self);
void rnl_event_filter_clear (RnlEventFilter *self);

void rnl_event_filter_include_name (RnlEventFilter *self, const char *name);
void rnl_event_filter_include_type (RnlEventFilter *self, const char *type);
void rnl_event_filter_include_tag (RnlEventFilter *self, const char *tag);
void rnl_event_filter_exclude_name (RnlEventFilter *self, const char *name);
void rnl_event_filter_exclude_type (RnlEventFilter *self, const char *type);
void rnl_event_filter_exclude_tag (RnlEventFilter *self, const char *tag);

gboolean rnl_event_filter_matches (const RnlEventFilter *self, const RnlEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlEventFilter, rnl_event_filter_free)

G_END_DECLS
