/* rnl-event-pipe.h: the descriptor another program reads an answer from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Above the first the run is held, below the second it goes on, above the third nothing helps. */
#define RNL_EVENT_PIPE_HIGH_WATER ((gsize) 256 * 1024)
#define RNL_EVENT_PIPE_LOW_WATER  ((gsize) 64 * 1024)
#define RNL_EVENT_PIPE_MAX_BYTES  ((gsize) 8 * 1024 * 1024)

#define RNL_EVENT_PIPE_STALL_MS 60000

/**
 * RnlEventPipeText:
 * @RNL_EVENT_PIPE_ANSWER: `agent_message_chunk`
 * @RNL_EVENT_PIPE_THOUGHT: `agent_thought_chunk`; not written in text mode
 */
typedef enum
{
  RNL_EVENT_PIPE_ANSWER,
  RNL_EVENT_PIPE_THOUGHT,
} RnlEventPipeText;

/**
 * RnlEventPipeClosing:
 * @RNL_EVENT_PIPE_DRAINED: everything was written
 * @RNL_EVENT_PIPE_HANG_UP: the reader closed its end
 * @RNL_EVENT_PIPE_STALLED: the reader took nothing for too long, or left too much
 */
typedef enum
{
  RNL_EVENT_PIPE_DRAINED,
  RNL_EVENT_PIPE_HANG_UP,
  RNL_EVENT_PIPE_STALLED,
} RnlEventPipeClosing;

#define RNL_TYPE_EVENT_PIPE (rnl_event_pipe_get_type ())
G_DECLARE_FINAL_TYPE (RnlEventPipe, rnl_event_pipe, RNL, EVENT_PIPE, GObject)

RnlEventPipe *rnl_event_pipe_new (gboolean text_only, int *reader, GError **error);
void rnl_event_pipe_set_stall_time (RnlEventPipe *self, guint milliseconds);

void rnl_event_pipe_write_text (RnlEventPipe *self, RnlEventPipeText kind, const char *text);
void rnl_event_pipe_write_object (RnlEventPipe *self, JsonObject *object);
void rnl_event_pipe_end (RnlEventPipe *self);
void rnl_event_pipe_close (RnlEventPipe *self);

gboolean rnl_event_pipe_is_full (RnlEventPipe *self);
gboolean rnl_event_pipe_is_closed (RnlEventPipe *self);
gsize rnl_event_pipe_get_queued (RnlEventPipe *self);

G_END_DECLS
