/* chat-fixture.h: a window that plays the transcript for one of its widgets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-part.h"
#include "rnl-test.h"

G_BEGIN_DECLS

typedef struct
{
  GtkWidget *window;
  GtkWidget *child; /* a reference */
  GString *actions; /* "name(parameter);" of everything that was activated */
} ChatFixture;

gboolean chat_fixture_init (int *argc, char ***argv);
void chat_fixture_show (ChatFixture *fixture, GtkWidget *child);
void chat_fixture_done (ChatFixture *fixture);
void chat_fixture_wait_frames (ChatFixture *fixture, guint frames);
void chat_fixture_append (RnlPart *part, const char *text);
GtkWidget *chat_fixture_find (GtkWidget *root, GType type, guint nth);
GtkWidget *chat_fixture_find_button (GtkWidget *root, const char *tooltip_or_label);

G_END_DECLS
