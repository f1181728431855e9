/* bus-fixture.h: the service on a bus of its own, a host without windows, and programs that ask
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-bus-service.h"
#include "rnl-test.h"

G_BEGIN_DECLS

#define TEST_TYPE_HOST (test_host_get_type ())
G_DECLARE_FINAL_TYPE (TestHost, test_host, TEST, HOST, GObject)

/* What the host does, and what it was asked to do. */
struct _TestHost
{
  GObject parent_instance;

  RnlChatModel *model; /* NULL: there is none */
  RnlConsent consent;  /* what the person says */
  gboolean silent;     /* the person says nothing, until the question is taken away */
  RnlToolRegistry *tools;
  GHashTable *conversations; /* chat id -> RnlConversation */
  char *composed;
  char *claimed_name; /* of the last question */
  guint n_asked;
  guint n_taken_away;
  guint n_shown;
  int holds;
};

/* One service, one host. */
typedef struct
{
  GSettings *settings;
  TestHost *host;
  GDBusConnection *connection;
  RnlBusService *service;
} Bus;

gboolean bus_start (void);
void bus_stop (void);
GDBusConnection *bus_connect (void);
guint bus_get_pid (void);
Bus *bus_new (const char *script);
void bus_free (Bus *bus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bus, bus_free)
RnlConversation *bus_get_conversation (Bus *bus);

/* One program. */
typedef struct
{
  GDBusConnection *connection;
  const char *service;  /* its unique name */
  GHashTable *finished; /* path -> GVariant: what `Finished` said */
  guint subscription_id;
} Program;

/* One question of a program, read as it comes. */
typedef struct
{
  Program *program;
  char *path;
  GString *text;    /* what came through the descriptor */
  GPtrArray *lines; /* of JsonObject; not for the format "text" */
  char *stop_reason;
  GVariant *results;
  int fd;
  guint source_id;
  gboolean ended; /* end of file */
} Asked;

Program *program_new (Bus *bus);
void program_free (Program *program);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Program, program_free)
GVariant *program_call (Program *program,
                        const char *path,
                        const char *interface,
                        const char *method,
                        GVariant *parameters,
                        GUnixFDList **fds,
                        GError **error);

/* OPTIONS: floating a{sv}, or NULL. */
Asked *program_ask (Program *program, const char *prompt, GVariant *options, GError **error);
Asked *program_ask_with_fds (
  Program *program, const char *prompt, GVariant *options, GUnixFDList *fds, GError **error);
void asked_read (Asked *asked);
gboolean asked_has_finished (Asked *asked);
void asked_wait (Asked *asked);
void asked_free (Asked *asked);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)
const char *asked_get_string (Asked *asked, const char *result);
char *asked_dup_answer (Asked *asked);
void asked_assert_finished (Asked *asked, const char *stop_reason, const char *code);

#define ERROR_NAME(name) ("io.github.runnel_chat.Runnel.Agent1.Error." name)

G_END_DECLS
