/* rnl-message-export.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-message-export.h"

#include <string.h>

#include "rnl-attachment.h"
#include "rnl-json-value.h"
#include "rnl-part-extra.h"
#include "rnl-provider-error.h"
#include "rnl-text.h"

static void
set_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

static void
set_count (JsonObject *object, const char *member, gint64 value)
{
  if (value >= 0)
    json_object_set_int_member (object, member, value);
}

/**
 * rnl_usage_to_json:
 * @usage: token counts
 *
 * Returns: (transfer full): `{input, output, total, cached_input, cache_write, reasoning}`, in
 * tokens; what is not known is left out
 */
JsonObject *
rnl_usage_to_json (const RnlUsage *usage)
{
  JsonObject *object = json_object_new ();

  set_count (object, "input", usage->input);
  set_count (object, "output", usage->output);
  set_count (object, "total", usage->total);
  set_count (object, "cached_input", usage->cached_input);
  set_count (object, "cache_write", usage->cache_write);
  set_count (object, "reasoning", usage->reasoning);

  return object;
}

/**
 * rnl_error_to_json:
 * @error: any error
 *
 * Returns: (transfer full): `{message, code?, status?, request_id?}`
 */
JsonObject *
rnl_error_to_json (const GError *error)
{
  JsonObject *object = json_object_new ();
  const RnlProviderErrorDetails *details = rnl_provider_error_get_details (error);

  set_string (object, "message", error->message);
  set_string (object, "code", rnl_provider_error_nick (error));
  if (details != NULL && details->status != 0)
    json_object_set_int_member (object, "status", details->status);
  if (details != NULL)
    set_string (object, "request_id", details->request_id);

  return object;
}

/* Complete arguments as the value they are, others as the text that came. */
static void
set_arguments (JsonObject *object, RnlPart *part)
{
  g_autoptr (JsonNode) node = rnl_json_strict_parse (rnl_part_get_text (part), -1, NULL);

  if (node != NULL)
    json_object_set_member (object, "arguments", g_steal_pointer (&node));
  else
    json_object_set_string_member (object, "arguments_raw", rnl_part_get_text (part));
}

static void
set_extra (JsonObject *object, RnlPart *part)
{
  g_autofree char *text = rnl_part_dup_extra_json (part);
  g_autoptr (JsonNode) extra = text != NULL ? json_from_string (text, NULL) : NULL;

  if (extra != NULL)
    json_object_set_member (object, "extra", g_steal_pointer (&extra));
}

static JsonObject *
part_to_json (RnlPart *part)
{
  JsonObject *object = json_object_new ();
  RnlPartType type = rnl_part_get_part_type (part);
  GListModel *children = rnl_part_list_children (part);
  guint n_children = g_list_model_get_n_items (children);

  set_string (object, "type", rnl_enum_nick (RNL_TYPE_PART_TYPE, (gint) type));
  json_object_set_int_member (object, "step", rnl_part_get_step (part));
  set_string (object, "title", rnl_part_get_title (part));
  if (type == RNL_PART_TOOL_CALL)
    {
      set_string (object, "id", rnl_part_get_call_id (part));
      set_string (object, "name", rnl_part_get_name (part));
      set_arguments (object, part);
      set_string (object, "state",
                  rnl_enum_nick (RNL_TYPE_TOOL_STATE, (gint) rnl_part_get_state (part)));
      set_string (object, "result", rnl_part_get_result (part));
      if (rnl_part_get_output_length (part) > 0)
        set_string (object, "output", rnl_part_get_output (part));
    }
  else
    set_string (object, "text", rnl_part_get_text (part));
  set_count (object, "duration_us", rnl_part_get_duration (part));
  set_extra (object, part);

  if (n_children > 0)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < n_children; i++)
        {
          g_autoptr (RnlPart) child = g_list_model_get_item (children, i);

          json_array_add_object_element (array, part_to_json (child));
        }
      json_object_set_array_member (object, "children", array);
    }

  return object;
}

/**
 * rnl_message_to_json:
 * @message: a message
 *
 * Returns: (transfer full): `{id, parent, version, n_versions, role, created, state, model,
 * finish_reason, usage, error, content, parts}`; times are ISO 8601 in UTC, durations microseconds
 */
JsonObject *
rnl_message_to_json (RnlMessage *message)
{
  JsonObject *object = json_object_new ();
  JsonArray *parts = json_array_new ();
  g_autofree char *created = rnl_time_to_iso8601 (rnl_message_get_created (message));
  g_autofree char *content = rnl_message_dup_text (message);

  set_string (object, "id", rnl_message_get_id (message));
  set_string (object, "parent", rnl_message_get_parent_id (message));
  if (rnl_message_get_n_versions (message) > 1)
    {
      json_object_set_int_member (object, "version", rnl_message_get_version (message));
      json_object_set_int_member (object, "n_versions", rnl_message_get_n_versions (message));
    }
  set_string (object, "role", rnl_enum_nick (RNL_TYPE_ROLE, (gint) rnl_message_get_role (message)));
  set_string (object, "created", created);
  set_string (object, "state",
              rnl_enum_nick (RNL_TYPE_MESSAGE_STATE, (gint) rnl_message_get_state (message)));
  set_string (object, "model", rnl_message_get_model (message));
  if (rnl_message_get_finish_reason (message) != RNL_FINISH_NONE)
    set_string (
      object, "finish_reason",
      rnl_enum_nick (RNL_TYPE_FINISH_REASON, (gint) rnl_message_get_finish_reason (message)));
  if (rnl_usage_is_known (rnl_message_get_usage (message)))
    json_object_set_object_member (object, "usage",
                                   rnl_usage_to_json (rnl_message_get_usage (message)));
  if (rnl_message_get_error (message) != NULL)
    json_object_set_object_member (object, "error",
                                   rnl_error_to_json (rnl_message_get_error (message)));
  set_count (object, "first_token_us", rnl_message_get_first_token (message));
  set_count (object, "duration_us", rnl_message_get_duration (message));
  set_string (object, "content", content);
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    json_array_add_object_element (parts, part_to_json (rnl_message_get_part (message, i)));
  json_object_set_array_member (object, "parts", parts);

  return object;
}

/* Text with its name, as a model is given it; of other files the name alone. */
static void
append_file_markdown (RnlPart *part, GString *out)
{
  const char *title = rnl_part_get_title (part) != NULL ? rnl_part_get_title (part) : "file";
  g_autofree char *fenced = NULL;

  if (!rnl_attachment_is_text (part))
    {
      g_string_append_printf (out, "**File: %s** (%s)\n\n", title,
                              rnl_attachment_get_mime_type (part));
      return;
    }

  fenced = rnl_text_fence (title, rnl_part_get_text (part));
  g_string_append_printf (out, "%s\n", fenced);
}

/* A fence longer than any run of backticks inside. */
static void
append_fenced (GString *out, const char *text)
{
  gsize longest = 2, current = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      current = *p == '`' ? current + 1 : 0;
      longest = MAX (longest, current);
    }
  for (gsize i = 0; i <= longest; i++)
    g_string_append_c (out, '`');
  g_string_append_printf (out, "\n%s%s", text, g_str_has_suffix (text, "\n") ? "" : "\n");
  for (gsize i = 0; i <= longest; i++)
    g_string_append_c (out, '`');
  g_string_append (out, "\n\n");
}

static void
append_call_markdown (RnlPart *part, GString *out)
{
  const char *name = rnl_part_get_name (part);

  g_string_append_printf (out, "**Tool: %s** (%s)\n\n", name != NULL ? name : "unknown",
                          rnl_enum_nick (RNL_TYPE_TOOL_STATE, (gint) rnl_part_get_state (part)));
  if (rnl_part_get_length (part) > 0)
    append_fenced (out, rnl_part_get_text (part));
  if (rnl_part_get_result (part) != NULL)
    append_fenced (out, rnl_part_get_result (part));
}

/**
 * rnl_message_append_markdown:
 * @message: a message
 * @out: where to
 *
 * Writes the message as a section of a Markdown document: a heading with who, when and, of
 * several versions, which; the text as it is, tool calls as fenced blocks, thinking as a quote.
 */
void
rnl_message_append_markdown (RnlMessage *message, GString *out)
{
  g_autofree char *created = rnl_time_to_iso8601 (rnl_message_get_created (message));
  const char *role = rnl_enum_nick (RNL_TYPE_ROLE, (gint) rnl_message_get_role (message));

  g_string_append_printf (out, "## %c%s, %s", g_ascii_toupper (*role), role + 1, created);
  if (rnl_message_get_n_versions (message) > 1)
    g_string_append_printf (out, " (version %u of %u)", rnl_message_get_version (message),
                            rnl_message_get_n_versions (message));
  g_string_append (out, "\n\n");
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);
      g_auto (GStrv) lines = NULL;

      switch (rnl_part_get_part_type (part))
        {
        case RNL_PART_REASONING:
          lines = g_strsplit (rnl_part_get_text (part), "\n", -1);
          for (gsize line = 0; lines[line] != NULL; line++)
            g_string_append_printf (out, "> %s\n", lines[line]);
          g_string_append_c (out, '\n');
          break;
        case RNL_PART_TOOL_CALL:
          append_call_markdown (part, out);
          break;
        case RNL_PART_OPAQUE:
          break;
        case RNL_PART_FILE:
          append_file_markdown (part, out);
          break;
        case RNL_PART_TEXT:
        default:
          g_string_append_printf (out, "%s\n\n", rnl_part_get_text (part));
          break;
        }
    }
  if (rnl_message_get_error (message) != NULL)
    g_string_append_printf (out, "*%s*\n\n", rnl_message_get_error (message)->message);
}
