/* rnl-markdown-scan.h: where a piece of running text that stands for itself ends
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Instead of an end: there is no such thing here, or the text ends before it does. */
#define RNL_SCAN_NONE        G_MAXSIZE
#define RNL_SCAN_MORE        (G_MAXSIZE - 1)
#define RNL_SCAN_IS_END(end) ((end) < RNL_SCAN_MORE)

/* What is not closed before the end of the text need not be looked for twice. */
typedef struct
{
  gboolean comment;
  gboolean instruction;
  gboolean declaration;
  gboolean cdata;
} RnlScanFailures;

gsize rnl_scan_html (const char *text, gsize length, gsize pos, RnlScanFailures *failures);
gsize rnl_scan_html_tag (const char *text, gsize length, gsize pos);
gsize rnl_scan_angle_link (const char *text, gsize length, gsize pos, gboolean *mail);
gsize rnl_scan_link_address (const char *text, gsize length, gsize pos, GString *address);
gsize rnl_scan_link_title (const char *text, gsize length, gsize pos, GString *title);
gsize
rnl_scan_link_tail (const char *text, gsize length, gsize pos, GString *address, char **title);
gsize rnl_scan_blanks (const char *text, gsize length, gsize pos);
gsize rnl_scan_entity (const char *text, gsize length, gsize pos);
gsize rnl_scan_url (const char *text, gsize length, gsize pos, gboolean in_brackets);
gsize rnl_scan_mail (const char *text, gsize length, gsize at, gsize from, gsize *start);

G_END_DECLS
