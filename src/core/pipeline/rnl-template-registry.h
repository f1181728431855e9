/* rnl-template-registry.h: prompt templates by name and version
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-prompt-template.h"

G_BEGIN_DECLS

/**
 * RNL_TEMPLATE_NAME_MAX:
 *
 * The longest name a template may have, in characters.
 */
#define RNL_TEMPLATE_NAME_MAX 126

#define RNL_TYPE_TEMPLATE_REGISTRY (rnl_template_registry_get_type ())
G_DECLARE_FINAL_TYPE (RnlTemplateRegistry, rnl_template_registry, RNL, TEMPLATE_REGISTRY, GObject)

RnlTemplateRegistry *rnl_template_registry_new (const char *path);
gboolean rnl_template_registry_load (RnlTemplateRegistry *self, GError **error);

char *rnl_template_registry_register (RnlTemplateRegistry *self,
                                      const char *name,
                                      const char *version,
                                      RnlPromptTemplate *prompt,
                                      GError **error);
RnlPromptTemplate *rnl_template_registry_lookup (RnlTemplateRegistry *self,
                                                 const char *name,
                                                 const char *version,
                                                 GError **error);
GStrv rnl_template_registry_list_names (RnlTemplateRegistry *self);
GStrv rnl_template_registry_list_versions (RnlTemplateRegistry *self, const char *name);

void rnl_template_registry_save_async (RnlTemplateRegistry *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
rnl_template_registry_save_finish (RnlTemplateRegistry *self, GAsyncResult *result, GError **error);

G_END_DECLS
