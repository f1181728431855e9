/* rnl-offline-script.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-script.h"

#include <string.h>

#include "rnl-offline-script-ops.h"
#include "rnl-offline-turn.h"
#include "rnl-provider-error.h"

#define MODEL_ID "offline/script"

/**
 * Turn:
 * @match: (nullable): a piece of the question it answers
 * @once: whether it is played one time only
 * @played: whether it was
 * @ops: (element-type RnlOfflineOp): what is played
 */
typedef struct
{
  char *match;
  gboolean once;
  gboolean played;
  GPtrArray *ops;
} Turn;

/**
 * RnlOfflineScript:
 *
 * A chat model that plays a JSON script of chunks, delays and errors, for tests, pictures and
 * benchmarks. `docs/offline-script.md` describes the format.
 */
struct _RnlOfflineScript
{
  GObject parent_instance;

  /* owned */
  GPtrArray *turns;
  char *title;

  guint pace;
};

static void chat_model_iface_init (RnlChatModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlOfflineScript,
                               rnl_offline_script,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_CHAT_MODEL, chat_model_iface_init))

static void
turn_free (Turn *turn)
{
  g_free (turn->match);
  g_clear_pointer (&turn->ops, g_ptr_array_unref);
  g_free (turn);
}

static const char *
rnl_offline_script_get_id (RnlChatModel *model)
{
  return MODEL_ID;
}

static const char *
rnl_offline_script_get_title (RnlChatModel *model)
{
  RnlOfflineScript *self = RNL_OFFLINE_SCRIPT (model);

  return self->title != NULL ? self->title : "Offline script";
}

static const char *
rnl_offline_script_get_note (RnlChatModel *model)
{
  return "a script, not AI";
}

static gboolean
is_for (Turn *turn, const char *question)
{
  return !(turn->once && turn->played) && turn->match != NULL
         && strstr (question, turn->match) != NULL;
}

/* The @step-th of the turns that match the question; of those without a match when none does. */
static Turn *
pick_turn (RnlOfflineScript *self, const char *question, guint step)
{
  gboolean matched = FALSE;

  for (guint i = 0; i < self->turns->len; i++)
    matched |= is_for (g_ptr_array_index (self->turns, i), question);

  for (guint i = 0; i < self->turns->len; i++)
    {
      Turn *turn = g_ptr_array_index (self->turns, i);

      if (matched ? !is_for (turn, question) : turn->match != NULL || (turn->once && turn->played))
        continue;
      if (step-- == 0)
        return turn;
    }

  return NULL;
}

static GPtrArray *
run_out (const char *question, guint step)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *shown = g_strndup (question, 80);
  g_autofree char *valid = g_utf8_make_valid (shown, -1);
  g_autofree char *message
    = g_strdup_printf ("The script has no turn for request %u of \"%s\".", step + 1, valid);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, message);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  node = json_builder_get_root (builder);

  return rnl_offline_ops_parse (node, "", NULL);
}

static void
rnl_offline_script_generate_async (RnlChatModel *model,
                                   RnlChatRequest *request,
                                   RnlChunkFunc on_chunk,
                                   gpointer chunk_data,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  RnlOfflineScript *self = RNL_OFFLINE_SCRIPT (model);
  g_autoptr (RnlOfflineTurn) asked = rnl_offline_turn_new (request);
  guint step = asked->steps->len;
  Turn *turn = pick_turn (self, asked->question, step);
  g_autoptr (GPtrArray) ops = NULL;
  g_autofree char *id = g_strdup_printf ("script-%u-%u", request->messages->len, step);

  ops = turn != NULL ? g_ptr_array_ref (turn->ops) : run_out (asked->question, step);
  if (turn != NULL)
    turn->played = TRUE;
  rnl_offline_play_async (self, rnl_offline_ops_play (ops, id, MODEL_ID), self->pace, request->gate,
                          on_chunk, chunk_data, cancellable, callback, user_data);
}

static gboolean
rnl_offline_script_generate_finish (RnlChatModel *model, GAsyncResult *result, GError **error)
{
  return rnl_offline_play_finish (model, result, error);
}

static void
chat_model_iface_init (RnlChatModelInterface *iface)
{
  iface->get_id = rnl_offline_script_get_id;
  iface->get_title = rnl_offline_script_get_title;
  iface->get_note = rnl_offline_script_get_note;
  iface->generate_async = rnl_offline_script_generate_async;
  iface->generate_finish = rnl_offline_script_generate_finish;
}

static void
rnl_offline_script_finalize (GObject *object)
{
  RnlOfflineScript *self = RNL_OFFLINE_SCRIPT (object);

  g_ptr_array_unref (self->turns);
  g_free (self->title);

  G_OBJECT_CLASS (rnl_offline_script_parent_class)->finalize (object);
}

static void
rnl_offline_script_class_init (RnlOfflineScriptClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_offline_script_finalize;
}

static void
rnl_offline_script_init (RnlOfflineScript *self)
{
  self->turns = g_ptr_array_new_with_free_func ((GDestroyNotify) turn_free);
}

static gboolean
check_members (JsonObject *object, const char *const *members, const char *place, GError **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (members, name))
      {
        rnl_offline_script_error (error, place, "there is no member \"%s\"", name);
        return FALSE;
      }

  return TRUE;
}

static gboolean
holds (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = json_object_get_member (object, member);

  return node == NULL || (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type);
}

static Turn *
read_turn (JsonNode *node, const char *place, GError **error)
{
  static const char *const members[] = { "match", "once", "chunks", NULL };
  g_autofree char *chunks = g_strdup_printf ("%s/chunks", place);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  GPtrArray *ops;
  Turn *turn;

  if (object == NULL)
    {
      rnl_offline_script_error (error, place, "an object is wanted");
      return NULL;
    }
  if (!check_members (object, members, place, error))
    return NULL;
  if (!holds (object, "match", G_TYPE_STRING) || !holds (object, "once", G_TYPE_BOOLEAN))
    {
      rnl_offline_script_error (error, place, "\"match\" is a string, \"once\" true or false");
      return NULL;
    }
  ops = rnl_offline_ops_parse (json_object_get_member (object, "chunks"), chunks, error);
  if (ops == NULL)
    return NULL;

  rnl_offline_ops_end (ops);
  turn = g_new0 (Turn, 1);
  turn->match = g_strdup (json_object_get_string_member_with_default (object, "match", NULL));
  turn->once = json_object_get_boolean_member_with_default (object, "once", FALSE);
  turn->ops = ops;

  return turn;
}

static gboolean
read_turns (RnlOfflineScript *self, JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, "turns");
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      rnl_offline_script_error (error, "/turns", "an array is wanted");
      return FALSE;
    }
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("/turns/%u", i);
      Turn *turn = read_turn (json_array_get_element (array, i), place, error);

      if (turn == NULL)
        return FALSE;
      g_ptr_array_add (self->turns, turn);
    }

  return TRUE;
}

static gboolean
read_script (RnlOfflineScript *self, JsonNode *root, GError **error)
{
  static const char *const members[] = { "title", "pace", "turns", NULL };
  JsonObject *object;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      rnl_offline_script_error (error, "", "an object with \"turns\" is wanted");
      return FALSE;
    }
  object = json_node_get_object (root);
  if (!check_members (object, members, "", error))
    return FALSE;
  if (!holds (object, "title", G_TYPE_STRING) || !holds (object, "pace", G_TYPE_INT64)
      || json_object_get_int_member_with_default (object, "pace", 0) < 0)
    {
      rnl_offline_script_error (error, "", "\"title\" is a string, \"pace\" a whole number");
      return FALSE;
    }

  self->title = g_strdup (json_object_get_string_member_with_default (object, "title", NULL));
  self->pace = (guint) MIN (json_object_get_int_member_with_default (object, "pace", 0), 60000);

  return read_turns (self, object, error);
}

/**
 * rnl_offline_script_new_from_data: (constructor)
 * @data: a script as JSON text
 * @length: of @data in bytes, or -1 when it ends with a zero
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST` with a JSON pointer to the fault (or the line, when it
 * is not JSON).
 *
 * Returns: (transfer full) (type RnlOfflineScript): a model that plays it
 */
RnlChatModel *
rnl_offline_script_new_from_data (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (RnlOfflineScript) self = NULL;
  g_autoptr (GError) fault = NULL;

  g_return_val_if_fail (data != NULL, NULL);

  if (!json_parser_load_from_data (parser, data, length, &fault))
    {
      g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
                   "The script is not JSON: %s", fault->message);
      return NULL;
    }

  self = g_object_new (RNL_TYPE_OFFLINE_SCRIPT, NULL);
  if (!read_script (self, json_parser_get_root (parser), error))
    return NULL;

  return RNL_CHAT_MODEL (g_steal_pointer (&self));
}

/**
 * rnl_offline_script_new_from_file: (constructor)
 * @path: (type filename): a file
 * @error: return location for an error
 *
 * Errors: `G_FILE_ERROR`, and those of [ctor@Runnel.OfflineScript.new_from_data], with the file's
 * name before them.
 *
 * Returns: (transfer full) (type RnlOfflineScript): a model that plays it
 */
RnlChatModel *
rnl_offline_script_new_from_file (const char *path, GError **error)
{
  g_autofree char *data = NULL;
  RnlChatModel *model;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &data, &length, error))
    return NULL;
  model = rnl_offline_script_new_from_data (data, (gssize) length, error);
  if (model == NULL)
    g_prefix_error (error, "%s: ", path);

  return model;
}

/**
 * rnl_offline_script_get_pace:
 * @self: an offline model
 *
 * Returns: milliseconds between tokens
 */
guint
rnl_offline_script_get_pace (RnlOfflineScript *self)
{
  g_return_val_if_fail (RNL_IS_OFFLINE_SCRIPT (self), 0);

  return self->pace;
}

/**
 * rnl_offline_script_set_pace:
 * @self: a script
 * @pace_ms: milliseconds per chunk of text or arguments, 0 for as fast as the main loop turns
 */
void
rnl_offline_script_set_pace (RnlOfflineScript *self, guint pace_ms)
{
  g_return_if_fail (RNL_IS_OFFLINE_SCRIPT (self));

  self->pace = pace_ms;
}
