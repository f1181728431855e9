/* rnl-error-body.h: what the body of an error says, in whatever shape
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RnlErrorBody:
 * @message: (nullable): for a person
 * @type: (nullable): the kind of error
 * @code: (nullable): its code, as it stood on the wire
 * @reason: (nullable): the finest word, beside the code
 * @number: a code that is a number, else 0
 * @retry_ms: how long it asks to wait, in milliseconds; 0: it does not say
 *
 * The strings are owned.
 */
typedef struct
{
  char *message;
  char *type;
  char *code;
  char *reason;
  gint64 number;
  gint64 retry_ms;
} RnlErrorBody;

void rnl_error_body_read (RnlErrorBody *self, JsonNode *node);
JsonNode *rnl_error_body_parse (const char *body, gsize length);
void rnl_error_body_clear (RnlErrorBody *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RnlErrorBody, rnl_error_body_clear)

G_END_DECLS
