/* rnl-secret-filter.h: keeping keys out of text that comes in pieces
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RnlSecretFilter RnlSecretFilter;

RnlSecretFilter *rnl_secret_filter_new (const char *const *secrets);
void rnl_secret_filter_free (RnlSecretFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlSecretFilter, rnl_secret_filter_free)

const char *
rnl_secret_filter_feed (RnlSecretFilter *self, const char *text, gsize length, gsize *out_length);
const char *
rnl_secret_filter_whole (RnlSecretFilter *self, const char *text, gsize length, gsize *out_length);
const char *rnl_secret_filter_flush (RnlSecretFilter *self, gsize *out_length);
gboolean rnl_secret_filter_holds (RnlSecretFilter *self);

G_END_DECLS
