/* rnl-document-file.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-document-file.h"

#include <string.h>

#include "rnl-document-pdf.h"
#include "rnl-file-text.h"
#include "rnl-pipeline-error.h"
#include "rnl-text.h"

#define MAX_TITLE_CHARS 120

static void
page_free (gpointer data)
{
  RnlDocumentPage *page = data;

  g_free (page->text);
  g_free (page);
}

/**
 * rnl_document_file_free:
 * @self: (transfer full): a file
 */
void
rnl_document_file_free (RnlDocumentFile *self)
{
  g_free (self->title);
  g_free (self->hash);
  g_ptr_array_unref (self->pages);
  g_free (self);
}

/**
 * rnl_document_file_add_page:
 * @self: a file
 * @number: from 1, or 0
 * @text: (transfer full): valid UTF-8
 */
void
rnl_document_file_add_page (RnlDocumentFile *self, guint number, char *text)
{
  RnlDocumentPage *page = g_new0 (RnlDocumentPage, 1);

  page->number = number;
  page->text = text;
  g_ptr_array_add (self->pages, page);
}

/**
 * rnl_document_file_new_text:
 * @title: what it is called
 * @text: valid UTF-8
 *
 * Returns: (transfer full): text that is no file
 */
RnlDocumentFile *
rnl_document_file_new_text (const char *title, const char *text)
{
  RnlDocumentFile *self = g_new0 (RnlDocumentFile, 1);

  self->title = g_strdup (title);
  self->hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  self->pages = g_ptr_array_new_with_free_func (page_free);
  rnl_document_file_add_page (self, 0, g_strdup (text));

  return self;
}

static gboolean
has_extension (const char *name, const char *const *extensions)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *folded = dot != NULL ? g_ascii_strdown (dot + 1, -1) : NULL;

  return folded != NULL && g_strv_contains (extensions, folded);
}

static gboolean
is_pdf (const char *name)
{
  static const char *const extensions[] = { "pdf", NULL };

  return has_extension (name, extensions);
}

static gboolean
is_markdown (const char *name)
{
  static const char *const extensions[] = { "md", "markdown", NULL };

  return has_extension (name, extensions);
}

/**
 * rnl_document_file_is_known:
 * @name: of a file
 *
 * Returns: whether it says it is text, Markdown or PDF
 */
gboolean
rnl_document_file_is_known (const char *name)
{
  static const char *const extensions[] = { "txt", "text", NULL };

  return is_pdf (name) || is_markdown (name) || has_extension (name, extensions);
}

/**
 * rnl_document_file_reads_pdf:
 *
 * Returns: whether PDF files can be read; without, they are told as skipped
 */
gboolean
rnl_document_file_reads_pdf (void)
{
#ifdef HAVE_POPPLER
  return TRUE;
#else
  return FALSE;
#endif
}

/* The first heading of a Markdown text: "# Title". */
static char *
find_heading (const char *text)
{
  g_autofree char *line = NULL;

  if (!g_str_has_prefix (text, "# "))
    {
      text = strstr (text, "\n# ");
      if (text == NULL)
        return NULL;
      text++;
    }
  line = rnl_text_first_line (text + 2, MAX_TITLE_CHARS);
  g_strstrip (line);

  return *line != '\0' ? g_steal_pointer (&line) : NULL;
}

static gboolean
read_text (RnlDocumentFile *self, const char *path, GBytes *bytes, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  char *heading = NULL;
  char *text;

  if (data == NULL || length == 0)
    return TRUE;
  if (rnl_file_text_is_binary (data, length))
    {
      g_set_error_literal (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_DOCUMENT, "it is no text");
      return FALSE;
    }

  text = rnl_file_text_clean (data, length);
  if (is_markdown (path))
    heading = find_heading (text);
  if (heading != NULL)
    {
      g_free (self->title);
      self->title = heading;
    }
  rnl_document_file_add_page (self, 0, text);

  return TRUE;
}

static GBytes *
read_bytes (const char *path, goffset limit, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gssize n;

  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  do
    {
      guint before = bytes->len;

      g_byte_array_set_size (bytes, before + 65536);
      n = g_input_stream_read (G_INPUT_STREAM (stream), bytes->data + before, 65536, cancellable,
                               error);
      if (n < 0)
        return NULL;
      g_byte_array_set_size (bytes, before + (guint) n);
      if (bytes->len > limit)
        {
          g_set_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_DOCUMENT,
                       "it is larger than %d MiB", (int) (limit / (1024 * 1024)));
          return NULL;
        }
    }
  while (n > 0);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * rnl_document_file_read:
 * @path: (type filename): a text, Markdown or PDF file
 * @cancellable: (nullable): stops it
 * @error: return location for an error
 *
 * Reads a file as text; blocks, for a worker thread.
 *
 * Errors: `RNL_PIPELINE_ERROR_DOCUMENT` with the reason to go on from "skipped: "; `G_IO_ERROR`.
 *
 * Returns: (transfer full) (nullable): the text
 */
RnlDocumentFile *
rnl_document_file_read (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (RnlDocumentFile) self = g_new0 (RnlDocumentFile, 1);
  goffset limit = is_pdf (path) ? RNL_DOCUMENT_FILE_MAX_PDF : RNL_DOCUMENT_FILE_MAX_TEXT;
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GBytes) bytes = NULL;
  gboolean read;

  self->title = rnl_file_name_clean (name);
  self->pages = g_ptr_array_new_with_free_func (page_free);
  bytes = read_bytes (path, limit, cancellable, error);
  if (bytes == NULL)
    return NULL;

  self->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  read = is_pdf (path) ? rnl_document_pdf_read (self, bytes, cancellable, error)
                       : read_text (self, path, bytes, error);

  return read ? g_steal_pointer (&self) : NULL;
}
