/* rnl-spelling-check.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-spelling-check.h"

#define KEY "check-spelling"

/**
 * RnlSpellingCheck:
 *
 * The marks of a text view and their menu, for as long as the person has spelling checked.
 */
struct _RnlSpellingCheck
{
  GObject parent_instance;

  /* owned */
  RnlSpellingMarks *marks;
  RnlSpellingMenu *menu;
};

G_DEFINE_FINAL_TYPE (RnlSpellingCheck, rnl_spelling_check, G_TYPE_OBJECT)

static void
rnl_spelling_check_dispose (GObject *object)
{
  RnlSpellingCheck *self = RNL_SPELLING_CHECK (object);

  if (self->marks != NULL)
    {
      g_settings_unbind (self->marks, "enabled");
      rnl_spelling_marks_set_enabled (self->marks, FALSE);
    }
  g_clear_object (&self->menu);
  g_clear_object (&self->marks);

  G_OBJECT_CLASS (rnl_spelling_check_parent_class)->dispose (object);
}

static void
rnl_spelling_check_class_init (RnlSpellingCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_spelling_check_dispose;
}

static void
rnl_spelling_check_init (RnlSpellingCheck *self)
{
}

/**
 * rnl_spelling_check_new:
 * @view: where a person writes; its buffer has to stay the same
 * @speller: who knows what is right
 * @settings: the program's, of which `check-spelling` is followed
 *
 * What is in @view already is looked at, what the program writes there later only when the person
 * does, too.
 *
 * Returns: (transfer full): the check of @view, to be given up before @view is
 */
RnlSpellingCheck *
rnl_spelling_check_new (GtkTextView *view, RnlSpeller *speller, GSettings *settings)
{
  RnlSpellingCheck *self = g_object_new (RNL_TYPE_SPELLING_CHECK, NULL);

  self->marks = rnl_spelling_marks_new (view, speller);
  self->menu = rnl_spelling_menu_new (self->marks);
  g_settings_bind (settings, KEY, self->marks, "enabled", G_SETTINGS_BIND_GET);

  return self;
}
