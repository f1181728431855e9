/* test-tools-arithmetic.c: the calculator's five tools
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-arithmetic-tools.h"
#include "rnl-number-text.h"
#include "rnl-test.h"
#include "tool-harness.h"

static RnlToolRegistry *registry;

static const struct
{
  const char *tool;
  ToolCase expected;
} cases[] = {
  { "add", { "{\"x\": 10, \"y\": 10}", "20" } },
  { "add", { "{\"x\": 0.1, \"y\": 0.2}", "0.3" } },
  { "add", { "{\"x\": -1, \"y\": 1}", "0" } },
  { "add", { "{\"x\": 1.5, \"y\": 1.5}", "3" } },
  { "add", { "{\"x\": 9007199254740992, \"y\": 1}", "9007199254740993" } },
  { "add",
    { "{\"x\": 9223372036854775807, \"y\": 1}", "9.22337203685478e+18 (rounded to 15 digits)" } },
  { "add", { "{\"x\": \"7\", \"y\": \"0.5\"}", "7.5" } },
  { "add", { "{\"x\": 1e308, \"y\": 1e308}", NULL, RNL_TOOL_ERROR_FAILED, "too large" } },
  { "add", { "{\"x\": 1}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "“y” is missing" } },
  { "add", { "{\"x\": 1, \"y\": null}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "“y” is missing" } },
  { "add", { "{\"x\": [], \"y\": 1}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "“x” must be a number" } },
  { "add", { "{\"x\": \"7 apples\", \"y\": 1}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "a number" } },
  { "add", { "{\"x\": \"nan\", \"y\": 1}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "a number" } },
  { "add", { "{\"x\": true, \"y\": 1}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "a number" } },
  { "subtract", { "{\"x\": 3, \"y\": 5}", "-2" } },
  { "subtract", { "{\"x\": 0.3, \"y\": 0.1}", "0.2" } },
  { "subtract", { "{\"x\": -9223372036854775807, \"y\": 5}", "-9.22337203685478e+18 (*" } },
  { "multiply", { "{\"x\": 20, \"y\": 3}", "60" } },
  { "multiply", { "{\"x\": 123456789, \"y\": 987654321}", "121932631112635269" } },
  { "multiply", { "{\"x\": -0.0, \"y\": 5}", "0" } },
  { "multiply", { "{\"x\": 1.1, \"y\": 1.1}", "1.21" } },
  { "divide", { "{\"x\": 10, \"y\": 4}", "2.5" } },
  { "divide", { "{\"x\": 1, \"y\": 3}", "0.333333333333333" } },
  { "divide", { "{\"x\": 9223372036854775807, \"y\": 7}", "1317624576693539401" } },
  { "divide", { "{\"x\": -9223372036854775808, \"y\": -1}", "9.22337203685478e+18 (*" } },
  { "divide",
    { "{\"x\": 10, \"y\": 0}", NULL, RNL_TOOL_ERROR_FAILED, "Cannot divide 10 by zero" } },
  { "divide", { "{\"x\": 0, \"y\": 0.0}", NULL, RNL_TOOL_ERROR_FAILED, "by zero" } },
  { "power", { "{\"x\": 2, \"y\": 10}", "1024" } },
  { "power", { "{\"x\": 2, \"y\": 62}", "4611686018427387904" } },
  { "power", { "{\"x\": 2, \"y\": 100}", "1.26765060022823e+30 (rounded to 15 digits)" } },
  { "power", { "{\"x\": 2, \"y\": -1}", "0.5" } },
  { "power", { "{\"x\": 9, \"y\": 0.5}", "3" } },
  { "power", { "{\"x\": -1, \"y\": 1000001}", "-1" } },
  { "power", { "{\"x\": 0, \"y\": 0}", "1" } },
  { "power", { "{\"x\": 0, \"y\": -1}", NULL, RNL_TOOL_ERROR_FAILED, "divides by zero" } },
  { "power", { "{\"x\": -8, \"y\": 0.5}", NULL, RNL_TOOL_ERROR_FAILED, "not a real number" } },
  { "power", { "{\"x\": 10, \"y\": 400}", NULL, RNL_TOOL_ERROR_FAILED, "too large" } },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    tool_check (rnl_tool_registry_find (registry, cases[i].tool), &cases[i].expected);
}

static void
test_specs (void)
{
  GListModel *tools = G_LIST_MODEL (registry);

  g_assert_cmpuint (g_list_model_get_n_items (tools), ==, 5);
  for (guint i = 0; i < g_list_model_get_n_items (tools); i++)
    {
      g_autoptr (RnlTool) tool = g_list_model_get_item (tools, i);

      tool_check_spec (tool);
      g_assert_cmpint (rnl_tool_get_permission (tool), ==, RNL_TOOL_SAFE);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (tool_call (rnl_tool_registry_find (registry, "add"), "{\"x\": 1, \"y\": 2}", NULL,
                            cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_number_text (void)
{
  static const struct
  {
    double value;
    int digits;
    const char *text;
  } numbers[] = {
    { 0, 15, "0" },        { -0.0, 15, "0" },          { 1e14, 15, "100000000000000" },
    { 1e15, 15, "1e+15" }, { 0.1 + 0.2, 15, "0.3" },   { -2.5, 15, "-2.5" },
    { 1e-9, 15, "1e-09" }, { 3.14159265, 4, "3.142" }, { 123456, 4, "123456" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = rnl_number_to_text (numbers[i].value, numbers[i].digits);

      g_assert_cmpstr (text, ==, numbers[i].text);
    }
}

int
main (int argc, char **argv)
{
  int status;

  rnl_test_init (&argc, &argv);
  registry = rnl_tool_registry_new ();
  rnl_arithmetic_tools_add (registry);

  g_test_add_func ("/tools/arithmetic/cases", test_cases);
  g_test_add_func ("/tools/arithmetic/specs", test_specs);
  g_test_add_func ("/tools/arithmetic/cancelled", test_cancelled);
  g_test_add_func ("/tools/number-text", test_number_text);
  status = g_test_run ();

  g_assert_finalize_object (registry);

  return status;
}
