/* rnl-search-item.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-search-item.h"

#include <string.h>

#include "rnl-plain-line.h"

struct _RnlSearchItem
{
  GObject parent_instance;

  /* owned */
  char *chat_id;
  char *message_id;
  char *title;
  char *markup;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * RnlSearchItem:
 *
 * Signals: `changed`: another hit of the same chat, or another title, is to be shown.
 */
G_DEFINE_FINAL_TYPE (RnlSearchItem, rnl_search_item, G_TYPE_OBJECT)

static void
rnl_search_item_finalize (GObject *object)
{
  RnlSearchItem *self = RNL_SEARCH_ITEM (object);

  g_free (self->chat_id);
  g_free (self->message_id);
  g_free (self->title);
  g_free (self->markup);

  G_OBJECT_CLASS (rnl_search_item_parent_class)->finalize (object);
}

static void
rnl_search_item_class_init (RnlSearchItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_search_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", RNL_TYPE_SEARCH_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
rnl_search_item_init (RnlSearchItem *self)
{
}

/* The markers around the match become bold; an end marker may have been cut off. */
static char *
snippet_markup (const char *snippet)
{
  g_autofree char *plain = rnl_plain_line (snippet);
  g_autofree char *escaped = g_markup_escape_text (plain, -1);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean bold = FALSE;

  for (const char *p = escaped; *p != '\0';)
    {
      gboolean begin = g_str_has_prefix (p, "&#x2;");
      gboolean end = g_str_has_prefix (p, "&#x3;");

      if ((begin && !bold) || (end && bold))
        {
          g_string_append (out, begin ? "<b>" : "</b>");
          bold = begin;
        }
      if (begin || end)
        p += strlen ("&#x2;");
      else
        {
          g_string_append_c (out, *p == '\n' ? ' ' : *p);
          p++;
        }
    }
  if (bold)
    g_string_append (out, "</b>");

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * rnl_search_item_new:
 * @hit: a place that matched; copied
 *
 * Returns: (transfer full): an item for a list
 */
RnlSearchItem *
rnl_search_item_new (const RnlSearchHit *hit)
{
  RnlSearchItem *self = g_object_new (RNL_TYPE_SEARCH_ITEM, NULL);

  self->chat_id = g_strdup (hit->chat_id);
  rnl_search_item_set_hit (self, hit);

  return self;
}

/**
 * rnl_search_item_set_hit:
 * @self: an item
 * @hit: a place in the same chat; copied
 *
 * Stands for that place from now on.
 */
void
rnl_search_item_set_hit (RnlSearchItem *self, const RnlSearchHit *hit)
{
  g_autofree char *markup = snippet_markup (hit->snippet);
  gboolean same = g_strcmp0 (self->title, hit->title) == 0 && g_strcmp0 (self->markup, markup) == 0;

  g_return_if_fail (RNL_IS_SEARCH_ITEM (self));
  g_return_if_fail (g_strcmp0 (self->chat_id, hit->chat_id) == 0);

  g_free (self->message_id);
  self->message_id = g_strdup (hit->message_id);
  if (same)
    return;
  g_free (self->title);
  g_free (self->markup);
  self->title = g_strdup (hit->title);
  self->markup = g_steal_pointer (&markup);
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
rnl_search_item_get_chat_id (RnlSearchItem *self)
{
  return self->chat_id;
}

/**
 * rnl_search_item_get_message_id:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): which message matched; `NULL` when the title did
 */
const char *
rnl_search_item_get_message_id (RnlSearchItem *self)
{
  return self->message_id;
}

const char *
rnl_search_item_get_title (RnlSearchItem *self)
{
  return self->title;
}

/**
 * rnl_search_item_get_markup:
 * @self: an item
 *
 * Returns: (transfer none): the snippet as Pango markup, the match bold
 */
const char *
rnl_search_item_get_markup (RnlSearchItem *self)
{
  return self->markup;
}
