/* main.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "rnl-application.h"
#include "rnl-heap.h"

int
main (int argc, char **argv)
{
  g_autoptr (RnlApplication) application = NULL;
  const char *localedir = g_getenv ("RUNNEL_LOCALEDIR");

  rnl_heap_set_up ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : RNL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = rnl_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
