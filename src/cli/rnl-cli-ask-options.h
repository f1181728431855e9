/* rnl-cli-ask-options.h: the options of "runnel-cli ask"
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-cli-params.h"
#include "rnl-cli.h"
#include "rnl-event-filter.h"
#include "rnl-permission-policy.h"

G_BEGIN_DECLS

typedef enum
{
  RNL_FORMAT_TEXT,
  RNL_FORMAT_EVENTS,
  RNL_FORMAT_LOG,
  RNL_FORMAT_JSON,
} RnlFormat;

typedef struct
{
  /* owned */
  char *prompt;
  char *model;
  char *protocol;
  char *base_url;
  char *api_key;
  char *system;
  char *chat_id;
  char *tools;
  char *run_name;
  char **tags;
  char **metadata;
  char **attach;
  GBytes *input;
  RnlEventFilter filter;
  RnlCliParams params;

  RnlFormat format;
  RnlApprove approve;
  guint max_steps;
  guint time_limit;
  gboolean save;
  gboolean no_stream;
  gboolean no_trace;
  gboolean final_answer;
  gboolean verbose;
} RnlAskOptions;

RnlAskOptions *rnl_ask_options_parse (int argc, char **argv, GError **error);
void rnl_ask_options_free (RnlAskOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlAskOptions, rnl_ask_options_free)

G_END_DECLS
