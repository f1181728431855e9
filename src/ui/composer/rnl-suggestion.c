/* rnl-suggestion.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-suggestion.h"

#include <string.h>

/**
 * RnlSuggestion:
 *
 * An action that can be done, or an object (a prompt, a file, a chat) that can be put in.
 */
struct _RnlSuggestion
{
  GObject parent_instance;

  /* owned */
  char *title;
  char *folded; /* the title as it is compared */
  char *detail;
  char *icon_name;
  char *action;
  char *target;
  GObject *object;
};

G_DEFINE_FINAL_TYPE (RnlSuggestion, rnl_suggestion, G_TYPE_OBJECT)

static void
rnl_suggestion_finalize (GObject *object)
{
  RnlSuggestion *self = RNL_SUGGESTION (object);

  g_free (self->title);
  g_free (self->folded);
  g_free (self->detail);
  g_free (self->icon_name);
  g_free (self->action);
  g_free (self->target);
  g_clear_object (&self->object);

  G_OBJECT_CLASS (rnl_suggestion_parent_class)->finalize (object);
}

static void
rnl_suggestion_class_init (RnlSuggestionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_suggestion_finalize;
}

static void
rnl_suggestion_init (RnlSuggestion *self)
{
}

static RnlSuggestion *
make (const char *title, const char *icon_name)
{
  RnlSuggestion *self = g_object_new (RNL_TYPE_SUGGESTION, NULL);

  self->title = g_strdup (title);
  self->folded = g_utf8_casefold (title, -1);
  self->icon_name = g_strdup (icon_name);

  return self;
}

/**
 * rnl_suggestion_new_action:
 * @title: what it is called
 * @icon_name: a symbolic icon
 * @action: the detailed name of an action
 * @target: (nullable): its parameter, a text
 *
 * Returns: (transfer full): a suggestion to do something
 */
RnlSuggestion *
rnl_suggestion_new_action (const char *title,
                           const char *icon_name,
                           const char *action,
                           const char *target)
{
  RnlSuggestion *self = make (title, icon_name);

  self->action = g_strdup (action);
  self->target = g_strdup (target);

  return self;
}

/**
 * rnl_suggestion_new_object:
 * @title: what it is called
 * @detail: (nullable): more about it, in one line
 * @icon_name: a symbolic icon
 * @object: what it stands for
 *
 * Returns: (transfer full): a suggestion to put something in
 */
RnlSuggestion *
rnl_suggestion_new_object (const char *title,
                           const char *detail,
                           const char *icon_name,
                           gpointer object)
{
  RnlSuggestion *self = make (title, icon_name);

  self->detail = g_strdup (detail);
  self->object = g_object_ref (object);

  return self;
}

/**
 * rnl_suggestion_get_title:
 * @self: a suggestion
 *
 * Returns: (transfer none): what it is called
 */
const char *
rnl_suggestion_get_title (RnlSuggestion *self)
{
  g_return_val_if_fail (RNL_IS_SUGGESTION (self), NULL);

  return self->title;
}

/**
 * rnl_suggestion_get_detail:
 * @self: a suggestion
 *
 * Returns: (transfer none) (nullable): more about it
 */
const char *
rnl_suggestion_get_detail (RnlSuggestion *self)
{
  g_return_val_if_fail (RNL_IS_SUGGESTION (self), NULL);

  return self->detail;
}

/**
 * rnl_suggestion_get_icon_name:
 * @self: a suggestion
 *
 * Returns: (transfer none): a symbolic icon
 */
const char *
rnl_suggestion_get_icon_name (RnlSuggestion *self)
{
  g_return_val_if_fail (RNL_IS_SUGGESTION (self), NULL);

  return self->icon_name;
}

/**
 * rnl_suggestion_get_action:
 * @self: a suggestion
 *
 * Returns: (transfer none) (nullable): what it does
 */
const char *
rnl_suggestion_get_action (RnlSuggestion *self)
{
  g_return_val_if_fail (RNL_IS_SUGGESTION (self), NULL);

  return self->action;
}

/**
 * rnl_suggestion_get_target:
 * @self: a suggestion
 *
 * Returns: (transfer none) (nullable): the parameter of what it does
 */
const char *
rnl_suggestion_get_target (RnlSuggestion *self)
{
  g_return_val_if_fail (RNL_IS_SUGGESTION (self), NULL);

  return self->target;
}

/**
 * rnl_suggestion_get_object:
 * @self: a suggestion
 *
 * Returns: (transfer none) (nullable): what it puts in
 */
gpointer
rnl_suggestion_get_object (RnlSuggestion *self)
{
  g_return_val_if_fail (RNL_IS_SUGGESTION (self), NULL);

  return self->object;
}

/**
 * rnl_suggestion_match:
 * @self: a suggestion
 * @folded: what has been written of it, folded by `g_utf8_casefold()`
 *
 * Returns: how well it fits: 0 not at all, then inside, at the start of a word, at the start
 */
guint
rnl_suggestion_match (RnlSuggestion *self, const char *folded)
{
  guint best = 0;

  g_return_val_if_fail (RNL_IS_SUGGESTION (self), 0);

  if (g_str_has_prefix (self->folded, folded))
    return 3;
  for (const char *at = strstr (self->folded, folded); at != NULL && best < 2;
       at = strstr (g_utf8_next_char (at), folded))
    best = g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at))) ? 1 : 2;

  return best;
}
