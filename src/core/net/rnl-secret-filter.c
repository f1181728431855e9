/* rnl-secret-filter.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-secret-filter.h"

#include <string.h>

#include "rnl-redact.h"

struct _RnlSecretFilter
{
  /* owned */
  char **secrets; /* none is short enough to be an ordinary word */
  GString *held;  /* may be the beginning of a secret */
  GString *out;
};

/**
 * rnl_secret_filter_new:
 * @secrets: (array zero-terminated=1): what the text must not tell
 *
 * A server may repeat the key it was asked with, cut anywhere. What could be the beginning of a
 * secret is held back until it is known.
 *
 * Returns: (transfer full) (nullable): a filter, `NULL` when there is nothing to look for
 */
RnlSecretFilter *
rnl_secret_filter_new (const char *const *secrets)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  RnlSecretFilter *self;
  gboolean any = FALSE;

  for (gsize i = 0; secrets[i] != NULL; i++)
    if (strlen (secrets[i]) >= RNL_REDACT_MIN_SECRET)
      {
        g_strv_builder_add (builder, secrets[i]);
        any = TRUE;
      }
  if (!any)
    return NULL;

  self = g_new0 (RnlSecretFilter, 1);
  self->secrets = g_strv_builder_end (builder);
  self->held = g_string_new (NULL);
  self->out = g_string_new (NULL);

  return self;
}

void
rnl_secret_filter_free (RnlSecretFilter *self)
{
  g_strfreev (self->secrets);
  g_string_free (self->held, TRUE);
  g_string_free (self->out, TRUE);
  g_free (self);
}

/* How many bytes at the end of @text could be the beginning of @secret. */
static gsize
find_beginning (const char *text, gsize length, const char *secret)
{
  gsize longest = MIN (length, strlen (secret) - 1);
  const char *end = text + length;

  for (const char *p = end - longest; p < end; p++)
    {
      p = memchr (p, *secret, (gsize) (end - p));
      if (p == NULL)
        return 0;
      if (memcmp (p, secret, (gsize) (end - p)) == 0)
        return (gsize) (end - p);
    }

  return 0;
}

static gboolean
is_clean (RnlSecretFilter *self, const char *text, gsize length)
{
  for (gsize i = 0; self->secrets[i] != NULL; i++)
    if (memmem (text, length, self->secrets[i], strlen (self->secrets[i])) != NULL
        || find_beginning (text, length, self->secrets[i]) > 0)
      return FALSE;

  return TRUE;
}

/**
 * rnl_secret_filter_feed:
 * @self: a filter
 * @text: the next piece
 * @length: of @text in bytes
 * @out_length: (out): of what is returned
 *
 * Returns: (transfer none): what may be told now, valid until the next call; @text itself when
 * there is nothing in it
 */
const char *
rnl_secret_filter_feed (RnlSecretFilter *self, const char *text, gsize length, gsize *out_length)
{
  gsize hold = 0;

  *out_length = length;
  if (self->held->len == 0 && is_clean (self, text, length))
    return text;

  g_string_assign (self->out, self->held->str);
  g_string_append_len (self->out, text, (gssize) length);
  for (gsize i = 0; self->secrets[i] != NULL; i++)
    g_string_replace (self->out, self->secrets[i], RNL_REDACTED, 0);
  for (gsize i = 0; self->secrets[i] != NULL; i++)
    hold = MAX (hold, find_beginning (self->out->str, self->out->len, self->secrets[i]));
  g_string_assign (self->held, self->out->str + self->out->len - hold);
  g_string_truncate (self->out, self->out->len - hold);
  *out_length = self->out->len;

  return self->out->str;
}

/**
 * rnl_secret_filter_whole:
 * @self: a filter that holds nothing
 * @text: something that comes in one piece
 * @length: of @text in bytes
 * @out_length: (out): of what is returned
 *
 * Returns: (transfer none): what may be told, valid until the next call
 */
const char *
rnl_secret_filter_whole (RnlSecretFilter *self, const char *text, gsize length, gsize *out_length)
{
  g_string_truncate (self->out, 0);
  g_string_append_len (self->out, text, (gssize) length);
  for (gsize i = 0; self->secrets[i] != NULL; i++)
    g_string_replace (self->out, self->secrets[i], RNL_REDACTED, 0);
  *out_length = self->out->len;

  return self->out->str;
}

/**
 * rnl_secret_filter_holds:
 * @self: a filter
 *
 * Returns: whether something is held back
 */
gboolean
rnl_secret_filter_holds (RnlSecretFilter *self)
{
  return self->held->len > 0;
}

/**
 * rnl_secret_filter_flush:
 * @self: a filter
 * @out_length: (out): of what is returned
 *
 * Returns: (transfer none): what was held back and is no secret after all, valid until the next
 * call
 */
const char *
rnl_secret_filter_flush (RnlSecretFilter *self, gsize *out_length)
{
  g_string_assign (self->out, self->held->str);
  g_string_truncate (self->held, 0);
  *out_length = self->out->len;

  return self->out->str;
}
