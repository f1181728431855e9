/* rnl-scroll-follower.h: whether a view that grows stays at its end
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* For how long a view keeps still after the person unfolded something. */
#define RNL_SCROLL_FOLLOWER_HOLD_US (400 * G_TIME_SPAN_MILLISECOND)

#define RNL_TYPE_SCROLL_FOLLOWER (rnl_scroll_follower_get_type ())
G_DECLARE_FINAL_TYPE (RnlScrollFollower, rnl_scroll_follower, RNL, SCROLL_FOLLOWER, GObject)

RnlScrollFollower *rnl_scroll_follower_new (void);

gboolean rnl_scroll_follower_get_following (RnlScrollFollower *self);
gboolean rnl_scroll_follower_get_at_end (RnlScrollFollower *self);
double rnl_scroll_follower_get_unseen (RnlScrollFollower *self);

void rnl_scroll_follower_moved (RnlScrollFollower *self, double value, double page, double upper);
void rnl_scroll_follower_stop (RnlScrollFollower *self);
void rnl_scroll_follower_hold (RnlScrollFollower *self, gint64 now_us);
void rnl_scroll_follower_jump (RnlScrollFollower *self);

gboolean rnl_scroll_follower_begin_layout (RnlScrollFollower *self, gint64 now_us);
void rnl_scroll_follower_end_layout (
  RnlScrollFollower *self, double value, double page, double upper, gboolean live);

G_END_DECLS
