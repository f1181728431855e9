/* rnl-speller.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-speller.h"

#include <pango/pango.h>
#include <string.h>

#include "rnl-dictionary-thread.h"

/* All of a long text's words; beyond that it is begun anew. */
#define MAX_KNOWN 20000

/**
 * RnlSpeller:
 *
 * The dictionaries of the person's languages. A word is right when one of them has it. They are
 * opened by the first question and asked by one thread only; what they said is remembered here.
 *
 * Signals: `changed`, when words that were wrong no longer are, or other languages count.
 */
struct _RnlSpeller
{
  GObject parent_instance;

  /* owned */
  GStrv chosen;        /* languages; NULL: the person's */
  GStrv used;          /* those with a dictionary; NULL: not known yet */
  GArray *scripts;     /* PangoScript: those of the languages in use; empty: any */
  GHashTable *known;   /* word -> RnlSpelling */
  GHashTable *ignored; /* words */
  GThreadPool *thread; /* NULL until somebody asks */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlSpeller, rnl_speller, G_TYPE_OBJECT)

/* The languages of the session, and English where it has none, as the program has it itself. */
static GStrv
dup_person_languages (void)
{
  const char *const *names = g_get_language_names ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean any = FALSE;

  for (gsize i = 0; names[i] != NULL; i++)
    if (strpbrk (names[i], ".@") == NULL && !g_str_equal (names[i], "C")
        && !g_str_equal (names[i], "POSIX"))
      {
        g_strv_builder_add (builder, names[i]);
        any = TRUE;
      }
  if (!any)
    g_strv_builder_add_many (builder, "en_US", "en", NULL);

  return g_strv_builder_end (builder);
}

static GStrv
dup_wanted (RnlSpeller *self)
{
  return self->chosen != NULL ? g_strdupv (self->chosen) : dup_person_languages ();
}

/* The scripts of the languages in use: a word in another one nobody here can judge. */
static void
learn_languages (RnlSpeller *self, GStrv used)
{
  g_strfreev (self->used);
  self->used = g_strdupv (used);
  g_array_set_size (self->scripts, 0);
  for (gsize i = 0; used[i] != NULL; i++)
    {
      PangoLanguage *language = pango_language_from_string (used[i]);
      int n_scripts = 0;
      const PangoScript *scripts = pango_language_get_scripts (language, &n_scripts);

      if (scripts == NULL)
        {
          g_array_set_size (self->scripts, 0);
          return;
        }
      g_array_append_vals (self->scripts, scripts, n_scripts);
    }
}

static void
remember (RnlSpeller *self, RnlDictionaryJob *job)
{
  if (g_hash_table_size (self->known) > MAX_KNOWN)
    g_hash_table_remove_all (self->known);
  for (guint i = 0; job->words[i] != NULL; i++)
    if (!g_hash_table_contains (self->ignored, job->words[i]))
      g_hash_table_insert (
        self->known, g_strdup (job->words[i]),
        GUINT_TO_POINTER (job->right[i] ? RNL_SPELLING_RIGHT : RNL_SPELLING_WRONG));
}

/* What was asked for other languages is not remembered. */
static void
job_done (RnlDictionaryJob *job)
{
  g_autoptr (GTask) task = g_steal_pointer (&job->task);
  RnlSpeller *self = g_task_get_source_object (task);
  g_auto (GStrv) wanted = dup_wanted (self);

  if (job->used != NULL
      && g_strv_equal ((const char *const *) wanted, (const char *const *) job->wanted))
    {
      learn_languages (self, job->used);
      if (job->right != NULL)
        remember (self, job);
    }
  g_task_return_pointer (task, job, (GDestroyNotify) rnl_dictionary_job_free);
}

static void
push (RnlSpeller *self, RnlDictionaryVerb verb, GTask *task, const char *const *words)
{
  RnlDictionaryJob *job = g_new0 (RnlDictionaryJob, 1);

  if (self->thread == NULL)
    self->thread = rnl_dictionary_thread_new ();
  job->verb = verb;
  job->task = task;
  job->done = job_done;
  job->wanted = dup_wanted (self);
  job->words = g_strdupv ((GStrv) words);
  g_thread_pool_push (self->thread, job, NULL);
}

static void
rnl_speller_finalize (GObject *object)
{
  RnlSpeller *self = RNL_SPELLER (object);

  /* Whoever waits for an answer holds the speller: only words that are to be kept are left. */
  g_clear_pointer (&self->thread, rnl_dictionary_thread_close);
  g_strfreev (self->chosen);
  g_strfreev (self->used);
  g_array_unref (self->scripts);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->ignored);

  G_OBJECT_CLASS (rnl_speller_parent_class)->finalize (object);
}

static void
rnl_speller_class_init (RnlSpellerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_speller_finalize;

  signals[CHANGED] = g_signal_new ("changed", RNL_TYPE_SPELLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
rnl_speller_init (RnlSpeller *self)
{
  self->scripts = g_array_new (FALSE, FALSE, sizeof (PangoScript));
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ignored = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * rnl_speller_is_supported:
 *
 * Returns: whether the program was built with a library of dictionaries; without, every word is
 *   right
 */
gboolean
rnl_speller_is_supported (void)
{
  return rnl_dictionaries_are_there ();
}

/**
 * rnl_speller_new:
 *
 * Returns: (transfer full): a speller of the person's languages; it has opened nothing yet
 */
RnlSpeller *
rnl_speller_new (void)
{
  return g_object_new (RNL_TYPE_SPELLER, NULL);
}

/**
 * rnl_speller_set_languages:
 * @self: a speller
 * @tags: (nullable): languages as in "de_AT"; `NULL` or none: the person's, as the session says.
 *   Those without a dictionary do not count
 *
 * Emits `changed` when they are others than before.
 */
void
rnl_speller_set_languages (RnlSpeller *self, const char *const *tags)
{
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) now = NULL;

  g_return_if_fail (RNL_IS_SPELLER (self));

  before = dup_wanted (self);
  g_strfreev (self->chosen);
  self->chosen = tags != NULL && tags[0] != NULL ? g_strdupv ((GStrv) tags) : NULL;
  now = dup_wanted (self);
  if (g_strv_equal ((const char *const *) before, (const char *const *) now))
    return;
  g_clear_pointer (&self->used, g_strfreev);
  g_hash_table_remove_all (self->known);
  g_signal_emit (self, signals[CHANGED], 0);
}

static RnlDictionaryJob *
finish (RnlSpeller *self, GAsyncResult *result, gpointer tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rnl_speller_list_languages_async:
 * @self: a speller
 * @cancellable: (nullable): cancels
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds out which dictionaries there are.
 */
void
rnl_speller_list_languages_async (RnlSpeller *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_SPELLER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_speller_list_languages_async);
  push (self, RNL_DICTIONARY_LIST, task, NULL);
}

/**
 * rnl_speller_list_languages_finish:
 * @self: a speller
 * @result: the result
 * @used: (out) (optional) (transfer full): those words are looked up in, the first one first
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): every language with a dictionary, as in "de_AT", sorted, or
 *   `NULL` with @error set
 */
GStrv
rnl_speller_list_languages_finish (RnlSpeller *self,
                                   GAsyncResult *result,
                                   GStrv *used,
                                   GError **error)
{
  RnlDictionaryJob *job = finish (self, result, rnl_speller_list_languages_async, error);
  GStrv found;

  if (job == NULL)
    return NULL;
  found = g_steal_pointer (&job->found);
  if (used != NULL)
    *used = g_steal_pointer (&job->used);
  rnl_dictionary_job_free (job);

  return found;
}

static gboolean
reads_script (RnlSpeller *self, const char *word)
{
  GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (word));

  if (self->scripts->len == 0)
    return TRUE;
  for (guint i = 0; i < self->scripts->len; i++)
    if ((int) g_array_index (self->scripts, PangoScript, i) == (int) script)
      return TRUE;

  return FALSE;
}

/**
 * rnl_speller_look_up:
 * @self: a speller
 * @word: a word
 *
 * Returns: what is known of it now; a word in a script that none of the languages is written in is
 *   right
 */
RnlSpelling
rnl_speller_look_up (RnlSpeller *self, const char *word)
{
  g_return_val_if_fail (RNL_IS_SPELLER (self), RNL_SPELLING_RIGHT);
  g_return_val_if_fail (word != NULL, RNL_SPELLING_RIGHT);

  if (g_hash_table_contains (self->ignored, word)
      || (self->used != NULL && (self->used[0] == NULL || !reads_script (self, word))))
    return RNL_SPELLING_RIGHT;

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->known, word));
}

/**
 * rnl_speller_check_async:
 * @self: a speller
 * @words: (array zero-terminated=1): words
 * @cancellable: (nullable): cancels
 * @callback: called when they are known
 * @user_data: for @callback
 *
 * Asks the dictionaries; [method@Speller.look_up] knows the words then.
 */
void
rnl_speller_check_async (RnlSpeller *self,
                         const char *const *words,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_SPELLER (self));
  g_return_if_fail (words != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_speller_check_async);
  push (self, RNL_DICTIONARY_CHECK, task, words);
}

/**
 * rnl_speller_check_finish:
 * @self: a speller
 * @result: the result
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether they were asked
 */
gboolean
rnl_speller_check_finish (RnlSpeller *self, GAsyncResult *result, GError **error)
{
  RnlDictionaryJob *job = finish (self, result, rnl_speller_check_async, error);

  g_clear_pointer (&job, rnl_dictionary_job_free);

  return error == NULL || *error == NULL;
}

/**
 * rnl_speller_suggest_async:
 * @self: a speller
 * @word: a word that is wrong
 * @cancellable: (nullable): cancels
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks what was meant.
 */
void
rnl_speller_suggest_async (RnlSpeller *self,
                           const char *word,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  const char *words[] = { word, NULL };
  GTask *task;

  g_return_if_fail (RNL_IS_SPELLER (self));
  g_return_if_fail (word != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_speller_suggest_async);
  push (self, RNL_DICTIONARY_SUGGEST, task, words);
}

/**
 * rnl_speller_suggest_finish:
 * @self: a speller
 * @result: the result
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): at most five words, the likeliest first, or `NULL` with
 *   @error set
 */
GStrv
rnl_speller_suggest_finish (RnlSpeller *self, GAsyncResult *result, GError **error)
{
  RnlDictionaryJob *job = finish (self, result, rnl_speller_suggest_async, error);
  GStrv found;

  if (job == NULL)
    return NULL;
  found = g_steal_pointer (&job->found);
  rnl_dictionary_job_free (job);

  return found;
}

/**
 * rnl_speller_ignore:
 * @self: a speller
 * @word: a word
 *
 * Takes it for right until the program ends. Emits `changed`.
 */
void
rnl_speller_ignore (RnlSpeller *self, const char *word)
{
  g_return_if_fail (RNL_IS_SPELLER (self));
  g_return_if_fail (word != NULL);

  g_hash_table_add (self->ignored, g_strdup (word));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * rnl_speller_add:
 * @self: a speller
 * @word: a word
 *
 * Takes it for right, and keeps it in the person's own list of words, which other programs read,
 * too: that of the first language. Emits `changed`.
 */
void
rnl_speller_add (RnlSpeller *self, const char *word)
{
  const char *words[] = { word, NULL };

  rnl_speller_ignore (self, word);
  push (self, RNL_DICTIONARY_ADD, NULL, words);
}
