/* rnl-request-step.c
 *
 * A call without its result, or a result without its call, makes every server refuse the whole
 * history: so each call that is sent gets exactly one result, whatever became of it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-request-step.h"

#include <string.h>

#include "rnl-attachment.h"
#include "rnl-json-value.h"
#include "rnl-part-extra.h"
#include "rnl-text.h"

#define MAX_TOOL_NAME 64

static void
call_free (RnlRequestCall *call)
{
  g_free (call->id);
  g_free (call->name);
  g_free (call->arguments);
  g_free (call->result);
  g_ptr_array_unref (call->files);
  g_free (call);
}

static gboolean holds_largest (JsonNode *node);

static gboolean
object_holds_largest (JsonObject *object)
{
  JsonObjectIter iter;
  JsonNode *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &member))
    if (holds_largest (member))
      return TRUE;

  return FALSE;
}

static gboolean
array_holds_largest (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (holds_largest (json_array_get_element (array, i)))
      return TRUE;

  return FALSE;
}

/* What no double holds was read as the largest that there is. */
static gboolean
holds_largest (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return object_holds_largest (json_node_get_object (node));
  if (JSON_NODE_HOLDS_ARRAY (node))
    return array_holds_largest (json_node_get_array (node));

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE
         && ABS (json_node_get_double (node)) >= G_MAXDOUBLE;
}

/* The text as it came, so that a server finds its cached prompt. A number as 1e999, which a grammar
 * lets a model write, is written as the tool had it: llama.cpp (0.7.0) does not read its own. */
static char *
dup_arguments (const char *text)
{
  g_autoptr (JsonNode) node = rnl_json_strict_parse (text, -1, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  return holds_largest (node) ? rnl_json_to_string (node, FALSE) : g_strdup (text);
}

/**
 * rnl_request_dup_name:
 * @name: a name
 *
 * A model may have asked for a name that no server would accept back.
 *
 * Returns: (transfer full): @name as every server takes it: letters, digits, `_` and `-`, at most
 *   64 of them
 */
char *
rnl_request_dup_name (const char *name)
{
  char *valid = g_strndup (name, MAX_TOOL_NAME);

  return g_strcanon (valid, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-", '_');
}

static gboolean
has_id (GPtrArray *calls, const char *id)
{
  for (guint i = 0; i < calls->len; i++)
    if (g_str_equal (((RnlRequestCall *) g_ptr_array_index (calls, i))->id, id))
      return TRUE;

  return FALSE;
}

static char *
dup_unique_id (GPtrArray *calls, RnlPart *part)
{
  const char *id = rnl_part_get_call_id (part);

  if (id != NULL && *id != '\0' && !has_id (calls, id))
    return g_strdup (id);

  return g_strdup_printf ("call_%u_%u", rnl_part_get_step (part), calls->len);
}

static const char *
explain_state (RnlToolState state)
{
  switch (state)
    {
    case RNL_TOOL_DONE:
      return "";
    case RNL_TOOL_FAILED:
      return "The tool failed.";
    case RNL_TOOL_REFUSED:
      return "The person refused to let this tool run.";
    case RNL_TOOL_CANCELLED:
      return "The person stopped this call before it ended.";
    case RNL_TOOL_LIMIT:
      return "The tool was not run: a limit of this conversation's turn was reached.";
    case RNL_TOOL_PREPARING:
    case RNL_TOOL_WAITING:
    case RNL_TOOL_RUNNING:
    default:
      return "The call was interrupted and has no result.";
    }
}

static char *
dup_plain_result (RnlPart *part, gboolean arguments_ok)
{
  RnlToolState state = rnl_part_get_state (part);
  const char *result = rnl_part_get_result (part);

  if (result != NULL && (*result != '\0' || state == RNL_TOOL_DONE))
    return g_strdup (result);
  if (state == RNL_TOOL_DONE)
    return g_strdup (rnl_part_get_output (part));
  if (!arguments_ok)
    return g_strdup ("The tool was not run: its arguments were not a complete JSON object.");

  return g_strdup (explain_state (state));
}

/* What the model asked for stands in its message; what ran instead it must be told. */
static char *
dup_result (RnlPart *part, gboolean arguments_ok)
{
  const char *edited = rnl_part_get_extra_string (part, RNL_PART_EXTRA_EDITED);
  g_autofree char *result = dup_plain_result (part, arguments_ok || edited != NULL);

  if (edited == NULL)
    return g_steal_pointer (&result);

  return g_strdup_printf ("The person changed the arguments of this call; it ran with %s\n\n%s",
                          edited, result);
}

/* What a tool gave that is no text lies below its call. */
static GPtrArray *
list_files (RnlPart *part)
{
  GPtrArray *files = g_ptr_array_new ();
  GListModel *children = rnl_part_list_children (part);

  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (RnlPart) child = g_list_model_get_item (children, i);

      if (rnl_request_is_binary (child))
        g_ptr_array_add (files, child);
    }

  return files;
}

static void
add_call (GPtrArray *calls, RnlPart *part)
{
  const char *text = rnl_part_get_text (part);
  const char *name = rnl_part_get_name (part);
  gboolean empty = text[strspn (text, " \t\r\n")] == '\0';
  g_autofree char *arguments = empty ? g_strdup ("{}") : dup_arguments (text);
  RnlRequestCall *call;

  /* Cut off before its name came: nothing that a server would take back. */
  if (name == NULL || *name == '\0')
    return;

  call = g_new0 (RnlRequestCall, 1);
  call->part = part;
  call->id = dup_unique_id (calls, part);
  call->name = rnl_request_dup_name (name);
  call->result = dup_result (part, arguments != NULL);
  call->arguments = arguments != NULL ? g_steal_pointer (&arguments) : g_strdup ("{}");
  call->files = list_files (part);
  call->failed = rnl_part_get_state (part) != RNL_TOOL_DONE;
  g_ptr_array_add (calls, call);
}

static void
add_part (RnlRequestStep *self, RnlPart *part)
{
  g_ptr_array_add (self->parts, part);
  switch (rnl_part_get_part_type (part))
    {
    case RNL_PART_TEXT:
      g_string_append (self->text, rnl_part_get_text (part));
      break;
    case RNL_PART_REASONING:
      g_string_append (self->reasoning, rnl_part_get_text (part));
      break;
    case RNL_PART_TOOL_CALL:
      if (!rnl_part_is_remote (part))
        add_call (self->calls, part);
      break;
    case RNL_PART_FILE:
    case RNL_PART_OPAQUE:
    default:
      break;
    }
}

/**
 * rnl_request_step_next:
 * @message: an assistant's turn
 * @position: (inout): the part it begins at, 0 at first; moved behind it
 *
 * Returns: (transfer full) (nullable): the step at @position, `NULL` behind the last one. It
 * borrows the parts of @message
 */
RnlRequestStep *
rnl_request_step_next (RnlMessage *message, guint *position)
{
  guint n_parts = rnl_message_get_n_parts (message);
  RnlRequestStep *self;

  while (*position < n_parts && rnl_part_is_note (rnl_message_get_part (message, *position)))
    (*position)++;
  if (*position >= n_parts)
    return NULL;

  self = g_new0 (RnlRequestStep, 1);
  self->number = rnl_part_get_step (rnl_message_get_part (message, *position));
  self->parts = g_ptr_array_new ();
  self->text = g_string_new (NULL);
  self->reasoning = g_string_new (NULL);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);
  for (; *position < n_parts; (*position)++)
    {
      RnlPart *part = rnl_message_get_part (message, *position);

      if (rnl_part_get_step (part) != self->number)
        break;
      if (!rnl_part_is_note (part))
        add_part (self, part);
    }

  return self;
}

void
rnl_request_step_free (RnlRequestStep *self)
{
  g_ptr_array_unref (self->parts);
  g_string_free (self->text, TRUE);
  g_string_free (self->reasoning, TRUE);
  g_ptr_array_unref (self->calls);
  g_free (self);
}

/**
 * rnl_request_step_each:
 * @message: an assistant's turn
 * @func: (scope call): called for each of its steps, in order
 * @builder: for @func
 */
void
rnl_request_step_each (RnlMessage *message, RnlRequestStepFunc func, JsonBuilder *builder)
{
  RnlRequestStep *step;
  guint position = 0;

  while ((step = rnl_request_step_next (message, &position)) != NULL)
    {
      func (builder, step);
      rnl_request_step_free (step);
    }
}

/**
 * rnl_request_step_find_call:
 * @self: a step
 * @part: one of its parts
 *
 * Returns: (transfer none) (nullable): the call as it can be sent, `NULL` when it cannot
 */
RnlRequestCall *
rnl_request_step_find_call (RnlRequestStep *self, RnlPart *part)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlRequestCall *call = g_ptr_array_index (self->calls, i);

      if (call->part == part)
        return call;
    }

  return NULL;
}

/**
 * rnl_request_get_raw:
 * @part: a part
 * @protocol: a protocol's name
 *
 * Returns: (transfer none) (nullable): the item as @protocol gave it, to be sent back as it is
 */
JsonNode *
rnl_request_get_raw (RnlPart *part, const char *protocol)
{
  if (g_strcmp0 (rnl_part_get_extra_string (part, RNL_PART_EXTRA_PROTOCOL), protocol) != 0)
    return NULL;

  return rnl_part_get_extra (part, RNL_PART_EXTRA_RAW);
}

/**
 * rnl_request_is_text:
 * @part: a part
 *
 * Returns: whether it is text, or a file of text
 */
gboolean
rnl_request_is_text (RnlPart *part)
{
  return rnl_part_get_part_type (part) == RNL_PART_TEXT || rnl_attachment_is_text (part);
}

/**
 * rnl_request_is_binary:
 * @part: a part
 *
 * Returns: whether it is a picture or a PDF that can be sent: its text is in base 64
 */
gboolean
rnl_request_is_binary (RnlPart *part)
{
  return (rnl_attachment_is_image (part) || rnl_attachment_is_pdf (part))
         && rnl_part_get_length (part) > 0;
}

/**
 * rnl_request_get_file_name:
 * @part: a file
 *
 * Returns: (transfer none): what it is called
 */
const char *
rnl_request_get_file_name (RnlPart *part)
{
  return rnl_part_get_title (part) != NULL ? rnl_part_get_title (part) : "attachment";
}

/**
 * rnl_request_dup_text:
 * @message: a person's message
 *
 * Returns: (transfer full): its text, and each file of text as a fenced block under its name
 */
char *
rnl_request_dup_text (RnlMessage *message)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);
      g_autofree char *fenced = NULL;

      if (!rnl_request_is_text (part))
        continue;
      if (text->len > 0)
        g_string_append (text, "\n\n");
      if (rnl_part_get_part_type (part) == RNL_PART_FILE)
        fenced = rnl_text_fence (rnl_request_get_file_name (part), rnl_part_get_text (part));
      g_string_append (text, fenced != NULL ? fenced : rnl_part_get_text (part));
    }

  return g_string_free (text, FALSE);
}
