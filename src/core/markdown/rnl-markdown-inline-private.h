/* rnl-markdown-inline-private.h: running text in pieces
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-block.h"
#include "rnl-markdown-names.h"
#include "rnl-markdown-scan.h"

G_BEGIN_DECLS

/* Bounds in bytes: something undecided for longer than this is shown as it stands. */
#define RNL_HOLD_LABEL    300  /* `[text` */
#define RNL_HOLD_ADDRESS  1200 /* `[text](address` */
#define RNL_HOLD_HTML     300
#define RNL_HOLD_MATH     120  /* `$x` */
#define RNL_HOLD_MONEY    32   /* `$5` */
#define RNL_HOLD_TEX      400  /* `\(x`, `$$x` */
#define RNL_HOLD_RUN      40   /* of one mark */
#define RNL_HOLD_EMPHASIS 1000 /* shown with its style before it is closed */

enum
{
  RNL_INLINE_STRONG,
  RNL_INLINE_EMPH,
  RNL_INLINE_STRIKE,
  RNL_INLINE_N_STYLES
};

/* A link or an image. Its texts are ref strings. */
typedef struct
{
  gboolean image;
  gboolean bare; /* written without marks: not a link inside another */
  char *address;
  char *title;
} RnlInlineLink;

/* Some text, and what ends before and begins behind it. */
typedef struct
{
  gsize start; /* in the plain text */
  gsize end;
  RnlSpanFlags flags;
  guint number;
  guint16 opens[RNL_INLINE_N_STYLES];
  guint16 closes[RNL_INLINE_N_STYLES];
  guint link; /* that begins: its index and one */
  guint link_ends;
  gboolean grows; /* more plain text may go into it */
} RnlPiece;

/* A run of `*`, `_` or `~`. */
typedef struct
{
  guint piece;
  gsize pos; /* in the source */
  char ch;
  gboolean can_open;
  gboolean can_close;
  guint length;
  gint previous;
  gint next;
} RnlDelimiter;

typedef struct
{
  guint piece;
  gsize pos;
  gint delimiter; /* the last one before it */
  gboolean image;
  gboolean active;
} RnlBracket;

typedef struct
{
  const char *text;
  gsize length;
  gsize pos;
  gsize hold;  /* what can be shown of the text */
  gsize total; /* length with what was held back already */
  gboolean open;
  RnlMarkdownNames *names;
  gboolean missed; /* a label that may be defined later */

  GString *plain;
  GArray *pieces;     /* of RnlPiece */
  GArray *links;      /* of RnlInlineLink */
  GArray *delimiters; /* of RnlDelimiter */
  GArray *brackets;   /* of RnlBracket */
  gint last;          /* delimiter */
  gsize mail_from;    /* no address of mail reaches over this */

  RnlScanFailures failures;
  gboolean no_dollars, no_paren, no_square;
  gsize ticks[80]; /* where a run of so many was seen last */
  gboolean ticks_known;
} RnlInline;

#define rnl_inline_piece(self, i)     (&g_array_index ((self)->pieces, RnlPiece, (i)))
#define rnl_inline_delimiter(self, i) (&g_array_index ((self)->delimiters, RnlDelimiter, (i)))

RnlPiece *
rnl_inline_add (RnlInline *self, const char *text, gsize length, RnlSpanFlags flags, gboolean own);
void rnl_inline_hold (RnlInline *self, gsize pos, gsize bound);

void rnl_inline_take_delimiter (RnlInline *self);
void rnl_inline_match_delimiters (RnlInline *self, gint bottom);
void rnl_inline_style_open (RnlInline *self);

void rnl_inline_take_bracket (RnlInline *self, gboolean image);
void rnl_inline_close_bracket (RnlInline *self);
void rnl_inline_hold_brackets (RnlInline *self);
void rnl_inline_add_link (
  RnlInline *self, const char *text, gsize length, const char *scheme, gboolean bare);

gboolean rnl_inline_take_math (RnlInline *self);
void rnl_inline_take_code (RnlInline *self);

void rnl_inline_write (RnlInline *self, RnlBlock *block);

G_END_DECLS
