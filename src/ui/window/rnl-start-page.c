/* rnl-start-page.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-start-page.h"

#include <glib/gi18n.h>

#include "rnl-compat-accessible.h"
#include "rnl-compat.h"
#include "rnl-frame-task.h"
#include "rnl-local-servers.h"
#include "rnl-model-words.h"
#include "rnl-offline-helper.h"

#define APP_ICON RNL_RESOURCE_BASE "/icons/96x96/apps/" RNL_APP_ID ".png"

/* Below this the icon gives way, so that the first example is seen; in pixels. */
#define ROOMY_HEIGHT  400
#define ROOMY_MARGIN  24
#define SCARCE_MARGIN 6

/**
 * RnlStartPage:
 *
 * What this is in one sentence, which model answers now, prompts that really work with it, and one
 * button to connect another. Servers that run on this computer are looked for once, when the page
 * is first seen and there is no account yet. Signals: `example (text)`, `use-server
 * (RnlLocalServer)`.
 */
struct _RnlStartPage
{
  GtkWidget parent_instance;

  /* template children */
  GtkScrolledWindow *scroller;
  GtkWidget *clamp;
  GtkImage *icon;
  GtkWidget *title;
  GtkLabel *model_label;
  GtkListBox *examples;
  GtkBox *servers;
  GtkWidget *connect_button;

  /* owned */
  RnlAccounts *accounts;
  GCancellable *search;

  RnlFrameTask fit;
};

enum
{
  EXAMPLE,
  USE_SERVER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlStartPage, rnl_start_page, GTK_TYPE_WIDGET)

static void
example_activated_cb (RnlStartPage *self, GtkListBoxRow *row)
{
  const char *const *examples = rnl_offline_helper_get_examples ();

  g_signal_emit (self, signals[EXAMPLE], 0, examples[gtk_list_box_row_get_index (row)]);
}

/* In a grid: a box asks text that wraps how wide it is for each height, which costs a quarter of
 * the time the program takes to start. */
static GtkWidget *
make_example (const char *question)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *label = gtk_label_new (question);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (arrow, "dim-label");
  gtk_grid_attach (GTK_GRID (grid), label, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), arrow, 1, 0, 1, 1);
  gtk_widget_add_css_class (grid, "example");

  return grid;
}

static void
add_examples (RnlStartPage *self)
{
  const char *const *examples = rnl_offline_helper_get_examples ();

  for (gsize i = 0; examples[i] != NULL; i++)
    {
      GtkWidget *row = gtk_list_box_row_new ();

      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), make_example (examples[i]));
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      examples[i], -1);
      gtk_list_box_append (self->examples, row);
    }
}

/* Servers on this computer. */

/* "127.0.0.1:11434" */
static char *
dup_place (const char *base_url)
{
  g_autoptr (GUri) uri = g_uri_parse (base_url, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL)
    return g_strdup (base_url);

  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
}

static void
server_clicked_cb (GtkButton *button, RnlStartPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->servers), FALSE);
  g_signal_emit (self, signals[USE_SERVER], 0, g_object_get_data (G_OBJECT (button), "rnl-server"));
}

static void
add_server (RnlStartPage *self, const RnlLocalServer *server)
{
  g_autofree char *place = dup_place (server->base_url);
  /* Translators: %1$s is a program such as "Ollama", %2$s an address */
  g_autofree char *label = g_strdup_printf (_ ("Use %1$s at %2$s"), server->title, place);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "rnl-server", rnl_local_server_copy (server),
                          (GDestroyNotify) rnl_local_server_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (server_clicked_cb), self, 0);
  gtk_box_append (self->servers, button);
  gtk_widget_set_visible (GTK_WIDGET (self->servers), TRUE);
}

static void
servers_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlStartPage) self = user_data;
  g_autoptr (GPtrArray) servers = rnl_local_servers_find_finish (result, NULL);

  /* Cancelled: the page is gone. */
  for (guint i = 0; servers != NULL && i < servers->len; i++)
    add_server (self, g_ptr_array_index (servers, i));
}

static void
fit_cb (GtkWidget *widget)
{
  RnlStartPage *self = RNL_START_PAGE (widget);
  gboolean roomy
    = gtk_adjustment_get_page_size (gtk_scrolled_window_get_vadjustment (self->scroller))
      >= ROOMY_HEIGHT;
  int margin = roomy ? ROOMY_MARGIN : SCARCE_MARGIN;

  gtk_widget_set_visible (GTK_WIDGET (self->icon), roomy);
  gtk_widget_set_margin_top (self->clamp, margin);
  gtk_widget_set_margin_bottom (self->clamp, margin);
  gtk_widget_set_margin_top (GTK_WIDGET (self->examples), margin);
  (roomy ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->title, "title-2");
  (roomy ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (self->title, "heading");
}

/* Not at once: this is told while sizes are being given. */
static void
height_changed_cb (RnlStartPage *self)
{
  rnl_frame_task_queue (&self->fit);
}

static void
find_servers (GtkWidget *widget)
{
  RnlStartPage *self = RNL_START_PAGE (widget);

  if (self->accounts == NULL || self->search != NULL
      || g_list_model_get_n_items (G_LIST_MODEL (self->accounts)) > 0)
    return;

  self->search = g_cancellable_new ();
  rnl_local_servers_find_async (NULL, self->search, servers_found_cb, g_object_ref (self));
}

static void
rnl_start_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rnl_start_page_parent_class)->map (widget);

  /* The first question brings the network in, which nobody waits for at the start. */
  rnl_frame_when_painted (widget, find_servers);
}

static void
rnl_start_page_dispose (GObject *object)
{
  RnlStartPage *self = RNL_START_PAGE (object);

  if (self->search != NULL)
    g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_object (&self->accounts);
  rnl_frame_task_clear (&self->fit);
  gtk_widget_dispose_template (GTK_WIDGET (object), RNL_TYPE_START_PAGE);

  G_OBJECT_CLASS (rnl_start_page_parent_class)->dispose (object);
}

static void
rnl_start_page_class_init (RnlStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_start_page_dispose;
  widget_class->map = rnl_start_page_map;

  signals[EXAMPLE] = g_signal_new ("example", RNL_TYPE_START_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[USE_SERVER] = g_signal_new ("use-server", RNL_TYPE_START_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, RNL_TYPE_LOCAL_SERVER);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RNL_RESOURCE_BASE "/ui/rnl-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, icon);
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, clamp);
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, title);
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, model_label);
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, examples);
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, servers);
  gtk_widget_class_bind_template_child (widget_class, RnlStartPage, connect_button);
  gtk_widget_class_bind_template_callback (widget_class, example_activated_cb);
}

static void
rnl_start_page_init (RnlStartPage *self)
{
  g_autoptr (GIcon) icon = rnl_compat_own_icon (RNL_APP_ID, APP_ICON);

  gtk_widget_init_template (GTK_WIDGET (self));
  rnl_compat_name_buttons (GTK_WIDGET (self));
  gtk_image_set_from_gicon (self->icon, icon);
  add_examples (self);
  rnl_frame_task_init (&self->fit, GTK_WIDGET (self), fit_cb);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller),
                           "notify::page-size", G_CALLBACK (height_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * rnl_start_page_set_model:
 * @self: a start page
 * @model: who will answer
 */
void
rnl_start_page_set_model (RnlStartPage *self, RnlChatModel *model)
{
  const char *note = rnl_model_words_note (model);
  g_autofree char *text = NULL;

  g_return_if_fail (RNL_IS_START_PAGE (self));

  if (note != NULL)
    /* Translators: %1$s is a model's name, %2$s a note such as "rules, not AI" */
    text = g_strdup_printf (_ ("%1$s answers now: %2$s"), rnl_model_words_title (model), note);
  else
    text = g_strdup_printf (_ ("%s answers now"), rnl_model_words_title (model));
  gtk_label_set_label (self->model_label, text);
}

/**
 * rnl_start_page_set_accounts:
 * @self: a start page
 * @accounts: what is connected already; while it is empty, servers on this computer are offered
 */
void
rnl_start_page_set_accounts (RnlStartPage *self, RnlAccounts *accounts)
{
  g_return_if_fail (RNL_IS_START_PAGE (self));

  g_set_object (&self->accounts, accounts);
}
