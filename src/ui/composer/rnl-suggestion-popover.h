/* rnl-suggestion-popover.h: what is offered, above the place where it is being written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-suggestion.h"

G_BEGIN_DECLS

#define RNL_TYPE_SUGGESTION_POPOVER (rnl_suggestion_popover_get_type ())
G_DECLARE_FINAL_TYPE (
  RnlSuggestionPopover, rnl_suggestion_popover, RNL, SUGGESTION_POPOVER, GtkPopover)

GtkWidget *rnl_suggestion_popover_new (GtkWidget *entry);
gboolean
rnl_suggestion_popover_show (RnlSuggestionPopover *self, GListModel *suggestions, const char *text);
void rnl_suggestion_popover_hide (RnlSuggestionPopover *self);
gboolean rnl_suggestion_popover_press (RnlSuggestionPopover *self, guint keyval);

G_END_DECLS
