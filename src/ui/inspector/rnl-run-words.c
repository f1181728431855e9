/* rnl-run-words.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-run-words.h"

#include <glib/gi18n.h>

#include "rnl-compat.h"
#include "rnl-tool-look.h"

static const struct
{
  const char *word;
  const char *icon; /* NULL: one of our own */
} types[] = {
  [RNL_RUN_AGENT] = { N_ ("Agent"), "media-playlist-repeat-symbolic" },
  [RNL_RUN_CHAT_MODEL] = { N_ ("Model"), NULL },
  [RNL_RUN_LLM] = { N_ ("Model"), NULL },
  [RNL_RUN_CHAIN] = { N_ ("Pipeline"), "insert-link-symbolic" },
  [RNL_RUN_TOOL] = { N_ ("Tool"), "system-run-symbolic" },
  [RNL_RUN_RETRIEVER] = { N_ ("Search"), "system-search-symbolic" },
  [RNL_RUN_PROMPT] = { N_ ("Prompt"), "document-edit-symbolic" },
  [RNL_RUN_PARSER] = { N_ ("Parser"), "view-list-symbolic" },
  [RNL_RUN_CUSTOM] = { N_ ("Step"), "media-playback-start-symbolic" },
};

static const struct
{
  const char *word;
  const char *icon;
  const char *css_class;
} states[] = {
  [RNL_RUN_PENDING] = { N_ ("Running"), "content-loading-symbolic", "running" },
  [RNL_RUN_RUNNING] = { N_ ("Running"), "content-loading-symbolic", "running" },
  [RNL_RUN_FINISHED] = { N_ ("Done"), "object-select-symbolic", "done" },
  [RNL_RUN_FAILED] = { N_ ("Failed"), "dialog-error-symbolic", "failed" },
  [RNL_RUN_CANCELLED] = { N_ ("Cancelled"), "process-stop-symbolic", "cancelled" },
};

/**
 * rnl_run_words_icon:
 * @facts: what is known of a run
 *
 * Returns: (transfer full): what it looks like
 */
GIcon *
rnl_run_words_icon (const RnlInspectedFacts *facts)
{
  if (facts->type == RNL_RUN_TOOL)
    return rnl_tool_look_icon (facts->name);
  if (types[facts->type].icon == NULL)
    return rnl_compat_own_icon ("rnl-model-symbolic",
                                RNL_RESOURCE_BASE "/inspector/rnl-model-symbolic.svg");

  return g_themed_icon_new (types[facts->type].icon);
}

const char *
rnl_run_words_type (RnlRunType type)
{
  return _ (types[type].word);
}

const char *
rnl_run_words_state (const RnlInspectedFacts *facts)
{
  return facts->interrupted ? _ ("Interrupted") : _ (states[facts->state].word);
}

const char *
rnl_run_words_state_icon (const RnlInspectedFacts *facts)
{
  return facts->interrupted ? "dialog-warning-symbolic" : states[facts->state].icon;
}

const char *
rnl_run_words_state_class (const RnlInspectedFacts *facts)
{
  return facts->interrupted ? "interrupted" : states[facts->state].css_class;
}

/**
 * rnl_run_words_count:
 * @count: how many
 *
 * Returns: (transfer full): the number as people write it, "12,345"
 */
char *
rnl_run_words_count (gint64 count)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, count);
}

/**
 * rnl_run_words_tokens:
 * @usage: counts
 *
 * Returns: (transfer full) (nullable): "120 tokens in, 45 out", `NULL` when nothing is known
 */
char *
rnl_run_words_tokens (const RnlUsage *usage)
{
  g_autofree char *input = rnl_run_words_count (usage->input);
  g_autofree char *output = rnl_run_words_count (usage->output);

  if (usage->input >= 0 && usage->output >= 0)
    /* Translators: how many tokens a model read and wrote */
    return g_strdup_printf (_ ("%s tokens in, %s out"), input, output);
  if (usage->output >= 0)
    /* Translators: how many tokens a model wrote */
    return g_strdup_printf (_ ("%s tokens out"), output);
  if (usage->input >= 0)
    /* Translators: how many tokens a model read */
    return g_strdup_printf (_ ("%s tokens in"), input);

  return NULL;
}
