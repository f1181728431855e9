/* rnl-prompt.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-prompt.h"

/**
 * RnlPrompt:
 *
 * A name and a text in which `{a name}` is a slot, filled in each time. It does not change: an
 * edited one takes its place.
 */
struct _RnlPrompt
{
  GObject parent_instance;

  /* owned */
  char *name;
  char *text;
};

G_DEFINE_FINAL_TYPE (RnlPrompt, rnl_prompt, G_TYPE_OBJECT)

static void
rnl_prompt_finalize (GObject *object)
{
  RnlPrompt *self = RNL_PROMPT (object);

  g_free (self->name);
  g_free (self->text);

  G_OBJECT_CLASS (rnl_prompt_parent_class)->finalize (object);
}

static void
rnl_prompt_class_init (RnlPromptClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_prompt_finalize;
}

static void
rnl_prompt_init (RnlPrompt *self)
{
}

/**
 * rnl_prompt_new:
 * @name: what it is found by
 * @text: what it writes
 *
 * Returns: (transfer full): a prompt
 */
RnlPrompt *
rnl_prompt_new (const char *name, const char *text)
{
  RnlPrompt *self = g_object_new (RNL_TYPE_PROMPT, NULL);

  self->name = g_strdup (name);
  self->text = g_strdup (text);

  return self;
}

/**
 * rnl_prompt_get_name:
 * @self: a prompt
 *
 * Returns: (transfer none): what it is found by
 */
const char *
rnl_prompt_get_name (RnlPrompt *self)
{
  g_return_val_if_fail (RNL_IS_PROMPT (self), NULL);

  return self->name;
}

/**
 * rnl_prompt_get_text:
 * @self: a prompt
 *
 * Returns: (transfer none): what it writes, with its slots
 */
const char *
rnl_prompt_get_text (RnlPrompt *self)
{
  g_return_val_if_fail (RNL_IS_PROMPT (self), NULL);

  return self->text;
}
