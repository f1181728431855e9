/* rnl-archive-html.c: a chat as HTML that fetches nothing
 *
 * HTML in a message is shown as what was typed; a picture from elsewhere is a link to it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "rnl-archive-write.h"
#include "rnl-attachment.h"
#include "rnl-block-writer.h"
#include "rnl-text.h"

/* Appends TEXT with what HTML means something by as entities. */
void
rnl_archive_append_escaped (GString *out, const char *text, gsize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  g_string_append (out, escaped);
}

/**
 * rnl_archive_append_markdown:
 * @out: where to
 * @text: Markdown
 * @length: of @text
 *
 * Appends it as HTML.
 */
void
rnl_archive_append_markdown (GString *out, const char *text, gsize length)
{
  const RnlBlockRange all = { { 0, 0 }, { RNL_BLOCK_END, RNL_BLOCK_END } };
  g_autoptr (GPtrArray) blocks = rnl_blocks_parse (text, length, TRUE);
  g_autofree char *html = rnl_blocks_to_html (blocks, &all);

  g_string_append (out, html);
}

static void
append_pre (GString *out, const char *text)
{
  g_string_append (out, "<pre>");
  rnl_archive_append_escaped (out, text, strlen (text));
  g_string_append (out, "</pre>\n");
}

static void
begin_details (GString *out, const char *summary)
{
  g_string_append (out, "<details><summary>");
  rnl_archive_append_escaped (out, summary, strlen (summary));
  g_string_append (out, "</summary>\n");
}

static void
append_call (RnlPart *part, GString *out)
{
  const char *name = rnl_part_get_name (part);
  g_autofree char *summary
    = g_strdup_printf ("%s (%s)", name != NULL ? name : "tool",
                       rnl_enum_nick (RNL_TYPE_TOOL_STATE, (gint) rnl_part_get_state (part)));

  begin_details (out, summary);
  append_pre (out, rnl_part_get_text (part));
  if (rnl_part_get_result (part) != NULL)
    append_pre (out, rnl_part_get_result (part));
  g_string_append (out, "</details>\n");
}

static void
append_file (RnlPart *part, gsize *embedded, GString *out)
{
  const char *name = rnl_part_get_title (part) != NULL ? rnl_part_get_title (part) : "file";
  const char *type = rnl_attachment_get_mime_type (part);
  gsize length = rnl_part_get_length (part);

  if (rnl_attachment_is_text (part) && length > 0)
    {
      begin_details (out, name);
      append_pre (out, rnl_part_get_text (part));
      g_string_append (out, "</details>\n");
      return;
    }
  if (rnl_attachment_is_image (part) && length > 0
      && *embedded + length <= RNL_ARCHIVE_MAX_EMBEDDED)
    {
      *embedded += length;
      g_string_append_printf (out, "<p><img src=\"data:%s;base64,%s\" alt=\"", type,
                              rnl_part_get_text (part));
      rnl_archive_append_escaped (out, name, strlen (name));
      g_string_append (out, "\"></p>\n");
      return;
    }
  g_string_append (out, "<p>📎 ");
  rnl_archive_append_escaped (out, name, strlen (name));
  g_string_append (out, "</p>\n");
}

static void
append_part (RnlPart *part, gsize *embedded, GString *out)
{
  switch (rnl_part_get_part_type (part))
    {
    case RNL_PART_REASONING:
      begin_details (out, "Reasoning");
      rnl_archive_append_markdown (out, rnl_part_get_text (part), rnl_part_get_length (part));
      g_string_append (out, "</details>\n");
      break;
    case RNL_PART_TOOL_CALL:
      append_call (part, out);
      break;
    case RNL_PART_FILE:
      append_file (part, embedded, out);
      break;
    case RNL_PART_OPAQUE:
      break;
    case RNL_PART_TEXT:
    default:
      rnl_archive_append_markdown (out, rnl_part_get_text (part), rnl_part_get_length (part));
      break;
    }
}

/**
 * rnl_archive_write_html:
 * @chat: a chat
 * @embedded: (inout): how many bytes of attachments the page carries
 * @out: where to
 *
 * Writes it as a section of a page.
 */
void
rnl_archive_write_html (const RnlArchiveChat *chat, gsize *embedded, GString *out)
{
  const char *title = rnl_chat_get_title (chat->chat);

  g_string_append (out, "<h1>");
  rnl_archive_append_escaped (out, title != NULL ? title : "", title != NULL ? strlen (title) : 0);
  g_string_append (out, "</h1>\n");
  for (guint i = 0; i < chat->messages->len; i++)
    {
      RnlMessage *message = chat->messages->pdata[i];
      const char *role = rnl_enum_nick (RNL_TYPE_ROLE, (gint) rnl_message_get_role (message));
      const char *model = rnl_message_get_model (message);
      g_autofree char *time = rnl_time_to_iso8601 (rnl_message_get_created (message));

      g_string_append_printf (out, "<article class=\"%s\">\n<header>%.10s %.5s", role, time,
                              time + 11);
      if (model != NULL)
        {
          g_string_append (out, " · ");
          rnl_archive_append_escaped (out, model, strlen (model));
        }
      g_string_append (out, "</header>\n");
      for (guint part = 0; part < rnl_message_get_n_parts (message); part++)
        append_part (rnl_message_get_part (message, part), embedded, out);
      if (rnl_message_get_error (message) != NULL)
        {
          const char *words = rnl_message_get_error (message)->message;

          g_string_append (out, "<p class=\"error\">");
          rnl_archive_append_escaped (out, words, strlen (words));
          g_string_append (out, "</p>\n");
        }
      g_string_append (out, "</article>\n");
    }
}
