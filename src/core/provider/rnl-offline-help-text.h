/* rnl-offline-help-text.h: what the helper knows about Runnel
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RnlOfflineHelpSection:
 * @title: a heading
 * @keywords: folded words people use for it, between blanks
 * @body: Markdown
 */
typedef struct
{
  const char *title;
  const char *keywords;
  const char *body;
} RnlOfflineHelpSection;

const RnlOfflineHelpSection *rnl_offline_help_get_sections (gsize *n_sections);

G_END_DECLS
