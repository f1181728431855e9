/* demo-transcript.c: every kind of message in a window, without any network
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * demo-transcript [all|text|cards|stream|waiting|errors|empty] [WIDTH [HEIGHT]] */
#include "config.h"

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>

#include "rnl-fold-memory.h"
#include "rnl-provider-error.h"
#include "rnl-transcript-view.h"

#define STEP_MS 18

/* Twice the usual size of text, in 1024ths of a dot. */
#define LARGE_DPI (192 * 1024)

static const char *const answer
  = "A stream grows from what falls into it. Three things follow from that:\n\n"
    "1. The source is never in one place; it is wherever the water meets the ground.\n"
    "2. What is downstream depends on everything upstream, and on nothing else.\n"
    "3. Stand still on the bank and it will pass you; walk along and you can follow one leaf all "
    "the way to the sea.\n\n"
    "That is also how this answer reaches you: word by word, in the order it was thought of, and "
    "nothing above the line you are reading moves while the rest arrives. ";

static const char thought[]
  = "The question is whether 1,001 is divided by anything but itself and one.\n\nIt is odd, so "
    "not by 2. Its digits sum to 2, so not by 3. It does not end in 0 or 5. Then 7: 7 times 143 "
    "is 1,001, since 7 times 140 is 980 and 7 times 3 is 21, which together make 1,001. So it is "
    "not a prime. Its other divisors are those of 143, which is 11 times 13, so that all of 7, 11 "
    "and 13 divide it, which is a nice thing to tell, because";

static const char nested[]
  = "The cat likes **warm** places:\n\n1. the *shelf*\n2. the `oven`\n\n```py\nfor place in "
    "places:\n    look (place)\n```\n\n| place | warm |\n|---|--:|\n| shelf | 24 °C |\n| oven | "
    "60 °C |\n\nIt is on the shelf, and there it will stay. Nothing else is known of it.\n\n"
    "- It was fed.\n- It was seen.\n- It was heard.\n\nSo much for the cat";

typedef struct
{
  GListStore *messages;
  RnlMessage *message;
  RnlPart *part;
  const char *rest;
  guint repeat;
} Stream;

static RnlMessage *
add (GListStore *messages, RnlRole role, const char *text)
{
  g_autoptr (RnlMessage) message
    = text != NULL ? rnl_message_new_text (role, text) : rnl_message_new (role);

  if (text != NULL)
    rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);
  g_list_store_append (messages, message);

  return message;
}

static RnlPart *
add_part (RnlMessage *message, RnlPart *part)
{
  rnl_message_add_part (message, part);
  g_object_unref (part);

  return part;
}

static RnlPart *
add_call (RnlMessage *message,
          const char *name,
          const char *title,
          const char *arguments,
          RnlToolState state,
          const char *result)
{
  RnlPart *call = add_part (message, rnl_part_new_tool_call (0, name, name));

  if (title != NULL)
    rnl_part_set_title (call, title);
  rnl_part_append (call, arguments, strlen (arguments));
  if (result != NULL)
    rnl_part_set_result (call, result);
  if (rnl_tool_state_is_final (state))
    rnl_part_set_duration (call, 3000 + g_random_int_range (0, 400000));
  rnl_part_set_complete (call, state != RNL_TOOL_PREPARING);
  rnl_part_set_state (call, state);

  return call;
}

static void
add_text (RnlMessage *message, const char *text)
{
  add_part (message, rnl_part_new_text (text));
}

static void
finish (RnlMessage *message)
{
  rnl_message_set_model (message, "offline/helper");
  rnl_message_set_usage (message, &(RnlUsage){ 812, 164, 976, -1, -1, -1 });
  rnl_message_set_first_token (message, 180000);
  rnl_message_set_duration (message, 3400000);
  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);
}

static void
show_steps (GListStore *messages)
{
  RnlMessage *message;
  RnlPart *part;

  add (messages, RNL_ROLE_USER, "What is (10 + 10) * 3 - 4?");
  message = add (messages, RNL_ROLE_ASSISTANT, NULL);
  part = add_part (message, rnl_part_new (RNL_PART_REASONING, 0));
  rnl_part_append (part, "First the parentheses, then the product.", 40);
  rnl_part_set_duration (part, 8200000);
  rnl_part_set_complete (part, TRUE);
  add_call (message, "add", "Add", "{\"a\": 10, \"b\": 10}", RNL_TOOL_DONE, "20");
  add_call (message, "multiply", "Multiply", "{\"a\": 20, \"b\": 3}", RNL_TOOL_DONE, "60");
  add_call (message, "subtract", "Subtract", "{\"a\": 60, \"b\": 4}", RNL_TOOL_DONE, "56");
  add_text (message, "(10 + 10) × 3 − 4 is 56.");
  finish (message);
}

static void
show_cards (GListStore *messages)
{
  RnlMessage *message;
  RnlPart *call, *child;

  add (messages, RNL_ROLE_USER,
       "Where is the cat hiding, and what items are there? Look in my notes too.");
  message = add (messages, RNL_ROLE_ASSISTANT, NULL);
  call = add_call (message, "where_cat_is_hiding", "Find the Cat", "{\"room\": \"all\"}",
                   RNL_TOOL_RUNNING, NULL);
  child = rnl_part_new (RNL_PART_TEXT, 0);
  rnl_part_set_title (child, "Model");
  rnl_part_add_child (call, child);
  rnl_part_append (child, nested, strlen (nested));
  g_object_unref (child);
  call = add_call (message, "search_files", "Search Files",
                   "{\"folder\": \"/home/ada/Notes\", \"text\": \"cat\", \"limit\": 20}",
                   RNL_TOOL_RUNNING, NULL);
  rnl_part_set_progress (call, 0.4);
  for (int i = 1; i < 60; i++)
    {
      g_autofree char *line
        = g_strdup_printf ("2026-%02d-notes.md:%d: the cat again\n", i % 12 + 1, i);
      rnl_part_append_output (call, line, strlen (line));
    }
  add_call (message, "convert_units", "Convert Units", "{\"value\": 3.5, \"from\": \"mile",
            RNL_TOOL_PREPARING, NULL);
  add_call (message, "fetch_page", "Fetch Page", "{\"url\": \"https://example.org/cats\"}",
            RNL_TOOL_FAILED, "The server answered 404 Not Found");
  add_call (message, "read_file", "Read File", "{\"path\": \"/home/ada/Notes/diary.md\"}",
            RNL_TOOL_REFUSED, NULL);
  add_call (message, "get_items", NULL, "{\"place\": \"shelf\"}", RNL_TOOL_CANCELLED, NULL);
  add_call (message, "current_time", "Current Time", "{}", RNL_TOOL_LIMIT, NULL);
}

/* What a model says inside a tool: all of it, and the end of what is being written. */
static void
show_nested (GListStore *messages)
{
  RnlMessage *message = add (messages, RNL_ROLE_ASSISTANT, NULL);
  RnlPart *call = add_call (message, "where_cat_is_hiding", "Find the Cat", "{\"room\": \"all\"}",
                            RNL_TOOL_RUNNING, NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RnlPart) child = rnl_part_new (RNL_PART_TEXT, 0);

      rnl_part_set_title (child, "Model");
      for (guint copies = 0; copies < i + 1; copies++)
        rnl_part_append (child, nested, strlen (nested));
      rnl_part_set_complete (child, i == 0);
      rnl_part_add_child (call, child);
    }
}

/* A thought that is not at its end. */
static void
show_thinking (GListStore *messages)
{
  RnlMessage *message;
  RnlPart *part;

  add (messages, RNL_ROLE_USER, "Is 1,001 a prime number?");
  message = add (messages, RNL_ROLE_ASSISTANT, NULL);
  part = add_part (message, rnl_part_new (RNL_PART_REASONING, 0));
  rnl_part_append (part, thought, strlen (thought));
}

/* What a tool gave back, opened as if the person had. */
static void
show_results (GListStore *messages)
{
  static const char *const results[][2] = {
    { "Weather", "{\"city\": \"Kassel\", \"temperature\": 11.5, \"wind\": {\"km/h\": 20}}" },
    { "List Places", "[{\"place\": \"shelf\", \"items\": 3}, {\"place\": \"drawer\", "
                     "\"items\": 12, \"locked\": true}]" },
  };
  RnlMessage *message;

  add (messages, RNL_ROLE_USER, "What is the weather, and what is where?");
  message = add (messages, RNL_ROLE_ASSISTANT, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      RnlPart *call
        = add_call (message, "tool", results[i][0], "{\"from\": \"https://example.org/places\"}",
                    RNL_TOOL_DONE, results[i][1]);

      rnl_fold_memory_set (rnl_part_get_id (call), TRUE);
    }
  finish (message);
}

static void
show_waiting (GListStore *messages)
{
  RnlMessage *message;

  add (messages, RNL_ROLE_USER, "Read the release page and tell me what is new.");
  message = add (messages, RNL_ROLE_ASSISTANT, NULL);
  add_text (message, "I will read the page first.");
  add_call (message, "fetch_page", "Fetch Page",
            "{\"url\": \"https://www.example.org/releases/2026\", \"max_bytes\": 200000}",
            RNL_TOOL_WAITING, NULL);
}

static void
show_errors (GListStore *messages)
{
  g_autoptr (GError) error
    = rnl_provider_error_new (RNL_PROVIDER_ERROR_RATE_LIMIT, "Rate limit reached for requests");
  RnlProviderErrorDetails *details = rnl_provider_error_get_details (error);
  RnlMessage *message;

  add (messages, RNL_ROLE_USER, "Tell me about streams.");
  message = add (messages, RNL_ROLE_ASSISTANT, NULL);
  add_text (message, "A stream grows from what falls");
  rnl_message_set_state (message, RNL_MESSAGE_INTERRUPTED);
  add (messages, RNL_ROLE_USER, "Again, please.");
  message = add (messages, RNL_ROLE_ASSISTANT, NULL);
  add_text (message, "A stream");
  rnl_message_set_state (message, RNL_MESSAGE_STOPPED);
  add (messages, RNL_ROLE_USER, "And once more.");
  message = add (messages, RNL_ROLE_ASSISTANT, NULL);
  details->status = 429;
  details->retry_after_ms = 24000;
  details->request_id = g_strdup ("req_01J9");
  details->body = g_strdup ("{\"error\": {\"type\": \"rate_limit\", \"message\": \"slow down\"}}");
  rnl_message_set_error (message, error);
  rnl_message_set_state (message, RNL_MESSAGE_FAILED);
}

static gboolean
stream_cb (gpointer user_data)
{
  Stream *stream = user_data;
  const char *end = stream->rest;

  if (stream->part == NULL)
    {
      stream->part = add_part (stream->message, rnl_part_new (RNL_PART_TEXT, 0));
      stream->rest = answer;
      return G_SOURCE_CONTINUE;
    }
  for (int i = 0; i < 5 && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  rnl_part_append (stream->part, stream->rest, (gsize) (end - stream->rest));
  stream->rest = end;
  if (*end != '\0')
    return G_SOURCE_CONTINUE;
  if (stream->repeat-- > 0)
    {
      stream->rest = answer;
      return G_SOURCE_CONTINUE;
    }

  rnl_part_set_complete (stream->part, TRUE);
  finish (stream->message);

  return G_SOURCE_REMOVE;
}

static void
show_stream (GListStore *messages)
{
  Stream *stream = g_new0 (Stream, 1);

  add (messages, RNL_ROLE_USER, "Why is it called Runnel?");
  stream->message = add (messages, RNL_ROLE_ASSISTANT, NULL);
  stream->repeat = 6;
  g_timeout_add_full (G_PRIORITY_DEFAULT, STEP_MS, stream_cb, stream, g_free);
}

static const char *const document
  = "# Streams\n\nA stream **grows** from what falls into it, see [the "
    "page](https://example.org/s) "
    "and `flow.c`:\n\n"
    "- rain, in *spring* above all\n  - and melting snow\n- springs\n\n"
    "1. first\n2. second\n\n"
    "```c\nint\nmain (void)\n{\n  return flow (42);\n}\n```\n\n"
    "| river | length |\n|---|--:|\n| Weser | 451 km |\n| Elbe | 1094 km |\n\n"
    "> The source is **never** in one place.\n\nThat is all about Grüße and naïve 日本語.\n";

static void
show_text (GListStore *messages)
{
  add (messages, RNL_ROLE_USER, "What is a stream?\nIn *my* words.");
  add (messages, RNL_ROLE_ASSISTANT, document);
  add (messages, RNL_ROLE_USER, "And once more");
  add (messages, RNL_ROLE_ASSISTANT, document);
}

static void
fill (GListStore *messages, const char *scene)
{
  gboolean all = g_str_equal (scene, "all");

  if (all || g_str_equal (scene, "errors"))
    show_errors (messages);
  if (all || g_str_equal (scene, "stream") || g_str_equal (scene, "steps"))
    show_steps (messages);
  if (all || g_str_equal (scene, "cards"))
    show_cards (messages);
  if (all || g_str_equal (scene, "nested"))
    show_nested (messages);
  if (all || g_str_equal (scene, "thinking"))
    show_thinking (messages);
  if (all || g_str_equal (scene, "results"))
    show_results (messages);
  if (all || g_str_equal (scene, "waiting"))
    show_waiting (messages);
  if (all || g_str_equal (scene, "stream"))
    show_stream (messages);
  if (g_str_equal (scene, "text"))
    show_text (messages);
  if (g_str_equal (scene, "working"))
    {
      add (messages, RNL_ROLE_USER, "Are you there?");
      add (messages, RNL_ROLE_ASSISTANT, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);
  GtkWidget *window, *box, *view;

  adw_init ();
  if (argc > 4 && g_str_equal (argv[4], "rtl"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (argc > 4 && g_str_equal (argv[4], "large"))
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", LARGE_DPI, NULL);
  window = adw_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  view = rnl_transcript_view_new ();
  rnl_transcript_view_set_messages (RNL_TRANSCRIPT_VIEW (view), G_LIST_MODEL (messages));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), view);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), argc > 2 ? atoi (argv[2]) : 900,
                               argc > 3 ? atoi (argv[3]) : 700);
  fill (messages, argc > 1 ? argv[1] : "all");
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
