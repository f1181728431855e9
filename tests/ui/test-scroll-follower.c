/* test-scroll-follower.c: the rule of following, without a widget
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-scroll-follower.h"
#include "rnl-test.h"

#define PAGE 400.0

static void
grow (RnlScrollFollower *follower, double value, double upper)
{
  rnl_scroll_follower_begin_layout (follower, 0);
  rnl_scroll_follower_end_layout (follower, value, PAGE, upper, TRUE);
}

static void
test_follower_follows (void)
{
  RnlScrollFollower *follower = rnl_scroll_follower_new ();

  g_assert_true (rnl_scroll_follower_begin_layout (follower, 0));
  rnl_scroll_follower_end_layout (follower, 600, PAGE, 1000, TRUE);
  g_assert_true (rnl_scroll_follower_get_at_end (follower));
  g_assert_true (rnl_scroll_follower_begin_layout (follower, 0));
  rnl_scroll_follower_end_layout (follower, 700, PAGE, 1100, TRUE);
  g_assert_cmpfloat (rnl_scroll_follower_get_unseen (follower), ==, 0);
  g_assert_finalize_object (follower);
}

static void
test_follower_scrolled_up (void)
{
  RnlScrollFollower *follower = rnl_scroll_follower_new ();

  grow (follower, 600, 1000);
  rnl_scroll_follower_moved (follower, 597, PAGE, 1000);
  g_assert_false (rnl_scroll_follower_get_following (follower));
  g_assert_false (rnl_scroll_follower_begin_layout (follower, 0));
  rnl_scroll_follower_end_layout (follower, 597, PAGE, 1050, TRUE);
  g_assert_cmpfloat (rnl_scroll_follower_get_unseen (follower), ==, 50);
  /* Another layout of old text is not news. */
  rnl_scroll_follower_end_layout (follower, 597, PAGE, 1080, FALSE);
  g_assert_cmpfloat (rnl_scroll_follower_get_unseen (follower), ==, 50);

  rnl_scroll_follower_moved (follower, 680, PAGE, 1080);
  g_assert_true (rnl_scroll_follower_get_following (follower));
  g_assert_cmpfloat (rnl_scroll_follower_get_unseen (follower), ==, 0);
  g_assert_finalize_object (follower);
}

static void
test_follower_selection (void)
{
  RnlScrollFollower *follower = rnl_scroll_follower_new ();

  grow (follower, 600, 1000);
  rnl_scroll_follower_stop (follower);
  g_assert_true (rnl_scroll_follower_get_at_end (follower));
  g_assert_false (rnl_scroll_follower_begin_layout (follower, G_MAXINT64));
  rnl_scroll_follower_end_layout (follower, 600, PAGE, 1022, TRUE);
  g_assert_cmpfloat (rnl_scroll_follower_get_unseen (follower), ==, 22);
  rnl_scroll_follower_jump (follower);
  g_assert_true (rnl_scroll_follower_get_following (follower));
  g_assert_finalize_object (follower);
}

static void
test_follower_hold (void)
{
  RnlScrollFollower *follower = rnl_scroll_follower_new ();
  gint64 later = 1 + RNL_SCROLL_FOLLOWER_HOLD_US;

  /* Unfolded beyond the view: stays. */
  grow (follower, 600, 1000);
  rnl_scroll_follower_hold (follower, 1);
  g_assert_false (rnl_scroll_follower_begin_layout (follower, 2));
  rnl_scroll_follower_end_layout (follower, 600, PAGE, 1200, TRUE);
  g_assert_cmpfloat (rnl_scroll_follower_get_unseen (follower), ==, 0);
  g_assert_false (rnl_scroll_follower_begin_layout (follower, later));

  /* The end is still in view: follows again. */
  rnl_scroll_follower_jump (follower);
  grow (follower, 800, 1200);
  rnl_scroll_follower_hold (follower, 1);
  rnl_scroll_follower_end_layout (follower, 800, PAGE, 1200, TRUE);
  g_assert_true (rnl_scroll_follower_begin_layout (follower, later));

  /* Who does not follow is not made to by a fold. */
  rnl_scroll_follower_stop (follower);
  rnl_scroll_follower_hold (follower, 1);
  g_assert_false (rnl_scroll_follower_begin_layout (follower, later));
  g_assert_finalize_object (follower);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/scroll-follower/follows", test_follower_follows);
  g_test_add_func ("/scroll-follower/scrolled-up", test_follower_scrolled_up);
  g_test_add_func ("/scroll-follower/selection", test_follower_selection);
  g_test_add_func ("/scroll-follower/hold", test_follower_hold);

  return g_test_run ();
}
