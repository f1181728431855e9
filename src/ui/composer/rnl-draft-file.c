/* rnl-draft-file.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-draft-file.h"

#include <glib/gi18n.h>

#include "rnl-attachment.h"
#include "rnl-file-text.h"

/* Of a chat that goes along. */
#define MAX_CHAT          (256 * 1024)
#define MAX_CHAT_MESSAGES 200

/**
 * RnlDraftFile:
 *
 * A file a person wants to say something about. It begins to be read when it is made; then it is
 * either a part of a message or a problem that can be told.
 */
struct _RnlDraftFile
{
  GObject parent_instance;

  /* owned */
  char *name;
  char *problem;
  RnlPart *part;
  GCancellable *reading;
};

enum
{
  PROP_0,
  PROP_LOADING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RnlDraftFile, rnl_draft_file, G_TYPE_OBJECT)

static void
rnl_draft_file_dispose (GObject *object)
{
  RnlDraftFile *self = RNL_DRAFT_FILE (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->part);

  G_OBJECT_CLASS (rnl_draft_file_parent_class)->dispose (object);
}

static void
rnl_draft_file_finalize (GObject *object)
{
  RnlDraftFile *self = RNL_DRAFT_FILE (object);

  g_free (self->name);
  g_free (self->problem);
  g_object_unref (self->reading);

  G_OBJECT_CLASS (rnl_draft_file_parent_class)->finalize (object);
}

static void
rnl_draft_file_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_LOADING)
    g_value_set_boolean (value, rnl_draft_file_get_loading (RNL_DRAFT_FILE (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
rnl_draft_file_class_init (RnlDraftFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_draft_file_dispose;
  object_class->finalize = rnl_draft_file_finalize;
  object_class->get_property = rnl_draft_file_get_property;

  props[PROP_LOADING]
    = g_param_spec_boolean ("loading", NULL, NULL, TRUE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_draft_file_init (RnlDraftFile *self)
{
  self->reading = g_cancellable_new ();
}

static char *
dup_problem (const GError *error)
{
  g_autofree char *file = g_format_size_full (RNL_ATTACHMENT_MAX_FILE, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *text = g_format_size_full (RNL_ATTACHMENT_MAX_TEXT, G_FORMAT_SIZE_IEC_UNITS);

  if (error->domain != RNL_ATTACHMENT_ERROR)
    return g_strdup (error->message);

  switch ((RnlAttachmentError) error->code)
    {
    case RNL_ATTACHMENT_ERROR_NO_FILE:
      return g_strdup (_ ("Not a file"));
    case RNL_ATTACHMENT_ERROR_EMPTY:
      return g_strdup (_ ("The file is empty"));
    case RNL_ATTACHMENT_ERROR_TOO_LARGE:
      /* Translators: two sizes: "20 MiB", "1 MiB" */
      return g_strdup_printf (_ ("Too large: pictures and PDFs up to %s, text up to %s"), file,
                              text);
    case RNL_ATTACHMENT_ERROR_TYPE:
      return g_strdup (_ ("Not text, PDF, PNG, JPEG, WebP or GIF"));
    case RNL_ATTACHMENT_ERROR_UNREADABLE:
    default:
      return g_strdup (_ ("The file cannot be read"));
    }
}

static void
end_reading (RnlDraftFile *self, RnlPart *taken, const GError *error)
{
  if (error != NULL)
    self->problem = dup_problem (error);
  self->part = taken;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

/* What is read does not keep alive who asked for it. */
static GWeakRef *
weak_new (gpointer object)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, object);

  return weak;
}

static gpointer
weak_take (gpointer data)
{
  GWeakRef *weak = data;
  gpointer object = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);

  return object;
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlDraftFile) self = weak_take (user_data);
  g_autoptr (GError) error = NULL;
  RnlPart *part = rnl_attachment_load_finish (G_FILE (source), result, &error);

  if (self != NULL)
    end_reading (self, part, error);
  else
    g_clear_object (&part);
}

/**
 * rnl_draft_file_new_for_file:
 * @file: a file
 *
 * Returns: (transfer full): a draft of it; it does not keep @file from changing while it is read
 */
RnlDraftFile *
rnl_draft_file_new_for_file (GFile *file)
{
  RnlDraftFile *self = g_object_new (RNL_TYPE_DRAFT_FILE, NULL);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");

  self->name = rnl_file_name_clean (name);
  rnl_attachment_load_async (file, self->reading, load_cb, weak_new (self));

  return self;
}

static void
texture_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GBytes) png = gdk_texture_save_to_png_bytes (source);
  g_autoptr (GError) error = NULL;
  RnlPart *part = rnl_attachment_new (png, task_data, &error);

  if (part != NULL)
    g_task_return_pointer (task, part, g_object_unref);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
texture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlDraftFile) self = weak_take (user_data);
  g_autoptr (GError) error = NULL;
  RnlPart *part = g_task_propagate_pointer (G_TASK (result), &error);

  if (self != NULL)
    end_reading (self, part, error);
  else
    g_clear_object (&part);
}

/**
 * rnl_draft_file_new_for_texture:
 * @texture: pixels in memory: pasted or dropped
 *
 * Returns: (transfer full): a draft of a PNG of it
 */
RnlDraftFile *
rnl_draft_file_new_for_texture (GdkTexture *texture)
{
  RnlDraftFile *self = g_object_new (RNL_TYPE_DRAFT_FILE, NULL);
  g_autoptr (GTask) task = g_task_new (texture, self->reading, texture_cb, weak_new (self));

  /* Translators: the name of a picture that was pasted and had none */
  self->name = g_strconcat (_ ("Picture"), ".png", NULL);
  g_task_set_source_tag (task, rnl_draft_file_new_for_texture);
  g_task_set_task_data (task, g_strdup (self->name), g_free);
  g_task_run_in_thread (task, texture_thread);

  return self;
}

/**
 * rnl_draft_file_new_for_part:
 * @part: a file that was attached before
 *
 * Returns: (transfer full): a draft that has been read, of a copy for the next message
 */
RnlDraftFile *
rnl_draft_file_new_for_part (RnlPart *part)
{
  RnlDraftFile *self = g_object_new (RNL_TYPE_DRAFT_FILE, NULL);
  const char *title = rnl_part_get_title (part);

  self->name = g_strdup (title != NULL ? title : _ ("File"));
  self->part = rnl_attachment_copy (part);

  return self;
}

/* What was said, newest last; of a long chat the end. */
static GBytes *
write_messages (GPtrArray *messages, const char *title)
{
  GString *text = g_string_new (NULL);
  gsize size, cut = 0;

  for (guint i = 0; i < messages->len; i++)
    {
      RnlMessage *message = messages->pdata[i];
      g_autofree char *said = rnl_message_dup_text (message);

      if (*said != '\0')
        g_string_append_printf (
          text, "## %s\n\n%s\n\n",
          rnl_message_get_role (message) == RNL_ROLE_USER ? "User" : "Assistant", said);
    }
  if (text->len > MAX_CHAT)
    cut = (gsize) (g_utf8_find_next_char (text->str + text->len - MAX_CHAT - 1, NULL) - text->str);
  g_string_erase (text, 0, (gssize) cut);
  if (text->len > 0 && (cut > 0 || messages->len == MAX_CHAT_MESSAGES))
    g_string_prepend (text, "[The beginning is left out.]\n\n");
  if (text->len > 0)
    {
      g_autofree char *heading = g_strdup_printf ("# %s\n\n", title);

      g_string_prepend (text, heading);
    }
  size = text->len;

  return g_bytes_new_take (g_string_free (text, FALSE), size);
}

static void
chat_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlDraftFile) self = weak_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages
    = rnl_library_load_messages_finish (RNL_LIBRARY (source), result, &error);
  g_autoptr (GBytes) bytes = NULL;
  RnlPart *part = NULL;

  if (self == NULL)
    return;
  if (messages != NULL)
    {
      bytes = write_messages (messages, self->name);
      part = rnl_attachment_new (bytes, self->name, &error);
    }
  end_reading (self, part, error);
}

/**
 * rnl_draft_file_new_for_chat:
 * @library: where it is
 * @chat: a chat
 *
 * Returns: (transfer full): a draft of what was said in it, as Markdown; of a long chat the end
 */
RnlDraftFile *
rnl_draft_file_new_for_chat (RnlLibrary *library, RnlChat *chat)
{
  RnlDraftFile *self = g_object_new (RNL_TYPE_DRAFT_FILE, NULL);
  /* Translators: the name of a file with the text of the chat that is called %s */
  g_autofree char *name = g_strdup_printf (_ ("chat: %s"), rnl_chat_get_title (chat));
  g_autofree char *clean = rnl_file_name_clean (name);

  self->name = g_strconcat (clean, ".md", NULL);
  rnl_library_load_messages_async (library, rnl_chat_get_id (chat), NULL, MAX_CHAT_MESSAGES,
                                   self->reading, chat_cb, weak_new (self));

  return self;
}

/**
 * rnl_draft_file_get_name:
 * @self: a draft
 *
 * Returns: (transfer none): what the file is called
 */
const char *
rnl_draft_file_get_name (RnlDraftFile *self)
{
  g_return_val_if_fail (RNL_IS_DRAFT_FILE (self), NULL);

  return self->name;
}

/**
 * rnl_draft_file_get_part:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): what can be sent, `NULL` while it is read and when it cannot
 */
RnlPart *
rnl_draft_file_get_part (RnlDraftFile *self)
{
  g_return_val_if_fail (RNL_IS_DRAFT_FILE (self), NULL);

  return self->part;
}

/**
 * rnl_draft_file_get_problem:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): why it cannot be sent, for a person
 */
const char *
rnl_draft_file_get_problem (RnlDraftFile *self)
{
  g_return_val_if_fail (RNL_IS_DRAFT_FILE (self), NULL);

  return self->problem;
}

/**
 * rnl_draft_file_get_loading:
 * @self: a draft
 *
 * Returns: whether it is still being read
 */
gboolean
rnl_draft_file_get_loading (RnlDraftFile *self)
{
  g_return_val_if_fail (RNL_IS_DRAFT_FILE (self), FALSE);

  return self->part == NULL && self->problem == NULL;
}
