/* rnl-chat-list.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chat-list.h"

struct _RnlChatList
{
  GObject parent_instance;

  /* owned */
  GPtrArray *chats;
  GHashTable *by_id;
};

static GType
get_item_type (GListModel *model)
{
  return RNL_TYPE_CHAT;
}

static guint
get_n_items (GListModel *model)
{
  return RNL_CHAT_LIST (model)->chats->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  RnlChatList *self = RNL_CHAT_LIST (model);

  return position < self->chats->len ? g_object_ref (g_ptr_array_index (self->chats, position))
                                     : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlChatList,
                               rnl_chat_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
rnl_chat_list_dispose (GObject *object)
{
  RnlChatList *self = RNL_CHAT_LIST (object);

  for (guint i = 0; i < self->chats->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->chats, i), self);
  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->chats, 0);

  G_OBJECT_CLASS (rnl_chat_list_parent_class)->dispose (object);
}

static void
rnl_chat_list_finalize (GObject *object)
{
  RnlChatList *self = RNL_CHAT_LIST (object);

  g_ptr_array_unref (self->chats);
  g_hash_table_unref (self->by_id);

  G_OBJECT_CLASS (rnl_chat_list_parent_class)->finalize (object);
}

static void
rnl_chat_list_class_init (RnlChatListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_chat_list_dispose;
  object_class->finalize = rnl_chat_list_finalize;
}

static void
rnl_chat_list_init (RnlChatList *self)
{
  self->chats = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Those that are pinned, then the others, each newest first; equal times by id, so that the order
 * is one. */
static gint
compare (RnlChat *a, RnlChat *b)
{
  gint pinned = rnl_chat_get_pinned (b) - rnl_chat_get_pinned (a);
  gint64 x = rnl_chat_get_updated (a), y = rnl_chat_get_updated (b);

  if (pinned != 0)
    return pinned;
  if (x != y)
    return x > y ? -1 : 1;

  return g_strcmp0 (rnl_chat_get_id (b), rnl_chat_get_id (a));
}

static gint
compare_pointers (gconstpointer a, gconstpointer b)
{
  return compare (*(RnlChat *const *) a, *(RnlChat *const *) b);
}

/* Returns: where CHAT, which is not there now, belongs */
static guint
find_place (RnlChatList *self, RnlChat *chat)
{
  guint low = 0, high = self->chats->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare (g_ptr_array_index (self->chats, middle), chat) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
moved_cb (RnlChat *chat, GParamSpec *pspec, RnlChatList *self)
{
  guint from, to, first, count;

  if (!g_ptr_array_find (self->chats, chat, &from))
    return;
  g_ptr_array_steal_index (self->chats, from);
  to = find_place (self, chat);
  g_ptr_array_insert (self->chats, (gint) to, chat);
  if (from == to)
    return;

  first = MIN (from, to);
  count = MAX (from, to) - first + 1;
  g_list_model_items_changed (G_LIST_MODEL (self), first, count, count);
}

static void
watch (RnlChatList *self, RnlChat *chat)
{
  g_hash_table_insert (self->by_id, g_strdup (rnl_chat_get_id (chat)), chat);
  g_signal_connect (chat, "notify::updated", G_CALLBACK (moved_cb), self);
  g_signal_connect (chat, "notify::pinned", G_CALLBACK (moved_cb), self);
}

RnlChatList *
rnl_chat_list_new (void)
{
  return g_object_new (RNL_TYPE_CHAT_LIST, NULL);
}

/**
 * rnl_chat_list_find:
 * @self: a list
 * @id: a chat's id
 *
 * Returns: (transfer none) (nullable): the chat with that id
 */
RnlChat *
rnl_chat_list_find (RnlChatList *self, const char *id)
{
  g_return_val_if_fail (RNL_IS_CHAT_LIST (self), NULL);

  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

/**
 * rnl_chat_list_add:
 * @self: a list
 * @chat: a chat; nothing happens when its id is in the list
 */
void
rnl_chat_list_add (RnlChatList *self, RnlChat *chat)
{
  guint position;

  g_return_if_fail (RNL_IS_CHAT_LIST (self));
  g_return_if_fail (RNL_IS_CHAT (chat));

  if (g_hash_table_contains (self->by_id, rnl_chat_get_id (chat)))
    return;
  position = find_place (self, chat);
  g_ptr_array_insert (self->chats, (gint) position, g_object_ref (chat));
  watch (self, chat);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/**
 * rnl_chat_list_add_many:
 * @self: a list
 * @chats: (element-type RnlChat): chats; those whose id is in the list are left out
 *
 * Adds them with one signal.
 */
void
rnl_chat_list_add_many (RnlChatList *self, GPtrArray *chats)
{
  guint before = self->chats->len;

  g_return_if_fail (RNL_IS_CHAT_LIST (self));

  for (guint i = 0; i < chats->len; i++)
    {
      RnlChat *chat = g_ptr_array_index (chats, i);

      if (g_hash_table_contains (self->by_id, rnl_chat_get_id (chat)))
        continue;
      g_ptr_array_add (self->chats, g_object_ref (chat));
      watch (self, chat);
    }
  if (self->chats->len == before)
    return;

  g_ptr_array_sort (self->chats, compare_pointers);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->chats->len);
}

/**
 * rnl_chat_list_remove:
 * @self: a list
 * @id: a chat's id
 *
 * Returns: (transfer full) (nullable): the chat that was taken out
 */
RnlChat *
rnl_chat_list_remove (RnlChatList *self, const char *id)
{
  RnlChat *chat = rnl_chat_list_find (self, id);
  guint position;

  if (chat == NULL || !g_ptr_array_find (self->chats, chat, &position))
    return NULL;

  g_signal_handlers_disconnect_by_data (chat, self);
  g_hash_table_remove (self->by_id, rnl_chat_get_id (chat));
  g_ptr_array_steal_index (self->chats, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);

  return chat;
}
