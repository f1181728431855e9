/* answer-fixture.h: an answer in a window of its own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-answer-view.h"
#include "rnl-test.h"

G_BEGIN_DECLS

typedef struct
{
  GtkWidget *window;
  RnlAnswerView *view;
} AnswerFixture;

void answer_fixture_set_up (AnswerFixture *fixture, gconstpointer data);
void answer_fixture_tear_down (AnswerFixture *fixture, gconstpointer data);
void answer_fixture_assert_text (RnlAnswerView *view, const char *expected);

G_END_DECLS
