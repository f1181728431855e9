/* rnl-cli-trace-again.c: "runnel-cli trace again": other words, other parameters, another model
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-trace-again.h"

#include <glib-unix.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "rnl-cli-compare.h"
#include "rnl-http-model.h"
#include "rnl-message-value.h"
#include "rnl-model-call.h"
#include "rnl-prompt-template.h"
#include "rnl-recorded-call.h"
#include "rnl-run-log.h"
#include "rnl-run-recorder.h"
#include "rnl-text.h"
#include "rnl-trace-folder.h"
#include "rnl-trace-info.h"

#define USAGE "ID|FILE"

typedef struct
{
  /* options */
  char *run;
  char *model;
  char *protocol;
  char *base_url;
  char *system;
  char *prompt;
  char *template;
  double temperature;
  int max_tokens;
  gboolean json;
  gboolean no_trace;

  RnlRecordedCall *before;
  RnlRecordedCall *after;
  GCancellable *cancellable;
  GAsyncResult *result;
} Again;

static void
again_clear (Again *self)
{
  g_free (self->run);
  g_free (self->model);
  g_free (self->protocol);
  g_free (self->base_url);
  g_free (self->system);
  g_free (self->prompt);
  g_free (self->template);
  g_clear_pointer (&self->before, rnl_recorded_call_free);
  g_clear_pointer (&self->after, rnl_recorded_call_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->result);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Again, again_clear)

/* What is asked. */

/* The question that was asked last, in other words; what was said after it no longer fits. */
static void
replace_prompt (RnlChatRequest *request, const char *prompt)
{
  guint n = request->messages->len;
  g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, prompt);

  while (n > 0
         && rnl_message_get_role (g_ptr_array_index (request->messages, n - 1)) != RNL_ROLE_USER)
    n--;
  g_ptr_array_set_size (request->messages, n > 0 ? (gint) n - 1 : 0);
  rnl_chat_request_add_message (request, message);
}

/* Another template with the same values. */
static gboolean
fill_template (Again *self, RnlChatRequest *request, GError **error)
{
  g_autoptr (RnlPromptTemplate) template = rnl_prompt_template_new (self->template, error);
  g_autoptr (JsonNode) messages = NULL;
  g_autoptr (RnlChatRequest) filled = NULL;

  if (template == NULL)
    return FALSE;
  if (self->before->values == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--template: no values of a template were recorded before this call");
      return FALSE;
    }

  messages = rnl_prompt_template_format (template, self->before->values, error);
  filled = messages != NULL ? rnl_message_value_read_request (messages, error) : NULL;
  if (filled == NULL)
    return FALSE;

  g_ptr_array_set_size (request->messages, 0);
  for (guint i = 0; i < filled->messages->len; i++)
    rnl_chat_request_add_message (request, g_ptr_array_index (filled->messages, i));

  return TRUE;
}

static RnlChatRequest *
make_request (Again *self, GError **error)
{
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_from_json (self->before->input, error);

  if (request == NULL || (self->template != NULL && !fill_template (self, request, error)))
    return NULL;
  if (self->prompt != NULL)
    replace_prompt (request, self->prompt);
  if (self->system != NULL)
    rnl_set_str (&request->system, self->system);
  if (self->temperature >= 0)
    request->temperature = self->temperature;
  if (self->max_tokens > 0)
    request->max_tokens = (guint) self->max_tokens;

  return g_steal_pointer (&request);
}

/* A run has the name of its model unless somebody gave it another one. */
static RnlChatModel *
make_model (Again *self, GError **error)
{
  g_autoptr (GSettings) settings = rnl_cli_settings_new ();
  g_autoptr (RnlAccounts) accounts = rnl_accounts_new (settings);
  const char *id = self->model != NULL ? self->model : self->before->name;
  RnlChatModel *model;

  if (self->base_url != NULL)
    return rnl_http_model_new (self->protocol != NULL ? self->protocol : "openai-chat",
                               self->base_url, self->model != NULL ? self->model : "default",
                               g_getenv ("RUNNEL_API_KEY"), error);

  model = rnl_accounts_create_model (accounts, id, error);
  if (model == NULL && self->model == NULL)
    g_prefix_error (error, "The model of “%s” is not among yours; see --model: ", id);

  return model;
}

/* Asking. */

static gboolean
interrupt_cb (gpointer user_data)
{
  g_cancellable_cancel (((Again *) user_data)->cancellable);

  return G_SOURCE_CONTINUE;
}

static RnlRun *
make_run (Again *self, RnlChatModel *model)
{
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();

  rnl_run_config_set_metadata (config, RNL_RECORDED_CALL_METADATA_RUN, self->before->id);
  rnl_run_config_set_metadata (config, RNL_RECORDED_CALL_METADATA_ROOT, self->before->root_id);

  return rnl_run_new_configured (rnl_chat_model_get_run_type (model), NULL, config,
                                 rnl_chat_model_get_id (model));
}

static RnlRunRecorder *
make_recorder (Again *self)
{
  RnlRunRecorder *recorder;

  if (self->no_trace)
    return NULL;

  recorder = rnl_run_recorder_new (NULL);
  rnl_run_recorder_observe (recorder, rnl_run_scope_get_default ());

  return recorder;
}

static void
flush (Again *self, RnlRunRecorder *recorder)
{
  if (recorder == NULL)
    return;

  g_clear_object (&self->result);
  rnl_run_recorder_flush_async (recorder, NULL, rnl_cli_result_cb, &self->result);
  rnl_cli_wait (&self->result);
}

/* The new answer is read as the old one is: out of the log of its run. */
static gboolean
ask (Again *self, RnlChatModel *model, RnlChatRequest *request, GError **error)
{
  g_autoptr (RnlRunRecorder) recorder = make_recorder (self);
  g_autoptr (RnlRun) run = make_run (self, model);
  g_autoptr (RnlRunLog) log = rnl_run_log_new (run, NULL);
  g_autoptr (RnlMessage) answer = NULL;
  guint interrupt = g_unix_signal_add (SIGINT, interrupt_cb, self);
  guint terminate = g_unix_signal_add (SIGTERM, interrupt_cb, self);

  self->cancellable = g_cancellable_new ();
  rnl_model_call_async (model, request, run, NULL, 0, NULL, NULL, self->cancellable,
                        rnl_cli_result_cb, &self->result);
  rnl_cli_wait (&self->result);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  answer = rnl_model_call_finish (self->result, error);
  flush (self, recorder);
  if (answer == NULL)
    return FALSE;

  self->after = rnl_recorded_call_find (rnl_run_log_get_state (log), NULL, error);

  return self->after != NULL;
}

/* Showing. */

static RnlAnswerFacts
facts_of (const RnlRecordedCall *call, const char *label)
{
  return (RnlAnswerFacts){
    .label = label,
    .model = call->name,
    .text = call->answer,
    .duration = call->duration,
    .first_token = call->first_token,
    .input_tokens = call->input_tokens,
    .output_tokens = call->output_tokens,
  };
}

static guint
get_width (void)
{
  struct winsize size = { 0 };

  return isatty (STDOUT_FILENO) && ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static void
show (Again *self)
{
  RnlAnswerFacts before = facts_of (self->before, "Before");
  RnlAnswerFacts after = facts_of (self->after, "Now");
  g_autoptr (JsonNode) json = NULL;

  if (!self->json)
    {
      rnl_cli_compare_print (&before, &after, get_width ());
      return;
    }

  json = rnl_cli_compare_to_json (&before, &after);
  rnl_cli_print_json (json, TRUE);
}

static RnlExit
again (Again *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlChatRequest) request = make_request (self, &error);
  g_autoptr (RnlChatModel) model = request != NULL ? make_model (self, &error) : NULL;

  if (model == NULL)
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);
  if (!ask (self, model, request, &error))
    return g_cancellable_is_cancelled (self->cancellable)
             ? RNL_EXIT_INTERRUPTED
             : rnl_cli_fail_error (RNL_EXIT_FAILED, error);
  show (self);

  return RNL_EXIT_OK;
}

/**
 * rnl_cli_trace_again:
 * @argc: number of arguments
 * @argv: the arguments, the verb first
 *
 * Asks what a recorded model was asked, with what the options say instead, and compares.
 *
 * Returns: the exit status
 */
RnlExit
rnl_cli_trace_again (int argc, char **argv)
{
  g_auto (Again) self = { .temperature = -1 };
  const GOptionEntry entries[] = {
    { "run", 0, 0, G_OPTION_ARG_STRING, &self.run,
      "Which call: a run's id, the beginning of it, or its name in the log (default: the last)",
      "ID" },
    { "model", 'm', 0, G_OPTION_ARG_STRING, &self.model, "Who answers (default: the same)",
      "PROVIDER/MODEL" },
    { "protocol", 0, 0, G_OPTION_ARG_STRING, &self.protocol,
      "Protocol of that endpoint (default: openai-chat)", "openai-chat" },
    { "base-url", 0, 0, G_OPTION_ARG_STRING, &self.base_url,
      "Address of an endpoint for this call only", "URL" },
    { "system", 0, 0, G_OPTION_ARG_STRING, &self.system, "Another system prompt", "TEXT" },
    { "prompt", 0, 0, G_OPTION_ARG_STRING, &self.prompt, "Another question than the last", "TEXT" },
    { "template", 0, 0, G_OPTION_ARG_STRING, &self.template,
      "Another prompt template, filled with the same values", "TEXT" },
    { "temperature", 0, 0, G_OPTION_ARG_DOUBLE, &self.temperature, "Another temperature", "T" },
    { "max-tokens", 0, 0, G_OPTION_ARG_INT, &self.max_tokens, "Tokens of the answer at most", "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, "Print JSON", NULL },
    { "no-trace", 0, 0, G_OPTION_ARG_NONE, &self.no_trace, "Do not record this call", NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = rnl_trace_folder_dup_default ();
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) state = NULL;

  if (!rnl_cli_parse ((GOptionEntry *) entries, USAGE, &argc, &argv, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);
  if (argc != 2)
    return rnl_cli_fail (RNL_EXIT_USAGE, "trace again takes one recording: %s", USAGE);
  path = rnl_trace_folder_find (folder, argv[1], &error);
  if (path == NULL)
    return rnl_cli_fail (RNL_EXIT_FAILED, "%s; \"runnel-cli trace list\" shows them",
                         error->message);
  state = rnl_trace_load_state (path, NULL, &error);
  self.before = state != NULL ? rnl_recorded_call_find (state, self.run, &error) : NULL;
  if (self.before == NULL)
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);

  return again (&self);
}
