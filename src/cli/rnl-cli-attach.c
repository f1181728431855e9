/* rnl-cli-attach.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-attach.h"

#include "rnl-attachment.h"

static gboolean
add_part (RnlMessage *question, RnlPart *taken)
{
  g_autoptr (RnlPart) part = taken;

  if (part != NULL)
    rnl_message_add_part (question, part);

  return part != NULL;
}

static gboolean
add_file (RnlMessage *question, const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (name);
  g_autoptr (GAsyncResult) result = NULL;

  rnl_attachment_load_async (file, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);

  return add_part (question, rnl_attachment_load_finish (file, result, error));
}

/**
 * rnl_cli_attach_make_question:
 * @options: what was asked for
 * @error: return location for an error
 *
 * Errors: `RNL_ATTACHMENT_ERROR`.
 *
 * Returns: (transfer full) (nullable): the files, what stood on standard input, and the prompt
 */
RnlMessage *
rnl_cli_attach_make_question (const RnlAskOptions *options, GError **error)
{
  g_autoptr (RnlMessage) question = rnl_message_new (RNL_ROLE_USER);

  for (gsize i = 0; options->attach != NULL && options->attach[i] != NULL; i++)
    if (!add_file (question, options->attach[i], error))
      return NULL;
  if (options->input != NULL
      && !add_part (question, rnl_attachment_new (options->input, "standard input", error)))
    return NULL;
  add_part (question, rnl_part_new_text (options->prompt));

  return g_steal_pointer (&question);
}
