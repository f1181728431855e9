/* test-tools-builtin.c: the clock, the unit converter, the tools that ask a model, and all specs
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "rnl-builtin-tools.h"
#include "rnl-test.h"
#include "rnl-time-tool.h"
#include "rnl-units.h"
#include "tool-harness.h"

static RnlToolRegistry *registry;

static const ToolCase unit_cases[] = {
  { "{\"value\": 26.2, \"from\": \"miles\", \"to\": \"km\"}", "26.2 mi = 42.1648128 km" },
  { "{\"value\": 100, \"from\": \"°C\", \"to\": \"F\"}", "100 °C = 212 °F" },
  { "{\"value\": -40, \"from\": \"fahrenheit\", \"to\": \"Celsius\"}", "-40 °F = -40 °C" },
  { "{\"value\": 0, \"from\": \"K\", \"to\": \"celsius\"}", "0 K = -273.15 °C" },
  { "{\"value\": 1, \"from\": \"foot\", \"to\": \"inches\"}", "1 ft = 12 in" },
  { "{\"value\": 10, \"from\": \"Pounds\", \"to\": \"kg\"}", "10 lb = 4.5359237 kg" },
  { "{\"value\": 1, \"from\": \"MB\", \"to\": \"Mb\"}", "1 MB = 8 Mbit" },
  { "{\"value\": 1, \"from\": \"mb\", \"to\": \"bytes\"}", "1 MB = 1000000 B" },
  { "{\"value\": 1, \"from\": \"GiB\", \"to\": \"MiB\"}", "1 GiB = 1024 MiB" },
  { "{\"value\": 90, \"from\": \"km/h\", \"to\": \"m/s\"}", "90 km/h = 25 m/s" },
  { "{\"value\": 1, \"from\": \"week\", \"to\": \"hours\"}", "1 wk = 168 h" },
  { "{\"value\": 1, \"from\": \"kWh\", \"to\": \"kcal\"}", "1 kWh = 860.420650096 kcal" },
  { "{\"value\": 1, \"from\": \"atm\", \"to\": \"torr\"}", "1 atm = 760 Torr" },
  { "{\"value\": 2, \"from\": \"acres\", \"to\": \"square feet\"}", "2 ac = 87120 ft²" },
  { "{\"value\": 1, \"from\": \"us_gallon\", \"to\": \"fl. oz\"}", NULL, RNL_TOOL_ERROR_FAILED,
    "not a unit I know" },
  { "{\"value\": 1, \"from\": \"us_gallon\", \"to\": \"fl oz\"}", "1 gal = 128 fl oz" },
  { "{\"value\": \"5\", \"from\": \"m\", \"to\": \"m\"}", "5 m = 5 m" },
  { "{\"value\": 1, \"from\": \"kg\", \"to\": \"m\"}", NULL, RNL_TOOL_ERROR_FAILED,
    "Cannot convert kilograms (mass) to metres (length)." },
  { "{\"value\": 1, \"from\": \"euros\", \"to\": \"m\"}", NULL, RNL_TOOL_ERROR_FAILED,
    "“euros” is not a unit I know" },
  { "{\"value\": -300, \"from\": \"C\", \"to\": \"F\"}", NULL, RNL_TOOL_ERROR_FAILED,
    "below absolute zero" },
  { "{\"value\": 1e308, \"from\": \"km\", \"to\": \"nm\"}", NULL, RNL_TOOL_ERROR_FAILED,
    "too large" },
  { "{\"value\": 1, \"from\": \"km\"}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "“to” is missing" },
  { "{\"value\": 1, \"from\": 2, \"to\": \"m\"}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "text" },
};

static void
test_unit_cases (void)
{
  RnlTool *tool = rnl_tool_registry_find (registry, "convert_units");

  for (gsize i = 0; i < G_N_ELEMENTS (unit_cases); i++)
    tool_check (tool, &unit_cases[i]);
}

static void
test_unit_round_trip (void)
{
  static const char *const names[]
    = { "miles", "stone", "°F", "cups", "hectares", "knots", "years", "TiB", "BTU", "mmHg" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const RnlUnit *unit = rnl_unit_find (names[i]);
      const char *bases[] = { "m", "kg", "K", "l", "m²", "m/s", "s", "B", "J", "Pa" };
      const RnlUnit *base = rnl_unit_find (bases[i]);
      double there = rnl_unit_convert (12.5, unit, base);

      g_assert_cmpint (unit->dimension, ==, (int) i);
      g_assert_cmpstr (base->symbol, ==, bases[i]);
      g_assert_cmpfloat_with_epsilon (rnl_unit_convert (there, base, unit), 12.5, 1e-9);
    }
}

static void
test_time_describe (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new (zone, 2026, 11, 20, 10, 15, 2.5);
  g_autofree char *text = rnl_time_describe (time);

  g_assert_cmpstr (text, ==, "2026-11-20T10:15:02+00:00, Friday 20 November 2026, 10:15:02 (UTC)");
}

static void
test_time_zones (void)
{
  static const ToolCase cases[] = {
    { "{}", "20*" },
    { "{\"timezone\": null}", "20*" },
    { "{\"timezone\": \"UTC\"}", "20*" },
    { "{\"timezone\": \"Mars/Olympus\"}", NULL, RNL_TOOL_ERROR_FAILED, "“Mars/Olympus”" },
    { "{\"timezone\": \"../../etc/passwd\"}", NULL, RNL_TOOL_ERROR_FAILED, "no time zone" },
    { "{\"timezone\": \"/etc/localtime\"}", NULL, RNL_TOOL_ERROR_FAILED, "no time zone" },
    { "{\"timezone\": \":UTC\"}", NULL, RNL_TOOL_ERROR_FAILED, "no time zone" },
    { "{\"timezone\": 5}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "text" },
  };
  RnlTool *tool = rnl_tool_registry_find (registry, "current_time");
  g_autofree char *utc = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    tool_check (tool, &cases[i]);

  utc = tool_call (tool, "{\"timezone\": \"UTC\"}", NULL, NULL, NULL);
  g_assert_nonnull (strstr (utc, "day "));
  g_assert_true (g_str_has_suffix (utc, "(UTC)"));
}

static void
test_time_cities (void)
{
  RnlTool *tool = rnl_tool_registry_find (registry, "current_time");
  static const char *const spellings[] = { "Europe/Berlin", "europe/berlin", "Berlin", "berlin " };

  if (!g_file_test ("/usr/share/zoneinfo/zone.tab", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is no table of time zones on this system");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autofree char *arguments = g_strdup_printf ("{\"timezone\": \"%s\"}", spellings[i]);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = tool_call (tool, arguments, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (g_str_has_suffix (text, "(Europe/Berlin)"));
    }
}

/* A model that repeats what it was asked. */
#define ECHO_TYPE_MODEL (echo_model_get_type ())
G_DECLARE_FINAL_TYPE (EchoModel, echo_model, ECHO, MODEL, GObject)

struct _EchoModel
{
  GObject parent_instance;

  GTask *task;
  RnlChunkFunc on_chunk;
  gpointer chunk_data;
};

static const char *
echo_model_get_name (RnlChatModel *model)
{
  return "echo";
}

static gboolean
echo_cb (gpointer user_data)
{
  EchoModel *self = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  RnlChatRequest *request = g_task_get_task_data (task);
  g_autofree char *prompt = NULL;
  g_autofree char *answer = NULL;
  RnlChunk chunk = { .type = RNL_CHUNK_TEXT };

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  prompt = rnl_message_dup_text (g_ptr_array_index (request->messages, 0));
  answer = g_strdup_printf ("  %s\n", prompt);
  chunk.text = answer;
  chunk.length = strlen (answer);
  self->on_chunk (&chunk, self->chunk_data);
  g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

static void
echo_model_generate_async (RnlChatModel *model,
                           RnlChatRequest *request,
                           RnlChunkFunc on_chunk,
                           gpointer chunk_data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  EchoModel *self = ECHO_MODEL (model);

  self->task = g_task_new (model, cancellable, callback, user_data);
  g_task_set_task_data (self->task, rnl_chat_request_ref (request),
                        (GDestroyNotify) rnl_chat_request_unref);
  self->on_chunk = on_chunk;
  self->chunk_data = chunk_data;
  g_idle_add (echo_cb, self);
}

static gboolean
echo_model_generate_finish (RnlChatModel *model, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
echo_model_iface_init (RnlChatModelInterface *iface)
{
  iface->get_id = echo_model_get_name;
  iface->get_title = echo_model_get_name;
  iface->generate_async = echo_model_generate_async;
  iface->generate_finish = echo_model_generate_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (EchoModel,
                               echo_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_CHAT_MODEL, echo_model_iface_init))

static void
echo_model_class_init (EchoModelClass *klass)
{
}

static void
echo_model_init (EchoModel *self)
{
}

typedef struct
{
  RnlChatModel *model;
  RnlRun *run;
  RnlPart *part;
  RnlToolContext *context;
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->model = g_object_new (ECHO_TYPE_MODEL, NULL);
  fixture->run = rnl_run_new (RNL_RUN_TOOL, "tool", NULL, NULL);
  fixture->part = rnl_part_new_tool_call (0, "call_1", "tool");
  fixture->context = rnl_tool_context_new (fixture->run, fixture->part, fixture->model);
  rnl_run_start (fixture->run, NULL);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer user_data)
{
  rnl_run_end (fixture->run, NULL);
  g_assert_finalize_object (fixture->context);
  g_assert_finalize_object (fixture->model);
  g_object_unref (fixture->part);
  g_object_unref (fixture->run);
}

static void
test_demo_items (Fixture *fixture, gconstpointer user_data)
{
  RnlTool *tool = rnl_tool_registry_find (registry, "get_items");
  g_autoptr (GError) error = NULL;
  g_autofree char *text
    = tool_call (tool, "{\"place\": \"The 100%s Cavern {}\"}", fixture->context, NULL, &error);
  GListModel *children = rnl_part_list_children (fixture->part);
  g_autoptr (RnlPart) child = g_list_model_get_item (children, 0);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, "Can you tell me"));
  g_assert_nonnull (strstr (text, "place: 'The 100%s Cavern {}'. List"));
  g_assert_true (g_str_has_suffix (text, "each item."));
  g_assert_cmpuint (g_list_model_get_n_items (children), ==, 1);
  g_assert_cmpstr (rnl_part_get_title (child), ==, "Get Items LLM");
}

static void
test_demo_cat (Fixture *fixture, gconstpointer user_data)
{
  RnlTool *tool = rnl_tool_registry_find (registry, "where_is_the_cat_hiding");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tool_call (tool, "{}", fixture->context, NULL, &error);
  g_autoptr (RnlPart) child = g_list_model_get_item (rnl_part_list_children (fixture->part), 0);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, "Make up a place in the house"));
  g_assert_cmpstr (rnl_part_get_title (child), ==, "where_cat_at");
}

static void
test_demo_refused (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *topic = g_strnfill (5000, 'x');
  g_autofree char *too_long = g_strdup_printf ("{\"topic\": \"%s\"}", topic);
  const ToolCase cases[] = {
    { "{}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "“topic” is missing" },
    { too_long, NULL, RNL_TOOL_ERROR_TOO_LARGE, "4096" },
  };
  RnlTool *tool = rnl_tool_registry_find (registry, "tell_me_a_joke_about");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    tool_check (tool, &cases[i]);
}

static void
test_demo_cancelled (Fixture *fixture, gconstpointer user_data)
{
  RnlTool *tool = rnl_tool_registry_find (registry, "tell_me_a_joke_about");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (tool_call (tool, "{\"topic\": \"cats\"}", fixture->context, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_specs (void)
{
  GListModel *tools = G_LIST_MODEL (registry);

  g_assert_cmpuint (g_list_model_get_n_items (tools), >=, 10);
  for (guint i = 0; i < g_list_model_get_n_items (tools); i++)
    {
      g_autoptr (RnlTool) tool = g_list_model_get_item (tools, i);

      tool_check_spec (tool);
    }
}

int
main (int argc, char **argv)
{
  RnlToolScope scope = { NULL };
  int status;

  rnl_test_init (&argc, &argv);
  registry = rnl_tool_registry_new ();
  rnl_builtin_tools_add (registry, &scope);

  g_test_add_func ("/tools/builtin/specs", test_specs);
  g_test_add_func ("/tools/units/cases", test_unit_cases);
  g_test_add_func ("/tools/units/round-trip", test_unit_round_trip);
  g_test_add_func ("/tools/time/describe", test_time_describe);
  g_test_add_func ("/tools/time/zones", test_time_zones);
  g_test_add_func ("/tools/time/cities", test_time_cities);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/tools/demo/items", test_demo_items);
  ADD ("/tools/demo/cat", test_demo_cat);
  ADD ("/tools/demo/refused", test_demo_refused);
  ADD ("/tools/demo/cancelled", test_demo_cancelled);
#undef ADD
  status = g_test_run ();

  g_assert_finalize_object (registry);

  return status;
}
