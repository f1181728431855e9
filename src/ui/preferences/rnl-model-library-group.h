/* rnl-model-library-group.h: the models on the disk of a server, and those on their way to it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rnl-workspace.h"

G_BEGIN_DECLS

#define RNL_TYPE_MODEL_LIBRARY_GROUP (rnl_model_library_group_get_type ())
G_DECLARE_FINAL_TYPE (
  RnlModelLibraryGroup, rnl_model_library_group, RNL, MODEL_LIBRARY_GROUP, AdwPreferencesGroup)

void rnl_model_library_group_set_account (RnlModelLibraryGroup *self,
                                          RnlWorkspace *workspace,
                                          RnlAccount *account);

G_END_DECLS
