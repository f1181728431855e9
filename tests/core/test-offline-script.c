/* test-offline-script.c: scripts play what they say, and bad ones say where they are bad
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "offline-harness.h"
#include "rnl-offline-script.h"
#include "rnl-provider-error.h"
#include "rnl-test.h"

/**
 * Call:
 * @log: one letter for each chunk: i(nfo) r(easoning) t(ext) c(all) u(sage) f(inish)
 * @cancel_after: cancels when so many chunks have come, 0 for never
 */
typedef struct
{
  GString *log;
  GString *text;
  guint n_chunks;
  gboolean begun;
  GCancellable *cancellable;
  guint cancel_after;
  RnlFinishReason finish;
  GAsyncResult *result;
} Call;

static void
chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
  static const char letters[] = { 't', 'r', 'x', 'c', 'u', 'f', 'i' };
  Call *call = user_data;

  g_assert_true (call->begun);
  g_assert_null (call->result);
  g_assert_false (call->cancellable != NULL && g_cancellable_is_cancelled (call->cancellable));
  if (call->n_chunks < 100)
    g_string_append_c (call->log, letters[chunk->type]);
  if (chunk->type == RNL_CHUNK_TEXT)
    g_string_append_len (call->text, chunk->text, (gssize) chunk->length);
  if (chunk->type == RNL_CHUNK_FINISH)
    call->finish = chunk->finish;
  if (++call->n_chunks == call->cancel_after)
    g_cancellable_cancel (call->cancellable);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  g_assert_null (call->result);
  call->result = g_object_ref (result);
}

static gboolean
is_done (gpointer user_data)
{
  return ((Call *) user_data)->result != NULL;
}

static Call *
call_start (RnlChatModel *model, const char *prompt, guint cancel_after)
{
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt (prompt);
  Call *call = g_new0 (Call, 1);

  call->log = g_string_new (NULL);
  call->text = g_string_new (NULL);
  call->cancellable = g_cancellable_new ();
  call->cancel_after = cancel_after;
  rnl_chat_model_generate_async (model, request, chunk_cb, call, call->cancellable, done_cb, call);
  g_assert_cmpuint (call->n_chunks, ==, 0);
  call->begun = TRUE;

  return call;
}

static void
call_end (RnlChatModel *model, Call *call, GError **error)
{
  gboolean whole;

  rnl_test_wait_for (is_done, call);
  whole = rnl_chat_model_generate_finish (model, call->result, error);
  g_assert_true (whole == (*error == NULL));
}

static void
call_free (Call *call)
{
  g_string_free (call->log, TRUE);
  g_string_free (call->text, TRUE);
  g_object_unref (call->cancellable);
  g_clear_object (&call->result);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static RnlChatModel *
open_script (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "scripts", name, NULL);
  g_autoptr (GError) error = NULL;
  RnlChatModel *model = rnl_offline_script_new_from_file (path, &error);

  g_assert_no_error (error);

  return model;
}

static void
test_steps (void)
{
  g_autoptr (RnlChatModel) model = open_script ("two-steps.json");
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();
  g_autoptr (OfflineTurn) turn = offline_turn_run (model, tools, "What is 10 + 10?");
  g_autoptr (GError) error = NULL;
  g_autoptr (Call) nested = NULL;

  g_assert_cmpstr (rnl_chat_model_get_id (model), ==, "offline/script");
  g_assert_cmpstr (rnl_chat_model_get_title (model), ==, "Two steps");
  g_assert_cmpstr (turn->calls->str, ==, "add(10, 10)");
  g_assert_cmpstr (turn->text, ==, "The sum is 20.");

  nested = call_start (model, "Make up a place in the house", 0);
  call_end (model, nested, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (nested->log->str, ==, "ittf");
  g_assert_cmpstr (nested->text->str, ==, "The attic");
}

static void
check_call (RnlChatModel *model, const char *prompt, const char *log, GQuark domain, gint code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Call) call = call_start (model, prompt, 0);

  call_end (model, call, &error);
  g_assert_cmpstr (call->log->str, ==, log);
  if (domain == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, domain, code);
}

static void
test_faults (void)
{
  g_autoptr (RnlChatModel) model = open_script ("faults.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (Call) limited = call_start (model, "limit", 0);

  call_end (model, limited, &error);
  g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_RATE_LIMIT);
  g_assert_cmpstr (error->message, ==, "Slow down");
  g_assert_cmpuint (rnl_provider_error_get_details (error)->status, ==, 429);
  g_assert_cmpint (rnl_provider_error_get_details (error)->retry_after_ms, ==, 2000);

  check_call (model, "limit", "itf", 0, 0);
  check_call (model, "reset", "itttttttttt", RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);
  check_call (model, "slow", "ittf", 0, 0);
  check_call (model, "cut", "it", 0, 0);
  check_call (model, "what is this?", "i", RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_FAILED);
}

static gboolean
has_text (gpointer user_data)
{
  return ((Call *) user_data)->text->len > 0;
}

static void
test_hang (void)
{
  g_autoptr (RnlChatModel) model = open_script ("faults.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (Call) call = call_start (model, "hang", 0);

  rnl_test_wait_for (has_text, call);
  g_assert_null (call->result);
  g_cancellable_cancel (call->cancellable);
  call_end (model, call, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (call->text->str, ==, "One word");
}

static void
test_cancel (void)
{
  RnlChatModel *model = open_script ("faults.json");

  for (guint after = 1; after < 300; after += 37)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Call) call = call_start (model, "flood", after);

      call_end (model, call, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (call->n_chunks, ==, after);
    }
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (Call) call = call_start (model, "flood", 0);

    g_cancellable_cancel (call->cancellable);
    call_end (model, call, &error);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint (call->n_chunks, ==, 0);
  }
  g_assert_finalize_object (model);
}

static gboolean
tick_cb (gpointer user_data)
{
  (*(guint *) user_data)++;

  return G_SOURCE_CONTINUE;
}

/* 200,000 chunks: all of them come, and others get their turn in between. */
static void
test_flood (void)
{
  g_autoptr (RnlChatModel) model = open_script ("faults.json");
  g_autoptr (GError) error = NULL;
  guint ticks = 0;
  guint ticker = g_timeout_add (1, tick_cb, &ticks);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (Call) call = call_start (model, "flood", 0);

  call_end (model, call, &error);
  g_source_remove (ticker);
  g_assert_no_error (error);
  g_assert_cmpuint (call->text->len, ==, 200000 * strlen ("word "));
  g_assert_cmpuint (ticks, >, 2);
  g_test_message ("%u chunks in %" G_GINT64_FORMAT " µs, %u turns for others", call->n_chunks,
                  g_get_monotonic_time () - start, ticks);
}

static void
test_pace (void)
{
  g_autoptr (RnlChatModel) model = open_script ("faults.json");
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (Call) call = NULL;

  rnl_offline_script_set_pace (RNL_OFFLINE_SCRIPT (model), 10);
  call = call_start (model, "reset", 0);
  call_end (model, call, &error);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 10 * 10 * 1000);
}

static gboolean
redraw_cb (gpointer user_data)
{
  g_usleep (1000);

  return G_SOURCE_CONTINUE;
}

/* A window that redraws without a pause (a spinner, no GPU) does not keep the answer back. */
static void
test_not_starved (void)
{
  g_autoptr (RnlChatModel) model = open_script ("faults.json");
  g_autoptr (GError) error = NULL;
  guint redraw = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, redraw_cb, NULL, NULL);
  g_autoptr (Call) call = call_start (model, "reset", 0);

  call_end (model, call, &error);
  g_source_remove (redraw);
  g_assert_nonnull (error);
}

static void
test_bad_scripts (void)
{
  static const struct
  {
    const char *script;
    const char *place;
  } cases[] = {
    { "", "the top" },
    { "{\"turns\": [}", "not JSON" },
    { "[]", "the top" },
    { "{}", "/turns" },
    { "{\"turns\": [], \"trun\": 1}", "the top" },
    { "{\"turns\": [5]}", "/turns/0:" },
    { "{\"turns\": [{}]}", "/turns/0/chunks:" },
    { "{\"turns\": [{\"chunks\": [{\"txet\": \"a\"}]}]}", "/turns/0/chunks/0:" },
    { "{\"turns\": [{\"chunks\": [{\"text\": \"a\", \"delay\": 1}]}]}", "/turns/0/chunks/0:" },
    { "{\"turns\": [{\"chunks\": [{\"text\": 5}]}]}", "/turns/0/chunks/0/text:" },
    { "{\"turns\": [{\"chunks\": [{\"text\": \"a\"}, {\"delay\": -1}]}]}",
      "/turns/0/chunks/1/delay:" },
    { "{\"turns\": [{\"chunks\": [{\"repeat\": 2, \"chunks\": [{\"hang\": 1}]}]}]}",
      "/turns/0/chunks/0/chunks/0/hang:" },
    { "{\"turns\": [{\"chunks\": [{\"repeat\": 2}]}]}", "/turns/0/chunks/0/chunks:" },
    { "{\"turns\": [{\"chunks\": [{\"error\": {\"code\": \"nope\"}}]}]}",
      "/turns/0/chunks/0/error:" },
    { "{\"turns\": [{\"chunks\": [{\"tool_call\": {\"index\": \"0\"}}]}]}",
      "/turns/0/chunks/0/tool_call/index:" },
    { "{\"turns\": [{\"chunks\": [{\"tool_call\": {\"arguments\": 1}}]}]}",
      "/turns/0/chunks/0/tool_call/arguments:" },
    { "{\"turns\": [{\"chunks\": [{\"usage\": {\"input\": 1.5}}]}]}",
      "/turns/0/chunks/0/usage/input:" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rnl_offline_script_new_from_data (cases[i].script, -1, &error));
      g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rnl_offline_script_new_from_file ("/nowhere/script.json", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/offline-script/steps", test_steps);
  g_test_add_func ("/offline-script/faults", test_faults);
  g_test_add_func ("/offline-script/hang", test_hang);
  g_test_add_func ("/offline-script/cancel", test_cancel);
  g_test_add_func ("/offline-script/flood", test_flood);
  g_test_add_func ("/offline-script/pace", test_pace);
  g_test_add_func ("/offline-script/not-starved", test_not_starved);
  g_test_add_func ("/offline-script/bad", test_bad_scripts);
  g_test_add_func ("/offline-script/no-file", test_no_file);

  return g_test_run ();
}
