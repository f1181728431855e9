/* rnl-draft-file.h: a file that shall go along with the next message
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-library.h"
#include "rnl-part.h"

G_BEGIN_DECLS

#define RNL_TYPE_DRAFT_FILE (rnl_draft_file_get_type ())
G_DECLARE_FINAL_TYPE (RnlDraftFile, rnl_draft_file, RNL, DRAFT_FILE, GObject)

RnlDraftFile *rnl_draft_file_new_for_file (GFile *file);
RnlDraftFile *rnl_draft_file_new_for_texture (GdkTexture *texture);
RnlDraftFile *rnl_draft_file_new_for_part (RnlPart *part);
RnlDraftFile *rnl_draft_file_new_for_chat (RnlLibrary *library, RnlChat *chat);

const char *rnl_draft_file_get_name (RnlDraftFile *self);
RnlPart *rnl_draft_file_get_part (RnlDraftFile *self);
const char *rnl_draft_file_get_problem (RnlDraftFile *self);
gboolean rnl_draft_file_get_loading (RnlDraftFile *self);

G_END_DECLS
