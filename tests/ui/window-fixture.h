/* window-fixture.h: the real program, in this process, in a home of its own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-application.h"
#include "rnl-test.h"
#include "rnl-window.h"

G_BEGIN_DECLS

typedef struct
{
  RnlApplication *application;
  RnlWindow *window;
} WindowFixture;

gboolean window_fixture_init (int *argc, char ***argv);
GTestDBus *window_fixture_init_bus (int *argc, char ***argv);
void window_fixture_open (WindowFixture *fixture);
void window_fixture_close (WindowFixture *fixture);
void window_fixture_done (WindowFixture *fixture);
void window_fixture_wait_active (WindowFixture *fixture);
void window_fixture_wait_frames (GtkWidget *widget, guint frames);

void window_fixture_ask (WindowFixture *fixture, const char *question);
void window_fixture_wait_idle (WindowFixture *fixture);
void window_fixture_use_server (WindowFixture *fixture, const char *base_url);
void
window_fixture_use_protocol (WindowFixture *fixture, const char *protocol, const char *base_url);
GListModel *window_fixture_list_chats (WindowFixture *fixture);

GtkWidget *window_fixture_find (GtkWidget *root, GType type, guint nth);
GtkWidget *window_fixture_find_button (GtkWidget *root, const char *name);
char *window_fixture_dup_text (GtkWidget *root);
gboolean window_fixture_shows (GtkWidget *root, const char *text);
void window_fixture_wait_text (GtkWidget *root, const char *text);
GtkWidget *window_fixture_wait_toplevel (GType type);
void window_fixture_assert_named (GtkWidget *root);
void window_fixture_assert_name (GtkWidget *widget, const char *name);

G_END_DECLS
