/* rnl-protocol.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-protocol.h"

#include "rnl-provider-error.h"

static const RnlProtocol *const protocols[] = {
  &rnl_openai_chat_protocol, &rnl_openai_responses_protocol, &rnl_anthropic_protocol,
  &rnl_gemini_protocol,      &rnl_ollama_protocol,           &rnl_openai_completions_protocol,
};

const char *const rnl_protocol_images_and_pdf[] = { "image/", "application/pdf", NULL };

static const char *const names[] = {
  "openai-chat", "openai-responses", "anthropic", "gemini", "ollama", "openai-completions", NULL,
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == G_N_ELEMENTS (protocols) + 1);

/**
 * rnl_protocol_find:
 * @name: as on the command line
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST` for an unknown name.
 *
 * Returns: (transfer none) (nullable): the protocol
 */
const RnlProtocol *
rnl_protocol_find (const char *name, GError **error)
{
  g_autofree char *known = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    if (g_strcmp0 (protocols[i]->name, name) == 0)
      return protocols[i];

  known = g_strjoinv (", ", (char **) names);
  g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
               "“%s” is not a protocol this version speaks; it speaks %s.", name, known);

  return NULL;
}

/**
 * rnl_protocol_list_names:
 *
 * Returns: (transfer none) (array zero-terminated=1): the names of all protocols
 */
const char *const *
rnl_protocol_list_names (void)
{
  return names;
}
