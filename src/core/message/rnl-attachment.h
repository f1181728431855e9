/* rnl-attachment.h: a file that is said along with a message
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-part.h"

G_BEGIN_DECLS

/**
 * RnlAttachmentError:
 * @RNL_ATTACHMENT_ERROR_NO_FILE: a folder, a pipe, a device: nothing that ends
 * @RNL_ATTACHMENT_ERROR_UNREADABLE: it is not there, or may not be read
 * @RNL_ATTACHMENT_ERROR_EMPTY: nothing is in it
 * @RNL_ATTACHMENT_ERROR_TOO_LARGE: more than `RNL_ATTACHMENT_MAX_FILE`, or more text than
 *   `RNL_ATTACHMENT_MAX_TEXT`
 * @RNL_ATTACHMENT_ERROR_TYPE: neither text nor a picture or document that models take
 *
 * Why a file cannot be attached.
 */
typedef enum
{
  RNL_ATTACHMENT_ERROR_NO_FILE,
  RNL_ATTACHMENT_ERROR_UNREADABLE,
  RNL_ATTACHMENT_ERROR_EMPTY,
  RNL_ATTACHMENT_ERROR_TOO_LARGE,
  RNL_ATTACHMENT_ERROR_TYPE,
} RnlAttachmentError;

#define RNL_ATTACHMENT_ERROR (rnl_attachment_error_quark ())
GQuark rnl_attachment_error_quark (void);

#define RNL_TYPE_ATTACHMENT_ERROR (rnl_attachment_error_get_type ())
GType rnl_attachment_error_get_type (void);

/**
 * RNL_ATTACHMENT_MAX_FILE:
 *
 * How large a picture or a PDF may be, in bytes.
 */
#define RNL_ATTACHMENT_MAX_FILE (20 * 1024 * 1024)

/**
 * RNL_ATTACHMENT_MAX_TEXT:
 *
 * How large a file of text may be, in bytes.
 */
#define RNL_ATTACHMENT_MAX_TEXT (1024 * 1024)

/**
 * RNL_ATTACHMENT_MAX_NUMBER:
 *
 * How many files one message may carry.
 */
#define RNL_ATTACHMENT_MAX_NUMBER 20

GBytes *rnl_attachment_encode (const char *data, gsize length);
RnlPart *rnl_attachment_new (GBytes *bytes, const char *name, GError **error);
RnlPart *rnl_attachment_copy (RnlPart *part);
void rnl_attachment_load_async (GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
RnlPart *rnl_attachment_load_finish (GFile *file, GAsyncResult *result, GError **error);
void rnl_attachment_read_async (GInputStream *stream,
                                const char *name,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
RnlPart *rnl_attachment_read_finish (GInputStream *stream, GAsyncResult *result, GError **error);

const char *rnl_attachment_get_mime_type (RnlPart *part);
gboolean rnl_attachment_is_text (RnlPart *part);
gboolean rnl_attachment_is_image (RnlPart *part);
gboolean rnl_attachment_is_pdf (RnlPart *part);
gsize rnl_attachment_get_size (RnlPart *part);
GBytes *rnl_attachment_dup_bytes (RnlPart *part);

G_END_DECLS
