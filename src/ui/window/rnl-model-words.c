/* rnl-model-words.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-model-words.h"

#include <glib/gi18n.h>

/* What servers call their models stays as it is; ours is named here. */
static gboolean
is_helper (RnlChatModel *model)
{
  return g_strcmp0 (rnl_chat_model_get_id (model), "offline/helper") == 0;
}

/**
 * rnl_model_words_title:
 * @model: a model
 *
 * Returns: (transfer none): its name
 */
const char *
rnl_model_words_title (RnlChatModel *model)
{
  return is_helper (model) ? _ ("Offline helper") : rnl_chat_model_get_title (model);
}

/**
 * rnl_model_words_note:
 * @model: a model
 *
 * Returns: (transfer none) (nullable): a word of honesty beside the name
 */
const char *
rnl_model_words_note (RnlChatModel *model)
{
  return is_helper (model) ? _ ("rules, not AI") : rnl_chat_model_get_note (model);
}

const RnlModelAbilityWords rnl_model_words_abilities[] = {
  { RNL_MODEL_ABILITY_TOOLS, "applications-engineering-symbolic", N_ ("Calls tools") },
  { RNL_MODEL_ABILITY_IMAGES, "image-x-generic-symbolic", N_ ("Sees pictures") },
  { RNL_MODEL_ABILITY_PDF, "x-office-document-symbolic", N_ ("Reads PDF files") },
  { RNL_MODEL_ABILITY_REASONING, "emoji-objects-symbolic", N_ ("Thinks before it answers") },
  { 0, NULL, NULL },
};

/* 200000 is 200 K, 1048576 is 1 M: what fits is not known to the token anyway. */
static char *
dup_count (gint64 count)
{
  if (count >= 1000000)
    /* Translators: a million, after a number */
    return g_strdup_printf (_ ("%.3g M"), (double) (count / 10000) / 100);
  if (count >= 1000)
    /* Translators: a thousand, after a number */
    return g_strdup_printf (_ ("%d K"), (int) (count / 1000));

  return g_strdup_printf ("%d", (int) count);
}

static char *
dup_price (const RnlModelPrice *price)
{
  if (price->input <= 0 && price->output <= 0)
    return g_strdup (_ ("free"));

  /* Translators: US dollars for a million tokens that are sent, and that come back */
  return g_strdup_printf (_ ("$%.4g / $%.4g"), price->input, price->output);
}

static gboolean
has_price (const RnlModelPrice *price)
{
  return price != NULL && price->input >= 0 && price->output >= 0;
}

/**
 * rnl_model_words_dup_facts:
 * @info: a model
 *
 * Returns: (transfer full): how much it reads and what it costs, as far as that is known; may be
 *   empty
 */
char *
rnl_model_words_dup_facts (RnlModelInfo *info)
{
  gint64 length = rnl_model_info_get_context_length (info);
  const RnlModelPrice *price = rnl_model_info_get_price (info);
  g_autoptr (GString) text = g_string_new (NULL);

  if (length > 0)
    {
      g_autofree char *count = dup_count (length);

      /* Translators: %s is a number, "200 K": how much a model reads */
      g_string_append_printf (text, _ ("%s tokens"), count);
    }
  if (has_price (price))
    {
      g_autofree char *cost = dup_price (price);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", cost);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * rnl_model_words_dup_price_tooltip:
 * @info: a model
 *
 * Returns: (transfer full) (nullable): what the price means and how old it is, `NULL` without one
 */
char *
rnl_model_words_dup_price_tooltip (RnlModelInfo *info)
{
  const RnlModelPrice *price = rnl_model_info_get_price (info);

  if (!has_price (price))
    return NULL;
  if (price->date == NULL)
    return g_strdup (_ ("US dollars per million tokens: sent, received"));

  /* Translators: %s is a date */
  return g_strdup_printf (_ ("US dollars per million tokens: sent, received. As of %s"),
                          price->date);
}
