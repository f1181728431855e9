/* rnl-agent-run-finish.c: when a model's last word is no answer
 *
 * A filter, a call that its own server could not read, a limit that was spent on thinking: no error
 * of the connection, and nothing that a person could take for an answer either.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#include "rnl-provider-error.h"

/* Whether the model call said or asked for anything. */
static gboolean
has_said (RnlAgentRun *self)
{
  for (guint i = rnl_message_get_n_parts (self->message); i > 0; i--)
    {
      RnlPart *part = rnl_message_get_part (self->message, i - 1);
      RnlPartType type = rnl_part_get_part_type (part);

      if (rnl_part_get_step (part) != self->step)
        return FALSE;
      if (type == RNL_PART_TOOL_CALL || type == RNL_PART_FILE
          || (type == RNL_PART_TEXT && rnl_part_get_length (part) > 0))
        return TRUE;
    }

  return FALSE;
}

static GError *
describe (RnlAgentRun *self, RnlProviderError code, const char *what, const char *advice)
{
  const char *raw = rnl_message_get_raw_finish_reason (self->message);
  const char *id = rnl_chat_model_get_id (rnl_agent_get_model (self->agent));

  if (raw == NULL)
    return rnl_provider_error_new (code, "%s %s. %s", id, what, advice);

  return rnl_provider_error_new (code, "%s %s (%s). %s", id, what, raw, advice);
}

/* Returns: (transfer full) (nullable): what is wrong with a model call that ended by itself */
GError *
rnl_agent_run_find_failure (RnlAgentRun *self)
{
  RnlFinishReason reason = rnl_message_get_finish_reason (self->message);

  if (reason == RNL_FINISH_CONTENT_FILTER)
    return describe (self, RNL_PROVIDER_ERROR_CONTENT_REFUSED,
                     "was kept from answering by a filter", "Put the question differently.");
  if (reason == RNL_FINISH_ERROR)
    return describe (self, RNL_PROVIDER_ERROR_FAILED, "could not finish its answer", "Try again.");
  if (reason == RNL_FINISH_LENGTH && !has_said (self))
    return describe (self, RNL_PROVIDER_ERROR_FAILED,
                     "came to the end of what it may write before it answered",
                     "Allow longer answers, or less thinking.");

  return NULL;
}
