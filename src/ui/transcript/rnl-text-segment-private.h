/* rnl-text-segment-private.h: shared by the parts of a text segment
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-selectable.h"
#include "rnl-text-marks.h"
#include "rnl-text-segment.h"

G_BEGIN_DECLS

/* Where something else is shown than what the block's text has, in characters from its beginning.
 */
typedef struct
{
  guint start; /* in the text of the block */
  guint end;
  guint shown_start; /* in the buffer */
  guint shown_end;
} RnlTextSwap;

typedef struct
{
  RnlBlock *block; /* owned */
  GArray *swaps;   /* of RnlTextSwap, owned; `NULL` for none */
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
  gboolean images; /* can be opened */
};

void rnl_text_segment_class_init_links (GtkWidgetClass *widget_class);
void rnl_text_segment_init_links (RnlTextSegment *self);
void rnl_text_segment_add_link (RnlTextSegment *self, int start, int end, const char *href);
void rnl_text_segment_truncate_links (RnlTextSegment *self, int offset);
gboolean rnl_text_segment_activate_at (RnlTextSegment *self, double x, double y);
char *rnl_text_segment_dup_link_at (RnlTextSegment *self, double x, double y);

/* rnl-text-segment-notes.c */
void rnl_text_segment_add_reference (RnlTextSegment *self, int start, guint number);
void rnl_text_segment_insert_note_marker (RnlTextSegment *self, guint number);

/* rnl-text-segment-swaps.c */
void
rnl_text_segment_insert_formula (RnlTextSegment *self, RnlTextEntry *entry, const RnlSpan *span);
void rnl_text_entry_truncate_swaps (RnlTextEntry *entry, guint offset);
int rnl_text_entry_to_buffer (const RnlTextEntry *entry, guint offset);
guint rnl_text_entry_from_buffer (const RnlTextEntry *entry, int offset);

/* rnl-text-segment-select.c */
void rnl_text_segment_init_selectable (RnlSelectableInterface *iface);

G_END_DECLS
