/* rnl-chat-print.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-print.h"

#include "rnl-print-pages.h"

#define MARGIN_MM 15

/* Laid out at a time, so that the window stays alive while a long chat is. */
#define ITEMS_AT_A_TIME 100

static void
begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, RnlPrintPages *pages)
{
  PangoContext *pango = gtk_print_context_create_pango_context (context);

  rnl_print_pages_begin (pages, pango, gtk_print_context_get_width (context),
                         gtk_print_context_get_height (context));
  g_object_unref (pango);
}

static gboolean
paginate_cb (GtkPrintOperation *operation, GtkPrintContext *context, RnlPrintPages *pages)
{
  if (!rnl_print_pages_lay_out (pages, ITEMS_AT_A_TIME))
    return FALSE;

  gtk_print_operation_set_n_pages (operation, (int) rnl_print_pages_get_n_pages (pages));

  return TRUE;
}

static void
draw_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, RnlPrintPages *pages)
{
  rnl_print_pages_draw (pages, (guint) page, gtk_print_context_get_cairo_context (context));
}

static GtkPageSetup *
make_page_setup (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();

  gtk_page_setup_set_top_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, MARGIN_MM, GTK_UNIT_MM);

  return setup;
}

/**
 * rnl_chat_print_new:
 * @title: of the chat
 * @messages: (element-type RnlMessage): all of it
 *
 * Makes pages of a chat: what is said, the names of tools and files, neither thinking nor what
 * tools gave. No line is cut: where one does not fit on a page, the next page begins.
 *
 * Returns: (transfer full): an operation to be run
 */
GtkPrintOperation *
rnl_chat_print_new (const char *title, GPtrArray *messages)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = make_page_setup ();
  g_autoptr (GPtrArray) items = rnl_print_items_new (title);
  RnlPrintPages *pages;

  for (guint i = 0; i < messages->len; i++)
    rnl_print_items_add_message (items, messages->pdata[i]);
  pages = rnl_print_pages_new (items, title);
  g_object_set_data_full (G_OBJECT (operation), "rnl-pages", pages,
                          (GDestroyNotify) rnl_print_pages_free);

  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), pages);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), pages);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), pages);

  return operation;
}
