/* rnl-cli-params.h: what "runnel-cli ask" wants of the model
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-run-config.h"

G_BEGIN_DECLS

typedef struct
{
  /* owned */
  char **stop;
  char *schema_file;
  char *effort;
  char *tool_choice;
  JsonNode *schema;

  int max_tokens;
  int num_ctx;
  double temperature;
  double top_p;
} RnlCliParams;

void rnl_cli_params_add_options (RnlCliParams *self, GArray *entries);
gboolean rnl_cli_params_load (RnlCliParams *self, GError **error);
void rnl_cli_params_clear (RnlCliParams *self);
void rnl_cli_params_apply (const RnlCliParams *self, RnlRunConfig *config);
gboolean rnl_cli_params_check_answer (const RnlCliParams *self, const char *answer, GError **error);

G_END_DECLS
