/* rnl-request-check.c
 *
 * The files of the question that is asked now must be taken, or it is not asked. Those of earlier
 * questions may have been for another model: they become a word that they were there, so that a
 * chat can go on with any model.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-request-check.h"

#include "rnl-attachment.h"
#include "rnl-provider-error.h"
#include "rnl-request-step.h"

/* What is asked, of whom. */
typedef struct
{
  const RnlProtocol *protocol;
  const char *model;
  RnlModelInfo *info; /* nullable */
} Taker;

/* What is not known of a model is left to its server. */
static gboolean
is_able (const Taker *taker, RnlPart *part)
{
  if (taker->info == NULL)
    return TRUE;
  if (rnl_attachment_is_image (part))
    return rnl_model_info_can (taker->info, RNL_MODEL_ABILITY_IMAGES);

  return !rnl_attachment_is_pdf (part) || rnl_model_info_can (taker->info, RNL_MODEL_ABILITY_PDF);
}

static gboolean
is_taken (const Taker *taker, RnlPart *part)
{
  const char *mime_type = rnl_attachment_get_mime_type (part);

  if (rnl_part_get_part_type (part) != RNL_PART_FILE || rnl_attachment_is_text (part))
    return TRUE;
  for (gsize i = 0; taker->protocol->file_types[i] != NULL; i++)
    if (g_str_has_prefix (mime_type, taker->protocol->file_types[i]))
      return is_able (taker, part);

  return FALSE;
}

/* The content of a file that is part of a stored chat may have been deleted. */
static gboolean
is_gone (RnlPart *part)
{
  return rnl_part_get_part_type (part) == RNL_PART_FILE && rnl_part_get_length (part) == 0;
}

static const char *
describe_kind (RnlPart *part)
{
  if (rnl_attachment_is_image (part))
    return "a picture";
  if (rnl_attachment_is_pdf (part))
    return "a PDF";

  return "no text";
}

static void
set_refused (const Taker *taker, RnlPart *part, GError **error)
{
  const char *name = rnl_request_get_file_name (part);

  if (rnl_attachment_is_image (part))
    g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_UNSUPPORTED,
                 "“%s” is a picture, and “%s” cannot see pictures. Ask without it, or choose a "
                 "model that can.",
                 name, taker->model);
  else
    g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_UNSUPPORTED,
                 "“%s” is %s, which “%s” does not take over the protocol of %s. Attach its text, "
                 "or choose another model.",
                 name, describe_kind (part), taker->model, taker->protocol->title);
}

static RnlPart *
make_note (RnlPart *part)
{
  g_autofree char *text
    = g_strdup_printf ("[Attached here was “%s”, %s, which cannot be shown to you%s.]",
                       rnl_request_get_file_name (part),
                       rnl_attachment_is_text (part) ? "a text" : describe_kind (part),
                       is_gone (part) ? ": it was deleted" : "");

  return rnl_part_new_text (text);
}

static RnlMessage *
replace_files (RnlMessage *message, const Taker *taker)
{
  RnlMessage *copy = rnl_message_new (rnl_message_get_role (message));

  rnl_message_set_id (copy, rnl_message_get_id (message));
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);
      gboolean keep = is_taken (taker, part) && !is_gone (part);
      g_autoptr (RnlPart) added = keep ? g_object_ref (part) : make_note (part);

      rnl_message_add_part (copy, added);
    }

  return copy;
}

static gboolean
needs_replacing (RnlMessage *message, const Taker *taker)
{
  if (rnl_message_get_role (message) != RNL_ROLE_USER)
    return FALSE;
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);

      if (!is_taken (taker, part) || is_gone (part))
        return TRUE;
    }

  return FALSE;
}

static RnlMessage *
find_question (RnlChatRequest *request)
{
  for (guint i = request->messages->len; i > 0; i--)
    {
      RnlMessage *message = g_ptr_array_index (request->messages, i - 1);

      if (rnl_message_get_role (message) == RNL_ROLE_USER)
        return message;
    }

  return NULL;
}

static gboolean
check_question (RnlMessage *question, const Taker *taker, GError **error)
{
  for (guint i = 0; question != NULL && i < rnl_message_get_n_parts (question); i++)
    {
      RnlPart *part = rnl_message_get_part (question, i);

      if (is_taken (taker, part))
        continue;
      set_refused (taker, part, error);
      return FALSE;
    }

  return TRUE;
}

/**
 * rnl_request_check_files:
 * @request: what is to be asked
 * @protocol: how
 * @model: whom, for the error
 * @info: (nullable): what is known of it
 * @error: return location for an error
 *
 * Looks at the files of a request before it is sent. A file of the last question that cannot be
 * sent is an error; those of earlier questions are replaced by a word about them.
 *
 * Errors: `RNL_PROVIDER_ERROR_UNSUPPORTED`, which names the file and the model.
 *
 * Returns: (transfer full) (nullable): what can be sent: @request itself, or a copy of it
 */
RnlChatRequest *
rnl_request_check_files (RnlChatRequest *request,
                         const RnlProtocol *protocol,
                         const char *model,
                         RnlModelInfo *info,
                         GError **error)
{
  const Taker taker = { .protocol = protocol, .model = model, .info = info };
  RnlChatRequest *copy = NULL;

  if (!check_question (find_question (request), &taker, error))
    return NULL;

  for (guint i = 0; i < request->messages->len; i++)
    {
      RnlMessage *message = g_ptr_array_index (request->messages, i);

      if (!needs_replacing (message, &taker))
        continue;
      if (copy == NULL)
        copy = rnl_chat_request_copy (request);
      g_object_unref (g_ptr_array_index (copy->messages, i));
      g_ptr_array_index (copy->messages, i) = replace_files (message, &taker);
    }

  return copy != NULL ? copy : rnl_chat_request_ref (request);
}

/**
 * rnl_request_has_files:
 * @request: what is to be asked
 *
 * Returns: whether there is a picture or a document in it, which not every model takes
 */
gboolean
rnl_request_has_files (RnlChatRequest *request)
{
  for (guint i = 0; i < request->messages->len; i++)
    {
      RnlMessage *message = g_ptr_array_index (request->messages, i);

      for (guint k = 0; k < rnl_message_get_n_parts (message); k++)
        if (rnl_request_is_binary (rnl_message_get_part (message, k)))
          return TRUE;
    }

  return FALSE;
}
