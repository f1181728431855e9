/* test-tools-web.c: pages from the network, what may not be reached, HTML as text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-fetch-page-tool.h"
#include "rnl-html-text.h"
#include "rnl-page-fetch.h"
#include "rnl-test-server.h"
#include "rnl-test.h"
#include "tool-harness.h"

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    gboolean is_public;
  } cases[] = {
    { "93.184.216.34", TRUE },
    { "1.1.1.1", TRUE },
    { "172.15.255.255", TRUE },
    { "172.32.0.0", TRUE },
    { "100.63.255.255", TRUE },
    { "100.128.0.0", TRUE },
    { "198.20.0.1", TRUE },
    { "223.255.255.255", TRUE },
    { "0.0.0.0", FALSE },
    { "0.1.2.3", FALSE },
    { "10.0.0.1", FALSE },
    { "100.64.0.1", FALSE },
    { "100.100.100.200", FALSE },
    { "127.0.0.1", FALSE },
    { "127.255.255.254", FALSE },
    { "169.254.169.254", FALSE },
    { "172.16.0.1", FALSE },
    { "172.31.255.255", FALSE },
    { "192.0.0.192", FALSE },
    { "192.168.1.1", FALSE },
    { "198.18.0.1", FALSE },
    { "198.19.255.255", FALSE },
    { "224.0.0.1", FALSE },
    { "255.255.255.255", FALSE },
    { "2606:2800:220:1:248:1893:25c8:1946", TRUE },
    { "2a00:1450:4001:81b::200e", TRUE },
    { "::ffff:93.184.216.34", TRUE },
    { "64:ff9b::5db8:d822", TRUE },
    { "2002:5db8:d822::1", TRUE },
    { "::", FALSE },
    { "::1", FALSE },
    { "::ffff:127.0.0.1", FALSE },
    { "::ffff:10.1.2.3", FALSE },
    { "::127.0.0.1", FALSE },
    { "64:ff9b::7f00:1", FALSE },
    { "64:ff9b:1::1", FALSE },
    { "2002:7f00:1::", FALSE },
    { "2001:0:4136:e378:8000:63bf:3fff:fdd2", FALSE },
    { "2001:db8::1", FALSE },
    { "fc00::1", FALSE },
    { "fd00:ec2::254", FALSE },
    { "fe80::1", FALSE },
    { "fec0::1", FALSE },
    { "ff02::1", FALSE },
    { "100::1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);

      g_test_message ("%s", cases[i].address);
      g_assert_nonnull (address);
      g_assert_cmpint (rnl_inet_address_is_public (address), ==, cases[i].is_public);
    }
}

static void
test_html (void)
{
  static const struct
  {
    const char *html;
    const char *text;
    const char *title;
  } cases[] = {
    { "", "", NULL },
    { "plain", "plain", NULL },
    { "<title> A &amp; B </title><h1>Hello</h1><p>One\n  two<p>three",
      "# Hello\n\nOne two\n\nthree", "A & B" },
    { "<script>var a = '<p>no</p>';</script><style>p {}</style><nav><a href=/>Home</a></nav>yes",
      "yes", NULL },
    { "<h2>a<b>b</b></h2><h6>c</h6>", "## ab\n\n###### c", NULL },
    { "<ul><li>one<li><p>two</p><li>three<ul><li>deep</ul><li>four</ul>after",
      "- one\n- two\n- three\n  - deep\n- four\n\nafter", NULL },
    { "<ol><li>one</li><li><div>two</div></li></ol>", "1. one\n2. two", NULL },
    { "go <a href='/x?a=1&amp;b=2'>there <b>now</b></a>!",
      "go [there now](https://site.example/x?a=1&b=2)!", NULL },
    { "<a href='https://other.example/'> spaced </a>end", "[spaced](https://other.example/) end",
      NULL },
    { "<a href='javascript:alert(1)'>js</a> <a href='#top'>top</a> <a name=x></a>z", "js top z",
      NULL },
    { "<a href='/d'><div><h3>Card</h3></div></a>", "[### Card](https://site.example/d)", NULL },
    { "a<br>b<hr>c", "a\nb\n\n---\n\nc", NULL },
    { "<pre>  x = 1\n\n  y</pre>z", "```\n  x = 1\n\n  y\n```\n\nz", NULL },
    { "use <code>rm</code> now", "use `rm` now", NULL },
    { "<img src=a.png alt='A cat'><img src=b.png>", "[Image: A cat]", NULL },
    { "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n1 | 2",
      NULL },
    { "caf\xc3\xa9 \xe2\x82\xac", "café €", NULL },
    { "<div><p>unclosed <b>and <i>wrong</b></i><div>still", "unclosed and wrong\n\nstill", NULL },
    { "</p></div>odd", "odd", NULL },
    { "<svg><text>no</text></svg><select><option>no</select><noscript>no</noscript>k", "k", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = NULL;
      g_autofree char *text
        = rnl_html_to_text (cases[i].html, strlen (cases[i].html), "utf-8",
                            "https://site.example/dir/page.html", 65536, &title);

      g_test_message ("%s", cases[i].html);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (title, ==, cases[i].title);
    }
}

/* Pages made to hurt: deep, cut at every byte, not HTML at all. */
static void
test_html_hostile (void)
{
  static const char page[] = "<!DOCTYPE html><html><head><title>T</title></head><body>"
                             "<ul><li><a href='x'>l\xc3\xa9</a></ul><pre>p</pre>&eacute;&#x;&#0;"
                             "<![CDATA[c]]><!-- n --><?php x ?></body></html>";
  g_autoptr (GString) deep = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append (deep, i % 2 == 0 ? "<div>" : "<ul><li>");
  g_string_append (deep, "end");
  for (gsize length = 0; length <= strlen (page) + 1; length++)
    {
      gboolean is_deep = length == strlen (page) + 1;
      g_autofree char *title = NULL;
      g_autofree char *text = rnl_html_to_text (
        is_deep ? deep->str : page, is_deep ? deep->len : length,
        length % 2 == 0 ? NULL : "no-such-charset", "http://a.example/", 65536, &title);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpuint (strlen (text), <, 8 * 1024 * 1024);
    }
}

static void
test_html_bounded (void)
{
  g_autoptr (GString) page = g_string_new (NULL);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  while (page->len < 1024 * 1024)
    g_string_append (page, "<p>word</p>");
  text = rnl_html_to_text (page->str, page->len, NULL, "http://a.example/", 1000, &title);
  g_assert_cmpuint (strlen (text), >=, 1000);
  g_assert_cmpuint (strlen (text), <, 1100);
}

typedef struct
{
  RnlTestServer *server;
  RnlTool *tool;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->server = rnl_test_server_new ();
  fixture->tool = rnl_fetch_page_tool_new ();
  rnl_fetch_page_tool_set_allow_private_network (RNL_FETCH_PAGE_TOOL (fixture->tool), TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  rnl_test_server_free (fixture->server);
  /* Its last worker thread may still be letting go of it: no g_assert_finalize_object. */
  g_object_unref (fixture->tool);
}

static char *
fetch_url (Fixture *fixture, const char *url, GCancellable *cancellable, GError **error)
{
  g_autofree char *arguments = g_strdup_printf ("{\"url\": \"%s\"}", url);

  return tool_call (fixture->tool, arguments, NULL, cancellable, error);
}

static char *
fetch (Fixture *fixture, const char *path, GError **error)
{
  g_autofree char *url = rnl_test_server_dup_url (fixture->server, path);

  return fetch_url (fixture, url, NULL, error);
}

static void
test_types (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    RnlTestReply reply;
    const char *text;
    const char *failure;
  } cases[] = {
    { { .content_type = "text/html", .body = "<title>T</title><p>Hi" }, "\n\nHi", NULL },
    { { .content_type = "text/html; charset=iso-8859-1", .body = "caf\xe9" }, "\n\ncafé", NULL },
    { { .content_type = "text/html",
        .body = "<meta charset=windows-1252><p>caf\xe9 \x80",
        .gzip = TRUE },
      "\n\ncafé €",
      NULL },
    { { .content_type = "text/plain; charset=iso-8859-1", .body = "<p>\xe9" }, "\n\n<p>é", NULL },
    { { .content_type = "text/plain; charset=nonsense", .body = "a\xff" },
      "\n\na\xef\xbf\xbd",
      NULL },
    { { .content_type = "application/json", .body = "{\"a\": 1}" }, "\n\n{\"a\": 1}", NULL },
    { { .content_type = "application/atom+xml", .body = "<feed/>" }, "\n\n<feed/>", NULL },
    { { .content_type = "text/html", .body = "" }, "[The page has no text.]", NULL },
    { { .content_type = "image/png", .body = "x" }, NULL, "is not text but image/png" },
    { { .content_type = "application/octet-stream", .body = "x" }, NULL, "is not text but" },
    { { .content_type = "text/plain", .body = "a\0b", .length = 3 }, NULL, "is not text" },
    { { .status = 404, .content_type = "text/html", .body = "no" }, NULL, "answered 404" },
    { { .status = 500, .content_type = "text/html", .body = "no" }, NULL, "answered 500" },
    { { .status = 302, .body = "" }, NULL, "does not say where" },
    { { .raw = "not http at all\r\n\r\n" }, NULL, "Cannot fetch" },
    { { .ending = RNL_TEST_RESET, .cut_after = RNL_TEST_NO_HEAD }, NULL, "Cannot fetch" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      rnl_test_server_push (fixture->server, &cases[i].reply);
      text = fetch (fixture, "/page", &error);
      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, text != NULL ? text : error->message);
      if (cases[i].text != NULL)
        {
          g_assert_no_error (error);
          g_assert_nonnull (strstr (text, "Address: http://127.0.0.1:"));
          g_assert_true (g_str_has_suffix (text, cases[i].text));
          continue;
        }
      g_assert_null (text);
      g_assert_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED);
      g_assert_nonnull (strstr (error->message, cases[i].failure));
    }
}

static void
test_refused (Fixture *fixture, gconstpointer user_data)
{
  static const char *const hosts[] = { "http://127.0.0.1:%u/",      "http://localhost:%u/",
                                       "http://127.1:%u/",          "http://2130706433:%u/",
                                       "http://0x7f.1:%u/",         "http://0:%u/",
                                       "http://[::1]:%u/",          "http://[::ffff:127.0.0.1]:%u/",
                                       "http://[::ffff:7f00:1]:%u/" };
  static const char *const schemes[] = { "file:///etc/passwd",
                                         "ftp://example.org/",
                                         "/etc/passwd",
                                         "example.org",
                                         "javascript:1",
                                         "data:text/html,x",
                                         "http://",
                                         "http:///x",
                                         "http://user:pass@example.org/" };
  guint port = rnl_test_server_get_port (fixture->server);

  rnl_fetch_page_tool_set_allow_private_network (RNL_FETCH_PAGE_TOOL (fixture->tool), FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (hosts) + G_N_ELEMENTS (schemes); i++)
    {
      const char *template
        = i < G_N_ELEMENTS (hosts) ? hosts[i] : schemes[i - G_N_ELEMENTS (hosts)];
      g_auto (GStrv) parts = g_strsplit (template, "%u", 2);
      g_autofree char *number = g_strdup_printf ("%u", port);
      g_autofree char *url = g_strjoinv (number, parts);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = fetch_url (fixture, url, NULL, &error);

      g_test_message ("%s: %s", url, error != NULL ? error->message : text);
      g_assert_null (text);
      /* Some systems' resolvers do not take "127.1" for an address; that will do as well. */
      if (error->code != RNL_TOOL_ERROR_FAILED || !strstr (error->message, "resolving"))
        g_assert_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED);
    }
  g_assert_cmpuint (rnl_test_server_get_n_connections (fixture->server), ==, 0);
}

static gboolean
has_port (GInetSocketAddress *address, gpointer user_data)
{
  return g_inet_socket_address_get_port (address) == GPOINTER_TO_UINT (user_data);
}

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

/* The first server may be reached and sends us to one that may not. */
static void
test_redirect_refused (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (RnlTestServer) secret = rnl_test_server_new ();
  g_autofree char *secret_url = rnl_test_server_dup_url (secret, "/secret");
  g_autofree char *headers = g_strdup_printf ("Location: %s\r\n", secret_url);
  g_autofree char *url = rnl_test_server_dup_url (fixture->server, "/start");
  RnlPageLimits limits = {
    .check = has_port,
    .check_data = GUINT_TO_POINTER (rnl_test_server_get_port (fixture->server)),
    .max_body = 1000,
    .max_redirects = 5,
    .time_limit_ms = 10000,
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rnl_test_server_push (fixture->server, &(RnlTestReply){ .status = 302, .headers = headers });
  rnl_test_server_push (secret, &(RnlTestReply){ .content_type = "text/plain", .body = "secret" });
  rnl_page_fetch_async (url, &limits, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);

  g_assert_null (rnl_page_fetch_finish (result, &error));
  g_assert_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED);
  g_assert_cmpuint (rnl_test_server_get_n_requests (fixture->server), ==, 1);
  g_assert_cmpuint (rnl_test_server_get_n_connections (secret), ==, 0);
}

static void
redirect_handler (const RnlTestRequest *request, RnlTestReply *reply, gpointer user_data)
{
  static const char *const headers[] = { "",
                                         "Location: /0\r\n",
                                         "Location: ./1\r\n",
                                         "Location: 2\r\n",
                                         "Location: /3?a#b\r\n",
                                         "Location: /4\r\n",
                                         "Location: /5\r\n" };
  int left = request->path[1] - '0';

  reply->content_type = "text/plain";
  if (left == 0)
    reply->body = "arrived";
  else if (left == 9)
    reply->headers = "Location: ftp://example.org/\r\n";
  else
    reply->headers = headers[left];
  reply->status = left == 0 ? 200 : left % 2 == 0 ? 301 : 307;
}

static void
test_redirects (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) too_many = NULL;
  g_autoptr (GError) scheme = NULL;
  g_autofree char *text = NULL;

  rnl_test_server_set_handler (fixture->server, redirect_handler, NULL);
  text = fetch (fixture, "/5", NULL);
  g_assert_true (g_str_has_suffix (text, "/0\n\narrived"));
  g_assert_null (fetch (fixture, "/6", &too_many));
  g_assert_error (too_many, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED);
  g_assert_nonnull (strstr (too_many->message, "more than 5 times"));
  g_assert_null (fetch (fixture, "/9", &scheme));
  g_assert_error (scheme, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED);
}

static void
test_bounded (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *body = g_strnfill (4 * 1024 * 1024, 'x');
  const RnlTestReply plain = { .content_type = "text/plain", .body = body, .piece = 65536 };
  const RnlTestReply packed = { .content_type = "text/html", .body = body, .gzip = TRUE };
  g_autoptr (GError) error = NULL;

  rnl_test_server_push (fixture->server, &plain);
  rnl_test_server_push (fixture->server, &packed);
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *text = fetch (fixture, "/endless", &error);

      g_assert_no_error (error);
      g_assert_cmpuint (strlen (text), <, RNL_FETCH_PAGE_MAX_OUTPUT + 200);
      g_assert_cmpuint (strlen (text), >, RNL_FETCH_PAGE_MAX_OUTPUT);
      g_assert_true (g_str_has_suffix (text, "\n[The page is longer than this.]"));
    }
}

static void
test_slow (Fixture *fixture, gconstpointer user_data)
{
  const RnlTestReply replies[] = {
    { .content_type = "text/plain", .body = "word", .ending = RNL_TEST_SILENCE },
    { .content_type = "text/plain", .body = "a slow body", .piece = 1, .piece_delay_ms = 100 },
    { .content_type = "text/plain", .body = "late", .head_delay_ms = 3000 },
  };

  rnl_fetch_page_tool_set_time_limit (RNL_FETCH_PAGE_TOOL (fixture->tool), 300);
  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;

      rnl_test_server_push (fixture->server, &replies[i]);
      g_assert_null (fetch (fixture, "/slow", &error));
      g_assert_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED);
      g_assert_nonnull (strstr (error->message, "took longer than 0.3 seconds"));
      g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
    }
}

typedef struct
{
  Fixture *fixture;
  GCancellable *cancellable;
} Canceller;

static gboolean
cancel_when_asked_cb (gpointer user_data)
{
  Canceller *canceller = user_data;

  if (rnl_test_server_get_n_written (canceller->fixture->server) == 0)
    return G_SOURCE_CONTINUE;
  g_cancellable_cancel (canceller->cancellable);

  return G_SOURCE_REMOVE;
}

static void
test_cancelled (Fixture *fixture, gconstpointer user_data)
{
  const RnlTestReply silent
    = { .content_type = "text/plain", .body = "word", .ending = RNL_TEST_SILENCE };
  g_autofree char *url = rnl_test_server_dup_url (fixture->server, "/");
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GCancellable) during = g_cancellable_new ();
  Canceller canceller = { fixture, during };
  g_autoptr (GError) before_error = NULL;
  g_autoptr (GError) during_error = NULL;

  g_cancellable_cancel (before);
  g_assert_null (fetch_url (fixture, url, before, &before_error));
  g_assert_error (before_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (rnl_test_server_get_n_requests (fixture->server), ==, 0);

  rnl_test_server_push (fixture->server, &silent);
  g_timeout_add (5, cancel_when_asked_cb, &canceller);
  g_assert_null (fetch_url (fixture, url, during, &during_error));
  g_assert_error (during_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_arguments (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *long_path = g_strnfill (5000, 'x');
  g_autofree char *long_url = g_strdup_printf ("{\"url\": \"http://a.example/%s\"}", long_path);
  const ToolCase cases[] = {
    { "{}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "“url” is missing" },
    { "{\"url\": [1]}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "text" },
    { long_url, NULL, RNL_TOOL_ERROR_TOO_LARGE, "4096" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    tool_check (fixture->tool, &cases[i]);
  tool_check_spec (fixture->tool);
  g_assert_cmpint (rnl_tool_get_permission (fixture->tool), ==, RNL_TOOL_ASKS);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/tools/web/addresses", test_addresses);
  g_test_add_func ("/tools/web/html", test_html);
  g_test_add_func ("/tools/web/html/hostile", test_html_hostile);
  g_test_add_func ("/tools/web/html/bounded", test_html_bounded);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/tools/web/arguments", test_arguments);
  ADD ("/tools/web/types", test_types);
  ADD ("/tools/web/refused", test_refused);
  ADD ("/tools/web/redirects", test_redirects);
  ADD ("/tools/web/redirects/refused", test_redirect_refused);
  ADD ("/tools/web/bounded", test_bounded);
  ADD ("/tools/web/slow", test_slow);
  ADD ("/tools/web/cancelled", test_cancelled);
#undef ADD

  return g_test_run ();
}
