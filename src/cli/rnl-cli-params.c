/* rnl-cli-params.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-params.h"

#include <string.h>

#include "rnl-cli-input.h"
#include "rnl-json-schema.h"
#include "rnl-json-value.h"

#define MAX_SCHEMA (1024 * 1024)

/* What the protocols know: each says what comes nearest in its own words. */
static const char *const efforts[]
  = { "none", "minimal", "low", "medium", "high", "xhigh", "max", NULL };

/* Not -1, which a person can give. */
#define UNSET (-G_MAXDOUBLE)

/**
 * rnl_cli_params_add_options:
 * @self: where they are put
 * @entries: (element-type GOptionEntry): options of a command
 *
 * Adds the options that set parameters of the model.
 */
void
rnl_cli_params_add_options (RnlCliParams *self, GArray *entries)
{
  const GOptionEntry own[] = {
    { "effort", 0, 0, G_OPTION_ARG_STRING, &self->effort, "How hard the model is to think",
      "none|minimal|low|medium|high|xhigh|max" },
    { "max-tokens", 0, 0, G_OPTION_ARG_INT, &self->max_tokens,
      "Tokens of an answer at most (default: the server's)", "N" },
    { "num-ctx", 0, 0, G_OPTION_ARG_INT, &self->num_ctx,
      "Tokens of context a local server makes room for (Ollama)", "N" },
    { "temperature", 0, 0, G_OPTION_ARG_DOUBLE, &self->temperature,
      "How freely words are chosen, where the model takes one", "0..2" },
    { "top-p", 0, 0, G_OPTION_ARG_DOUBLE, &self->top_p,
      "Share of the likeliest words to choose from, where the model takes one", "0..1" },
    { "stop", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->stop,
      "End the answer at this text, where the protocol can; may be given several times", "TEXT" },
    { "schema", 0, 0, G_OPTION_ARG_FILENAME, &self->schema_file,
      "The answer is JSON that fits this JSON Schema; the exit status is 5 when it does not",
      "FILE" },
    { "tool-choice", 0, 0, G_OPTION_ARG_STRING, &self->tool_choice,
      "Whether the model calls a tool first, or which (default: auto)", "auto|none|any|NAME" },
  };

  self->temperature = self->top_p = UNSET;
  g_array_append_vals (entries, own, G_N_ELEMENTS (own));
}

/* What is not a number is in no range. */
static gboolean
is_up_to (double share, double most)
{
  return share <= UNSET || (share >= 0 && share <= most);
}

static gboolean
check_bounds (const RnlCliParams *self, GError **error)
{
  g_autofree char *all = g_strjoinv (", ", (char **) efforts);

  if (self->effort != NULL && !g_strv_contains (efforts, self->effort))
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--effort %s is not one of: %s",
                 self->effort, all);
  else if (self->max_tokens < 0 || self->num_ctx < 0)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         "--max-tokens and --num-ctx are at least 0");
  else if (!is_up_to (self->temperature, 2))
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         "--temperature is from 0 to 2");
  else if (!is_up_to (self->top_p, 1))
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--top-p is from 0 to 1");
  else
    return TRUE;

  return FALSE;
}

/**
 * rnl_cli_params_load:
 * @self: what the options said
 * @error: return location for an error
 *
 * Reads the schema, and checks the rest.
 *
 * Returns: whether a model can be asked so
 */
gboolean
rnl_cli_params_load (RnlCliParams *self, GError **error)
{
  g_autofree char *text = NULL;

  if (!check_bounds (self, error))
    return FALSE;
  if (self->schema_file == NULL)
    return TRUE;
  text = rnl_cli_read_text (self->schema_file, MAX_SCHEMA, error);
  if (text == NULL)
    return FALSE;

  self->schema = rnl_json_strict_parse (text, -1, error);
  if (self->schema == NULL)
    {
      g_prefix_error (error, "%s: ", self->schema_file);
      return FALSE;
    }
  if (JSON_NODE_HOLDS_OBJECT (self->schema))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s: a JSON Schema is an object",
               self->schema_file);

  return FALSE;
}

void
rnl_cli_params_clear (RnlCliParams *self)
{
  g_strfreev (self->stop);
  g_free (self->schema_file);
  g_free (self->effort);
  g_free (self->tool_choice);
  g_clear_pointer (&self->schema, json_node_unref);
}

static void
take (RnlRunConfig *config, const char *name, JsonNode *taken)
{
  rnl_run_config_set_param (config, name, taken);
  json_node_unref (taken);
}

static void
set_text (RnlRunConfig *config, const char *name, const char *text)
{
  if (text != NULL)
    take (config, name, json_node_init_string (json_node_alloc (), text));
}

static void
set_count (RnlRunConfig *config, const char *name, int count)
{
  if (count > 0)
    take (config, name, json_node_init_int (json_node_alloc (), count));
}

static void
set_share (RnlRunConfig *config, const char *name, double share)
{
  if (share >= 0)
    take (config, name, json_node_init_double (json_node_alloc (), share));
}

static JsonNode *
strings_to_json (char **strings)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (gsize i = 0; strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);

  return json_node_init_array (json_node_alloc (), array);
}

static char *
dup_schema_name (const RnlCliParams *self)
{
  g_autofree char *name = g_path_get_basename (self->schema_file);
  char *end = strchr (name, '.');

  if (end != NULL && end != name)
    *end = '\0';

  return g_steal_pointer (&name);
}

/**
 * rnl_cli_params_apply:
 * @self: what the options said
 * @config: what the run is to be
 *
 * Sets the model's parameters that were given.
 */
void
rnl_cli_params_apply (const RnlCliParams *self, RnlRunConfig *config)
{
  g_autofree char *name = NULL;

  set_text (config, "reasoning_effort", self->effort);
  set_text (config, "tool_choice", self->tool_choice);
  set_count (config, "max_tokens", self->max_tokens);
  set_count (config, "num_ctx", self->num_ctx);
  set_share (config, "temperature", self->temperature);
  set_share (config, "top_p", self->top_p);
  if (self->stop != NULL)
    take (config, "stop", strings_to_json (self->stop));
  if (self->schema == NULL)
    return;

  name = dup_schema_name (self);
  rnl_run_config_set_param (config, "schema", self->schema);
  set_text (config, "schema_name", name);
}

/**
 * rnl_cli_params_check_answer:
 * @self: what the options said
 * @answer: what the model answered
 * @error: return location for an error
 *
 * Returns: whether the answer is JSON that fits the schema, if there is one
 */
gboolean
rnl_cli_params_check_answer (const RnlCliParams *self, const char *answer, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (self->schema == NULL)
    return TRUE;

  node = rnl_json_strict_parse (answer, -1, error);
  if (node != NULL && rnl_json_schema_check (self->schema, node, error))
    return TRUE;
  g_prefix_error (error, "The answer does not fit %s: ", self->schema_file);

  return FALSE;
}
