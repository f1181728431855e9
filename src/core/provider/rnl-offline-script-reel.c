/* rnl-offline-script-reel.c: the chunks of a script, played
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-script-ops.h"

#include "rnl-provider-error.h"

/**
 * Frame:
 * @ops: (element-type RnlOfflineOp): what is played
 * @at: the next one
 * @left: how many more times after this one
 */
typedef struct
{
  GPtrArray *ops;
  guint at;
  guint64 left;
} Frame;

/* A repeat is a frame, not a copy: a million tokens cost no more memory than one. */
typedef struct
{
  RnlOfflineReel reel;

  /* owned */
  GPtrArray *ops;
  char *id;
  char *model;

  gboolean begun;
  guint depth;
  Frame frames[RNL_OFFLINE_SCRIPT_MAX_NESTING + 1];
} ScriptReel;

static void
copy_error (GError *scripted, RnlOfflineStep *step)
{
  RnlProviderErrorDetails *from = rnl_provider_error_get_details (scripted);
  RnlProviderErrorDetails *to;

  step->error = rnl_provider_error_new ((RnlProviderError) scripted->code, "%s", scripted->message);
  to = rnl_provider_error_get_details (step->error);
  to->status = from->status;
  to->retry_after_ms = from->retry_after_ms;
}

static gboolean
is_paced (RnlChunkType type)
{
  return type == RNL_CHUNK_TEXT || type == RNL_CHUNK_REASONING || type == RNL_CHUNK_REFUSAL
         || type == RNL_CHUNK_TOOL_CALL;
}

static RnlOfflineMove
play_op (RnlOfflineOp *op, RnlOfflineStep *step)
{
  if (op->chunk != NULL)
    {
      step->chunk = *op->chunk;
      step->paced = is_paced (op->chunk->type);
    }
  step->wait_ms = op->wait_ms;
  if (op->error != NULL)
    copy_error (op->error, step);

  return op->move;
}

/* The next op, going in and out of repeats; NULL at the end. */
static RnlOfflineOp *
next_op (ScriptReel *self)
{
  for (;;)
    {
      Frame *frame = &self->frames[self->depth];
      RnlOfflineOp *op;

      if (frame->at == frame->ops->len)
        {
          if (frame->left > 0)
            {
              frame->left--;
              frame->at = 0;
            }
          else if (self->depth == 0)
            return NULL;
          else
            self->depth--;
          continue;
        }

      op = g_ptr_array_index (frame->ops, frame->at++);
      if (op->body == NULL)
        return op;
      if (op->times > 0 && op->body->len > 0)
        self->frames[++self->depth] = (Frame){ op->body, 0, op->times - 1 };
    }
}

static RnlOfflineMove
script_next (RnlOfflineReel *reel, RnlOfflineStep *step)
{
  ScriptReel *self = (ScriptReel *) reel;
  RnlOfflineOp *op;

  if (!self->begun)
    {
      self->begun = TRUE;
      step->chunk.type = RNL_CHUNK_INFO;
      step->chunk.id = self->id;
      step->chunk.name = self->model;
      return RNL_OFFLINE_CHUNK;
    }

  op = next_op (self);

  return op != NULL ? play_op (op, step) : RNL_OFFLINE_END;
}

static void
script_free (RnlOfflineReel *reel)
{
  ScriptReel *self = (ScriptReel *) reel;

  g_ptr_array_unref (self->ops);
  g_free (self->id);
  g_free (self->model);
  g_free (self);
}

/**
 * rnl_offline_ops_play:
 * @ops: (element-type RnlOfflineOp): what to play
 * @id: the answer's id
 * @model: who answers
 *
 * Returns: (transfer full): a reel
 */
RnlOfflineReel *
rnl_offline_ops_play (GPtrArray *ops, const char *id, const char *model)
{
  ScriptReel *self = g_new0 (ScriptReel, 1);

  self->reel.next = script_next;
  self->reel.free = script_free;
  self->ops = g_ptr_array_ref (ops);
  self->id = g_strdup (id);
  self->model = g_strdup (model);
  self->frames[0].ops = self->ops;

  return &self->reel;
}
