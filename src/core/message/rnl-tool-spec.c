/* rnl-tool-spec.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tool-spec.h"

G_DEFINE_BOXED_TYPE (RnlToolSpec, rnl_tool_spec, rnl_tool_spec_ref, rnl_tool_spec_unref)

/**
 * rnl_tool_spec_new:
 * @name: the name for the model
 * @title: the name for a person
 * @description: what it does, for the model
 * @parameters: a JSON Schema of type "object" as JSON text; a programmer's error when it is not
 * JSON
 *
 * Returns: (transfer full): a new spec
 */
RnlToolSpec *
rnl_tool_spec_new (const char *name,
                   const char *title,
                   const char *description,
                   const char *parameters)
{
  RnlToolSpec *self = g_rc_box_new0 (RnlToolSpec);
  g_autoptr (GError) error = NULL;

  self->name = g_strdup (name);
  self->title = g_strdup (title);
  self->description = g_strdup (description);
  self->parameters = json_from_string (parameters, &error);
  if (self->parameters == NULL)
    g_error ("the schema of tool %s: %s", name, error != NULL ? error->message : "empty");
  json_node_seal (self->parameters);

  return self;
}

/**
 * rnl_tool_spec_ref:
 * @self: a spec
 *
 * Returns: (transfer full): the same spec, with one more reference
 */
RnlToolSpec *
rnl_tool_spec_ref (RnlToolSpec *self)
{
  return g_rc_box_acquire (self);
}

static void
rnl_tool_spec_clear (gpointer data)
{
  RnlToolSpec *self = data;

  g_free (self->name);
  g_free (self->title);
  g_free (self->description);
  json_node_unref (self->parameters);
}

/**
 * rnl_tool_spec_unref:
 * @self: (transfer full): a spec
 *
 * Drops a reference; the last one frees it.
 */
void
rnl_tool_spec_unref (RnlToolSpec *self)
{
  g_rc_box_release_full (self, rnl_tool_spec_clear);
}
