/* rnl-cli-ask-options.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-ask-options.h"

#include <string.h>
#include <unistd.h>

#include "rnl-attachment.h"
#include "rnl-cli-input.h"

/* A prompt that is larger than this was surely not meant as one. */
#define MAX_PROMPT_INPUT (16 * 1024 * 1024)

/* One byte more than an attachment may have: then it is refused by its size, not cut. */
#define MAX_ATTACHED_INPUT (RNL_ATTACHMENT_MAX_FILE + 1)

#define MAX_KEY_FILE (64 * 1024)

typedef struct
{
  char *format;
  char *approve;
  char *api_key_file;
  int max_steps;
  int time_limit;
} RawOptions;

static void
raw_options_clear (RawOptions *raw)
{
  g_free (raw->format);
  g_free (raw->approve);
  g_free (raw->api_key_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RawOptions, raw_options_clear)

void
rnl_ask_options_free (RnlAskOptions *options)
{
  g_free (options->prompt);
  g_free (options->model);
  g_free (options->protocol);
  g_free (options->base_url);
  g_free (options->api_key);
  g_free (options->system);
  g_free (options->chat_id);
  g_free (options->tools);
  g_free (options->run_name);
  g_strfreev (options->tags);
  g_strfreev (options->metadata);
  g_strfreev (options->attach);
  g_clear_pointer (&options->input, g_bytes_unref);
  rnl_event_filter_clear (&options->filter);
  rnl_cli_params_clear (&options->params);
  g_free (options);
}

static gboolean
pick_word (
  const char *option, const char *word, const char *const *words, guint *value, GError **error)
{
  g_autofree char *all = NULL;

  if (word == NULL)
    return TRUE;
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      {
        *value = i;
        return TRUE;
      }

  all = g_strjoinv (", ", (char **) words);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--%s takes one of: %s", option,
               all);

  return FALSE;
}

static gboolean
take_input_as_prompt (RnlAskOptions *options, GError **error)
{
  g_autoptr (GBytes) bytes = rnl_cli_read_fd (STDIN_FILENO, MAX_PROMPT_INPUT);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  /* No bytes have no data. */
  if (length > 0 && !g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "Standard input is not UTF-8 text; with a PROMPT it would be an "
                           "attachment");
      return FALSE;
    }
  options->prompt = g_strchomp (g_strndup (length > 0 ? text : "", length));

  return TRUE;
}

/* The words of the command line, or standard input; with both, the input is an attachment. */
static gboolean
take_prompt (RnlAskOptions *options, int argc, char **argv, GError **error)
{
  if (argc > 1)
    options->prompt = g_strjoinv (" ", argv + 1);
  if (argc > 1 && !isatty (STDIN_FILENO))
    options->input = rnl_cli_read_fd (STDIN_FILENO, MAX_ATTACHED_INPUT);
  else if (argc <= 1 && !isatty (STDIN_FILENO) && !take_input_as_prompt (options, error))
    return FALSE;
  if (options->input != NULL && g_bytes_get_size (options->input) == 0)
    g_clear_pointer (&options->input, g_bytes_unref);

  if (options->prompt == NULL || *options->prompt == '\0')
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "There is no prompt: give it as an argument or on standard input");
      return FALSE;
    }

  return TRUE;
}

static gboolean
take_key (RnlAskOptions *options, const char *file, GError **error)
{
  if (file == NULL)
    {
      options->api_key = g_strdup (g_getenv ("RUNNEL_API_KEY"));
      return TRUE;
    }
  options->api_key = rnl_cli_read_text (file, MAX_KEY_FILE, error);
  if (options->api_key == NULL)
    return FALSE;
  g_strstrip (options->api_key);
  if (strpbrk (options->api_key, "\r\n") == NULL)
    return TRUE;
  /* Its content is a secret: it is not repeated. */
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "%s has more than one line: a key is one", file);

  return FALSE;
}

static gboolean
check (RnlAskOptions *options, RawOptions *raw, GError **error)
{
  static const char *const formats[] = { "text", "events", "log", "json", NULL };
  static const char *const approvals[] = { "ask", "safe", "all", "none", NULL };
  guint format = RNL_FORMAT_TEXT;
  guint approve = isatty (STDIN_FILENO) ? RNL_APPROVE_ASK : RNL_APPROVE_SAFE;

  if (!pick_word ("format", raw->format, formats, &format, error)
      || !pick_word ("approve", raw->approve, approvals, &approve, error)
      || !take_key (options, raw->api_key_file, error)
      || !rnl_cli_params_load (&options->params, error))
    return FALSE;
  if (raw->max_steps < 1 || raw->time_limit < 0)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--max-steps is at least 1, --time-limit at least 0");
      return FALSE;
    }
  if (options->protocol != NULL && options->base_url == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--protocol needs --base-url");
      return FALSE;
    }
  if (options->base_url != NULL && options->protocol == NULL)
    options->protocol = g_strdup ("openai-chat");
  for (gsize i = 0; options->metadata != NULL && options->metadata[i] != NULL; i++)
    if (*options->metadata[i] == '=' || strchr (options->metadata[i], '=') == NULL)
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     "--metadata takes KEY=VALUE, not \"%s\"", options->metadata[i]);
        return FALSE;
      }

  options->format = (RnlFormat) format;
  options->approve = (RnlApprove) approve;
  options->max_steps = (guint) raw->max_steps;
  options->time_limit = (guint) raw->time_limit;

  return TRUE;
}

/**
 * rnl_ask_options_parse:
 * @argc: number of arguments
 * @argv: the arguments, the command's name first
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what was asked for
 */
RnlAskOptions *
rnl_ask_options_parse (int argc, char **argv, GError **error)
{
  g_autoptr (RnlAskOptions) options = g_new0 (RnlAskOptions, 1);
  g_auto (RawOptions) raw = { .max_steps = 15 };
  g_autoptr (GArray) all = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_STRING, &options->model,
      "Who answers (default: as configured); with --base-url the server's own name of the model",
      "PROVIDER/MODEL" },
    { "protocol", 0, 0, G_OPTION_ARG_STRING, &options->protocol,
      "Protocol of that endpoint (default: openai-chat)",
      "openai-chat|openai-completions|openai-responses|anthropic|gemini|ollama" },
    { "base-url", 0, 0, G_OPTION_ARG_STRING, &options->base_url,
      "Address of an endpoint for this call only", "URL" },
    { "api-key-file", 0, 0, G_OPTION_ARG_FILENAME, &raw.api_key_file,
      "Read the key from a file (or set RUNNEL_API_KEY)", "FILE" },
    { "attach", 'a', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->attach,
      "A picture, PDF or text to ask about (repeatable); so is standard input beside a PROMPT",
      "FILE" },
    { "system", 0, 0, G_OPTION_ARG_STRING, &options->system, "System prompt", "TEXT" },
    { "chat", 0, 0, G_OPTION_ARG_STRING, &options->chat_id, "Go on with a stored chat", "ID" },
    { "save", 0, 0, G_OPTION_ARG_NONE, &options->save, "Keep this as a chat", NULL },
    { "tools", 0, 0, G_OPTION_ARG_STRING, &options->tools, "Tools it may use (default: all)",
      "all|none|NAME,..." },
    { "approve", 0, 0, G_OPTION_ARG_STRING, &raw.approve, "What runs without asking",
      "ask|safe|all|none" },
    { "max-steps", 0, 0, G_OPTION_ARG_INT, &raw.max_steps, "Model calls at most (default: 15)",
      "N" },
    { "time-limit", 0, 0, G_OPTION_ARG_INT, &raw.time_limit, "Seconds at most (default: no limit)",
      "SECONDS" },
    { "no-stream", 0, 0, G_OPTION_ARG_NONE, &options->no_stream, "Ask for the answer in one piece",
      NULL },
    { "final-answer", 0, 0, G_OPTION_ARG_NONE, &options->final_answer,
      "Have the answer given by calling a tool, final_answer (sums of the offline helper always "
      "are)",
      NULL },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &raw.format, "What to print (default: text)",
      "text|events|log|json" },
    { "no-trace", 0, 0, G_OPTION_ARG_NONE, &options->no_trace, "Do not record this run", NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &options->verbose, "Tell about runs on standard error",
      NULL },
    { "run-name", 0, 0, G_OPTION_ARG_STRING, &options->run_name, "Name of the root run", "NAME" },
    { "tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->tags, "A tag of the root run", "TAG" },
    { "metadata", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->metadata, "Metadata of the root run",
      "KEY=VALUE" },
  };

  g_array_append_vals (all, entries, G_N_ELEMENTS (entries));
  rnl_cli_params_add_options (&options->params, all);
  if (!rnl_cli_parse_filtered ((GOptionEntry *) all->data, &options->filter, "[PROMPT]", &argc,
                               &argv, error)
      || !check (options, &raw, error) || !take_prompt (options, argc, argv, error))
    return NULL;

  return g_steal_pointer (&options);
}
