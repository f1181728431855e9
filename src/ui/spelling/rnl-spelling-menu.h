/* rnl-spelling-menu.h: what to do about a word that is marked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-spelling-marks.h"

G_BEGIN_DECLS

#define RNL_TYPE_SPELLING_MENU (rnl_spelling_menu_get_type ())
G_DECLARE_FINAL_TYPE (RnlSpellingMenu, rnl_spelling_menu, RNL, SPELLING_MENU, GObject)

RnlSpellingMenu *rnl_spelling_menu_new (RnlSpellingMarks *marks);
gboolean rnl_spelling_menu_open (RnlSpellingMenu *self, const GtkTextIter *at);

G_END_DECLS
