/* rnl-suggestion.h: one thing a composer offers while something is being written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RNL_TYPE_SUGGESTION (rnl_suggestion_get_type ())
G_DECLARE_FINAL_TYPE (RnlSuggestion, rnl_suggestion, RNL, SUGGESTION, GObject)

RnlSuggestion *rnl_suggestion_new_action (const char *title,
                                          const char *icon_name,
                                          const char *action,
                                          const char *target);
RnlSuggestion *rnl_suggestion_new_object (const char *title,
                                          const char *detail,
                                          const char *icon_name,
                                          gpointer object);

const char *rnl_suggestion_get_title (RnlSuggestion *self);
const char *rnl_suggestion_get_detail (RnlSuggestion *self);
const char *rnl_suggestion_get_icon_name (RnlSuggestion *self);
const char *rnl_suggestion_get_action (RnlSuggestion *self);
const char *rnl_suggestion_get_target (RnlSuggestion *self);
gpointer rnl_suggestion_get_object (RnlSuggestion *self);
guint rnl_suggestion_match (RnlSuggestion *self, const char *folded);

G_END_DECLS
