/* rnl-announcer.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-announcer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-compat-accessible.h"
#include "rnl-error-text.h"
#include "rnl-message.h"
#include "rnl-spoken-text.h"
#include "rnl-tool-look.h"

/**
 * RnlAnnouncer:
 *
 * Follows the newest answer of a conversation, whether it is in view or not, and tells a screen
 * reader of its words, its tools and its end, in that order and never more often than once in
 * %RNL_ANNOUNCER_INTERVAL. GTK 4.14 has a way to say something; before, it is the name of a status.
 *
 * Nothing ticks: a timer is there while something waits to be said, or text has come.
 */
struct _RnlAnnouncer
{
  GObject parent_instance;

  /* borrowed: it outlives this */
  GtkWidget *status;

  /* owned */
  GListModel *messages;
  RnlMessage *message; /* the newest, when it is an answer */
  GHashTable *spoken;  /* RnlPart -> RnlSpokenText */
  GQueue waiting;      /* Saying */
  char *last;

  RnlAnnounceWords words;
  gboolean live;      /* the message was being written when it was last looked at */
  gboolean has_words; /* text has come that was not looked at */
  guint count;
  gint64 said_at; /* monotonic, us; 0 for never */
  guint timer;
};

typedef struct
{
  RnlPart *call; /* of a tool's state: a later one replaces it; not owned, only compared */
  char *text;
  gboolean urgent;
} Saying;

enum
{
  PROP_LAST = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RnlAnnouncer, rnl_announcer, G_TYPE_OBJECT)

static gboolean timer_cb (gpointer user_data);

static void
saying_free (Saying *saying)
{
  g_free (saying->text);
  g_free (saying);
}

/* Saying. */

static void
say_now (RnlAnnouncer *self, const char *text, gboolean urgent)
{
  g_free (self->last);
  self->last = g_strdup (text);
  self->count++;
  self->said_at = g_get_monotonic_time ();
  rnl_compat_announce (self->status, text, urgent);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST]);
}

/* Of very many tools that change at once, the newest and a number. */
static void
fold_tools (RnlAnnouncer *self)
{
  guint n_tools = 0, n_left_out = 0;

  for (GList *l = self->waiting.tail, *previous; l != NULL; l = previous)
    {
      Saying *saying = l->data;

      previous = l->prev;
      if (saying->call == NULL || saying->urgent || n_tools++ < RNL_ANNOUNCER_MAX_TOOLS)
        continue;
      saying_free (saying);
      g_queue_delete_link (&self->waiting, l);
      n_left_out++;
    }
  if (n_left_out > 0)
    {
      Saying *rest = g_new0 (Saying, 1);

      rest->text
        = g_strdup_printf (ngettext ("%u more step", "%u more steps", n_left_out), n_left_out);
      g_queue_push_head (&self->waiting, rest);
    }
}

/* Returns: (transfer full): as much of TEXT as is said at once; the rest stays */
static char *
take_head (Saying *saying, gsize room)
{
  char *cut = g_utf8_find_prev_char (saying->text, saying->text + room);
  char *space = g_strrstr_len (saying->text, (gssize) room, " ");
  char *end = space != NULL ? space : cut;
  char *head = g_strndup (saying->text, (gsize) (end - saying->text));

  memmove (saying->text, end, strlen (end) + 1);
  g_strchug (saying->text);

  return head;
}

static void
append_saying (GString *text, const char *more)
{
  if (text->len > 0)
    g_string_append (text, g_ascii_ispunct (text->str[text->len - 1]) ? " " : ". ");
  g_string_append (text, more);
}

static void
flush (RnlAnnouncer *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean urgent = FALSE;

  fold_tools (self);
  while (!g_queue_is_empty (&self->waiting) && text->len < RNL_ANNOUNCER_MAX_BYTES)
    {
      Saying *saying = g_queue_peek_head (&self->waiting);
      gsize room = RNL_ANNOUNCER_MAX_BYTES - text->len;

      urgent = urgent || saying->urgent;
      if (strlen (saying->text) > room)
        {
          g_autofree char *head = take_head (saying, room);

          append_saying (text, head);
          break;
        }
      append_saying (text, saying->text);
      saying_free (g_queue_pop_head (&self->waiting));
    }
  if (text->len > 0)
    say_now (self, text->str, urgent);
}

static void
schedule (RnlAnnouncer *self, gint64 wait)
{
  if (self->timer == 0)
    self->timer = g_timeout_add ((guint) wait, timer_cb, self);
}

/* Says what waits, or sees to it that it will be said. */
static void
pump (RnlAnnouncer *self)
{
  gint64 elapsed = (g_get_monotonic_time () - self->said_at) / 1000;

  if (g_queue_is_empty (&self->waiting))
    return;

  if (self->said_at == 0 || elapsed >= RNL_ANNOUNCER_INTERVAL)
    {
      flush (self);
      elapsed = 0;
    }
  if (!g_queue_is_empty (&self->waiting))
    schedule (self, RNL_ANNOUNCER_INTERVAL - elapsed);
}

static void
queue (RnlAnnouncer *self, RnlPart *call, const char *text, gboolean urgent)
{
  Saying *saying = g_new0 (Saying, 1);

  for (GList *l = self->waiting.head; call != NULL && l != NULL; l = l->next)
    if (((Saying *) l->data)->call == call)
      {
        saying_free (l->data);
        g_queue_delete_link (&self->waiting, l);
        break;
      }
  saying->call = call;
  saying->text = g_strdup (text);
  saying->urgent = urgent;
  g_queue_push_tail (&self->waiting, saying);
  pump (self);
}

/* The words. */

/* Puts what has come of PART, by whole sentences, before what is said next. */
static void
take_words (RnlAnnouncer *self, RnlPart *part, gboolean complete)
{
  RnlSpokenText *spoken = g_hash_table_lookup (self->spoken, part);
  const char *text = rnl_part_get_text (part);
  g_autofree char *words = NULL;

  if (spoken == NULL || text == NULL || spoken->offset >= rnl_part_get_length (part))
    return;
  words = rnl_spoken_text_next (spoken, text, rnl_part_get_length (part), complete);
  if (words != NULL)
    queue (self, NULL, words, FALSE);
}

static void
take_all_words (RnlAnnouncer *self, gboolean complete)
{
  guint n = self->message != NULL ? rnl_message_get_n_parts (self->message) : 0;

  self->has_words = FALSE;
  if (self->words == RNL_ANNOUNCE_NEVER || (self->words == RNL_ANNOUNCE_END && !complete))
    return;

  for (guint i = 0; i < n; i++)
    {
      RnlPart *part = rnl_message_get_part (self->message, i);

      if (rnl_part_get_part_type (part) == RNL_PART_TEXT)
        take_words (self, part, complete || rnl_part_get_complete (part));
    }
}

static gboolean
timer_cb (gpointer user_data)
{
  RnlAnnouncer *self = user_data;

  self->timer = 0;
  if (self->has_words)
    take_all_words (self, FALSE);
  pump (self);

  return G_SOURCE_REMOVE;
}

static void
delta_cb (RnlAnnouncer *self)
{
  if (!self->live || self->has_words || self->words != RNL_ANNOUNCE_SENTENCES)
    return;

  self->has_words = TRUE;
  schedule (self, RNL_ANNOUNCER_INTERVAL);
}

/* Tools. */

static void
call_changed_cb (RnlAnnouncer *self, GParamSpec *pspec, RnlPart *call)
{
  RnlToolState state = rnl_part_get_state (call);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (!self->live || state == RNL_TOOL_PREPARING)
    return;

  take_all_words (self, FALSE);
  title = rnl_tool_look_title (call);
  if (state == RNL_TOOL_WAITING)
    text = g_strdup_printf (_ ("%s waits for your decision"), title);
  else
    /* Translators: a tool and its state: "Calculator: Done" */
    text = g_strdup_printf (_ ("%s: %s"), title, rnl_tool_look_state (state));
  queue (self, call, text, state == RNL_TOOL_WAITING);
}

/* Following an answer. */

/* Of what was there before, only a question is news. */
static void
add_part (RnlAnnouncer *self, RnlPart *part, gboolean is_new)
{
  RnlPartType type = rnl_part_get_part_type (part);

  g_hash_table_insert (self->spoken, g_object_ref (part), g_new0 (RnlSpokenText, 1));
  if (type == RNL_PART_TEXT)
    g_signal_connect_object (part, "delta", G_CALLBACK (delta_cb), self, G_CONNECT_SWAPPED);
  else if (type == RNL_PART_TOOL_CALL)
    g_signal_connect_object (part, "notify::state", G_CALLBACK (call_changed_cb), self,
                             G_CONNECT_SWAPPED);
  if (type == RNL_PART_TOOL_CALL && (is_new || rnl_part_get_state (part) == RNL_TOOL_WAITING))
    call_changed_cb (self, NULL, part);
  else if (type == RNL_PART_TEXT && !is_new)
    ((RnlSpokenText *) g_hash_table_lookup (self->spoken, part))->offset
      = rnl_part_get_length (part);
  else if (type == RNL_PART_TEXT && rnl_part_get_length (part) > 0)
    delta_cb (self);
}

static void
add_parts (RnlAnnouncer *self, gboolean are_new)
{
  for (guint i = 0; i < rnl_message_get_n_parts (self->message); i++)
    {
      RnlPart *part = rnl_message_get_part (self->message, i);

      if (!g_hash_table_contains (self->spoken, part))
        add_part (self, part, are_new);
    }
}

static void
parts_changed_cb (RnlAnnouncer *self)
{
  add_parts (self, TRUE);
}

static void
say_end (RnlAnnouncer *self, RnlMessageState state)
{
  const char *text = _ ("Answer complete");

  if (state == RNL_MESSAGE_FAILED)
    text = rnl_error_text_heading (rnl_message_get_error (self->message));
  else if (state == RNL_MESSAGE_STOPPED)
    text = _ ("Answer stopped");
  else if (state == RNL_MESSAGE_LIMIT)
    text = _ ("Answer stopped at a limit");
  queue (self, NULL, text, FALSE);
}

static void
state_changed_cb (RnlAnnouncer *self)
{
  RnlMessageState state = rnl_message_get_state (self->message);
  gboolean live = state == RNL_MESSAGE_STREAMING;

  if (self->live == live)
    return;

  if (!live)
    {
      take_all_words (self, TRUE);
      say_end (self, state);
    }
  self->live = live;
}

static void
clear_waiting (RnlAnnouncer *self)
{
  g_queue_clear_full (&self->waiting, (GDestroyNotify) saying_free);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->has_words = FALSE;
}

static void
leave_message (RnlAnnouncer *self)
{
  GHashTableIter iter;
  gpointer part;

  if (self->message == NULL)
    return;

  g_hash_table_iter_init (&iter, self->spoken);
  while (g_hash_table_iter_next (&iter, &part, NULL))
    g_signal_handlers_disconnect_by_data (part, self);
  g_hash_table_remove_all (self->spoken);
  g_signal_handlers_disconnect_by_data (rnl_message_list_parts (self->message), self);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  self->live = FALSE;
}

static void
messages_changed_cb (RnlAnnouncer *self)
{
  guint n = self->messages != NULL ? g_list_model_get_n_items (self->messages) : 0;
  g_autoptr (RnlMessage) last = n > 0 ? g_list_model_get_item (self->messages, n - 1) : NULL;

  if (last != NULL && rnl_message_get_role (last) != RNL_ROLE_ASSISTANT)
    g_clear_object (&last);
  if (last == self->message)
    return;

  leave_message (self);
  if (last == NULL)
    return;

  /* What was to be said of an answer before is old. */
  clear_waiting (self);
  self->message = g_object_ref (last);
  self->live = rnl_message_get_state (last) == RNL_MESSAGE_STREAMING;
  g_signal_connect_object (last, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rnl_message_list_parts (last), "items-changed",
                           G_CALLBACK (parts_changed_cb), self, G_CONNECT_SWAPPED);
  add_parts (self, FALSE);
}

static void
rnl_announcer_dispose (GObject *object)
{
  rnl_announcer_set_messages (RNL_ANNOUNCER (object), NULL);
  clear_waiting (RNL_ANNOUNCER (object));

  G_OBJECT_CLASS (rnl_announcer_parent_class)->dispose (object);
}

static void
rnl_announcer_finalize (GObject *object)
{
  RnlAnnouncer *self = RNL_ANNOUNCER (object);

  g_hash_table_unref (self->spoken);
  g_free (self->last);

  G_OBJECT_CLASS (rnl_announcer_parent_class)->finalize (object);
}

static void
rnl_announcer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LAST)
    g_value_set_string (value, RNL_ANNOUNCER (object)->last);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rnl_announcer_class_init (RnlAnnouncerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_announcer_dispose;
  object_class->finalize = rnl_announcer_finalize;
  object_class->get_property = rnl_announcer_get_property;
  /**
   * RnlAnnouncer:last:
   *
   * What was said last; notified each time something is, be it the same.
   */
  properties[PROP_LAST]
    = g_param_spec_string ("last", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rnl_announcer_init (RnlAnnouncer *self)
{
  g_queue_init (&self->waiting);
  self->last = g_strdup ("");
  self->spoken = g_hash_table_new_full (g_direct_hash, g_direct_equal, g_object_unref, g_free);
}

/**
 * rnl_announcer_new:
 * @status: a widget with the role of a status; it outlives the announcer
 *
 * Returns: (transfer full): an announcer of nothing
 */
RnlAnnouncer *
rnl_announcer_new (GtkWidget *status)
{
  RnlAnnouncer *self = g_object_new (RNL_TYPE_ANNOUNCER, NULL);

  self->status = status;

  return self;
}

/**
 * rnl_announcer_set_words:
 * @self: an announcer
 * @words: when the words of an answer are said
 */
void
rnl_announcer_set_words (RnlAnnouncer *self, RnlAnnounceWords words)
{
  g_return_if_fail (RNL_IS_ANNOUNCER (self));

  self->words = words;
}

/**
 * rnl_announcer_set_messages:
 * @self: an announcer
 * @messages: (nullable): the [class@Runnel.Message]s of a conversation, oldest first
 */
void
rnl_announcer_set_messages (RnlAnnouncer *self, GListModel *messages)
{
  g_return_if_fail (RNL_IS_ANNOUNCER (self));

  if (self->messages == messages)
    return;

  leave_message (self);
  clear_waiting (self);
  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_data (self->messages, self);
  g_set_object (&self->messages, messages);
  if (messages == NULL)
    return;

  g_signal_connect_object (messages, "items-changed", G_CALLBACK (messages_changed_cb), self,
                           G_CONNECT_SWAPPED);
  messages_changed_cb (self);
}

/**
 * rnl_announcer_say:
 * @self: an announcer
 * @text: what a screen reader shall say, when it is its turn
 */
void
rnl_announcer_say (RnlAnnouncer *self, const char *text)
{
  g_return_if_fail (RNL_IS_ANNOUNCER (self));
  g_return_if_fail (text != NULL);

  queue (self, NULL, text, FALSE);
}

/**
 * rnl_announcer_get_last:
 * @self: an announcer
 *
 * Returns: (transfer none): what was said last; empty before anything was
 */
const char *
rnl_announcer_get_last (RnlAnnouncer *self)
{
  g_return_val_if_fail (RNL_IS_ANNOUNCER (self), NULL);

  return self->last;
}

/**
 * rnl_announcer_get_count:
 * @self: an announcer
 *
 * Returns: how many announcements there were
 */
guint
rnl_announcer_get_count (RnlAnnouncer *self)
{
  g_return_val_if_fail (RNL_IS_ANNOUNCER (self), 0);

  return self->count;
}
