/* rnl-prompt-template.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-prompt-template.h"

#include "rnl-flow-private.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-message-value.h"
#include "rnl-pipeline-error.h"
#include "rnl-template-text.h"
#include "rnl-text.h"
#include "rnl-value.h"

/**
 * RnlPromptTemplate:
 *
 * Messages with named slots: `{topic}` is filled in, `{{` and `}}` are braces. Its input is an
 * object with a member for each slot (more are ignored), or the value itself where there is one
 * slot; its output is `{"messages": [{role, content}]}`, which a model takes.
 *
 * A slot without a value is an error before anything is sent. Its run records all of it: the
 * template in the metadata ("template", and "template_name", "template_version" where it is
 * registered), the values as input, the rendered messages as output.
 */
struct _RnlPromptTemplate
{
  RnlRunnable parent_instance;

  /* owned */
  GPtrArray *messages; /* of Entry */
  GPtrArray *variables;
  char *title;
  char *version;
};

/**
 * Entry:
 * @text: (nullable): `NULL` for a placeholder
 * @placeholder: (nullable): the variable that is a list of messages
 */
typedef struct
{
  RnlRole role;
  RnlTemplateText *text;
  char *placeholder;
} Entry;

G_DEFINE_FINAL_TYPE (RnlPromptTemplate, rnl_prompt_template, RNL_TYPE_RUNNABLE)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->text, rnl_template_text_free);
  g_free (entry->placeholder);
  g_free (entry);
}

static const char *
role_word (RnlRole role)
{
  return rnl_enum_nick (RNL_TYPE_ROLE, (gint) role);
}

static void
collect_variables (RnlPromptTemplate *self)
{
  if (self->variables->len > 0)
    g_ptr_array_set_size (self->variables, 0);
  for (guint i = 0; i < self->messages->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->messages, i);

      if (entry->text != NULL)
        rnl_template_text_list_variables (entry->text, self->variables);
      else if (!g_ptr_array_find_with_equal_func (self->variables, entry->placeholder, g_str_equal,
                                                  NULL))
        g_ptr_array_add (self->variables, entry->placeholder);
    }
  g_ptr_array_add (self->variables, NULL);
}

static char *
describe_given (JsonObject *values)
{
  g_autoptr (GList) names = json_object_get_members (values);
  g_autoptr (GString) given = g_string_new (NULL);

  for (GList *l = names; l != NULL; l = l->next)
    g_string_append_printf (given, "%s%.40s", given->len > 0 ? ", " : "", (const char *) l->data);

  return given->len == 0 ? g_strdup ("nothing")
                         : g_utf8_make_valid (given->str, (gssize) given->len);
}

static gboolean
check_values (RnlPromptTemplate *self, JsonObject *values, GError **error)
{
  for (guint i = 0; i + 1 < self->variables->len; i++)
    {
      const char *name = g_ptr_array_index (self->variables, i);
      g_autofree char *given = NULL;

      if (json_object_has_member (values, name))
        continue;
      given = describe_given (values);
      g_set_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_MISSING_VARIABLE,
                   "The prompt “%s” needs a value for “%s”; given: %s.",
                   rnl_runnable_get_name (RNL_RUNNABLE (self)), name, given);
      return FALSE;
    }

  return TRUE;
}

/* One slot takes the value itself. */
static JsonNode *
read_values (RnlPromptTemplate *self, JsonNode *input, GError **error)
{
  JsonObject *values;

  if (JSON_NODE_HOLDS_OBJECT (input))
    return json_node_ref (input);
  if (self->variables->len != 2 || rnl_value_get_text (input) == NULL)
    {
      rnl_value_refuse (input, "a prompt template", "an object with a member for each slot", error);
      return NULL;
    }

  values = json_object_new ();
  json_object_set_member (values, g_ptr_array_index (self->variables, 0), json_node_ref (input));

  return rnl_value_take_object (values);
}

static void
add_text_message (JsonArray *messages, RnlRole role, const char *text)
{
  JsonObject *message = json_object_new ();

  json_object_set_string_member (message, "role", role_word (role));
  json_object_set_string_member (message, "content", text);
  json_array_add_object_element (messages, message);
}

static gboolean
add_list (JsonArray *messages, JsonNode *list, GError **error)
{
  if (!JSON_NODE_HOLDS_ARRAY (list))
    return rnl_value_refuse (list, "a placeholder of messages", "a list of messages", error);

  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    {
      JsonNode *element = json_array_get_element (json_node_get_array (list), i);
      g_autoptr (RnlMessage) message = rnl_message_value_read (element, error);
      g_autofree char *text = NULL;

      if (message == NULL)
        return FALSE;
      text = rnl_message_dup_text (message);
      add_text_message (messages, rnl_message_get_role (message), text);
    }

  return TRUE;
}

static gboolean
render (RnlPromptTemplate *self, JsonObject *values, JsonArray *messages, GError **error)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->messages, i);
      g_autofree char *text = NULL;

      if (entry->text == NULL)
        {
          if (!add_list (messages, json_object_get_member (values, entry->placeholder), error))
            return FALSE;
          continue;
        }
      text = rnl_template_text_fill (entry->text, values);
      add_text_message (messages, entry->role, text);
    }

  return TRUE;
}

/**
 * rnl_prompt_template_format:
 * @self: a template
 * @values: an object with a member for each slot, or the value of the one slot
 * @error: return location for an error
 *
 * Errors: `RNL_PIPELINE_ERROR_MISSING_VARIABLE`, `RNL_PIPELINE_ERROR_INPUT_TYPE`.
 *
 * Returns: (transfer full) (nullable): `{"messages": [{role, content}]}`
 */
JsonNode *
rnl_prompt_template_format (RnlPromptTemplate *self, JsonNode *values, GError **error)
{
  g_autoptr (JsonNode) read = NULL;
  g_autoptr (JsonArray) messages = json_array_new ();
  JsonObject *output;

  g_return_val_if_fail (RNL_IS_PROMPT_TEMPLATE (self), NULL);

  read = read_values (self, values, error);
  if (read == NULL || !check_values (self, json_node_get_object (read), error)
      || !render (self, json_node_get_object (read), messages, error))
    return NULL;

  output = json_object_new ();
  json_object_set_array_member (output, "messages", g_steal_pointer (&messages));

  return rnl_value_take_object (output);
}

static gboolean
rnl_prompt_template_check_input (RnlRunnable *runnable, JsonNode *input, GError **error)
{
  g_autoptr (JsonNode) read = read_values (RNL_PROMPT_TEMPLATE (runnable), input, error);

  return read != NULL;
}

static void
record_template (RnlPromptTemplate *self, RnlRun *run)
{
  g_autoptr (JsonNode) json = rnl_prompt_template_to_json (self);
  Entry *only = self->messages->len == 1 ? g_ptr_array_index (self->messages, 0) : NULL;
  g_autofree char *text = only != NULL && only->text != NULL && only->role == RNL_ROLE_USER
                            ? g_strdup (rnl_template_text_get_source (only->text))
                            : rnl_json_to_string (json, FALSE);

  rnl_run_set_metadata (run, "template", text);
  if (self->title != NULL)
    {
      rnl_run_set_metadata (run, "template_name", self->title);
      rnl_run_set_metadata (run, "template_version", self->version);
    }
}

static void
rnl_prompt_template_prepare (RnlRunnable *runnable, RnlFlow *flow)
{
  record_template (RNL_PROMPT_TEMPLATE (runnable), rnl_flow_get_run (flow));
}

static void
rnl_prompt_template_finish (RnlRunnable *runnable, RnlFlow *flow, JsonNode *input)
{
  RnlPromptTemplate *self = RNL_PROMPT_TEMPLATE (runnable);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) output = rnl_prompt_template_format (self, input, &error);

  if (output == NULL)
    rnl_flow_fail (flow, error);
  else
    rnl_flow_end (flow, output);
}

static void
rnl_prompt_template_finalize (GObject *object)
{
  RnlPromptTemplate *self = RNL_PROMPT_TEMPLATE (object);

  g_ptr_array_unref (self->variables);
  g_ptr_array_unref (self->messages);
  g_free (self->title);
  g_free (self->version);

  G_OBJECT_CLASS (rnl_prompt_template_parent_class)->finalize (object);
}

static void
rnl_prompt_template_class_init (RnlPromptTemplateClass *klass)
{
  RnlRunnableClass *runnable_class = RNL_RUNNABLE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rnl_prompt_template_finalize;
  runnable_class->check_input = rnl_prompt_template_check_input;
  runnable_class->prepare = rnl_prompt_template_prepare;
  runnable_class->finish = rnl_prompt_template_finish;
}

static void
rnl_prompt_template_init (RnlPromptTemplate *self)
{
  self->messages = g_ptr_array_new_with_free_func (entry_free);
  self->variables = g_ptr_array_new ();
  collect_variables (self);
  rnl_runnable_set_traits (RNL_RUNNABLE (self), RNL_RUNNABLE_PLAIN);
}

/**
 * rnl_prompt_template_new:
 * @text: what the user says, with slots
 * @error: return location for an error
 *
 * Errors: `RNL_PIPELINE_ERROR_TEMPLATE`, naming line and column.
 *
 * Returns: (transfer full) (nullable): a template of one message
 */
RnlPromptTemplate *
rnl_prompt_template_new (const char *text, GError **error)
{
  g_autoptr (RnlPromptTemplate) self = rnl_prompt_template_new_messages ();

  if (!rnl_prompt_template_add_message (self, RNL_ROLE_USER, text, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * rnl_prompt_template_new_messages:
 *
 * Returns: (transfer full): a template without messages
 */
RnlPromptTemplate *
rnl_prompt_template_new_messages (void)
{
  return g_object_new (RNL_TYPE_PROMPT_TEMPLATE, "run-type", RNL_RUN_PROMPT, NULL);
}

/**
 * rnl_prompt_template_add_message:
 * @self: a template that is not used yet
 * @role: who says it
 * @text: what, with slots
 * @error: return location for an error
 *
 * Errors: `RNL_PIPELINE_ERROR_TEMPLATE`, naming line and column.
 *
 * Returns: whether @text could be read
 */
gboolean
rnl_prompt_template_add_message (RnlPromptTemplate *self,
                                 RnlRole role,
                                 const char *text,
                                 GError **error)
{
  RnlTemplateText *read;
  Entry *entry;

  g_return_val_if_fail (RNL_IS_PROMPT_TEMPLATE (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  read = rnl_template_text_new (text, error);
  if (read == NULL)
    return FALSE;

  entry = g_new0 (Entry, 1);
  entry->role = role;
  entry->text = read;
  g_ptr_array_add (self->messages, entry);
  collect_variables (self);

  return TRUE;
}

/**
 * rnl_prompt_template_add_placeholder:
 * @self: a template that is not used yet
 * @variable: whose value is a list of messages
 *
 * Makes room for messages, such as those of a conversation so far.
 */
void
rnl_prompt_template_add_placeholder (RnlPromptTemplate *self, const char *variable)
{
  Entry *entry;

  g_return_if_fail (RNL_IS_PROMPT_TEMPLATE (self));
  g_return_if_fail (variable != NULL);

  entry = g_new0 (Entry, 1);
  entry->placeholder = g_strdup (variable);
  g_ptr_array_add (self->messages, entry);
  collect_variables (self);
}

static gboolean
add_from_json (RnlPromptTemplate *self, JsonNode *json, GError **error)
{
  JsonObject *object = rnl_json_node_get_object (json);
  const char *placeholder
    = object != NULL ? rnl_json_object_get_string (object, "placeholder") : NULL;
  g_autoptr (RnlMessage) message = NULL;
  g_autofree char *text = NULL;

  if (placeholder != NULL)
    {
      rnl_prompt_template_add_placeholder (self, placeholder);
      return TRUE;
    }

  message = rnl_message_value_read (json, error);
  if (message == NULL)
    return FALSE;
  text = rnl_message_dup_text (message);

  return rnl_prompt_template_add_message (self, rnl_message_get_role (message), text, error);
}

/**
 * rnl_prompt_template_new_from_json:
 * @json: what [method@Runnel.PromptTemplate.to_json] gives
 * @error: return location for an error
 *
 * Errors: `RNL_PIPELINE_ERROR_TEMPLATE`, `RNL_PIPELINE_ERROR_INPUT_TYPE`.
 *
 * Returns: (transfer full) (nullable): the template
 */
RnlPromptTemplate *
rnl_prompt_template_new_from_json (JsonNode *json, GError **error)
{
  g_autoptr (RnlPromptTemplate) self = rnl_prompt_template_new_messages ();

  if (!JSON_NODE_HOLDS_ARRAY (json))
    {
      rnl_value_refuse (json, "a prompt template", "a list of messages", error);
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (json)); i++)
    if (!add_from_json (self, json_array_get_element (json_node_get_array (json), i), error))
      return NULL;

  return g_steal_pointer (&self);
}

/**
 * rnl_prompt_template_to_json:
 * @self: a template
 *
 * Returns: (transfer full): `[{role, content} | {placeholder}]`
 */
JsonNode *
rnl_prompt_template_to_json (RnlPromptTemplate *self)
{
  JsonArray *array = json_array_new ();

  g_return_val_if_fail (RNL_IS_PROMPT_TEMPLATE (self), NULL);

  for (guint i = 0; i < self->messages->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->messages, i);
      JsonObject *object;

      if (entry->text != NULL)
        {
          add_text_message (array, entry->role, rnl_template_text_get_source (entry->text));
          continue;
        }
      object = json_object_new ();
      json_object_set_string_member (object, "placeholder", entry->placeholder);
      json_array_add_object_element (array, object);
    }

  return rnl_value_take_array (array);
}

/**
 * rnl_prompt_template_dup_hash:
 * @self: a template
 *
 * Returns: (transfer full): SHA-256 of all that is rendered, in hexadecimal
 */
char *
rnl_prompt_template_dup_hash (RnlPromptTemplate *self)
{
  g_autoptr (JsonNode) json = rnl_prompt_template_to_json (self);
  g_autofree char *text = rnl_json_to_string (json, FALSE);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/**
 * rnl_prompt_template_list_variables:
 * @self: a template
 *
 * Returns: (transfer none) (array zero-terminated=1): the names of its slots, in the order they
 *   first stand
 */
const char *const *
rnl_prompt_template_list_variables (RnlPromptTemplate *self)
{
  g_return_val_if_fail (RNL_IS_PROMPT_TEMPLATE (self), NULL);

  return (const char *const *) self->variables->pdata;
}

/**
 * rnl_prompt_template_get_title:
 * @self: a template
 *
 * Returns: (transfer none) (nullable): the name it is registered under
 */
const char *
rnl_prompt_template_get_title (RnlPromptTemplate *self)
{
  g_return_val_if_fail (RNL_IS_PROMPT_TEMPLATE (self), NULL);

  return self->title;
}

/**
 * rnl_prompt_template_get_version:
 * @self: a template
 *
 * Returns: (transfer none) (nullable): `MAJOR.MINOR.PATCH` of one that is registered
 */
const char *
rnl_prompt_template_get_version (RnlPromptTemplate *self)
{
  g_return_val_if_fail (RNL_IS_PROMPT_TEMPLATE (self), NULL);

  return self->version;
}

/**
 * rnl_prompt_template_set_registered:
 * @self: a template
 * @title: the name it is registered under
 * @version: `MAJOR.MINOR.PATCH`
 *
 * Says what its runs record; [method@Runnel.TemplateRegistry.register] calls it.
 */
void
rnl_prompt_template_set_registered (RnlPromptTemplate *self, const char *title, const char *version)
{
  g_return_if_fail (RNL_IS_PROMPT_TEMPLATE (self));

  rnl_set_str (&self->title, title);
  rnl_set_str (&self->version, version);
}
