/* rnl-clipboard-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-clipboard-text.h"

#include "rnl-block-writer.h"

#include <string.h>

/**
 * RnlClipboardText:
 *
 * Text of a conversation for the clipboard: Markdown as `text/plain` and `text/markdown`, and
 * `text/html`. It holds the sources; a form is made when somebody asks for it, in a thread of its
 * own, so that copying a long conversation takes no time.
 */
typedef struct
{
  char *source;
  gboolean markdown; /* otherwise as it was written */
  gboolean complete;
  RnlBlockRange range;
} Piece;

struct _RnlClipboardText
{
  GdkContentProvider parent_instance;

  /* owned */
  GArray *pieces; /* of Piece */
};

G_DEFINE_FINAL_TYPE (RnlClipboardText, rnl_clipboard_text, GDK_TYPE_CONTENT_PROVIDER)

typedef char *(*PieceFunc) (const Piece *piece);

/* {{{ Forms of one piece */

static gboolean
is_whole (const Piece *piece)
{
  return piece->range.from.block == 0 && piece->range.from.offset == 0
         && piece->range.to.block == RNL_BLOCK_END;
}

static const char *
find_place (const char *text, const RnlBlockPoint *place)
{
  for (guint line = place->block; line > 0 && *text != '\0'; line--)
    {
      text += strcspn (text, "\n");
      text += *text == '\n';
    }
  for (guint i = place->offset; i > 0 && *text != '\0' && *text != '\n'; i--)
    text = g_utf8_next_char (text);

  return text;
}

/* Of what is not Markdown each line is a block. */
static char *
dup_slice (const Piece *piece)
{
  const char *from = find_place (piece->source, &piece->range.from);
  const char *to = find_place (piece->source, &piece->range.to);

  return g_strndup (from, (gsize) (MAX (from, to) - from));
}

static GPtrArray *
parse (const Piece *piece)
{
  return rnl_blocks_parse (piece->source, strlen (piece->source), piece->complete);
}

static char *
to_markdown (const Piece *piece)
{
  g_autoptr (GPtrArray) blocks = NULL;

  if (is_whole (piece))
    return g_strdup (piece->source);
  if (!piece->markdown)
    return dup_slice (piece);
  blocks = parse (piece);

  return rnl_blocks_to_markdown (blocks, &piece->range, piece->source);
}

static char *
to_plain (const Piece *piece)
{
  g_autoptr (GPtrArray) blocks = NULL;

  if (!piece->markdown)
    return dup_slice (piece);
  blocks = parse (piece);

  return rnl_blocks_to_plain_text (blocks, &piece->range);
}

static char *
to_html (const Piece *piece)
{
  g_autoptr (GPtrArray) blocks = NULL;

  if (!piece->markdown)
    {
      g_autofree char *slice = dup_slice (piece);
      g_autofree char *escaped = g_markup_escape_text (slice, -1);
      g_auto (GStrv) lines = g_strsplit (escaped, "\n", -1);
      g_autofree char *broken = g_strjoinv ("<br>\n", lines);

      return g_strdup_printf ("<p>%s</p>\n", broken);
    }
  blocks = parse (piece);

  return rnl_blocks_to_html (blocks, &piece->range);
}

/* }}} */

static void
clear_piece (gpointer data)
{
  g_free (((Piece *) data)->source);
}

static char *
join (RnlClipboardText *self, PieceFunc func, const char *gap)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      g_autofree char *piece = func (&g_array_index (self->pieces, Piece, i));

      if (text->len > 0 && *piece != '\0')
        g_string_append (text, gap);
      g_string_append (text, piece);
    }

  return g_string_free (text, FALSE);
}

static char *
dup_form (RnlClipboardText *self, const char *mime_type)
{
  if (g_str_has_prefix (mime_type, "text/html"))
    {
      g_autofree char *body = join (self, to_html, "");

      return g_strconcat ("<meta charset=\"utf-8\">", body, NULL);
    }

  return join (self, to_markdown, "\n\n");
}

/* {{{ As a content provider */

static GdkContentFormats *
ref_formats (GdkContentProvider *provider)
{
  static const char *const types[]
    = { "text/plain;charset=utf-8", "text/plain", "text/markdown;charset=utf-8", "text/markdown",
        "text/html;charset=utf-8",  "text/html" };
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  gdk_content_formats_builder_add_gtype (builder, G_TYPE_STRING);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    gdk_content_formats_builder_add_mime_type (builder, types[i]);

  return gdk_content_formats_builder_free_to_formats (builder);
}

static gboolean
get_value (GdkContentProvider *provider, GValue *value, GError **error)
{
  if (!G_VALUE_HOLDS_STRING (value))
    return GDK_CONTENT_PROVIDER_CLASS (rnl_clipboard_text_parent_class)
      ->get_value (provider, value, error);
  g_value_take_string (value, rnl_clipboard_text_dup_markdown (RNL_CLIPBOARD_TEXT (provider)));

  return TRUE;
}

typedef struct
{
  char *mime_type;
  GOutputStream *stream;
} WriteData;

static void
write_data_free (gpointer data)
{
  g_free (((WriteData *) data)->mime_type);
  g_object_unref (((WriteData *) data)->stream);
  g_free (data);
}

static void
write_wrote (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
make_in_thread (GTask *task, gpointer source, gpointer mime_type, GCancellable *cancellable)
{
  char *text = dup_form (source, mime_type);

  g_task_return_pointer (task, text, g_free);
}

static void
write_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WriteData *data = g_task_get_task_data (task);
  char *text = g_task_propagate_pointer (G_TASK (result), NULL);

  g_object_set_data_full (G_OBJECT (task), "rnl-text", text, g_free);
  g_output_stream_write_all_async (data->stream, text, strlen (text), g_task_get_priority (task),
                                   g_task_get_cancellable (task), write_wrote, g_object_ref (task));
}

static void
write_mime_type_async (GdkContentProvider *provider,
                       const char *mime_type,
                       GOutputStream *stream,
                       int io_priority,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  g_autoptr (GTask) making = g_task_new (provider, NULL, write_made, task);
  WriteData *data = g_new0 (WriteData, 1);

  data->mime_type = g_strdup (mime_type);
  data->stream = g_object_ref (stream);
  g_task_set_source_tag (task, write_mime_type_async);
  g_task_set_priority (task, io_priority);
  g_task_set_task_data (task, data, write_data_free);
  g_task_set_source_tag (making, write_mime_type_async);
  g_task_set_task_data (making, g_strdup (mime_type), g_free);
  g_task_run_in_thread (making, make_in_thread);
}

static gboolean
write_mime_type_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* }}} */

static void
rnl_clipboard_text_finalize (GObject *object)
{
  g_array_unref (RNL_CLIPBOARD_TEXT (object)->pieces);

  G_OBJECT_CLASS (rnl_clipboard_text_parent_class)->finalize (object);
}

static void
rnl_clipboard_text_class_init (RnlClipboardTextClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rnl_clipboard_text_finalize;
  provider_class->ref_formats = ref_formats;
  provider_class->get_value = get_value;
  provider_class->write_mime_type_async = write_mime_type_async;
  provider_class->write_mime_type_finish = write_mime_type_finish;
}

static void
rnl_clipboard_text_init (RnlClipboardText *self)
{
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, clear_piece);
}

/**
 * rnl_clipboard_text_new:
 *
 * Returns: (transfer full): nothing yet
 */
RnlClipboardText *
rnl_clipboard_text_new (void)
{
  return g_object_new (RNL_TYPE_CLIPBOARD_TEXT, NULL);
}

/**
 * rnl_clipboard_text_add:
 * @self: a text that nobody has asked for yet
 * @source: (transfer full): all of a text
 * @markdown: whether it is Markdown; otherwise it stands as it was written
 * @complete: whether no more of it comes
 * @range: what of it is copied
 *
 * Adds a stretch of one text, behind those that were added before.
 */
void
rnl_clipboard_text_add (RnlClipboardText *self,
                        char *source,
                        gboolean markdown,
                        gboolean complete,
                        const RnlBlockRange *range)
{
  Piece piece = { source, markdown, complete, *range };

  g_return_if_fail (RNL_IS_CLIPBOARD_TEXT (self));

  g_array_append_val (self->pieces, piece);
}

/**
 * rnl_clipboard_text_is_empty:
 * @self: a text
 *
 * Returns: whether nothing was added
 */
gboolean
rnl_clipboard_text_is_empty (RnlClipboardText *self)
{
  g_return_val_if_fail (RNL_IS_CLIPBOARD_TEXT (self), TRUE);

  return self->pieces->len == 0;
}

/**
 * rnl_clipboard_text_dup_markdown:
 * @self: a text
 *
 * Returns: (transfer full): Markdown, an empty line between texts
 */
char *
rnl_clipboard_text_dup_markdown (RnlClipboardText *self)
{
  g_return_val_if_fail (RNL_IS_CLIPBOARD_TEXT (self), NULL);

  return join (self, to_markdown, "\n\n");
}

/**
 * rnl_clipboard_text_dup_plain:
 * @self: a text
 *
 * Returns: (transfer full): the words without marks
 */
char *
rnl_clipboard_text_dup_plain (RnlClipboardText *self)
{
  g_return_val_if_fail (RNL_IS_CLIPBOARD_TEXT (self), NULL);

  return join (self, to_plain, "\n\n");
}

/**
 * rnl_clipboard_text_dup_html:
 * @self: a text
 *
 * Returns: (transfer full): elements for a body, without scripts, styles or unchecked addresses
 */
char *
rnl_clipboard_text_dup_html (RnlClipboardText *self)
{
  g_return_val_if_fail (RNL_IS_CLIPBOARD_TEXT (self), NULL);

  return join (self, to_html, "");
}
