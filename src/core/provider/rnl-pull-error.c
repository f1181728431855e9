/* rnl-pull-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-pull-error.h"

#include <string.h>

#include "rnl-provider-error.h"

/* A server has no codes for what went wrong behind it, only words, most of them of the system's. */
typedef enum
{
  TROUBLE_DISK,
  TROUBLE_NAME,
  TROUBLE_VERSION,
  TROUBLE_LIBRARY,
  TROUBLE_OTHER,
} Trouble;

static const struct
{
  Trouble trouble;
  const char *words[10];
} telling[] = {
  { TROUBLE_DISK,
    { "no space left", "not enough space", "disk quota exceeded", "disk full", NULL } },
  { TROUBLE_NAME,
    { "file does not exist", "manifest unknown", "invalid model name", "repository not found",
      "unqualified name", NULL } },
  { TROUBLE_VERSION, { "requires a newer version", NULL } },
  { TROUBLE_LIBRARY,
    { "no such host", "dial tcp", "i/o timeout", "tls handshake", "network is unreachable",
      "max retries exceeded", "server misbehaving", "unexpected eof", NULL } },
};

static Trouble
classify (const GError *cause)
{
  g_autofree char *lower = g_ascii_strdown (cause->message, -1);

  if (g_error_matches (cause, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK)
      || g_error_matches (cause, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_TIMEOUT))
    return TROUBLE_OTHER;
  for (gsize i = 0; i < G_N_ELEMENTS (telling); i++)
    for (gsize k = 0; telling[i].words[k] != NULL; k++)
      if (strstr (lower, telling[i].words[k]) != NULL)
        return telling[i].trouble;
  if (g_error_matches (cause, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_MODEL_NOT_FOUND))
    return TROUBLE_NAME;

  return TROUBLE_OTHER;
}

/**
 * rnl_pull_error_explain:
 * @title: what the person calls the server
 * @name: the model that was to be fetched
 * @cause: what came of it
 *
 * Errors: `G_IO_ERROR_NO_SPACE` when the disk of the server is full,
 * `RNL_PROVIDER_ERROR_MODEL_NOT_FOUND` when there is no such model,
 * `RNL_PROVIDER_ERROR_BAD_REQUEST` when the server is too old for it,
 * `RNL_PROVIDER_ERROR_OVERLOADED` when the server cannot reach what it fetches from; else the code
 * of @cause.
 *
 * Returns: (transfer full): an error that says what to do
 */
GError *
rnl_pull_error_explain (const char *title, const char *name, const GError *cause)
{
  switch (classify (cause))
    {
    case TROUBLE_DISK:
      return g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                          "The disk of %s is full. Make room on it, by deleting a model for "
                          "example, and resume: what has arrived is kept.",
                          title);
    case TROUBLE_NAME:
      return rnl_provider_error_new (RNL_PROVIDER_ERROR_MODEL_NOT_FOUND,
                                     "%s found no model “%s” to download. Check the name, and what "
                                     "stands behind its colon.",
                                     title, name);
    case TROUBLE_VERSION:
      return rnl_provider_error_new (RNL_PROVIDER_ERROR_BAD_REQUEST,
                                     "%s is too old for the model “%s”. Update the server and "
                                     "resume.",
                                     title, name);
    case TROUBLE_LIBRARY:
      return rnl_provider_error_new (RNL_PROVIDER_ERROR_OVERLOADED,
                                     "%s cannot reach the library it downloads from: %s Check its "
                                     "connection and resume: what has arrived is kept.",
                                     title, cause->message);
    case TROUBLE_OTHER:
    default:
      return g_error_copy (cause);
    }
}
