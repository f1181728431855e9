/* rnl-trace-info.h: what a list of recordings says about one
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "rnl-trace-error.h"

G_BEGIN_DECLS

/**
 * RnlTraceInfo:
 * @path: (type filename): the file
 * @id: id of the root run
 * @name: its name
 * @question: (nullable): the first line of what was asked
 * @session: (nullable): the id of the conversation it belongs to
 * @started: when, ISO 8601 in UTC
 * @status: finished, failed or cancelled; running while the file is being written; interrupted when
 *   it ends before its run does
 * @duration: in microseconds, -1 when it is not known
 * @first_token: how long the answer took to begin, in microseconds, -1 when it is not known
 * @tokens: read and written by all models, -1 when no model said
 * @size: of the file, in bytes
 * @internal: whether the root has the tag %RNL_RUN_TAG_INTERNAL: nobody asked for it
 *
 * What is known of a recording without playing it.
 */
typedef struct
{
  char *path;
  char *id;
  char *name;
  char *question;
  char *session;
  char *started;
  char *status;
  gint64 duration;
  gint64 first_token;
  gint64 tokens;
  gint64 size;
  gboolean internal;
} RnlTraceInfo;

#define RNL_TYPE_TRACE_INFO (rnl_trace_info_get_type ())
GType rnl_trace_info_get_type (void);

RnlTraceInfo *rnl_trace_info_read (const char *path, GError **error);
RnlTraceInfo *rnl_trace_info_copy (const RnlTraceInfo *self);
void rnl_trace_info_free (RnlTraceInfo *self);
JsonNode *rnl_trace_info_to_json (const RnlTraceInfo *self);

GPtrArray *rnl_trace_list (const char *folder);
JsonNode *rnl_trace_load_state (const char *path, gboolean *whole, GError **error);
GBytes *rnl_trace_load_log (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlTraceInfo, rnl_trace_info_free)

G_END_DECLS
