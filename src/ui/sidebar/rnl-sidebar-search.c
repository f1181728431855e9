/* rnl-sidebar-search.c: what is found in all chats
 *
 * What is listed follows the library: when it has changed, it is asked again, and rows come, go and
 * change their places, but those of the same chats stay what they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-sidebar-private.h"

#include "rnl-search-row.h"

#define MAX_RESULTS 100

/* The library has not changed for so long when it is asked again, in milliseconds. */
#define REFRESH_MS 250

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RnlSidebar *self)
{
  gtk_list_item_set_child (item, rnl_search_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RnlSidebar *self)
{
  rnl_search_row_set_item (RNL_SEARCH_ROW (gtk_list_item_get_child (item)),
                           gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RnlSidebar *self)
{
  rnl_search_row_set_item (RNL_SEARCH_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
result_activate_cb (RnlSidebar *self, guint position)
{
  g_autoptr (RnlSearchItem) item = g_list_model_get_item (G_LIST_MODEL (self->results), position);
  RnlChat *chat = item != NULL
                    ? rnl_library_find_chat (self->library, rnl_search_item_get_chat_id (item))
                    : NULL;
  const char *message_id = item != NULL ? rnl_search_item_get_message_id (item) : NULL;

  if (chat != NULL && message_id != NULL)
    g_signal_emit_by_name (self, "open-message", chat, message_id);
  else if (chat != NULL)
    g_signal_emit_by_name (self, "open-chat", chat);
}

/* Enter goes to the first hit, and waits for it while there is none yet. */
static void
search_activate_cb (RnlSidebar *self)
{
  const char *query = gtk_editable_get_text (self->search_entry);

  if (*query == '\0')
    return;

  if (self->search == NULL && g_strcmp0 (query, self->shown_query) == 0)
    {
      result_activate_cb (self, 0);
      return;
    }
  g_free (self->wanted_query);
  self->wanted_query = g_strdup (query);
}

/* One hit of each chat, in the order of the first: a message rather than the title. */
static GPtrArray *
group_hits (GPtrArray *hits)
{
  g_autoptr (GHashTable) positions = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *groups = g_ptr_array_new ();

  for (guint i = 0; i < hits->len; i++)
    {
      RnlSearchHit *hit = g_ptr_array_index (hits, i);
      gpointer position;

      if (!g_hash_table_lookup_extended (positions, hit->chat_id, NULL, &position))
        {
          g_hash_table_insert (positions, hit->chat_id, GUINT_TO_POINTER (groups->len));
          g_ptr_array_add (groups, hit);
        }
      else if (((RnlSearchHit *) groups->pdata[GPOINTER_TO_UINT (position)])->message_id == NULL)
        groups->pdata[GPOINTER_TO_UINT (position)] = hit;
    }

  return groups;
}

static gboolean
has_focus (RnlSidebar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->result_view));
}

/* (element-type RnlSearchItem): for each of HITS; that of a chat which is listed stays. */
static GPtrArray *
make_items (RnlSidebar *self, GPtrArray *hits)
{
  g_autoptr (GHashTable) listed
    = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  RnlSearchItem *item;

  for (guint i = 0; (item = g_list_model_get_item (G_LIST_MODEL (self->results), i)) != NULL; i++)
    g_hash_table_insert (listed, (gpointer) rnl_search_item_get_chat_id (item), item);
  for (guint i = 0; i < hits->len; i++)
    {
      const RnlSearchHit *hit = hits->pdata[i];

      item = g_hash_table_lookup (listed, hit->chat_id);
      if (item != NULL)
        rnl_search_item_set_hit (item, hit);
      g_ptr_array_add (items, item != NULL ? g_object_ref (item) : rnl_search_item_new (hit));
    }

  return items;
}

static gboolean
is_at (RnlSidebar *self, guint position, gpointer wanted)
{
  g_autoptr (RnlSearchItem) item = g_list_model_get_item (G_LIST_MODEL (self->results), position);

  return item == wanted;
}

/* In one change, of what differs. */
static void
list_items (RnlSidebar *self, GPtrArray *items)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->results));
  guint common = MIN (n, items->len);
  guint above = 0, below = 0;

  while (above < common && is_at (self, above, items->pdata[above]))
    above++;
  while (below < common - above
         && is_at (self, n - 1 - below, items->pdata[items->len - 1 - below]))
    below++;
  if (n - above - below > 0 || items->len - above - below > 0)
    g_list_store_splice (self->results, above, n - above - below, items->pdata + above,
                         items->len - above - below);
}

static void
show_hits (RnlSidebar *self, GPtrArray *hits)
{
  const char *query = gtk_editable_get_text (self->search_entry);
  g_autoptr (GPtrArray) groups = group_hits (hits);
  g_autoptr (GPtrArray) items = NULL;
  gboolean had_focus = has_focus (self);
  g_autofree char *wanted = NULL;

  /* Those of other words are seen from the first on. */
  if (g_strcmp0 (query, self->shown_query) != 0)
    g_list_store_remove_all (self->results);
  items = make_items (self, groups);
  list_items (self, items);
  rnl_sidebar_update_stack (self);
  if (had_focus && !has_focus (self))
    gtk_widget_grab_focus (items->len > 0 ? GTK_WIDGET (self->result_view)
                                          : GTK_WIDGET (self->search_entry));
  g_free (self->shown_query);
  self->shown_query = g_strdup (query);
  wanted = g_steal_pointer (&self->wanted_query);
  if (g_strcmp0 (wanted, self->shown_query) == 0)
    result_activate_cb (self, 0);
}

static void
search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlSidebar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = rnl_library_search_finish (RNL_LIBRARY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->search);
  if (error != NULL)
    g_warning ("The search failed: %s", error->message);
  if (hits == NULL)
    hits = g_ptr_array_new ();
  show_hits (self, hits);
}

static void
cancel_search (RnlSidebar *self)
{
  if (self->search != NULL)
    g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_handle_id (&self->refresh, g_source_remove);
}

/* Asks for what is found now. */
static void
search (RnlSidebar *self)
{
  const char *query = gtk_editable_get_text (self->search_entry);

  cancel_search (self);
  if (*query == '#')
    {
      g_autoptr (GPtrArray) hits = rnl_sidebar_find_labelled (self, query + 1);

      show_hits (self, hits);
      return;
    }
  self->search = g_cancellable_new ();
  rnl_library_search_async (self->library, query, MAX_RESULTS, self->search, search_cb,
                            g_object_ref (self));
}

static void
search_changed_cb (RnlSidebar *self)
{
  if (*gtk_editable_get_text (self->search_entry) != '\0' && self->library != NULL)
    {
      search (self);
      return;
    }
  rnl_sidebar_drop_search (self);
  g_list_store_remove_all (self->results);
  rnl_sidebar_update_stack (self);
}

static void
stop_search_cb (RnlSidebar *self)
{
  gtk_editable_set_text (self->search_entry, "");
}

static gboolean
refresh_cb (gpointer user_data)
{
  RnlSidebar *self = user_data;

  self->refresh = 0;
  search (self);

  return G_SOURCE_REMOVE;
}

static void
contents_changed_cb (RnlSidebar *self)
{
  g_clear_handle_id (&self->refresh, g_source_remove);
  if (*gtk_editable_get_text (self->search_entry) != '\0')
    self->refresh = g_timeout_add (REFRESH_MS, refresh_cb, self);
}

void
rnl_sidebar_watch_contents (RnlSidebar *self)
{
  g_signal_connect_object (self->library, "contents-changed", G_CALLBACK (contents_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

/* Nothing is looked for any more. */
void
rnl_sidebar_drop_search (RnlSidebar *self)
{
  cancel_search (self);
  g_clear_pointer (&self->shown_query, g_free);
  g_clear_pointer (&self->wanted_query, g_free);
}

void
rnl_sidebar_init_search (RnlSidebar *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  self->results = g_list_store_new (RNL_TYPE_SEARCH_ITEM);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->results)));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  gtk_list_view_set_factory (self->result_view, factory);
  gtk_list_view_set_model (self->result_view, GTK_SELECTION_MODEL (selection));
}

void
rnl_sidebar_install_search (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RnlSidebar, result_view);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, result_activate_cb);
}
