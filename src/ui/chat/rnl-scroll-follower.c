/* rnl-scroll-follower.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-scroll-follower.h"

/* Positions are whole pixels in practice; less than one is "at the end". */
#define AT_END_SLACK 1.0

/**
 * RnlScrollFollower:
 *
 * The rule of following the end, without any widget: a view follows only if it stood at its end
 * before it grew, and stops as soon as the person scrolls up, selects, or moves by keyboard. What
 * grew below the view since then is counted as unseen, in pixels.
 */
struct _RnlScrollFollower
{
  GObject parent_instance;

  gboolean following;
  gboolean at_end;
  double unseen;
  double below;
  gint64 held_until;
};

enum
{
  PROP_0,
  PROP_FOLLOWING,
  PROP_AT_END,
  PROP_UNSEEN,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RnlScrollFollower, rnl_scroll_follower, G_TYPE_OBJECT)

static void
set_following (RnlScrollFollower *self, gboolean following)
{
  if (self->following == following)
    return;

  self->following = following;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLLOWING]);
}

static void
set_at_end (RnlScrollFollower *self, gboolean at_end)
{
  if (self->at_end == at_end)
    return;

  self->at_end = at_end;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AT_END]);
}

static void
set_unseen (RnlScrollFollower *self, double unseen)
{
  if (self->unseen == unseen)
    return;

  self->unseen = unseen;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNSEEN]);
}

static void
set_geometry (RnlScrollFollower *self, double value, double page, double upper)
{
  self->below = MAX (0, upper - page - value);
  set_at_end (self, self->below < AT_END_SLACK);
  if (self->unseen > self->below)
    set_unseen (self, self->below < AT_END_SLACK ? 0 : self->below);
}

static void
rnl_scroll_follower_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlScrollFollower *self = RNL_SCROLL_FOLLOWER (object);

  switch (prop_id)
    {
    case PROP_FOLLOWING:
      g_value_set_boolean (value, self->following);
      break;
    case PROP_AT_END:
      g_value_set_boolean (value, self->at_end);
      break;
    case PROP_UNSEEN:
      g_value_set_double (value, self->unseen);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_scroll_follower_class_init (RnlScrollFollowerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = rnl_scroll_follower_get_property;

  props[PROP_FOLLOWING] = g_param_spec_boolean ("following", NULL, NULL, TRUE, flags);
  props[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, TRUE, flags);
  props[PROP_UNSEEN] = g_param_spec_double ("unseen", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_scroll_follower_init (RnlScrollFollower *self)
{
  self->following = TRUE;
  self->at_end = TRUE;
}

/**
 * rnl_scroll_follower_new:
 *
 * Returns: (transfer full): a follower of an empty view, at its end
 */
RnlScrollFollower *
rnl_scroll_follower_new (void)
{
  return g_object_new (RNL_TYPE_SCROLL_FOLLOWER, NULL);
}

gboolean
rnl_scroll_follower_get_following (RnlScrollFollower *self)
{
  g_return_val_if_fail (RNL_IS_SCROLL_FOLLOWER (self), FALSE);

  return self->following;
}

gboolean
rnl_scroll_follower_get_at_end (RnlScrollFollower *self)
{
  g_return_val_if_fail (RNL_IS_SCROLL_FOLLOWER (self), FALSE);

  return self->at_end;
}

/**
 * rnl_scroll_follower_get_unseen:
 * @self: a follower
 *
 * Returns: how many pixels grew below the view while it did not follow; 0 at the end
 */
double
rnl_scroll_follower_get_unseen (RnlScrollFollower *self)
{
  g_return_val_if_fail (RNL_IS_SCROLL_FOLLOWER (self), 0);

  return self->unseen;
}

/**
 * rnl_scroll_follower_moved:
 * @self: a follower
 * @value: the first visible pixel
 * @page: the height of the view
 * @upper: the height of everything
 *
 * The person scrolled: to the end, which follows again, or away from it.
 */
void
rnl_scroll_follower_moved (RnlScrollFollower *self, double value, double page, double upper)
{
  g_return_if_fail (RNL_IS_SCROLL_FOLLOWER (self));

  self->held_until = 0;
  set_geometry (self, value, page, upper);
  set_following (self, self->at_end);
}

/**
 * rnl_scroll_follower_stop:
 * @self: a follower
 *
 * The person selects or moves by keyboard: nothing moves until they return to the end.
 */
void
rnl_scroll_follower_stop (RnlScrollFollower *self)
{
  g_return_if_fail (RNL_IS_SCROLL_FOLLOWER (self));

  self->held_until = 0;
  set_following (self, FALSE);
}

/**
 * rnl_scroll_follower_hold:
 * @self: a follower
 * @now_us: monotonic time, in microseconds
 *
 * The person folds or unfolds something: it stays where it is while it changes its height. If the
 * end is still in view afterwards, following goes on.
 */
void
rnl_scroll_follower_hold (RnlScrollFollower *self, gint64 now_us)
{
  g_return_if_fail (RNL_IS_SCROLL_FOLLOWER (self));

  if (!self->following && self->held_until == 0)
    return;

  self->held_until = now_us + RNL_SCROLL_FOLLOWER_HOLD_US;
  set_following (self, FALSE);
}

/**
 * rnl_scroll_follower_jump:
 * @self: a follower
 *
 * The person asked for the end.
 */
void
rnl_scroll_follower_jump (RnlScrollFollower *self)
{
  g_return_if_fail (RNL_IS_SCROLL_FOLLOWER (self));

  self->held_until = 0;
  set_unseen (self, 0);
  set_following (self, TRUE);
}

/**
 * rnl_scroll_follower_begin_layout:
 * @self: a follower
 * @now_us: monotonic time, in microseconds
 *
 * To be called before the new height is known.
 *
 * Returns: whether the layout is to end at the end
 */
gboolean
rnl_scroll_follower_begin_layout (RnlScrollFollower *self, gint64 now_us)
{
  g_return_val_if_fail (RNL_IS_SCROLL_FOLLOWER (self), FALSE);

  if (self->held_until != 0 && now_us >= self->held_until)
    {
      self->held_until = 0;
      if (self->at_end)
        set_following (self, TRUE);
    }

  return self->following;
}

/**
 * rnl_scroll_follower_end_layout:
 * @self: a follower
 * @value: the first visible pixel
 * @page: the height of the view
 * @upper: the height of everything
 * @live: whether what grew is new, not just shown in another way
 */
void
rnl_scroll_follower_end_layout (
  RnlScrollFollower *self, double value, double page, double upper, gboolean live)
{
  double grown;

  g_return_if_fail (RNL_IS_SCROLL_FOLLOWER (self));

  grown = MAX (0, upper - page - value) - self->below;
  if (live && !self->following && self->held_until == 0 && grown > 0)
    set_unseen (self, self->unseen + grown);
  set_geometry (self, value, page, upper);
}
