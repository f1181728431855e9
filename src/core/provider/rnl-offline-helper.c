/* rnl-offline-helper.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-helper.h"

#include "rnl-message-fold.h"
#include "rnl-offline-rules.h"

#define MODEL_ID "offline/helper"

/**
 * RnlOfflineHelper:
 *
 * A chat model of rules: no network, no weights, the same answer to the same request always. It
 * does what a language model does on the wire (thinks, calls tools, goes on from their results,
 * streams) and keeps no memory: everything is read from the request.
 */
struct _RnlOfflineHelper
{
  GObject parent_instance;

  guint pace;
};

enum
{
  PROP_0,
  PROP_PACE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void chat_model_iface_init (RnlChatModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlOfflineHelper,
                               rnl_offline_helper,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_CHAT_MODEL, chat_model_iface_init))

static const char *
rnl_offline_helper_get_id (RnlChatModel *model)
{
  return MODEL_ID;
}

static const char *
rnl_offline_helper_get_title (RnlChatModel *model)
{
  return "Offline helper";
}

static const char *
rnl_offline_helper_get_note (RnlChatModel *model)
{
  return "rules, not AI";
}

/* An answer that broke off in its text has its beginning behind the question. */
static void
go_on (RnlOfflineAnswer *answer, RnlChatRequest *request)
{
  GPtrArray *messages = request->messages;
  RnlMessage *last = messages->len > 0 ? g_ptr_array_index (messages, messages->len - 1) : NULL;
  RnlPart *open = NULL;

  if (last != NULL && rnl_message_get_role (last) == RNL_ROLE_ASSISTANT)
    open = rnl_message_fold_find_open (last);
  if (open != NULL)
    rnl_offline_answer_go_on (answer, rnl_part_get_text (open));
}

static void
rnl_offline_helper_generate_async (RnlChatModel *model,
                                   RnlChatRequest *request,
                                   RnlChunkFunc on_chunk,
                                   gpointer chunk_data,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  RnlOfflineHelper *self = RNL_OFFLINE_HELPER (model);
  g_autoptr (RnlOfflineTurn) turn = rnl_offline_turn_new (request);
  g_autofree char *id = g_strdup_printf ("offline-%u-%u", request->messages->len, turn->steps->len);
  RnlOfflineAnswer *answer = rnl_offline_answer_new (id, MODEL_ID);

  rnl_offline_rules_apply (turn, answer);
  go_on (answer, request);
  rnl_offline_play_async (
    self, rnl_offline_answer_end (answer, rnl_offline_turn_count_input (turn)), self->pace,
    request->gate, on_chunk, chunk_data, cancellable, callback, user_data);
}

static gboolean
rnl_offline_helper_generate_finish (RnlChatModel *model, GAsyncResult *result, GError **error)
{
  return rnl_offline_play_finish (model, result, error);
}

static void
chat_model_iface_init (RnlChatModelInterface *iface)
{
  iface->get_id = rnl_offline_helper_get_id;
  iface->get_title = rnl_offline_helper_get_title;
  iface->get_note = rnl_offline_helper_get_note;
  iface->generate_async = rnl_offline_helper_generate_async;
  iface->generate_finish = rnl_offline_helper_generate_finish;
}

static void
rnl_offline_helper_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RnlOfflineHelper *self = RNL_OFFLINE_HELPER (object);

  switch (prop_id)
    {
    case PROP_PACE:
      g_value_set_uint (value, self->pace);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_offline_helper_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  RnlOfflineHelper *self = RNL_OFFLINE_HELPER (object);

  switch (prop_id)
    {
    case PROP_PACE:
      rnl_offline_helper_set_pace (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rnl_offline_helper_class_init (RnlOfflineHelperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rnl_offline_helper_get_property;
  object_class->set_property = rnl_offline_helper_set_property;

  /**
   * RnlOfflineHelper:pace:
   *
   * Milliseconds per token, 0 for as fast as the main loop turns. At first what
   * `RUNNEL_OFFLINE_PACE` says, else 18. A change holds for answers that begin after it.
   */
  props[PROP_PACE]
    = g_param_spec_uint ("pace", NULL, NULL, 0, G_MAXUINT, 18,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
rnl_offline_helper_init (RnlOfflineHelper *self)
{
  self->pace = rnl_offline_default_pace ();
}

/**
 * rnl_offline_helper_new: (constructor)
 *
 * Returns: (transfer full) (type RnlOfflineHelper): the helper
 */
RnlChatModel *
rnl_offline_helper_new (void)
{
  return g_object_new (RNL_TYPE_OFFLINE_HELPER, NULL);
}

/**
 * rnl_offline_helper_get_pace:
 * @self: an offline model
 *
 * Returns: milliseconds between tokens
 */
guint
rnl_offline_helper_get_pace (RnlOfflineHelper *self)
{
  g_return_val_if_fail (RNL_IS_OFFLINE_HELPER (self), 0);

  return self->pace;
}

/**
 * rnl_offline_helper_set_pace:
 * @self: the helper
 * @pace_ms: milliseconds per token, 0 for as fast as the main loop turns
 */
void
rnl_offline_helper_set_pace (RnlOfflineHelper *self, guint pace_ms)
{
  g_return_if_fail (RNL_IS_OFFLINE_HELPER (self));

  if (self->pace == pace_ms)
    return;

  self->pace = pace_ms;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PACE]);
}

/**
 * rnl_offline_helper_get_examples:
 *
 * Returns: (transfer none) (array zero-terminated=1): four prompts that work with the helper
 */
const char *const *
rnl_offline_helper_get_examples (void)
{
  static const char *const examples[] = {
    "What is (10 + 10) * 3?",
    "Where is the cat hiding, and what items are there?",
    "What time is it in Tokyo?",
    "Which keyboard shortcuts does Runnel have?",
    NULL,
  };

  return examples;
}
