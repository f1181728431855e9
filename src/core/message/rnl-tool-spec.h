/* rnl-tool-spec.h: what a model is told about a tool
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RnlToolSpec:
 * @name: what the model calls it, `[A-Za-z0-9_-]{1,64}`
 * @title: what a person calls it
 * @description: for the model: what it does and when to use it
 * @parameters: a JSON Schema of type "object"
 *
 * Immutable, reference counted.
 */
typedef struct
{
  char *name;
  char *title;
  char *description;
  JsonNode *parameters;
} RnlToolSpec;

#define RNL_TYPE_TOOL_SPEC (rnl_tool_spec_get_type ())
GType rnl_tool_spec_get_type (void);

RnlToolSpec *rnl_tool_spec_new (const char *name,
                                const char *title,
                                const char *description,
                                const char *parameters);
RnlToolSpec *rnl_tool_spec_ref (RnlToolSpec *self);
void rnl_tool_spec_unref (RnlToolSpec *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlToolSpec, rnl_tool_spec_unref)

G_END_DECLS
