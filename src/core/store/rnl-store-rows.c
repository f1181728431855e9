/* rnl-store-rows.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-store-rows.h"

#include <string.h>

#include "rnl-part-extra.h"

static void
clear_text (RnlStorePartRow *self)
{
  if (self->base64 == NULL)
    g_free (self->text);
  g_clear_pointer (&self->base64, g_bytes_unref);
  self->text = NULL;
}

/**
 * rnl_store_part_row_set_base64:
 * @self: a row
 * @base64: the content of a file
 *
 * Replaces the text without copying what may be large.
 */
void
rnl_store_part_row_set_base64 (RnlStorePartRow *self, GBytes *base64)
{
  clear_text (self);
  self->base64 = g_bytes_ref (base64);
  self->text = (char *) g_bytes_get_data (base64, &self->length);
}

/**
 * rnl_store_part_row_new:
 * @part: a part
 * @parent_id: (nullable): the part it is a child of
 * @position: among its siblings
 * @with_text: whether to copy its text and output
 *
 * Returns: (transfer full): what it is now
 */
RnlStorePartRow *
rnl_store_part_row_new (RnlPart *part, const char *parent_id, guint position, gboolean with_text)
{
  RnlStorePartRow *self = g_new0 (RnlStorePartRow, 1);
  const char *title = rnl_part_get_title (part);

  self->id = g_strdup (rnl_part_get_id (part));
  self->parent_id = g_strdup (parent_id);
  self->position = position;
  self->type = rnl_part_get_part_type (part);
  self->step = rnl_part_get_step (part);
  self->complete = rnl_part_get_complete (part);
  self->started = rnl_part_get_started (part);
  self->duration = rnl_part_get_duration (part);
  self->call_id = g_strdup (rnl_part_get_call_id (part));
  self->name = g_strdup (rnl_part_get_name (part));
  self->state = rnl_part_get_state (part);
  self->result = g_strdup (rnl_part_get_result (part));
  self->extra = rnl_part_dup_extra_json (part);
  /* A part without a title answers with its name. */
  if (g_strcmp0 (title, self->name) != 0)
    self->title = g_strdup (title);
  if (with_text)
    {
      self->has_text = TRUE;
      self->length = rnl_part_get_length (part);
      if (rnl_part_get_base64 (part) != NULL)
        rnl_store_part_row_set_base64 (self, rnl_part_get_base64 (part));
      else
        self->text = g_strndup (rnl_part_get_text (part), self->length);
      self->output_length = rnl_part_get_output_length (part);
      self->output = g_strndup (rnl_part_get_output (part), self->output_length);
    }

  return self;
}

void
rnl_store_part_row_free (RnlStorePartRow *self)
{
  g_free (self->id);
  g_free (self->parent_id);
  g_free (self->title);
  g_free (self->call_id);
  g_free (self->name);
  g_free (self->result);
  g_free (self->extra);
  clear_text (self);
  g_free (self->output);
  g_free (self);
}

/**
 * rnl_store_part_row_append:
 * @self: a row with text
 * @output: to its output, not to its text
 * @text: what to append
 * @length: its length in bytes
 */
void
rnl_store_part_row_append (RnlStorePartRow *self, gboolean output, const char *text, gsize length)
{
  char **dest = output ? &self->output : &self->text;
  gsize *dest_length = output ? &self->output_length : &self->length;

  if (!output && self->base64 != NULL)
    {
      self->text = g_strndup (self->text, self->length);
      g_clear_pointer (&self->base64, g_bytes_unref);
    }
  *dest = g_realloc (*dest, *dest_length + length + 1);
  memcpy (*dest + *dest_length, text, length);
  *dest_length += length;
  (*dest)[*dest_length] = '\0';
}

static void
add_part_rows (GPtrArray *rows, GListModel *parts, const char *parent_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (RnlPart) part = g_list_model_get_item (parts, i);

      g_ptr_array_add (rows, rnl_store_part_row_new (part, parent_id, i, TRUE));
      add_part_rows (rows, rnl_part_list_children (part), rnl_part_get_id (part));
    }
}

/**
 * rnl_store_message_row_new_header:
 * @chat_id: its chat
 * @message: a message
 *
 * Returns: (transfer full): what it is now, without its parts
 */
RnlStoreMessageRow *
rnl_store_message_row_new_header (const char *chat_id, RnlMessage *message)
{
  RnlStoreMessageRow *self = g_new0 (RnlStoreMessageRow, 1);
  const GError *error = rnl_message_get_error (message);

  self->id = g_strdup (rnl_message_get_id (message));
  self->chat_id = g_strdup (chat_id);
  self->role = rnl_message_get_role (message);
  self->state = rnl_message_get_state (message);
  self->finish_reason = rnl_message_get_finish_reason (message);
  self->raw_finish_reason = g_strdup (rnl_message_get_raw_finish_reason (message));
  self->model = g_strdup (rnl_message_get_model (message));
  self->created = rnl_message_get_created (message);
  self->first_token = rnl_message_get_first_token (message);
  self->duration = rnl_message_get_duration (message);
  self->usage = *rnl_message_get_usage (message);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_store_part_row_free);

  return self;
}

/**
 * rnl_store_message_row_new:
 * @chat_id: its chat
 * @message: a message
 *
 * Returns: (transfer full): what it is now, with all its parts
 */
RnlStoreMessageRow *
rnl_store_message_row_new (const char *chat_id, RnlMessage *message)
{
  RnlStoreMessageRow *self = rnl_store_message_row_new_header (chat_id, message);

  add_part_rows (self->parts, rnl_message_list_parts (message), NULL);

  return self;
}

/**
 * rnl_store_message_row_end:
 * @self: a row of a message that grew
 * @state: how it ended
 * @reason: why
 *
 * Makes it a message that grows no more: what ran in it is cancelled.
 */
void
rnl_store_message_row_end (RnlStoreMessageRow *self, RnlMessageState state, RnlFinishReason reason)
{
  self->state = state;
  self->finish_reason = reason;
  for (guint i = 0; i < self->parts->len; i++)
    {
      RnlStorePartRow *part = g_ptr_array_index (self->parts, i);

      part->complete = TRUE;
      if (part->type == RNL_PART_TOOL_CALL && !rnl_tool_state_is_final (part->state))
        part->state = RNL_TOOL_CANCELLED;
    }
}

void
rnl_store_message_row_free (RnlStoreMessageRow *self)
{
  g_free (self->id);
  g_free (self->chat_id);
  g_free (self->replaced_id);
  g_free (self->raw_finish_reason);
  g_free (self->model);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

static RnlPart *
row_to_part (const RnlStorePartRow *row)
{
  RnlPart *part = rnl_part_new (row->type, row->step);

  rnl_part_set_id (part, row->id);
  rnl_part_set_title (part, row->title);
  rnl_part_set_started (part, row->started);
  rnl_part_set_call_id (part, row->call_id);
  rnl_part_set_name (part, row->name);
  if (row->base64 != NULL)
    rnl_part_set_base64 (part, row->base64);
  else
    rnl_part_append (part, row->text, row->length);
  rnl_part_append_output (part, row->output, row->output_length);
  rnl_part_set_result (part, row->result);
  rnl_part_set_extra_json (part, row->extra);
  rnl_part_set_state (part, row->state);
  rnl_part_set_complete (part, row->complete);
  rnl_part_set_duration (part, row->duration);

  return part;
}

/**
 * rnl_store_message_row_to_message:
 * @self: a row whose parts have their text
 *
 * Returns: (transfer full): a new message, on any thread
 */
RnlMessage *
rnl_store_message_row_to_message (const RnlStoreMessageRow *self)
{
  RnlMessage *message = rnl_message_new (self->role);
  g_autoptr (GHashTable) parts
    = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);

  rnl_message_set_id (message, self->id);
  rnl_message_set_created (message, self->created);
  rnl_message_set_model (message, self->model);
  rnl_message_set_usage (message, &self->usage);
  rnl_message_set_first_token (message, self->first_token);
  rnl_message_set_duration (message, self->duration);
  rnl_message_set_error (message, self->error);
  rnl_message_set_finish_reason (message, self->finish_reason, self->raw_finish_reason);

  /* All of them first: the rows come in the order of positions, not parents before children. */
  for (guint i = 0; i < self->parts->len; i++)
    {
      const RnlStorePartRow *row = g_ptr_array_index (self->parts, i);

      g_hash_table_insert (parts, row->id, row_to_part (row));
    }
  for (guint i = 0; i < self->parts->len; i++)
    {
      const RnlStorePartRow *row = g_ptr_array_index (self->parts, i);
      RnlPart *part = g_hash_table_lookup (parts, row->id);
      RnlPart *parent = row->parent_id != NULL ? g_hash_table_lookup (parts, row->parent_id) : NULL;

      if (parent != NULL)
        rnl_part_add_child (parent, part);
      else
        rnl_message_add_part (message, part);
    }
  rnl_message_set_state (message, self->state);

  return message;
}
