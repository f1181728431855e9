/* rnl-fetch-page-tool.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-fetch-page-tool.h"

#include <string.h>

#include "rnl-file-text.h"
#include "rnl-html-text.h"
#include "rnl-marked-text.h"
#include "rnl-page-fetch.h"
#include "rnl-tool-arguments.h"

#define PROBE_LENGTH 8192

static const char schema[] = "{\"type\": \"object\", \"properties\": {"
                             "\"url\": {\"type\": \"string\", \"description\": "
                             "\"The page's address, beginning with https:// or http://\"}},"
                             "\"required\": [\"url\"], \"additionalProperties\": false}";

/**
 * RnlFetchPageTool:
 *
 * `fetch_page {"url": string}`: a page of the web as text. It asks, since an address can carry
 * words of the chat out of the machine. See [func@Runnel.page_fetch_async] for what it cannot
 * reach.
 */
struct _RnlFetchPageTool
{
  GObject parent_instance;

  /* owned */
  RnlToolSpec *spec;

  RnlPageLimits limits;
};

static void rnl_fetch_page_tool_iface_init (RnlToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlFetchPageTool,
                               rnl_fetch_page_tool,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_TOOL,
                                                      rnl_fetch_page_tool_iface_init))

static void
rnl_fetch_page_tool_finalize (GObject *object)
{
  g_clear_pointer (&RNL_FETCH_PAGE_TOOL (object)->spec, rnl_tool_spec_unref);

  G_OBJECT_CLASS (rnl_fetch_page_tool_parent_class)->finalize (object);
}

static void
rnl_fetch_page_tool_class_init (RnlFetchPageToolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_fetch_page_tool_finalize;
}

static void
rnl_fetch_page_tool_init (RnlFetchPageTool *self)
{
  self->spec = rnl_tool_spec_new (
    "fetch_page", NC_ ("tool", "Fetch page"),
    NC_ ("tool", "Fetches a page of the web and returns its text, with its links."), schema);
  self->limits = (RnlPageLimits){
    .check = rnl_socket_address_is_public,
    .max_body = RNL_FETCH_PAGE_MAX_BODY,
    .max_redirects = RNL_FETCH_PAGE_MAX_REDIRECTS,
    .time_limit_ms = RNL_FETCH_PAGE_TIME_LIMIT_MS,
  };
}

static RnlToolSpec *
rnl_fetch_page_tool_get_spec (RnlTool *tool)
{
  return RNL_FETCH_PAGE_TOOL (tool)->spec;
}

static RnlToolPermission
rnl_fetch_page_tool_get_permission (RnlTool *tool)
{
  return RNL_TOOL_ASKS;
}

static RnlToolEffects
rnl_fetch_page_tool_get_effects (RnlTool *tool)
{
  return RNL_TOOL_EFFECT_NETWORK;
}

static const char *
rnl_fetch_page_tool_get_icon_name (RnlTool *tool)
{
  return "web-browser-symbolic";
}

static gboolean
is_html (const RnlPage *page)
{
  const char *start = (const char *) page->body->data;
  gsize length = page->body->len;

  if (page->content_type != NULL)
    return strcmp (page->content_type, "text/html") == 0
           || strcmp (page->content_type, "application/xhtml+xml") == 0;

  while (length > 0 && g_ascii_isspace (*start))
    {
      start++;
      length--;
    }

  return length > 0 && *start == '<';
}

/* UTF-8 unless the server named something else that this system can read. */
static char *
decode_text (const RnlPage *page)
{
  const char *bytes = (const char *) page->body->data;
  gsize length = page->body->len;
  char *text = NULL;

  if (page->charset != NULL && g_ascii_strcasecmp (page->charset, "utf-8") != 0)
    text = g_convert_with_fallback (bytes, (gssize) length, "UTF-8", page->charset, "\357\277\275",
                                    NULL, NULL, NULL);

  return text != NULL ? text : rnl_file_text_clean (bytes, length);
}

static gboolean
cut_text (char *text)
{
  char *end = text + RNL_FETCH_PAGE_MAX_OUTPUT;

  if (strlen (text) <= RNL_FETCH_PAGE_MAX_OUTPUT)
    return FALSE;
  while (((guchar) *end & 0xc0) == 0x80)
    end--;
  *end = '\0';

  return TRUE;
}

static char *
compose_result (const RnlPage *page, const char *title, char *text)
{
  g_autoptr (GString) result = g_string_new (NULL);
  gboolean cut = cut_text (text) || page->cut;

  if (title != NULL)
    g_string_append_printf (result, "Title: %s\n", title);
  g_string_append_printf (result, "Address: %s\n\n", page->address);
  g_string_append (result, *text != '\0' ? text : "[The page has no text.]");
  if (cut)
    g_string_append (result, "\n[The page is longer than this.]");

  return g_strdup (result->str);
}

static void
convert_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const RnlPage *page = task_data;
  const char *bytes = (const char *) page->body->data;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (page->body->len == 0)
    text = g_strdup ("");
  else if (is_html (page))
    text = rnl_html_to_text (bytes, page->body->len, page->charset, page->address,
                             RNL_FETCH_PAGE_MAX_OUTPUT, &title);
  else if (rnl_file_text_is_binary (bytes, MIN (page->body->len, PROBE_LENGTH))
           && page->charset == NULL)
    {
      g_task_return_new_error (task, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED, "“%s” is not text.",
                               page->address);
      return;
    }
  else
    text = decode_text (page);

  g_task_return_pointer (task, compose_result (page, title, text), g_free);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  RnlPage *page = rnl_page_fetch_finish (result, &error);

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, page, (GDestroyNotify) rnl_page_free);
  g_task_run_in_thread (task, convert_in_thread);
}

static void
rnl_fetch_page_tool_call_async (RnlTool *tool,
                                JsonObject *arguments,
                                RnlToolContext *context,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  RnlFetchPageTool *self = RNL_FETCH_PAGE_TOOL (tool);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  const char *address = rnl_tool_arguments_get_string (arguments, "url", &error);

  g_task_set_source_tag (task, rnl_fetch_page_tool_call_async);
  if (address == NULL)
    g_task_return_error (task, error);
  else
    rnl_page_fetch_async (address, &self->limits, cancellable, fetched_cb, g_steal_pointer (&task));
}

static char *
rnl_fetch_page_tool_call_finish (RnlTool *tool, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, tool), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rnl_fetch_page_tool_iface_init (RnlToolInterface *iface)
{
  iface->get_spec = rnl_fetch_page_tool_get_spec;
  iface->get_permission = rnl_fetch_page_tool_get_permission;
  iface->get_effects = rnl_fetch_page_tool_get_effects;
  iface->get_icon_name = rnl_fetch_page_tool_get_icon_name;
  iface->call_async = rnl_fetch_page_tool_call_async;
  iface->call_finish = rnl_fetch_page_tool_call_finish;
}

/**
 * rnl_fetch_page_tool_new:
 *
 * Returns: (transfer full): a tool that reaches public addresses only
 */
RnlTool *
rnl_fetch_page_tool_new (void)
{
  return g_object_new (RNL_TYPE_FETCH_PAGE_TOOL, NULL);
}

/**
 * rnl_fetch_page_tool_set_allow_private_network:
 * @self: the tool
 * @allow: whether loopback and private addresses may be reached, and the system's proxy used
 */
void
rnl_fetch_page_tool_set_allow_private_network (RnlFetchPageTool *self, gboolean allow)
{
  g_return_if_fail (RNL_IS_FETCH_PAGE_TOOL (self));

  self->limits.check = allow ? NULL : rnl_socket_address_is_public;
}

/**
 * rnl_fetch_page_tool_set_time_limit:
 * @self: the tool
 * @milliseconds: for one call, redirects and all
 */
void
rnl_fetch_page_tool_set_time_limit (RnlFetchPageTool *self, guint milliseconds)
{
  g_return_if_fail (RNL_IS_FETCH_PAGE_TOOL (self));

  self->limits.time_limit_ms = milliseconds;
}
