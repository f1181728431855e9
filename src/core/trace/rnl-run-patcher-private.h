/* rnl-run-patcher-private.h: between the files of a patcher
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-partial-json.h"
#include "rnl-run-patcher.h"

G_BEGIN_DECLS

/* What is known of a run that is in the log and alive. */
typedef struct
{
  /* owned */
  char *path;      /* "" is the root's, "/logs/KEY" that of the others */
  char *json_path; /* the same inside a JSON string */
  char *tool_call_id;
  JsonNode *metadata;

  RnlUsage usage;
  gint64 first_token; /* microseconds after the start, -1 before it */
} RnlLogEntry;

struct _RnlRunPatcher
{
  /* owned */
  GHashTable *entries;    /* RnlRun -> RnlLogEntry; removed with the run's last event */
  GHashTable *names;      /* name -> how many runs had it */
  GHashTable *keys;       /* keys that were given away */
  RnlPartialJson *answer; /* the arguments of final_answer while they stream */

  /* borrowed */
  RnlRun *root;
  const RnlEventFilter *filter;

  gint answer_index; /* which call of its message is @answer */
  RnlUsage usage;    /* of every model run so far */
  gboolean begun;
};

/* One patch while it is put together. */
typedef struct
{
  RnlRunPatcher *self;
  const RnlEvent *event;
  RnlLogEntry *entry;
  JsonArray *operations;
} RnlLogPatch;

/* rnl-log-patch.c: members are paths inside the run of the patch's entry. */
void rnl_log_patch_add (RnlLogPatch *patch, const char *op, const char *member, JsonNode *value);
void rnl_log_patch_add_string (RnlLogPatch *patch, const char *member, const char *value);
void rnl_log_patch_add_int (RnlLogPatch *patch, const char *member, gint64 value);
void rnl_log_patch_add_copy (RnlLogPatch *patch, const char *member, JsonNode *value);
void rnl_log_patch_add_object (RnlLogPatch *patch, const char *member, JsonObject *object);
void rnl_log_patch_sign (RnlLogPatch *patch);

/* rnl-run-patcher-runs.c */
void rnl_log_entry_free (RnlLogEntry *entry);
void rnl_log_patch_begin_run (RnlLogPatch *patch, RnlRun *run, JsonNode *input);
void rnl_log_patch_note_changes (RnlLogPatch *patch);

/* rnl-run-patcher-answer.c */
void rnl_log_entry_note_first_token (RnlLogEntry *entry, RnlRun *run, gint64 time);
void rnl_log_entry_note_chunk (RnlLogEntry *entry, const RnlEvent *event);
const char *rnl_run_patcher_read_answer (RnlRunPatcher *self, const RnlEvent *event, gsize *length);
gboolean rnl_run_patcher_root_streams_answer (RnlRunPatcher *self);

/* rnl-run-patcher-text.c */
void rnl_run_patcher_append_escaped (GString *out, const char *text, gsize length);

G_END_DECLS
