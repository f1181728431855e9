/* test-prompt-template.c: slots, roles, versions
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-json-value.h"
#include "rnl-pipeline-error.h"
#include "rnl-prompt-template.h"
#include "rnl-template-registry.h"
#include "rnl-test.h"

static JsonNode *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = rnl_json_strict_parse (json, -1, &error);

  g_assert_no_error (error);

  return node;
}

static RnlPromptTemplate *
make (const char *text)
{
  g_autoptr (GError) error = NULL;
  RnlPromptTemplate *prompt = rnl_prompt_template_new (text, &error);

  g_assert_no_error (error);

  return prompt;
}

static void
assert_formats (RnlPromptTemplate *prompt, const char *values, const char *expected)
{
  g_autoptr (JsonNode) node = parse (values);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) value = rnl_prompt_template_format (prompt, node, &error);
  g_autofree char *json = NULL;

  g_assert_no_error (error);
  json = rnl_json_to_string (value, FALSE);
  g_assert_cmpstr (json, ==, expected);
}

static void
test_fill (void)
{
  static const struct
  {
    const char *text;
    const char *values;
    const char *content;
  } cases[] = {
    { "tell me a joke about {topic}", "{\"topic\": \"parrot\"}", "tell me a joke about parrot" },
    { "{a}{b}{a}", "{\"a\": \"x\", \"b\": \"y\", \"more\": 1}", "xyx" },
    { "{{{a}}}", "{\"a\": \"x\"}", "{x}" },
    { "no slots", "{}", "no slots" },
    { "", "{}", "" },
    { "{a}", "{\"a\": \"{b} }} {{\"}", "{b} }} {{" },
    { "{a}", "{\"a\": 17}", "17" },
    { "{a}", "{\"a\": null}", "" },
    { "{a}", "\"itself\"", "itself" },
    { "{a_1}", "{\"a_1\": \"\\u00e4\"}", "\u00e4" },
    { "{a}", "{\"a\": [{\"text\": \"one\"}, {\"text\": \"two\"}]}", "one\\n\\ntwo" },
    { "{a}", "{\"a\": [{\"role\": \"user\", \"content\": \"hi\"}, \"x\"]}", "user: hi\\nx" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnlPromptTemplate) prompt = make (cases[i].text);
      g_autofree char *expected = g_strdup_printf (
        "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}", cases[i].content);

      assert_formats (prompt, cases[i].values, expected);
    }
}

static void
test_bad_text (void)
{
  static const struct
  {
    const char *text;
    const char *where;
  } cases[] = {
    { "a {topic", "Line 1, column 3" },
    { "a\nb }", "Line 2, column 3" },
    { "{}", "Line 1, column 1" },
    { "{1a}", "no name" },
    { "{a b}", "no name" },
    { "\u00e4{a{b}}", "Line 1, column 2" },
    { "{{{", "never closed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rnl_prompt_template_new (cases[i].text, &error));
      g_assert_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_TEMPLATE);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].where));
    }
}

static void
test_missing (void)
{
  g_autoptr (RnlPromptTemplate) prompt = make ("{history}\nHuman: {human_input}\nAssistant:");
  g_autoptr (JsonNode) values = parse ("{\"history\": \"\"}");
  g_autoptr (JsonNode) text = parse ("\"hello\"");
  g_autoptr (GError) error = NULL;
  const char *const *names = rnl_prompt_template_list_variables (prompt);

  g_assert_cmpstr (names[0], ==, "history");
  g_assert_cmpstr (names[1], ==, "human_input");
  g_assert_null (names[2]);

  g_assert_null (rnl_prompt_template_format (prompt, values, &error));
  g_assert_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_MISSING_VARIABLE);
  g_assert_nonnull (strstr (error->message, "“human_input”"));
  g_clear_error (&error);

  /* Two slots, one value: whose? */
  g_assert_null (rnl_prompt_template_format (prompt, text, &error));
  g_assert_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_INPUT_TYPE);
}

static void
test_roles (void)
{
  g_autoptr (RnlPromptTemplate) prompt = rnl_prompt_template_new_messages ();
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (RnlPromptTemplate) again = NULL;
  g_autoptr (GError) error = NULL;

  rnl_prompt_template_add_message (prompt, RNL_ROLE_SYSTEM, "You speak {language}.", &error);
  g_assert_no_error (error);
  rnl_prompt_template_add_placeholder (prompt, "history");
  rnl_prompt_template_add_message (prompt, RNL_ROLE_USER, "{question}", &error);
  g_assert_no_error (error);

  json = rnl_prompt_template_to_json (prompt);
  again = rnl_prompt_template_new_from_json (json, &error);
  g_assert_no_error (error);
  assert_formats (again,
                  "{\"language\": \"German\", \"question\": \"Why?\", \"history\": ["
                  "{\"role\": \"human\", \"content\": \"hi\"}, "
                  "{\"role\": \"assistant\", \"content\": \"hello\"}]}",
                  "{\"messages\":[{\"role\":\"system\",\"content\":\"You speak German.\"},"
                  "{\"role\":\"user\",\"content\":\"hi\"},"
                  "{\"role\":\"assistant\",\"content\":\"hello\"},"
                  "{\"role\":\"user\",\"content\":\"Why?\"}]}");
}

static void
assert_registers (RnlTemplateRegistry *registry,
                  const char *version,
                  const char *text,
                  const char *expected)
{
  g_autoptr (RnlPromptTemplate) prompt = make (text);
  g_autoptr (GError) error = NULL;
  g_autofree char *full
    = rnl_template_registry_register (registry, "qa_prompt", version, prompt, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (full, ==, expected);
  g_assert_cmpstr (rnl_prompt_template_get_version (prompt), ==, expected);
  g_assert_cmpstr (rnl_prompt_template_get_title (prompt), ==, "qa_prompt");
}

static void
test_versions (void)
{
  g_autoptr (RnlTemplateRegistry) registry = rnl_template_registry_new (NULL);
  g_autoptr (RnlPromptTemplate) found = NULL;
  g_autoptr (GError) error = NULL;

  assert_registers (registry, "1.0", "one {a}", "1.0.0");
  assert_registers (registry, "1.0", "one {a}", "1.0.0");
  assert_registers (registry, "1.0", "two {a}", "1.0.1");
  assert_registers (registry, "1.0", "three {a}", "1.0.2");
  assert_registers (registry, "1.0", "one {a}", "1.0.0");
  assert_registers (registry, "1.1", "one {a}", "1.1.0");
  assert_registers (registry, "1.10", "ten", "1.10.0");
  assert_registers (registry, "1.1", "eleven", "1.1.1");

  found = rnl_template_registry_lookup (registry, "qa_prompt", "1.0", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rnl_prompt_template_get_version (found), ==, "1.0.2");
  g_clear_object (&found);
  found = rnl_template_registry_lookup (registry, "qa_prompt", "1.0.1", &error);
  g_assert_no_error (error);
  assert_formats (found, "\"x\"", "{\"messages\":[{\"role\":\"user\",\"content\":\"two x\"}]}");
  g_assert_null (rnl_template_registry_lookup (registry, "qa_prompt", "2.0", &error));
  g_assert_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_TEMPLATE);
}

static void
test_bad_names (void)
{
  g_autoptr (RnlTemplateRegistry) registry = rnl_template_registry_new (NULL);
  g_autoptr (RnlPromptTemplate) prompt = make ("x");
  g_autofree char *longest = g_strnfill (RNL_TEMPLATE_NAME_MAX, 'n');
  g_autofree char *longer = g_strnfill (RNL_TEMPLATE_NAME_MAX + 1, 'n');
  g_autofree char *version
    = rnl_template_registry_register (registry, longest, "0.1", prompt, NULL);
  const char *const names[] = { "", "two words", "tab\there", longer };
  static const char *const versions[] = { "", "1", "1.0.0", "v1.0", "1.", "01.0", "1.0\n" };

  g_assert_cmpstr (version, ==, "0.1.0");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rnl_template_registry_register (registry, names[i], "1.0", prompt, &error));
      g_assert_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_TEMPLATE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rnl_template_registry_register (registry, "n", versions[i], prompt, &error));
      g_assert_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_TEMPLATE);
    }
}

static void
test_file (void)
{
  g_autofree char *path = g_build_filename (rnl_test_tmp_dir (), "templates.json", NULL);
  g_autoptr (RnlTemplateRegistry) registry = rnl_template_registry_new (path);
  g_autoptr (RnlTemplateRegistry) again = rnl_template_registry_new (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  g_auto (GStrv) versions = NULL;

  g_assert_true (rnl_template_registry_load (registry, &error));
  assert_registers (registry, "1.0", "one {a}", "1.0.0");
  assert_registers (registry, "1.0", "two {a}", "1.0.1");
  rnl_template_registry_save_async (registry, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_true (rnl_template_registry_save_finish (registry, result, &error));

  g_assert_true (rnl_template_registry_load (again, &error));
  g_assert_no_error (error);
  names = rnl_template_registry_list_names (again);
  versions = rnl_template_registry_list_versions (again, "qa_prompt");
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_cmpuint (g_strv_length (versions), ==, 2);
  assert_registers (again, "1.0", "one {a}", "1.0.0");
  assert_registers (again, "1.0", "three {a}", "1.0.2");

  g_assert_true (g_file_set_contents (path, "{\"x\": ", -1, NULL));
  g_assert_false (rnl_template_registry_load (again, &error));
  g_assert_nonnull (strstr (error->message, path));
  g_assert_finalize_object (g_steal_pointer (&again));
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/prompt-template/fill", test_fill);
  g_test_add_func ("/prompt-template/bad-text", test_bad_text);
  g_test_add_func ("/prompt-template/missing", test_missing);
  g_test_add_func ("/prompt-template/roles", test_roles);
  g_test_add_func ("/prompt-template/versions", test_versions);
  g_test_add_func ("/prompt-template/bad-names", test_bad_names);
  g_test_add_func ("/prompt-template/file", test_file);

  return g_test_run ();
}
