/* rnl-redact.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-redact.h"

#include <string.h>

static const struct
{
  const char *pattern;
  const char *replacement;
} rules[] = {
  /* Header lines, members of JSON, and parameters of addresses that hold a key. */
  { "(?i)\\b((?:proxy-)?authorization|(?:x-)?(?:goog-)?api[-_]?key|access[-_]?token|refresh[-_]?"
    "token"
    "|client[-_]?secret|password)(\"?\\s*[:=]\\s*\"?)(?:(bearer|basic)\\s+)?[^\\s\"'&,;]+",
    "\\1\\2" RNL_REDACTED },
  { "(?i)([?&](?:key|token|sig|signature)=)[^\\s\"'&#]+", "\\1" RNL_REDACTED },
  { "(?i)\\b(bearer|basic)\\s+[a-z0-9._~+/=*-]{6,}", "\\1 " RNL_REDACTED },
  /* Keys by their looks: OpenAI, Anthropic, OpenRouter, Groq, Hugging Face, GitHub, xAI, ... */
  { "\\b(?:sk|pk|rk|gsk|hf|ghp|gho|ghs|xai|nvapi|r8|pplx|csk|tgp|fw)[-_][A-Za-z0-9_*.-]{8,}",
    RNL_REDACTED },
  { "\\bAIza[A-Za-z0-9_*-]{12,}", RNL_REDACTED },
  { "\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*", RNL_REDACTED },
  /* A name and a password in an address. */
  { "://[^/\\s:@]*:[^/\\s@]+@", "://" RNL_REDACTED "@" },
};

static GRegex *
get_regex (gsize i)
{
  static GRegex *regexes[G_N_ELEMENTS (rules)];

  if (g_once_init_enter (&regexes[i]))
    {
      /* Not optimised: what is redacted is short and seldom, and valgrind cannot follow the code
       * that PCRE2 makes of an optimised expression. */
      GRegex *regex = g_regex_new (rules[i].pattern, G_REGEX_RAW, 0, NULL);

      g_assert (regex != NULL);
      g_once_init_leave (&regexes[i], regex);
    }

  return regexes[i];
}

/**
 * rnl_redact_all:
 * @text: any text
 * @secrets: (nullable) (array zero-terminated=1): what was used to sign in, as far as it is known
 *
 * Takes out what is, or looks like, a key or a password. It errs on the side of taking too much.
 *
 * Returns: (transfer full): @text with `RNL_REDACTED` in the places
 */
char *
rnl_redact_all (const char *text, const char *const *secrets)
{
  g_autoptr (GString) work = g_string_new (text);

  for (gsize i = 0; secrets != NULL && secrets[i] != NULL; i++)
    if (strlen (secrets[i]) >= RNL_REDACT_MIN_SECRET)
      g_string_replace (work, secrets[i], RNL_REDACTED, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *next = g_regex_replace (get_regex (i), work->str, (gssize) work->len, 0,
                                               rules[i].replacement, 0, NULL);

      if (next != NULL)
        g_string_assign (work, next);
    }

  return g_strdup (work->str);
}

/**
 * rnl_redact:
 * @text: any text
 * @secret: (nullable): the key that was used, if it is known
 *
 * As [func@redact_all] with one secret.
 *
 * Returns: (transfer full): @text with `RNL_REDACTED` in the places
 */
char *
rnl_redact (const char *text, const char *secret)
{
  const char *const secrets[] = { secret, NULL };

  return rnl_redact_all (text, secrets);
}
