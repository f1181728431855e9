/* rnl-http-embedder.h: vectors from an account's server
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-account.h"
#include "rnl-embedder.h"

G_BEGIN_DECLS

#define RNL_TYPE_HTTP_EMBEDDER (rnl_http_embedder_get_type ())
G_DECLARE_FINAL_TYPE (RnlHttpEmbedder, rnl_http_embedder, RNL, HTTP_EMBEDDER, GObject)

RnlEmbedder *rnl_http_embedder_new (RnlAccount *account, const char *model);

G_END_DECLS
