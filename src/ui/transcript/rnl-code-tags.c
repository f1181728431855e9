/* rnl-code-tags.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-code-tags.h"

#include <adwaita.h>

/* One table serves all code of the program: a change of the colours reaches everything at once.
 * Each colour has at least 4.5 times the contrast of the block's background. */
static struct
{
  GtkTextTagTable *table;
  GtkTextTag *tags[RNL_CODE_N_STYLES];
} code;

static const struct
{
  const char *light;
  const char *dark;
} colours[RNL_CODE_N_STYLES] = {
  [RNL_CODE_KEYWORD] = { "#813d9c", "#dc8add" }, [RNL_CODE_TYPE] = { "#1a5fb4", "#99c1f1" },
  [RNL_CODE_STRING] = { "#1c6b41", "#8fe0a8" },  [RNL_CODE_NUMBER] = { "#9c3d0b", "#ffbe6f" },
  [RNL_CODE_COMMENT] = { "#5e5c64", "#b0aeb5" }, [RNL_CODE_META] = { "#7a5300", "#f0d070" },
  [RNL_CODE_NAME] = { "#0d5f73", "#8bd5e3" },    [RNL_CODE_ADDED] = { "#1c6b41", "#8fe0a8" },
  [RNL_CODE_REMOVED] = { "#a51d2d", "#f89a9a" },
};

static void
update_colours (void)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  for (gsize i = 0; i < RNL_CODE_N_STYLES; i++)
    g_object_set (code.tags[i], "foreground", dark ? colours[i].dark : colours[i].light, NULL);
}

/**
 * rnl_code_tags_get_table:
 *
 * Returns: (transfer none): the tags of all code
 */
GtkTextTagTable *
rnl_code_tags_get_table (void)
{
  if (code.table != NULL)
    return code.table;

  code.table = gtk_text_tag_table_new ();
  for (gsize i = 0; i < RNL_CODE_N_STYLES; i++)
    {
      code.tags[i] = gtk_text_tag_new (NULL);
      gtk_text_tag_table_add (code.table, code.tags[i]);
      g_object_unref (code.tags[i]); /* The table keeps it. */
    }
  g_object_set (code.tags[RNL_CODE_COMMENT], "style", PANGO_STYLE_ITALIC, NULL);
  update_colours ();
  g_signal_connect (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update_colours),
                    NULL);

  return code.table;
}

/**
 * rnl_code_tags_get:
 * @style: what it is
 *
 * Returns: (transfer none): the tag for it
 */
GtkTextTag *
rnl_code_tags_get (RnlCodeStyle style)
{
  rnl_code_tags_get_table ();

  return code.tags[style];
}
