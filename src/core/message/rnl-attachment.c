/* rnl-attachment.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-attachment.h"

#include <string.h>

#include "rnl-file-text.h"
#include "rnl-part-extra.h"

#define PIECE (256 * 1024)

/**
 * rnl_attachment_error_quark:
 *
 * Returns: the domain of [error@Runnel.AttachmentError]
 */
G_DEFINE_QUARK (rnl_attachment_error, rnl_attachment_error)

G_DEFINE_ENUM_TYPE (RnlAttachmentError,
                    rnl_attachment_error,
                    G_DEFINE_ENUM_VALUE (RNL_ATTACHMENT_ERROR_NO_FILE, "no-file"),
                    G_DEFINE_ENUM_VALUE (RNL_ATTACHMENT_ERROR_UNREADABLE, "unreadable"),
                    G_DEFINE_ENUM_VALUE (RNL_ATTACHMENT_ERROR_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (RNL_ATTACHMENT_ERROR_TOO_LARGE, "too-large"),
                    G_DEFINE_ENUM_VALUE (RNL_ATTACHMENT_ERROR_TYPE, "type"))

/* What a file is: its first bytes say so, whatever it is called. */

typedef struct
{
  const char *mime_type;
  gsize offset;
  const char *magic;
  gsize length;
  gboolean taken;
} Signature;

#define MAGIC(text) (text), sizeof (text) - 1

static const Signature signatures[] = {
  { "image/png", 0, MAGIC ("\x89PNG\r\n\x1a\n"), TRUE },
  { "image/jpeg", 0, MAGIC ("\xff\xd8\xff"), TRUE },
  { "image/gif", 0, MAGIC ("GIF87a"), TRUE },
  { "image/gif", 0, MAGIC ("GIF89a"), TRUE },
  { "image/webp", 8, MAGIC ("WEBPVP8"), TRUE },
  { "application/pdf", 0, MAGIC ("%PDF-"), TRUE },
  /* Pictures that no model takes: worth another word than "binary". */
  { "image/tiff", 0, MAGIC ("II*\0"), FALSE },
  { "image/tiff", 0, MAGIC ("MM\0*"), FALSE },
  { "image/avif", 4, MAGIC ("ftypavif"), FALSE },
  { "image/heic", 4, MAGIC ("ftypheic"), FALSE },
  { "image/heic", 4, MAGIC ("ftypmif1"), FALSE },
};

static const Signature *
find_signature (const char *data, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    {
      const Signature *signature = &signatures[i];

      if (length >= signature->offset + signature->length
          && memcmp (data + signature->offset, signature->magic, signature->length) == 0)
        return signature;
    }

  return NULL;
}

/* Source code, JSON, XML and SVG have types of their own, and are all text to a model. */
static char *
guess_text_type (const char *name, const char *data, gsize length)
{
  g_autofree char *content_type = g_content_type_guess (name, (const guchar *) data, length, NULL);
  char *mime_type = g_content_type_get_mime_type (content_type);

  if (mime_type != NULL && g_str_has_prefix (mime_type, "text/"))
    return mime_type;

  g_free (mime_type);

  return g_strdup ("text/plain");
}

/* Returns: (transfer full) (nullable): text in UTF-8, NULL when it is none */
static char *
decode_text (const char *data, gsize length)
{
  gboolean little = length >= 2 && memcmp (data, "\xff\xfe", 2) == 0;
  gboolean big = length >= 2 && memcmp (data, "\xfe\xff", 2) == 0;
  g_autofree char *text = NULL;
  gsize written = 0;

  if (little || big)
    {
      text = g_convert (data + 2, (gssize) length - 2, "UTF-8", little ? "UTF-16LE" : "UTF-16BE",
                        NULL, &written, NULL);
      return text != NULL && memchr (text, 0, written) == NULL ? g_steal_pointer (&text) : NULL;
    }
  if (rnl_file_text_is_binary (data, length))
    return NULL;
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  if (g_utf8_validate_len (data, length, NULL))
    return g_strndup (data, length);

  /* What is text and not UTF-8 is most often this; the few bytes it does not know are marked. */
  text = g_convert_with_fallback (data, (gssize) length, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL,
                                  NULL);

  return text != NULL ? g_steal_pointer (&text) : rnl_file_text_clean (data, length);
}

static RnlPart *
make_part (const char *name, const char *mime_type)
{
  RnlPart *part = rnl_part_new (RNL_PART_FILE, 0);

  rnl_part_set_title (part, name);
  rnl_part_set_extra_string (part, RNL_PART_EXTRA_MIME_TYPE, mime_type);
  rnl_part_set_complete (part, TRUE);
  rnl_part_set_duration (part, 0);

  return part;
}

static gboolean
check_size (const char *name, const char *what, gsize size, gsize limit, GError **error)
{
  g_autofree char *has = NULL;
  g_autofree char *may = NULL;

  if (size <= limit)
    return TRUE;

  has = g_format_size_full (size, G_FORMAT_SIZE_IEC_UNITS);
  may = g_format_size_full (limit, G_FORMAT_SIZE_IEC_UNITS);
  g_set_error (error, RNL_ATTACHMENT_ERROR, RNL_ATTACHMENT_ERROR_TOO_LARGE,
               "“%s” has %s; %s may have %s", name, has, what, may);

  return FALSE;
}

static RnlPart *
new_text_part (const char *name, const char *data, gsize length, GError **error)
{
  g_autofree char *mime_type = NULL;
  g_autofree char *text = NULL;
  RnlPart *part;

  text = decode_text (data, length);
  if (text == NULL)
    {
      g_set_error (error, RNL_ATTACHMENT_ERROR, RNL_ATTACHMENT_ERROR_TYPE,
                   "“%s” is neither text nor a PNG, JPEG, WebP or GIF picture nor a PDF", name);
      return NULL;
    }
  if (!check_size (name, "a file of text", length, RNL_ATTACHMENT_MAX_TEXT, error))
    return NULL;
  mime_type = guess_text_type (name, data, length);

  part = make_part (name, mime_type);
  rnl_part_set_text (part, text);

  return part;
}

/**
 * rnl_attachment_encode:
 * @data: (array length=length) (element-type guint8): what is in a file
 * @length: how long it is, in bytes
 *
 * Costs time for large files; it may be called on any thread.
 *
 * Returns: (transfer full): @data in base 64, for [method@Runnel.Part.set_base64]
 */
GBytes *
rnl_attachment_encode (const char *data, gsize length)
{
  char *text = g_base64_encode ((const guchar *) data, length);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * rnl_attachment_new:
 * @bytes: what is in the file
 * @name: (nullable): what it is called; `NULL` for a name after its type
 * @error: return location for an error
 *
 * Makes a file part of bytes that are at hand. What it is, is read from the bytes: PNG, JPEG, WebP
 * and GIF pictures and PDFs are kept in base 64; anything else must be text and is brought to
 * UTF-8. Costs time for large files; it may be called on any thread.
 *
 * Errors: `RNL_ATTACHMENT_ERROR_EMPTY`, `RNL_ATTACHMENT_ERROR_TOO_LARGE`,
 * `RNL_ATTACHMENT_ERROR_TYPE`.
 *
 * Returns: (transfer full) (nullable): a part of type `RNL_PART_FILE`: its title is the name, its
 *   text the content
 */
RnlPart *
rnl_attachment_new (GBytes *bytes, const char *name, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *clean = rnl_file_name_clean (name != NULL ? name : "attachment");
  g_autoptr (GBytes) base64 = NULL;
  const Signature *signature;
  RnlPart *part;

  if (length == 0)
    {
      g_set_error (error, RNL_ATTACHMENT_ERROR, RNL_ATTACHMENT_ERROR_EMPTY, "“%s” is empty", clean);
      return NULL;
    }
  signature = find_signature (data, length);
  if (signature == NULL)
    return new_text_part (clean, data, length, error);
  if (!signature->taken)
    {
      g_set_error (error, RNL_ATTACHMENT_ERROR, RNL_ATTACHMENT_ERROR_TYPE,
                   "“%s” is a picture of the type %s, which models do not take; save it as PNG or "
                   "JPEG",
                   clean, signature->mime_type);
      return NULL;
    }
  if (!check_size (clean, "a picture or PDF", length, RNL_ATTACHMENT_MAX_FILE, error))
    return NULL;
  base64 = rnl_attachment_encode (data, length);
  part = make_part (clean, signature->mime_type);
  rnl_part_set_base64 (part, base64);

  return part;
}

/**
 * rnl_attachment_copy:
 * @part: a file part
 *
 * Returns: (transfer full): the same file for another message: a part belongs to one
 */
RnlPart *
rnl_attachment_copy (RnlPart *part)
{
  RnlPart *copy = make_part (rnl_part_get_title (part), rnl_attachment_get_mime_type (part));

  if (rnl_part_get_base64 (part) != NULL)
    rnl_part_set_base64 (copy, rnl_part_get_base64 (part));
  else
    rnl_part_set_text (copy, rnl_part_get_text (part));

  return copy;
}

/* Reading, on a thread of its own. */

static void
set_unreadable (const char *name, GError *taken, GError **error)
{
  g_autoptr (GError) cause = taken;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_set_error (error, RNL_ATTACHMENT_ERROR, RNL_ATTACHMENT_ERROR_UNREADABLE,
                 "“%s” cannot be read: %s", name, cause->message);
}

/* A size that was told is no bound: files grow, and those of /proc say they are empty. */
static GBytes *
read_bounded (GInputStream *stream, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GError *cause = NULL;
  gssize n;

  do
    {
      guint before = bytes->len;

      g_byte_array_set_size (bytes, before + PIECE);
      n = g_input_stream_read (stream, bytes->data + before, PIECE, cancellable, &cause);
      if (n < 0)
        {
          set_unreadable (name, cause, error);
          return NULL;
        }
      g_byte_array_set_size (bytes, before + (guint) n);
      if (!check_size (name, "a file", bytes->len, RNL_ATTACHMENT_MAX_FILE, error))
        return NULL;
    }
  while (n > 0);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* Opening a pipe would wait for somebody to write into it: it is asked first what it is. */
static char *
check_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = rnl_file_name_clean (base != NULL ? base : "attachment");
  g_autoptr (GFileInfo) info = NULL;
  GError *cause = NULL;

  info
    = g_file_query_info (file,
                         G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                                                        "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME,
                         G_FILE_QUERY_INFO_NONE, cancellable, &cause);
  if (info == NULL)
    {
      set_unreadable (name, cause, error);
      return NULL;
    }
  if (g_file_info_get_display_name (info) != NULL)
    {
      g_free (name);
      name = rnl_file_name_clean (g_file_info_get_display_name (info));
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      gboolean folder = g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY;

      g_set_error (error, RNL_ATTACHMENT_ERROR, RNL_ATTACHMENT_ERROR_NO_FILE,
                   folder ? "“%s” is a folder; attach the files in it" : "“%s” is not a file",
                   name);
      return NULL;
    }
  if (!check_size (name, "a file", (gsize) g_file_info_get_size (info), RNL_ATTACHMENT_MAX_FILE,
                   error))
    return NULL;

  return g_steal_pointer (&name);
}

static void
return_part (GTask *task, GBytes *bytes, const char *name, GError *taken)
{
  g_autoptr (GError) error = taken;
  g_autoptr (RnlPart) part = bytes != NULL ? rnl_attachment_new (bytes, name, &error) : NULL;

  if (part != NULL)
    g_task_return_pointer (task, g_steal_pointer (&part), g_object_unref);
  /* A task that was cancelled has an error already, which only this frees (GLib 2.74). */
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GFile *file = source;
  GError *error = NULL;
  g_autofree char *name = check_file (file, cancellable, &error);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GError *cause = NULL;

  if (name != NULL)
    {
      stream = g_file_read (file, cancellable, &cause);
      if (stream == NULL)
        set_unreadable (name, cause, &error);
      else
        bytes = read_bounded (G_INPUT_STREAM (stream), name, cancellable, &error);
    }
  return_part (task, bytes, name, error);
}

/**
 * rnl_attachment_load_async:
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Reads a file off the main thread and makes a part of it, see [func@Runnel.attachment_new].
 */
void
rnl_attachment_load_async (GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_attachment_load_async);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, load_thread);
}

/**
 * rnl_attachment_load_finish:
 * @file: the file
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_ATTACHMENT_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): a part of type `RNL_PART_FILE`
 */
RnlPart *
rnl_attachment_load_finish (GFile *file, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GBytes) bytes = read_bounded (source, task_data, cancellable, &error);

  return_part (task, bytes, task_data, error);
}

/**
 * rnl_attachment_read_async:
 * @stream: what is read to its end; bytes at hand are a [class@Gio.MemoryInputStream]
 * @name: what it shall be called
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Does as [func@Runnel.attachment_load_async] does with a file.
 */
void
rnl_attachment_read_async (GInputStream *stream,
                           const char *name,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_INPUT_STREAM (stream));
  g_return_if_fail (name != NULL);

  task = g_task_new (stream, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_attachment_read_async);
  g_task_set_task_data (task, rnl_file_name_clean (name), g_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, read_thread);
}

/**
 * rnl_attachment_read_finish:
 * @stream: the stream
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_ATTACHMENT_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): a part of type `RNL_PART_FILE`
 */
RnlPart *
rnl_attachment_read_finish (GInputStream *stream, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stream), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What a file part is. */

/**
 * rnl_attachment_get_mime_type:
 * @part: a part
 *
 * Returns: (transfer none) (nullable): what kind of file it is, `NULL` for text without a kind and
 *   for what is no file
 */
const char *
rnl_attachment_get_mime_type (RnlPart *part)
{
  g_return_val_if_fail (RNL_IS_PART (part), NULL);

  return rnl_part_get_part_type (part) == RNL_PART_FILE
           ? rnl_part_get_extra_string (part, RNL_PART_EXTRA_MIME_TYPE)
           : NULL;
}

/**
 * rnl_attachment_is_text:
 * @part: a part
 *
 * Returns: whether it is a file whose content is text; everything else is in base 64
 */
gboolean
rnl_attachment_is_text (RnlPart *part)
{
  const char *mime_type = rnl_attachment_get_mime_type (part);

  return rnl_part_get_part_type (part) == RNL_PART_FILE
         && (mime_type == NULL || g_str_has_prefix (mime_type, "text/"));
}

/**
 * rnl_attachment_is_image:
 * @part: a part
 *
 * Returns: whether it is a picture
 */
gboolean
rnl_attachment_is_image (RnlPart *part)
{
  const char *mime_type = rnl_attachment_get_mime_type (part);

  return mime_type != NULL && g_str_has_prefix (mime_type, "image/");
}

/**
 * rnl_attachment_is_pdf:
 * @part: a part
 *
 * Returns: whether it is a PDF
 */
gboolean
rnl_attachment_is_pdf (RnlPart *part)
{
  return g_strcmp0 (rnl_attachment_get_mime_type (part), "application/pdf") == 0;
}

/**
 * rnl_attachment_get_size:
 * @part: a file part
 *
 * Returns: how large the file is, in bytes; 0 when its content is gone
 */
gsize
rnl_attachment_get_size (RnlPart *part)
{
  gsize length = rnl_part_get_length (part);
  const char *text = rnl_part_get_text (part);

  if (rnl_attachment_is_text (part) || length < 4)
    return length;

  return length / 4 * 3 - (text[length - 1] == '=' ? 1u : 0u) - (text[length - 2] == '=' ? 1u : 0u);
}

/**
 * rnl_attachment_dup_bytes:
 * @part: a file part
 *
 * Returns: (transfer full): what is in the file
 */
GBytes *
rnl_attachment_dup_bytes (RnlPart *part)
{
  gsize length;
  guchar *data;

  if (rnl_attachment_is_text (part))
    return g_bytes_new (rnl_part_get_text (part), rnl_part_get_length (part));
  if (rnl_part_get_length (part) == 0)
    return g_bytes_new (NULL, 0);

  data = g_base64_decode (rnl_part_get_text (part), &length);

  return g_bytes_new_take (data, length);
}
