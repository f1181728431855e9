/* rnl-chat-images.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-images.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-attachment-open.h"
#include "rnl-attachment.h"
#include "rnl-image-cache.h"
#include "rnl-message-list.h"
#include "rnl-page-fetch.h"
#include "rnl-thumbnail.h"

/* Of an image that stands in the text itself, in bytes of its address. */
#define MAX_DATA_LENGTH (8 * 1024 * 1024)

/* So far back a file is looked for, in messages. */
#define MAX_MESSAGES 200

#define MAX_REDIRECTS 5
#define TIME_LIMIT_MS 30000

/**
 * RnlChatImages:
 *
 * Finds the images of one answer. A name is that of a file of the answer, or else of the latest
 * message before it that has one of that name; `data:` addresses carry the image; http and https
 * addresses are asked for when they are loaded, once, without cookies or a referrer, at whatever
 * host the person was shown.
 */
struct _RnlChatImages
{
  GObject parent_instance;

  /* owned */
  RnlMessage *message;
  GHashTable *inside; /* address -> RnlPart: images of the text itself */
};

static void rnl_chat_images_init_source (RnlImageSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlChatImages,
                               rnl_chat_images,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_IMAGE_SOURCE,
                                                      rnl_chat_images_init_source))

typedef struct
{
  char *address;
  int width;
  int height;
  GBytes *bytes; /* what a server gave */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->address);
  g_clear_pointer (&load->bytes, g_bytes_unref);
  g_free (load);
}

/* {{{ Where an image is */

static gboolean
is_remote (const char *address)
{
  return g_ascii_strncasecmp (address, "http://", 7) == 0
         || g_ascii_strncasecmp (address, "https://", 8) == 0;
}

static gboolean
is_data (const char *address)
{
  static const char *const types[] = { "png;", "jpeg;", "jpg;", "gif;", "webp;" };

  if (g_ascii_strncasecmp (address, "data:image/", 11) != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strncasecmp (address + 11, types[i], strlen (types[i])) == 0)
      return strnlen (address, MAX_DATA_LENGTH + 1) <= MAX_DATA_LENGTH;

  return FALSE;
}

/* Models write "chart.png", "attachment:chart.png", "sandbox:/mnt/data/chart.png". */
static char *
dup_name (const char *address)
{
  g_autofree char *plain = g_uri_unescape_string (address, NULL);
  const char *name = plain != NULL ? plain : address;
  const char *slash = strrchr (name, '/');
  const char *colon = strchr (name, ':');

  return g_strdup (slash != NULL ? slash + 1 : colon != NULL ? colon + 1 : name);
}

static RnlPart *
find_in_message (RnlMessage *message, const char *name)
{
  for (guint i = rnl_message_get_n_parts (message); i > 0; i--)
    {
      RnlPart *part = rnl_message_get_part (message, i - 1);

      if (rnl_part_get_part_type (part) == RNL_PART_FILE
          && g_strcmp0 (rnl_part_get_title (part), name) == 0 && rnl_attachment_is_image (part)
          && rnl_attachment_get_size (part) > 0)
        return part;
    }

  return NULL;
}

/* Only what was said up to the answer can be meant. */
static RnlPart *
find_in_chat (RnlChatImages *self, GListModel *messages, const char *name)
{
  guint before = 0;

  for (guint i = g_list_model_get_n_items (messages); i > 0 && before < MAX_MESSAGES; i--)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (messages, i - 1);
      RnlPart *part = before > 0 ? find_in_message (message, name) : NULL;

      if (part != NULL)
        return part;
      before += before > 0 || message == self->message;
    }

  return NULL;
}

static RnlPart *
find_file (RnlChatImages *self, GtkWidget *widget, const char *address)
{
  GtkWidget *list = gtk_widget_get_ancestor (widget, RNL_TYPE_MESSAGE_LIST);
  GListModel *messages = list != NULL ? rnl_message_list_get_model (RNL_MESSAGE_LIST (list)) : NULL;
  g_autofree char *name = dup_name (address);
  RnlPart *part = find_in_message (self->message, name);

  return part != NULL || messages == NULL ? part : find_in_chat (self, messages, name);
}

/* Returns: (transfer none) (nullable): the image, if it is there already */
static RnlPart *
find_part (RnlChatImages *self, GtkWidget *widget, const char *address)
{
  if (is_remote (address))
    return rnl_image_cache_get (address);
  if (is_data (address))
    return g_hash_table_lookup (self->inside, address);

  return find_file (self, widget, address);
}

static RnlImagePlace
find (RnlImageSource *source, GtkWidget *widget, const char *address)
{
  RnlPart *part = find_part (RNL_CHAT_IMAGES (source), widget, address);

  if (part != NULL || is_data (address))
    return RNL_IMAGE_HERE;

  return is_remote (address) ? RNL_IMAGE_REMOTE : RNL_IMAGE_NOWHERE;
}

/* }}} */

/* {{{ Loading */

static char *
dup_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return g_strdup (host != NULL ? host : address);
}

static void
return_no_image (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("It is not an image that can be shown."));
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = rnl_thumbnail_load_finish (RNL_PART (source), result, &error);

  if (error != NULL)
    g_debug ("An image was not decoded: %s", error->message);
  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else if (!g_task_return_error_if_cancelled (task))
    return_no_image (task);
}

/* Takes over TASK. */
static void
decode (GTask *task, RnlPart *part)
{
  Load *load = g_task_get_task_data (task);

  rnl_thumbnail_load_async (part, load->width, load->height, g_task_get_cancellable (task),
                            decoded_cb, task);
}

/* Returns: (nullable): the bytes that are written in an address; only base 64 is read. */
static GBytes *
decode_address (const char *address)
{
  static const char mark[] = ";base64,";
  const char *data = g_strstr_len (address, 100, mark);
  gsize length;
  guchar *bytes;

  if (data == NULL)
    return NULL;
  bytes = g_base64_decode (data + strlen (mark), &length);

  return g_bytes_new_take (bytes, length);
}

/* Bytes become a file, which is shown and opened as any other. */
static void
make_part_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Load *load = task_data;
  g_autofree char *name = load->bytes != NULL ? dup_name (load->address) : g_strdup (_ ("Image"));
  g_autoptr (GBytes) bytes
    = load->bytes != NULL ? g_bytes_ref (load->bytes) : decode_address (load->address);
  g_autoptr (RnlPart) part = NULL;

  name[strcspn (name, "?#")] = '\0';
  if (bytes != NULL)
    part = rnl_attachment_new (bytes, *name != '\0' ? name : _ ("Image"), NULL);
  if (part != NULL && rnl_attachment_is_image (part))
    g_task_return_pointer (task, g_steal_pointer (&part), g_object_unref);
  else
    return_no_image (task);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RnlChatImages *self = RNL_CHAT_IMAGES (source);
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (RnlPart) part = g_task_propagate_pointer (G_TASK (result), &error);

  if (part == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (is_remote (load->address))
    rnl_image_cache_add (load->address, part);
  else
    g_hash_table_insert (self->inside, g_strdup (load->address), g_object_ref (part));
  decode (g_steal_pointer (&task), part);
}

/* Takes over TASK and BYTES; without bytes they are in the address. */
static void
make_part (GTask *task, GBytes *bytes)
{
  Load *load = g_new0 (Load, 1);
  g_autoptr (GTask) making
    = g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), made_cb, task);

  load->address = g_strdup (((Load *) g_task_get_task_data (task))->address);
  load->bytes = bytes;
  g_task_set_source_tag (making, make_part);
  g_task_set_task_data (making, load, load_free);
  g_task_run_in_thread (making, make_part_thread);
}

/* In words, what is wrong with what the server said; NULL if nothing is. */
static char *
dup_problem (const RnlPage *page, const GError *error, const char *address)
{
  g_autofree char *host = dup_host (address);
  g_autofree char *size = g_format_size (RNL_ATTACHMENT_MAX_FILE);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    /* Translators: %s is the name of a server */
    return g_strdup_printf (_ ("%s took too long to answer."), host);
  if (page == NULL)
    /* Translators: %s is the name of a server */
    return g_strdup_printf (_ ("%s cannot be reached."), host);
  if (page->status == 404 || page->status == 410)
    /* Translators: %s is the name of a server */
    return g_strdup_printf (_ ("%s has no such image."), host);
  if (page->status < 200 || page->status > 299)
    /* Translators: %1$s is the name of a server, %2$u a number like 403 */
    return g_strdup_printf (_ ("%1$s does not give the image (%2$u)."), host, page->status);
  if (page->cut)
    /* Translators: %s is a size, "20 MB" */
    return g_strdup_printf (_ ("The image is larger than %s."), size);

  return page->body->len > 0 ? NULL : g_strdup (_ ("It is not an image that can be shown."));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlPage) page = rnl_page_fetch_finish (result, &error);
  g_autofree char *problem = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (error != NULL)
    g_debug ("An image was not loaded: %s", error->message);
  problem = dup_problem (page, error, load->address);
  if (problem != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", problem);
  else
    make_part (g_steal_pointer (&task), g_byte_array_free_to_bytes (g_byte_array_ref (page->body)));
}

static void
load_async (RnlImageSource *source,
            GtkWidget *widget,
            const char *address,
            int width,
            int height,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  const RnlPageLimits limits = {
    .max_body = RNL_ATTACHMENT_MAX_FILE,
    .max_redirects = MAX_REDIRECTS,
    .time_limit_ms = TIME_LIMIT_MS,
    .pictures = TRUE,
  };
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  RnlPart *part = find_part (RNL_CHAT_IMAGES (source), widget, address);
  Load *load = g_new0 (Load, 1);

  load->address = g_strdup (address);
  load->width = width;
  load->height = height;
  g_task_set_source_tag (task, load_async);
  g_task_set_task_data (task, load, load_free);
  if (part != NULL)
    decode (g_steal_pointer (&task), part);
  else if (is_remote (address))
    rnl_page_fetch_async (address, &limits, cancellable, fetched_cb, g_steal_pointer (&task));
  else if (is_data (address))
    make_part (g_steal_pointer (&task), NULL);
  else
    return_no_image (task);
}

static GdkTexture *
load_finish (RnlImageSource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* }}} */

static gboolean
open_image (RnlImageSource *source, GtkWidget *widget, const char *address)
{
  RnlPart *part = find_part (RNL_CHAT_IMAGES (source), widget, address);

  if (part != NULL)
    rnl_attachment_open (widget, part);

  return part != NULL;
}

static void
rnl_chat_images_init_source (RnlImageSourceInterface *iface)
{
  iface->find = find;
  iface->load_async = load_async;
  iface->load_finish = load_finish;
  iface->open = open_image;
}

static void
rnl_chat_images_finalize (GObject *object)
{
  RnlChatImages *self = RNL_CHAT_IMAGES (object);

  g_object_unref (self->message);
  g_hash_table_unref (self->inside);

  G_OBJECT_CLASS (rnl_chat_images_parent_class)->finalize (object);
}

static void
rnl_chat_images_class_init (RnlChatImagesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_chat_images_finalize;
}

static void
rnl_chat_images_init (RnlChatImages *self)
{
  self->inside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * rnl_chat_images_new:
 * @message: an answer
 *
 * Returns: (transfer full): where the images of its text come from
 */
RnlImageSource *
rnl_chat_images_new (RnlMessage *message)
{
  RnlChatImages *self = g_object_new (RNL_TYPE_CHAT_IMAGES, NULL);

  self->message = g_object_ref (message);

  return RNL_IMAGE_SOURCE (self);
}
