/* rnl-markdown-scan.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-markdown-scan.h"
#include "rnl-markdown-entities.h"

#include <string.h>

#define MAX_ENTITY   32
#define MAX_BRACKETS 32 /* open ones in the address of a link */

/* {{{ Links */

/* Goes over blanks and at most one line end. */
gsize
rnl_scan_blanks (const char *text, gsize length, gsize pos)
{
  gboolean line = FALSE;

  for (; pos < length && strchr (" \t\n", text[pos]) != NULL && text[pos] != '\0'; pos++)
    if (text[pos] == '\n')
      {
        if (line)
          break;
        line = TRUE;
      }

  return pos;
}

/* Appends one character of an address or title, which may be escaped; returns its length. With no
 * @out it only goes on. */
static gsize
take_char (const char *text, gsize length, gsize pos, GString *out)
{
  gsize end;

  if (text[pos] == '\\' && pos + 1 < length && g_ascii_ispunct (text[pos + 1]))
    {
      if (out != NULL)
        g_string_append_c (out, text[pos + 1]);
      return 2;
    }
  if (out == NULL)
    return 1;
  if (text[pos] == '&' && RNL_SCAN_IS_END (end = rnl_scan_entity (text, length, pos)))
    {
      rnl_markdown_append_entity (out, text + pos, end - pos);
      return end - pos;
    }
  g_string_append_c (out, text[pos]);

  return 1;
}

static gsize
scan_angle_address (const char *text, gsize length, gsize pos, GString *address)
{
  for (pos++; pos < length; pos += take_char (text, length, pos, address))
    if (text[pos] == '>')
      return pos + 1;
    else if (text[pos] == '<' || text[pos] == '\n')
      return RNL_SCAN_NONE;

  return RNL_SCAN_MORE;
}

/* The address of a link or a definition; @address is appended to. */
gsize
rnl_scan_link_address (const char *text, gsize length, gsize pos, GString *address)
{
  guint depth = 0;

  if (pos == length)
    return RNL_SCAN_MORE;
  if (text[pos] == '<')
    return scan_angle_address (text, length, pos, address);
  for (; pos < length; pos += take_char (text, length, pos, address))
    if (g_ascii_isspace (text[pos]))
      return depth == 0 ? pos : RNL_SCAN_NONE;
    else if (g_ascii_iscntrl (text[pos]))
      return RNL_SCAN_NONE;
    else if (text[pos] == '(' && ++depth > MAX_BRACKETS)
      return RNL_SCAN_NONE;
    else if (text[pos] == ')' && depth-- == 0)
      return pos;

  return depth == 0 ? pos : RNL_SCAN_MORE;
}

gsize
rnl_scan_link_title (const char *text, gsize length, gsize pos, GString *title)
{
  char close;

  if (pos == length)
    return RNL_SCAN_MORE;
  if (strchr ("\"'(", text[pos]) == NULL || text[pos] == '\0')
    return RNL_SCAN_NONE;
  close = text[pos] == '(' ? ')' : text[pos];
  for (pos++; pos < length; pos += take_char (text, length, pos, title))
    if (text[pos] == close)
      return pos + 1;
    else if (text[pos] == '(' && close == ')')
      return RNL_SCAN_NONE;

  return RNL_SCAN_MORE;
}

static gsize
scan_tail (const char *text, gsize length, gsize pos, GString *address, GString *title)
{
  gsize end;

  pos = rnl_scan_blanks (text, length, pos + 1);
  pos = rnl_scan_link_address (text, length, pos, address);
  if (!RNL_SCAN_IS_END (pos))
    return pos;
  end = rnl_scan_blanks (text, length, pos);
  if (end == length)
    return RNL_SCAN_MORE;
  if (text[end] != ')')
    {
      if (end == pos)
        return RNL_SCAN_NONE;
      end = rnl_scan_link_title (text, length, end, title);
      if (!RNL_SCAN_IS_END (end))
        return end;
      if (title != NULL)
        g_string_append_c (title, '\n');
      end = rnl_scan_blanks (text, length, end);
    }
  if (end < length && text[end] == ')')
    return end + 1;

  return end == length ? RNL_SCAN_MORE : RNL_SCAN_NONE;
}

/* `(address "title")`; @title receives `NULL` or a new text. Mostly there is no link: it is read
 * only then. */
gsize
rnl_scan_link_tail (const char *text, gsize length, gsize pos, GString *address, char **title)
{
  gsize end = scan_tail (text, length, pos, NULL, NULL);
  g_autoptr (GString) words = NULL;

  *title = NULL;
  if (!RNL_SCAN_IS_END (end))
    return end;
  words = g_string_new (NULL);
  scan_tail (text, length, pos, address, words);
  if (words->len > 0)
    *title = g_strndup (words->str, words->len - 1);

  return end;
}

/* `<https://a.org>` or `<me@a.org>`. */
gsize
rnl_scan_angle_link (const char *text, gsize length, gsize pos, gboolean *mail)
{
  gsize start = pos + 1;
  gsize colon = 0;
  gsize at = 0;

  for (pos = start; pos < length && text[pos] != '>'; pos++)
    if (g_ascii_isspace (text[pos]) || g_ascii_iscntrl (text[pos]) || text[pos] == '<')
      return RNL_SCAN_NONE;
    else if (text[pos] == ':' && colon == 0)
      colon = pos;
    else if (text[pos] == '@' && at == 0)
      at = pos;
    else if (colon == 0 && at == 0 && !g_ascii_isalnum (text[pos])
             && strchr ("+.-!#$%&'*/=?^_`{|}~", text[pos]) == NULL)
      return RNL_SCAN_NONE;
  if (pos == length)
    return RNL_SCAN_MORE;
  *mail = colon == 0 && at > start;
  if (*mail)
    {
      gsize host = at + 1;

      for (gsize i = host; i < pos; i++)
        if (!g_ascii_isalnum (text[i])
            && !((text[i] == '-' || text[i] == '.') && i > host && i + 1 < pos))
          return RNL_SCAN_NONE;
      return host < pos ? pos + 1 : RNL_SCAN_NONE;
    }
  if (colon < start + 2 || colon > start + 32 || !g_ascii_isalpha (text[start]))
    return RNL_SCAN_NONE;
  for (gsize i = start; i < colon; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("+.-", text[i]) == NULL)
      return RNL_SCAN_NONE;

  return pos + 1;
}

/* }}} */
/* {{{ HTML */

static gsize
scan_name (const char *text, gsize length, gsize pos, const char *more)
{
  while (pos < length && (g_ascii_isalnum (text[pos]) || (text[pos] && strchr (more, text[pos]))))
    pos++;

  return pos;
}

static gsize
scan_value (const char *text, gsize length, gsize pos)
{
  gsize start = pos;

  if (pos < length && (text[pos] == '"' || text[pos] == '\''))
    {
      const char *close = memchr (text + pos + 1, text[pos], length - pos - 1);

      return close != NULL ? (gsize) (close - text) + 1 : RNL_SCAN_MORE;
    }
  while (pos < length && !g_ascii_isspace (text[pos]) && strchr ("\"'=<>`", text[pos]) == NULL)
    pos++;

  return pos == length ? RNL_SCAN_MORE : pos > start ? pos : RNL_SCAN_NONE;
}

/* `<name attribute="value">` or `</name>`. */
gsize
rnl_scan_html_tag (const char *text, gsize length, gsize pos)
{
  gboolean closing = pos + 1 < length && text[pos + 1] == '/';

  pos += closing ? 2 : 1;
  if (pos >= length)
    return RNL_SCAN_MORE;
  if (!g_ascii_isalpha (text[pos]))
    return RNL_SCAN_NONE;
  pos = scan_name (text, length, pos, "-");
  for (;;)
    {
      gsize blanks = rnl_scan_blanks (text, length, pos);
      gsize equals;

      if (blanks == length)
        return RNL_SCAN_MORE;
      if (text[blanks] == '>')
        return blanks + 1;
      if (text[blanks] == '/' && !closing)
        return blanks + 1 == length      ? RNL_SCAN_MORE
               : text[blanks + 1] == '>' ? blanks + 2
                                         : RNL_SCAN_NONE;
      if (closing || blanks == pos
          || (!g_ascii_isalpha (text[blanks]) && text[blanks] != '_' && text[blanks] != ':'))
        return RNL_SCAN_NONE;
      pos = scan_name (text, length, blanks, "_.:-");
      equals = rnl_scan_blanks (text, length, pos);
      if (equals < length && text[equals] == '=')
        {
          pos = scan_value (text, length, rnl_scan_blanks (text, length, equals + 1));
          if (!RNL_SCAN_IS_END (pos))
            return pos;
        }
    }
}

static gsize
scan_closed (const char *text, gsize length, gsize pos, const char *close, gboolean *failed)
{
  const char *found
    = *failed || pos > length ? NULL : g_strstr_len (text + pos, (gssize) (length - pos), close);

  if (found != NULL)
    return (gsize) (found - text) + strlen (close);
  *failed = TRUE;

  return RNL_SCAN_MORE;
}

/* Any raw HTML. */
gsize
rnl_scan_html (const char *text, gsize length, gsize pos, RnlScanFailures *failures)
{
  const char *rest = text + pos;
  gsize left = length - pos;

  if (left >= 4 && strncmp (rest, "<!--", 4) == 0)
    {
      if (left >= 5 && rest[4] == '>')
        return pos + 5;
      if (left >= 6 && strncmp (rest + 4, "->", 2) == 0)
        return pos + 6;
      return scan_closed (text, length, pos + 4, "-->", &failures->comment);
    }
  if (left >= 9 && strncmp (rest, "<![CDATA[", 9) == 0)
    return scan_closed (text, length, pos + 9, "]]>", &failures->cdata);
  if (left >= 3 && rest[1] == '!' && g_ascii_isalpha (rest[2]))
    return scan_closed (text, length, pos + 3, ">", &failures->declaration);
  if (left >= 2 && rest[1] == '?')
    return scan_closed (text, length, pos + 2, "?>", &failures->instruction);
  if (left >= 2 && rest[1] == '!')
    return left < 9 ? RNL_SCAN_MORE : RNL_SCAN_NONE;

  return rnl_scan_html_tag (text, length, pos);
}

/* }}} */
/* {{{ Text */

/* `&name;`, `&#1;`, `&#x1;` */
gsize
rnl_scan_entity (const char *text, gsize length, gsize pos)
{
  gsize start = pos + 1;
  gboolean number = start < length && text[start] == '#';
  gboolean hex = number && start + 1 < length && (text[start + 1] | 0x20) == 'x';
  gsize from = start + (number ? 1 : 0) + (hex ? 1 : 0);
  gsize limit = number ? from + (hex ? 6 : 7) : start + MAX_ENTITY;

  for (pos = from; pos < length && pos <= limit; pos++)
    if (text[pos] == ';')
      return pos > from ? pos + 1 : RNL_SCAN_NONE;
    else if (pos == limit
             || !(hex      ? g_ascii_isxdigit (text[pos])
                  : number ? g_ascii_isdigit (text[pos])
                           : g_ascii_isalnum (text[pos])))
      return RNL_SCAN_NONE;

  return pos <= limit ? RNL_SCAN_MORE : RNL_SCAN_NONE;
}

/* Takes off what stands behind an address that is written without marks: punctuation, a closing
 * bracket too many, an entity. */
static gsize
trim_url (const char *text, gsize start, gsize end)
{
  gint closing = 0;

  for (gsize i = start; i < end; i++)
    closing += text[i] == ')' ? 1 : text[i] == '(' ? -1 : 0;
  while (end > start)
    {
      char last = text[end - 1];
      gsize name = end - 1;

      if (last == ')' && closing-- > 0)
        end--;
      else if (last != ')' && strchr ("?!.,:*_~'\"", last) != NULL)
        end--;
      else if (last == ';')
        {
          while (name > start && g_ascii_isalnum (text[name - 1]))
            name--;
          end = name > start && name < end - 1 && text[name - 1] == '&' ? name - 1 : end - 1;
        }
      else
        break;
    }

  return end;
}

/* Names with at least one dot, none of the last two with an underscore. */
static gboolean
is_domain (const char *text, gsize start, gsize end, gboolean dot_needed)
{
  guint dots = 0;
  gboolean last = FALSE;
  gboolean before = FALSE;
  gsize pos;

  for (pos = start; pos < end; pos++)
    if (text[pos] == '.')
      {
        dots++;
        before = last;
        last = FALSE;
      }
    else if (text[pos] == '_')
      last = TRUE;
    else if (!g_ascii_isalnum (text[pos]) && text[pos] != '-' && (text[pos] & 0x80) == 0)
      break;

  return pos > start && !last && !before && (dots > 0 || !dot_needed);
}

/* An address that is written without marks and begins with `http://`, `https://` or `www.`; in
 * brackets it ends with them. */
gsize
rnl_scan_url (const char *text, gsize length, gsize pos, gboolean in_brackets)
{
  static const char *const starts[] = { "https://", "http://", "www." };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      gsize n = strlen (starts[i]);
      gsize end = pos + n;

      if (length - pos <= n || g_ascii_strncasecmp (text + pos, starts[i], n) != 0)
        continue;
      while (end < length && !g_ascii_isspace (text[end]) && text[end] != '<'
             && !(in_brackets && text[end] == ']'))
        end++;
      end = trim_url (text, pos + n, end);
      if (end > pos + n && is_domain (text, pos + (i == 2 ? 0 : n), end, i == 2))
        return end;
    }

  return RNL_SCAN_NONE;
}

/* An address of mail around the `@` at @at, not before @from. */
gsize
rnl_scan_mail (const char *text, gsize length, gsize at, gsize from, gsize *start)
{
  gsize end = at + 1;
  gboolean dot = FALSE;

  for (*start = at; *start > from; (*start)--)
    if (!g_ascii_isalnum (text[*start - 1]) && strchr ("+-_.", text[*start - 1]) == NULL)
      break;
  for (; end < length; end++)
    if (text[end] == '.' && end + 1 < length && g_ascii_isalnum (text[end + 1]))
      dot = TRUE;
    else if (!g_ascii_isalnum (text[end]) && text[end] != '-' && text[end] != '_')
      break;
  if (*start == at || !dot || end == length + 1 || !g_ascii_isalnum (text[end - 1]))
    return RNL_SCAN_NONE;

  return end;
}

/* }}} */
