/* rnl-template-text.h: text with slots, read once, filled in often
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RnlTemplateText:
 *
 * Text in which `{name}` is a slot and `{{`, `}}` are braces. A name is letters, digits, `_`, and
 * begins with no digit.
 */
typedef struct _RnlTemplateText RnlTemplateText;

RnlTemplateText *rnl_template_text_new (const char *text, GError **error);
void rnl_template_text_free (RnlTemplateText *self);
const char *rnl_template_text_get_source (RnlTemplateText *self);
void rnl_template_text_list_variables (RnlTemplateText *self, GPtrArray *into);
char *rnl_template_text_fill (RnlTemplateText *self, JsonObject *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlTemplateText, rnl_template_text_free)

G_END_DECLS
