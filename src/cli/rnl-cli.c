/* rnl-cli.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli.h"

#include <stdio.h>

#include "rnl-builtin-tools.h"
#include "rnl-json-value.h"

/**
 * rnl_cli_settings_new:
 *
 * Returns: (transfer full) (nullable): the settings, `NULL` where Runnel's schema is not installed:
 *   then every default applies
 */
GSettings *
rnl_cli_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, RNL_APP_ID, TRUE);

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/**
 * rnl_cli_result_cb:
 * @source: what was asked
 * @result: its answer
 * @user_data: (type GAsyncResult**): where @result goes
 *
 * The callback of what [func@rnl_cli_wait] waits for.
 */
void
rnl_cli_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/**
 * rnl_cli_wait:
 * @result: (inout): `NULL`, until [func@rnl_cli_result_cb] sets it
 *
 * Runs the main loop until what the command cannot go on without is there.
 */
void
rnl_cli_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * rnl_cli_library_open:
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the person's chats, open
 */
RnlLibrary *
rnl_cli_library_open (GError **error)
{
  g_autoptr (RnlLibrary) library = rnl_library_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;

  rnl_library_open_async (library, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);
  if (!rnl_library_open_finish (library, result, error))
    return NULL;

  return g_steal_pointer (&library);
}

/**
 * rnl_cli_tools_new:
 * @settings: (nullable): the person's settings
 * @library: (nullable): the chats `search_chats` looks through
 *
 * Returns: (transfer full): every built-in tool, those the person switched off disabled
 */
RnlToolRegistry *
rnl_cli_tools_new (GSettings *settings, RnlLibrary *library)
{
  RnlToolRegistry *tools = rnl_tool_registry_new ();
  g_auto (GStrv) folders = settings != NULL ? g_settings_get_strv (settings, "folders") : NULL;
  g_auto (GStrv) disabled
    = settings != NULL ? g_settings_get_strv (settings, "tools-disabled") : NULL;
  RnlToolScope scope = {
    .library = library,
    .folders = (const char *const *) folders,
    .allow_private_network
    = settings != NULL && g_settings_get_boolean (settings, "allow-private-network"),
  };

  rnl_builtin_tools_add (tools, &scope);
  for (gsize i = 0; disabled != NULL && disabled[i] != NULL; i++)
    rnl_tool_registry_set_enabled (tools, disabled[i], FALSE);

  return tools;
}

/**
 * rnl_cli_fail:
 * @status: the exit status
 * @format: what went wrong, without an end of line
 *
 * Returns: @status, after the message was written to standard error
 */
RnlExit
rnl_cli_fail (RnlExit status, const char *format, ...)
{
  va_list args;
  g_autofree char *message = NULL;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("runnel-cli: %s\n", message);

  return status;
}

RnlExit
rnl_cli_fail_error (RnlExit status, GError *error)
{
  return rnl_cli_fail (status, "%s", error->message);
}

/**
 * rnl_cli_print_json:
 * @node: what to print
 * @pretty: over several lines, for a person
 *
 * Writes one value and an end of line to standard output, and flushes it.
 */
void
rnl_cli_print_json (JsonNode *node, gboolean pretty)
{
  g_autofree char *text = rnl_json_to_string (node, pretty);

  puts (text);
  fflush (stdout);
}

/**
 * rnl_cli_parse:
 * @entries: the options
 * @usage: what stands behind the command's name in its help
 * @argc: (inout): number of arguments
 * @argv: (inout): the arguments; options are taken out
 * @error: return location for an error
 *
 * Returns: whether the options could be read
 */
gboolean
rnl_cli_parse (GOptionEntry *entries, const char *usage, int *argc, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage);

  g_option_context_add_main_entries (context, entries, NULL);

  return g_option_context_parse (context, argc, argv, error);
}

/* A filter for a type there is none of would silently show nothing. */
static gboolean
check_types (const char *option, char **types, GError **error)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (RNL_TYPE_RUN_TYPE);

  for (gsize i = 0; types != NULL && types[i] != NULL; i++)
    {
      g_autoptr (GString) all = NULL;

      if (g_str_equal (types[i], "custom") || g_enum_get_value_by_nick (klass, types[i]) != NULL)
        continue;
      all = g_string_new ("custom");
      for (guint k = 0; k < klass->n_values; k++)
        g_string_append_printf (all, ", %s", klass->values[k].value_nick);
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "\"%s\" is no type of run; %s takes one of: %s", types[i], option, all->str);
      return FALSE;
    }

  return TRUE;
}

/**
 * rnl_cli_parse_filtered:
 * @entries: the command's own options
 * @filter: what the six options of a filter are put into
 * @usage: what stands behind the command's name in its help
 * @argc: (inout): number of arguments
 * @argv: (inout): the arguments; options are taken out
 * @error: return location for an error
 *
 * Returns: whether the options could be read
 */
gboolean
rnl_cli_parse_filtered (GOptionEntry *entries,
                        RnlEventFilter *filter,
                        const char *usage,
                        int *argc,
                        char ***argv,
                        GError **error)
{
  const GOptionEntry of_filter[] = {
    { "include-name", 0, 0, G_OPTION_ARG_STRING_ARRAY, &filter->include_names,
      "Events of runs of this name", "NAME" },
    { "include-type", 0, 0, G_OPTION_ARG_STRING_ARRAY, &filter->include_types,
      "Events of runs of this type", "TYPE" },
    { "include-tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &filter->include_tags,
      "Events of runs with this tag", "TAG" },
    { "exclude-name", 0, 0, G_OPTION_ARG_STRING_ARRAY, &filter->exclude_names,
      "No events of runs of this name", "NAME" },
    { "exclude-type", 0, 0, G_OPTION_ARG_STRING_ARRAY, &filter->exclude_types,
      "No events of runs of this type", "TYPE" },
    { "exclude-tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &filter->exclude_tags,
      "No events of runs with this tag", "TAG" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (usage);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, of_filter, NULL);

  return g_option_context_parse (context, argc, argv, error)
         && check_types ("--include-type", filter->include_types, error)
         && check_types ("--exclude-type", filter->exclude_types, error);
}
