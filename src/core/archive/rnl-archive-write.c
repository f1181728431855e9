/* rnl-archive-write.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-archive-write.h"

#include <string.h>

#include "rnl-archive-json.h"
#include "rnl-message-export.h"
#include "rnl-text.h"

/* Nothing is fetched and nothing runs, whatever a message says. */
#define HTML_HEAD                                                                                  \
  "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"                                    \
  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "     \
  "style-src 'unsafe-inline'\">\n"                                                                 \
  "<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n"                             \
  ":root { color-scheme: light dark; }\n"                                                          \
  "body { font: 1rem/1.5 sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; }\n"       \
  "article { margin: 1.5em 0; overflow-wrap: break-word; }\n"                                      \
  "article.user { background: rgba(128, 128, 128, .15); border-radius: 1em; padding: .5em 1em; "   \
  "margin-left: 15%; }\n"                                                                          \
  "header { font-size: .8rem; opacity: .7; }\n"                                                    \
  "pre { overflow-x: auto; background: rgba(128, 128, 128, .1); padding: .7em; "                   \
  "border-radius: .5em; }\n"                                                                       \
  "img { max-width: 100%; }\ntable { border-collapse: collapse; }\n"                               \
  "th, td { border: 1px solid rgba(128, 128, 128, .5); padding: .2em .6em; }\n"                    \
  "blockquote { border-left: .2em solid rgba(128, 128, 128, .5); margin-left: 0; "                 \
  "padding-left: 1em; }\n.error { color: #c01c28; }\n"                                             \
  "@media print { body { max-width: none; } }\n</style>\n<title>"

/**
 * rnl_archive_write_begin:
 * @format: a format
 * @title: of the whole
 * @out: where to
 *
 * Writes what stands before the chats.
 */
void
rnl_archive_write_begin (RnlArchiveFormat format, const char *title, GString *out)
{
  if (format == RNL_ARCHIVE_JSON)
    g_string_append_printf (out, "{\"format\": \"%s\", \"version\": %d, \"chats\": [\n",
                            RNL_ARCHIVE_FORMAT, RNL_ARCHIVE_VERSION);
  if (format != RNL_ARCHIVE_HTML)
    return;

  g_string_append (out, HTML_HEAD);
  rnl_archive_append_escaped (out, title, strlen (title));
  g_string_append (out, "</title>\n</head>\n<body>\n");
}

/**
 * rnl_archive_write_end:
 * @format: a format
 * @out: where to
 *
 * Writes what stands after the chats.
 */
void
rnl_archive_write_end (RnlArchiveFormat format, GString *out)
{
  if (format == RNL_ARCHIVE_JSON)
    g_string_append (out, "\n]}\n");
  else if (format == RNL_ARCHIVE_HTML)
    g_string_append (out, "</body>\n</html>\n");
}

static void
write_json (const RnlArchiveChat *chat, GString *out)
{
  g_autoptr (JsonNode) node = rnl_archive_chat_to_json (chat);
  g_autofree char *text = json_to_string (node, FALSE);

  g_string_append (out, text);
}

static void
write_markdown (const RnlArchiveChat *chat, GString *out)
{
  const char *title = rnl_chat_get_title (chat->chat);

  g_string_append_printf (out, "# %s\n\n", title != NULL ? title : "");
  for (guint i = 0; i < chat->messages->len; i++)
    rnl_message_append_markdown (chat->messages->pdata[i], out);
}

static void
append_part_text (RnlPart *part, GString *out)
{
  switch (rnl_part_get_part_type (part))
    {
    case RNL_PART_TEXT:
      g_string_append_printf (out, "%s\n", rnl_part_get_text (part));
      break;
    case RNL_PART_TOOL_CALL:
      g_string_append_printf (out, "[%s: %s]\n", rnl_part_get_name (part),
                              rnl_part_get_result (part) != NULL ? rnl_part_get_result (part) : "");
      break;
    case RNL_PART_FILE:
      g_string_append_printf (
        out, "[%s]\n", rnl_part_get_title (part) != NULL ? rnl_part_get_title (part) : "file");
      break;
    case RNL_PART_REASONING:
    case RNL_PART_OPAQUE:
    default:
      break;
    }
}

static void
write_text (const RnlArchiveChat *chat, GString *out)
{
  const char *title = rnl_chat_get_title (chat->chat);

  g_string_append_printf (out, "%s\n\n", title != NULL ? title : "");
  for (guint i = 0; i < chat->messages->len; i++)
    {
      RnlMessage *message = chat->messages->pdata[i];
      const char *role = rnl_enum_nick (RNL_TYPE_ROLE, (gint) rnl_message_get_role (message));
      g_autofree char *time = rnl_time_to_iso8601 (rnl_message_get_created (message));

      g_string_append_printf (out, "%s, %.10s %.5s\n", role, time, time + 11);
      for (guint part = 0; part < rnl_message_get_n_parts (message); part++)
        append_part_text (rnl_message_get_part (message, part), out);
      g_string_append_c (out, '\n');
    }
}

/**
 * rnl_archive_write_chat:
 * @format: a format
 * @chat: a chat: all of it for JSON, else what it shows
 * @first: whether no chat came before it
 * @embedded: (inout): how many bytes of attachments are in the file
 * @out: where to
 */
void
rnl_archive_write_chat (RnlArchiveFormat format,
                        const RnlArchiveChat *chat,
                        gboolean first,
                        gsize *embedded,
                        GString *out)
{
  switch (format)
    {
    case RNL_ARCHIVE_JSON:
      g_string_append (out, first ? "" : ",\n");
      write_json (chat, out);
      break;
    case RNL_ARCHIVE_HTML:
      g_string_append (out, first ? "" : "<hr>\n");
      rnl_archive_write_html (chat, embedded, out);
      break;
    case RNL_ARCHIVE_TEXT:
      g_string_append (out, first ? "" : "\n----\n\n");
      write_text (chat, out);
      break;
    case RNL_ARCHIVE_MARKDOWN:
    default:
      g_string_append (out, first ? "" : "---\n\n");
      write_markdown (chat, out);
      break;
    }
}
