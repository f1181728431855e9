/* rnl-request-dialect.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-request-dialect.h"

#include <string.h>

static gboolean
is_in_domain (const char *host, const char *domain)
{
  gsize length, n;

  if (domain == NULL)
    return TRUE;
  if (host == NULL)
    return FALSE;

  /* What comes after the name is a port. */
  length = strcspn (host, ":");
  n = strlen (domain);
  if (length < n || strncmp (host + length - n, domain, n) != 0)
    return FALSE;

  return length == n || host[length - n - 1] == '.';
}

/**
 * rnl_request_find_quirks:
 * @table: a protocol's dialects, ended by an empty row
 * @host: (nullable): the server's name, maybe with a port
 * @model: the model's name on that server
 *
 * Returns: what the first row says that fits both
 */
RnlRequestQuirks
rnl_request_find_quirks (const RnlRequestDialect *table, const char *host, const char *model)
{
  while ((table->domain != NULL || table->model != NULL)
         && (!is_in_domain (host, table->domain)
             || (table->model != NULL && !g_pattern_match_simple (table->model, model))))
    table++;

  return table->quirks;
}

/**
 * rnl_request_find_effort:
 * @table: a protocol's efforts, ended by an empty row
 * @effort: what was asked for
 *
 * Returns: (transfer none) (nullable): the row of @effort; `NULL` for a word that is none of
 *   ours: a provider's own
 */
const RnlRequestEffort *
rnl_request_find_effort (const RnlRequestEffort *table, const char *effort)
{
  for (; table->effort != NULL; table++)
    if (strcmp (table->effort, effort) == 0)
      return table;

  return NULL;
}
