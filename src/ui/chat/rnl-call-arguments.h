/* rnl-call-arguments.h: a tool call's arguments, readable while they still stream
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Bytes of one value that are kept for showing; the raw text has everything. */
#define RNL_CALL_ARGUMENTS_MAX_VALUE (1024 * 1024)
#define RNL_CALL_ARGUMENTS_MAX       64

/**
 * RnlCallArgument:
 * @key: the member's name
 * @value: text to show: a string without quotes, a number as written, JSON for anything nested
 * @complete: whether nothing more comes
 */
typedef struct
{
  char *key;
  GString *value;
  gboolean complete;
} RnlCallArgument;

typedef struct _RnlCallArguments RnlCallArguments;

RnlCallArguments *rnl_call_arguments_new (void);
void rnl_call_arguments_free (RnlCallArguments *self);
void rnl_call_arguments_feed (RnlCallArguments *self, const char *json, gsize length);
guint rnl_call_arguments_get_size (RnlCallArguments *self);
const RnlCallArgument *rnl_call_arguments_get (RnlCallArguments *self, guint position);
char *rnl_call_arguments_dup_value (RnlCallArguments *self, guint position);
char *rnl_call_arguments_dup_start (RnlCallArguments *self, guint position, gsize max_bytes);
gboolean rnl_call_arguments_is_whole (RnlCallArguments *self);
char *rnl_call_arguments_dup_summary (RnlCallArguments *self, const char *infix, gsize max_chars);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlCallArguments, rnl_call_arguments_free)

G_END_DECLS
