/* rnl-endpoint.h: where a model is spoken to
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RnlEndpoint:
 * @base: the normalised address: scheme, host, port and path, without a slash at the end
 * @host: host, and the port where one is given: what messages call the server
 * @query: (nullable): what stood after the `?` and belongs to every request
 *
 * Immutable.
 */
typedef struct
{
  char *base;
  char *host;
  char *query;
} RnlEndpoint;

RnlEndpoint *rnl_endpoint_new (const char *address,
                               const char *default_path,
                               const char *const *method_paths,
                               GError **error);
RnlEndpoint *rnl_endpoint_copy (const RnlEndpoint *self);
void rnl_endpoint_free (RnlEndpoint *self);

char *rnl_endpoint_dup_uri (const RnlEndpoint *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlEndpoint, rnl_endpoint_free)

G_END_DECLS
