/* window-model.h: a model with a window of its own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-model.h"

G_BEGIN_DECLS

#define WINDOW_TYPE_MODEL (window_model_get_type ())
G_DECLARE_FINAL_TYPE (WindowModel, window_model, WINDOW, MODEL, GObject)

/**
 * WindowModel:
 * @requests: what it was asked
 * @answer: what it says to everything
 * @window: refuses what has more tokens; 0 for nothing
 * @describes: says how large the window is when asked
 * @counts: counts tokens when asked
 * @tokens_per_estimate: how much its tokens are smaller than ours
 * @n_counts: how often it was asked to count
 *
 * Says how long a request was, and refuses one that is too long.
 */
struct _WindowModel
{
  GObject parent_instance;

  GPtrArray *requests; /* of RnlChatRequest */
  const char *answer;  /* borrowed */
  gint64 window;
  gboolean describes;
  gboolean counts;
  double tokens_per_estimate;
  guint n_counts;
};

WindowModel *window_model_new (gint64 window);
gint64 window_model_count (WindowModel *self, RnlChatRequest *request);

G_END_DECLS
