/* test-bus-options.c: options from a program that may be wrong or evil
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-bus-error.h"
#include "rnl-bus-options.h"
#include "rnl-test.h"

static void
test_refused (void)
{
  static const char *const cases[] = {
    "{'handle-token': <1>}",
    "{'handle-token': <''>}",
    "{'handle-token': <'../x'>}",
    "{'handle-token': <'a/b'>}",
    "{'activation-token': <true>}",
    "{'parent-window': <uint32 1>}",
    "{'client-name': <b'x'>}",
    "{'grant': <['x']>}",
    "{'conversation': <1>}",
    "{'conversation': <'x.y'>}",
    "{'system': <{'a': 1}>}",
    "{'tools': <true>}",
    "{'tools': <'all'>}",
    "{'format': <'json'>}",
    "{'temperature': <1>}",
    "{'temperature': <2.5>}",
    "{'temperature': <-0.5>}",
    "{'top-p': <1.5>}",
    "{'max-tokens': <-1>}",
    "{'num-ctx': <'1'>}",
    "{'stop': <'END'>}",
    "{'tool-choice': <true>}",
    "{'reasoning-effort': <1>}",
    "{'schema': <{'type': 'object'}>}",
    "{'schema': <'[]'>}",
    "{'schema': <'{'>}",
    "{'timeout': <1>}",
    "{'timeout': <'1'>}",
    "{'attachments': <['x']>}",
    "{'attachments': <[('a.txt', 'text/plain', @h 0)]>}",
    "{'attachments': <[('', 'text/plain', @h 0)]>}",
    "{'attachments': <[('a.png', 'image/png', @h 0)]>}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GVariant) options
        = g_variant_parse (G_VARIANT_TYPE ("a{sv}"), cases[i], NULL, NULL, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (options);
      g_test_message ("%s", cases[i]);
      g_assert_null (rnl_bus_options_parse (options, NULL, &error));
      g_assert_error (error, RNL_BUS_ERROR, RNL_BUS_ERROR_INVALID_OPTIONS);
    }
}

static void
test_taken (void)
{
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed (
    "{'handle-token': <'t_1'>, 'client-name': <' A\\u0007 \\u202eB '>, 'tools': <'read-only'>,"
    " 'format': <'text'>, 'timeout': <uint32 5>, 'grant': <'g'>, 'conversation': <'c'>,"
    " 'from-the-future': <(1, 2)>}"));
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlBusOptions) taken = rnl_bus_options_parse (options, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (taken->handle_token, ==, "t_1");
  g_assert_cmpstr (taken->client_name, ==, "A B");
  g_assert_cmpint (taken->tools, ==, RNL_BUS_TOOLS_READ_ONLY);
  g_assert_true (taken->text_only);
  g_assert_cmpuint (taken->timeout, ==, 5);
}

/* They are the parameters of the model's run. */
static void
test_params (void)
{
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed (
    "{'temperature': <0.5>, 'top-p': <1.0>, 'max-tokens': <uint32 7>, 'num-ctx': <uint32 64>,"
    " 'stop': <['END', '.']>, 'tool-choice': <'none'>, 'reasoning-effort': <'low'>,"
    " 'schema': <'{\"type\": \"object\"}'>}"));
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlBusOptions) taken = rnl_bus_options_parse (options, NULL, &error);
  g_autoptr (JsonNode) wanted = json_from_string (
    "{\"temperature\": 0.5, \"top_p\": 1.0, \"max_tokens\": 7, \"num_ctx\": 64,"
    " \"stop\": [\"END\", \".\"], \"tool_choice\": \"none\", \"reasoning_effort\": \"low\","
    " \"schema\": {\"type\": \"object\"}}",
    &error);

  g_assert_no_error (error);
  g_assert_true (
    json_object_equal (rnl_run_config_get_params (taken->config), json_node_get_object (wanted)));
}

static void
test_defaults (void)
{
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  g_autoptr (RnlBusOptions) taken = rnl_bus_options_parse (options, NULL, NULL);

  g_assert_cmpint (taken->tools, ==, RNL_BUS_TOOLS_NONE);
  g_assert_false (taken->text_only);
  g_assert_cmpuint (taken->timeout, ==, 0);
  g_assert_null (taken->client_name);
  g_assert_cmpuint (json_object_get_size (rnl_run_config_get_params (taken->config)), ==, 0);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/bus-options/refused", test_refused);
  g_test_add_func ("/bus-options/taken", test_taken);
  g_test_add_func ("/bus-options/params", test_params);
  g_test_add_func ("/bus-options/defaults", test_defaults);

  return g_test_run ();
}
