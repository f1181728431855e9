/* rnl-pull-error.h: why a server could not fetch a model, in words that say what to do
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GError *rnl_pull_error_explain (const char *title, const char *name, const GError *cause);

G_END_DECLS
