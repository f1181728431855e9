/* rnl-bus-consent.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-bus-consent.h"

/**
 * RnlBusConsent:
 *
 * Questions to the person, in a queue: two at a time would be one too many. Who was refused is
 * remembered, so that no program can wear a person down; the bus gives no name twice.
 */
struct _RnlBusConsent
{
  GObject parent_instance;

  /* owned */
  RnlBusHost *host;
  GHashTable *refused; /* set of unique names */
  GQueue waiting;      /* of GTask; the first is being asked while `asking` */

  gboolean asking;
};

typedef struct
{
  char *sender;
  const RnlConsentQuestion *question; /* borrowed until the callback */
} AskData;

G_DEFINE_FINAL_TYPE (RnlBusConsent, rnl_bus_consent, G_TYPE_OBJECT)

static void
ask_data_free (AskData *data)
{
  g_free (data->sender);
  g_free (data);
}

static void
rnl_bus_consent_dispose (GObject *object)
{
  RnlBusConsent *self = RNL_BUS_CONSENT (object);

  g_clear_object (&self->host);
  g_clear_pointer (&self->refused, g_hash_table_unref);
  g_queue_clear_full (&self->waiting, g_object_unref);

  G_OBJECT_CLASS (rnl_bus_consent_parent_class)->dispose (object);
}

static void
rnl_bus_consent_class_init (RnlBusConsentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_bus_consent_dispose;
}

static void
rnl_bus_consent_init (RnlBusConsent *self)
{
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->waiting);
}

/**
 * rnl_bus_consent_new:
 * @host: who shows the question
 *
 * Returns: (transfer full): nobody asked yet
 */
RnlBusConsent *
rnl_bus_consent_new (RnlBusHost *host)
{
  RnlBusConsent *self = g_object_new (RNL_TYPE_BUS_CONSENT, NULL);

  self->host = g_object_ref (host);

  return self;
}

/**
 * rnl_bus_consent_was_refused:
 * @self: the consents
 * @sender: a unique name
 *
 * Returns: whether the person said no to it
 */
gboolean
rnl_bus_consent_was_refused (RnlBusConsent *self, const char *sender)
{
  g_return_val_if_fail (RNL_IS_BUS_CONSENT (self), TRUE);

  return g_hash_table_contains (self->refused, sender);
}

static void ask_next (RnlBusConsent *self);

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlBusConsent *self = g_task_get_source_object (task);
  AskData *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  RnlConsent consent = rnl_bus_host_ask_consent_finish (self->host, result, &error);

  self->asking = FALSE;
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      if (consent == RNL_CONSENT_DENY)
        g_hash_table_add (self->refused, g_strdup (data->sender));
      g_task_return_int (task, consent);
    }
  ask_next (self);
}

/* Answers those that need no question any more, then asks for the first that does. */
static void
ask_next (RnlBusConsent *self)
{
  while (!self->asking && !g_queue_is_empty (&self->waiting))
    {
      g_autoptr (GTask) task = g_queue_pop_head (&self->waiting);
      AskData *data = g_task_get_task_data (task);

      if (g_task_return_error_if_cancelled (task))
        continue;
      if (rnl_bus_consent_was_refused (self, data->sender))
        {
          g_task_return_int (task, RNL_CONSENT_DENY);
          continue;
        }
      self->asking = TRUE;
      rnl_bus_host_ask_consent_async (self->host, data->question, g_task_get_cancellable (task),
                                      asked_cb, g_object_ref (task));
    }
}

/**
 * rnl_bus_consent_ask_async:
 * @self: the consents
 * @sender: unique name of the program
 * @question: lent until the callback
 * @cancellable: (nullable): takes the question away; one that waits for its turn ends when that
 *   comes
 * @callback: (scope async): called once
 * @user_data: for @callback
 */
void
rnl_bus_consent_ask_async (RnlBusConsent *self,
                           const char *sender,
                           const RnlConsentQuestion *question,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;
  AskData *data = g_new0 (AskData, 1);

  g_return_if_fail (RNL_IS_BUS_CONSENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_bus_consent_ask_async);
  data->sender = g_strdup (sender);
  data->question = question;
  g_task_set_task_data (task, data, (GDestroyNotify) ask_data_free);
  g_queue_push_tail (&self->waiting, task);
  ask_next (self);
}

/**
 * rnl_bus_consent_ask_finish:
 * @self: the consents
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`.
 *
 * Returns: what the person said; `RNL_CONSENT_DENY` with @error set
 */
RnlConsent
rnl_bus_consent_ask_finish (RnlBusConsent *self, GAsyncResult *result, GError **error)
{
  gssize consent;

  g_return_val_if_fail (g_task_is_valid (result, self), RNL_CONSENT_DENY);

  consent = g_task_propagate_int (G_TASK (result), error);

  return consent < 0 ? RNL_CONSENT_DENY : (RnlConsent) consent;
}
