/* rnl-page-fetch.h: one page from the network, bounded
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-checked-address.h"

G_BEGIN_DECLS

/**
 * RnlPage:
 * @address: where it came from, after redirects
 * @content_type: (nullable): without parameters, as the server said
 * @charset: (nullable): as the server said
 * @status: what the server said; always a success unless pictures were asked for
 * @body: the bytes
 * @cut: whether there was more than fits
 */
typedef struct
{
  char *address;
  char *content_type;
  char *charset;
  guint status;
  GByteArray *body;
  gboolean cut;
} RnlPage;

/**
 * RnlPageLimits:
 * @check: (nullable): which addresses may be connected to; `NULL` for all
 * @check_data: for @check
 * @max_body: how many bytes are read, after decompression
 * @max_redirects: how many are followed
 * @time_limit_ms: for everything together, in milliseconds
 * @pictures: whether pictures are asked for instead of text. What else comes, and a status other
 *   than success, is a page without a body then, for the caller to say in the person's words.
 */
typedef struct
{
  RnlAddressCheck check;
  gpointer check_data;
  gsize max_body;
  guint max_redirects;
  guint time_limit_ms;
  gboolean pictures;
} RnlPageLimits;

void rnl_page_fetch_async (const char *address,
                           const RnlPageLimits *limits,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
RnlPage *rnl_page_fetch_finish (GAsyncResult *result, GError **error);
void rnl_page_free (RnlPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlPage, rnl_page_free)

G_END_DECLS
