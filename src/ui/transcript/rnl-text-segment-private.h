/* rnl-text-segment-private.h: shared by the parts of a text segment
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-selectable.h"
#include "rnl-text-marks.h"
#include "rnl-text-segment.h"

G_BEGIN_DECLS

typedef struct
{
  RnlBlock *block; /* owned */
  int start;       /* of the block, with its separator, in characters of the buffer */
  int text;        /* of the block's own text, after its marker */
} RnlTextEntry;

typedef struct
{
  int start;
  int end;
  char *href; /* owned */
} RnlTextLink;

struct _RnlTextSegment
{
  GtkTextView parent_instance;

  /* owned */
  GtkTextBuffer *buffer;
  GArray *entries; /* of RnlTextEntry */
  GArray *links;   /* of RnlTextLink, by position */
  char *menu_href; /* what the context menu is about */

  RnlTextMarks marks;
  gsize n_bytes;
  gboolean has_quotes;
};

void rnl_text_segment_class_init_links (GtkWidgetClass *widget_class);
void rnl_text_segment_init_links (RnlTextSegment *self);
void rnl_text_segment_add_link (RnlTextSegment *self, int start, int end, const char *href);
void rnl_text_segment_truncate_links (RnlTextSegment *self, int offset);
gboolean rnl_text_segment_activate_at (RnlTextSegment *self, double x, double y);
char *rnl_text_segment_dup_link_at (RnlTextSegment *self, double x, double y);

/* rnl-text-segment-select.c */
void rnl_text_segment_init_selectable (RnlSelectableInterface *iface);

G_END_DECLS
