/* rnl-file-text.h: bytes of a file as text for a model
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean rnl_file_text_is_binary (const char *bytes, gsize length);
char *rnl_file_text_clean (const char *bytes, gsize length);
char *rnl_file_name_clean (const char *name);
gssize rnl_file_read (int fd, guint64 offset, char *buffer, gsize length);

G_END_DECLS
