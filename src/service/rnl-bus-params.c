/* rnl-bus-params.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-bus-params.h"

#include <string.h>

#include "rnl-bus-error.h"
#include "rnl-json-value.h"

/* An option, the model's parameter it sets, and what it may be. */
static const struct
{
  const char *option;
  const char *param;
  const char *type;
  double most; /* of a number that is not a count */
} params[] = {
  { "temperature", "temperature", "d", 2 },
  { "top-p", "top_p", "d", 1 },
  { "max-tokens", "max_tokens", "u", 0 },
  { "num-ctx", "num_ctx", "u", 0 },
  { "stop", "stop", "as", 0 },
  { "tool-choice", "tool_choice", "s", 0 },
  { "reasoning-effort", "reasoning_effort", "s", 0 },
};

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, RNL_BUS_ERROR, RNL_BUS_ERROR_INVALID_OPTIONS, message);

  return FALSE;
}

static gboolean
take_param (RnlRunConfig *config, gsize i, GVariant *value, GError **error)
{
  const char *option = params[i].option;
  g_autoptr (JsonNode) node = NULL;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE (params[i].type)))
    return refuse (error, "The option \"%s\" is of type \"%s\", not \"%s\"", option, params[i].type,
                   g_variant_get_type_string (value));
  /* Not a number is not in bounds, either. */
  if (strcmp (params[i].type, "d") == 0
      && !(g_variant_get_double (value) >= 0 && g_variant_get_double (value) <= params[i].most))
    return refuse (error, "The option \"%s\" is from 0 to %g", option, params[i].most);

  node = json_gvariant_serialize (value);
  rnl_run_config_set_param (config, params[i].param, node);

  return TRUE;
}

static gboolean
take_schema (RnlRunConfig *config, GVariant *value, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    node = rnl_json_strict_parse (g_variant_get_string (value, NULL), -1, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, "The option \"schema\" is the text of a JSON object");
  rnl_run_config_set_param (config, "schema", node);

  return TRUE;
}

/**
 * rnl_bus_params_parse:
 * @options: of type `a{sv}`, from a program that may be wrong or evil
 * @error: return location for an error
 *
 * Reads the options of `Ask` that are parameters of the model.
 *
 * Errors: `RNL_BUS_ERROR_INVALID_OPTIONS`.
 *
 * Returns: (transfer full) (nullable): what the run is to be
 */
RnlRunConfig *
rnl_bus_params_parse (GVariant *options, GError **error)
{
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  g_autoptr (GVariant) schema = g_variant_lookup_value (options, "schema", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (params); i++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (options, params[i].option, NULL);

      if (value != NULL && !take_param (config, i, value, error))
        return NULL;
    }
  if (schema != NULL && !take_schema (config, schema, error))
    return NULL;

  return g_steal_pointer (&config);
}
