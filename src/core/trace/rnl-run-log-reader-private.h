/* rnl-run-log-reader-private.h: between the files of a reader
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-run-log-reader.h"

G_BEGIN_DECLS

struct _RnlRunLogReader
{
  /* owned */
  GHashTable *by_path; /* "" or "/logs/KEY" -> RnlRun, while it is alive */
  GHashTable *by_id;   /* its id -> RnlRun, while it is alive */
  GHashTable *usage;   /* RnlRun, borrowed -> RnlUsage: what its model has counted so far */
  GHashTable *guessed; /* ids of runs in by_id that the log has not described */
  GPtrArray *open;     /* RnlRun: they have started and not ended, in this order */
  RnlRun *root;

  guint64 next_seq;
  gint64 last_time;
  gboolean complete;
};

/* What the operations of one patch say about its event. */
typedef struct
{
  RnlRun *run; /* borrowed */
  char *path;
  char *subject; /* the path of the run it is about: that of the last operation */
  RnlEvent event;
  JsonObject *data;
  RnlChunk chunk;
  char *chunk_text;  /* nullable: where the chunk's text is not in the data as it is */
  GPtrArray *blocks; /* nullable: of RnlBlockMark */
  RnlBlockMark *marks;
  gint64 duration;
  gboolean is_signed;
} RnlGatheredEvent;

/* rnl-gathered-event.c */
void rnl_gathered_event_clear (RnlGatheredEvent *gathered);
void rnl_gathered_event_fill (RnlGatheredEvent *gathered, RnlUsage *usage, GError **failure);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RnlGatheredEvent, rnl_gathered_event_clear)

/* rnl-run-log-reader-runs.c */
gboolean rnl_run_log_reader_fail (GError **error, const char *what, const char *path);
gboolean rnl_run_log_reader_check_version (JsonObject *state, GError **error);
RnlRun *rnl_run_log_reader_read_run (
  RnlRunLogReader *self, const char *path, JsonObject *entry, gint64 started, GError **error);

/* rnl-run-log-reader-gather.c */
char *rnl_run_log_reader_dup_subject (JsonArray *operations);
gboolean rnl_run_log_reader_gather_run (RnlRunLogReader *self,
                                        RnlGatheredEvent *gathered,
                                        JsonObject *operation,
                                        GError **error);
gboolean rnl_run_log_reader_gather (RnlRunLogReader *self,
                                    RnlGatheredEvent *gathered,
                                    JsonObject *operation,
                                    GError **error);

G_END_DECLS
