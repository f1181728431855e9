/* propagation-ways.h: tools that ask their model, each in a way of its own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "propagation-harness.h"

G_BEGIN_DECLS

/**
 * Way:
 * @name: what it is called in the tests' paths
 * @callback: asks the model for the argument "prompt" and returns the answer, handing no run on
 * @blocking: whether it is for a worker thread
 */
typedef struct
{
  const char *name;
  RnlToolCallback callback;
  gboolean blocking;
} Way;

extern const Way ways[];
#define N_WAYS 8

/* What such a tool keeps until the answer. */
typedef struct
{
  RnlToolContext *context;
  char *prompt;
  GMainContext *inner;
} Asking;

Asking *asking_new (RnlToolContext *context, JsonObject *arguments);
void asking_free (Asking *asking);
void asking_check_inside (Asking *asking);
void asking_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data);
gboolean asking_ask_cb (gpointer user_data);

RnlTool *way_tool (gsize way);

G_END_DECLS
