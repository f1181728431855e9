/* rnl-document-pdf.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-document-pdf.h"

#ifdef HAVE_POPPLER
#include <poppler.h>
#endif

#include "rnl-pipeline-error.h"

#ifdef HAVE_POPPLER

static void
describe_error (const GError *cause, GError **error)
{
  if (g_error_matches (cause, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    g_set_error_literal (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_DOCUMENT,
                         "it is locked with a password");
  else
    g_set_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_DOCUMENT,
                 "it is no PDF that can be read (%s)", cause->message);
}

static void
read_page (RnlDocumentFile *self, PopplerDocument *document, int index)
{
  PopplerPage *page = poppler_document_get_page (document, index);
  g_autofree char *text = page != NULL ? poppler_page_get_text (page) : NULL;

  if (text != NULL && *text != '\0')
    rnl_document_file_add_page (self, (guint) index + 1, g_utf8_make_valid (text, -1));
  g_clear_object (&page);
}

static gboolean
read_document (RnlDocumentFile *self,
               PopplerDocument *document,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *title = poppler_document_get_title (document);
  int n_pages = MIN (poppler_document_get_n_pages (document), RNL_DOCUMENT_FILE_MAX_PAGES);

  if (title != NULL && *title != '\0' && g_utf8_validate (title, -1, NULL))
    {
      g_free (self->title);
      self->title = g_steal_pointer (&title);
    }
  for (int i = 0; i < n_pages; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      read_page (self, document, i);
    }
  if (self->pages->len == 0)
    g_set_error_literal (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_DOCUMENT,
                         "it has no text, at most pictures of it");

  return self->pages->len > 0;
}

/**
 * rnl_document_pdf_read:
 * @self: gets the pages that have text, and the title if there is one
 * @bytes: the file
 * @cancellable: (nullable): looked at between pages
 * @error: return location for an error
 *
 * Errors: `RNL_PIPELINE_ERROR_DOCUMENT`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether it could be read
 */
gboolean
rnl_document_pdf_read (RnlDocumentFile *self,
                       GBytes *bytes,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GError) cause = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &cause);
  gboolean read;

  if (document == NULL)
    {
      describe_error (cause, error);
      return FALSE;
    }

  read = read_document (self, document, cancellable, error);
  g_object_unref (document);

  return read;
}

#else

gboolean
rnl_document_pdf_read (RnlDocumentFile *self,
                       GBytes *bytes,
                       GCancellable *cancellable,
                       GError **error)
{
  g_set_error_literal (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_DOCUMENT,
                       "this Runnel was built without PDF");

  return FALSE;
}

#endif
