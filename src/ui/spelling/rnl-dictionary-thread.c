/* rnl-dictionary-thread.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-dictionary-thread.h"

/* What only the thread touches. */
typedef struct
{
  RnlDictionaries *dictionaries;
  GStrv wanted; /* what they were opened for */
  GStrv used;
} Desk;

void
rnl_dictionary_job_free (RnlDictionaryJob *job)
{
  g_clear_object (&job->task);
  g_strfreev (job->wanted);
  g_strfreev (job->words);
  g_strfreev (job->used);
  g_strfreev (job->found);
  g_free (job->right);
  g_free (job);
}

static void
desk_free (Desk *desk)
{
  g_clear_pointer (&desk->dictionaries, rnl_dictionaries_free);
  g_strfreev (desk->wanted);
  g_strfreev (desk->used);
  g_free (desk);
}

/* The person's languages come with their countries first: "de_AT", "de". A language alone is for
 * who has none of its countries. */
static GStrv
choose (RnlDictionaries *dictionaries, const char *const *wanted)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; wanted[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (wanted[i], "_", 2);

      if ((parts[1] == NULL && g_hash_table_contains (taken, wanted[i]))
          || !rnl_dictionaries_has (dictionaries, wanted[i]))
        continue;
      g_strv_builder_add (builder, wanted[i]);
      g_hash_table_add (taken, g_strdup (parts[0]));
    }

  return g_strv_builder_end (builder);
}

static void
open_dictionaries (Desk *desk, GStrv wanted)
{
  if (desk->dictionaries == NULL)
    desk->dictionaries = rnl_dictionaries_new ();
  if (desk->wanted != NULL
      && g_strv_equal ((const char *const *) desk->wanted, (const char *const *) wanted))
    return;
  g_strfreev (desk->wanted);
  g_strfreev (desk->used);
  desk->wanted = g_strdupv (wanted);
  desk->used = choose (desk->dictionaries, (const char *const *) wanted);
  rnl_dictionaries_use (desk->dictionaries, (const char *const *) desk->used);
}

static void
check (RnlDictionaryJob *job, Desk *desk)
{
  guint n = g_strv_length (job->words);

  job->right = g_new (gboolean, n);
  for (guint i = 0; i < n; i++)
    job->right[i] = rnl_dictionaries_check (desk->dictionaries, job->words[i]);
}

static void
add (RnlDictionaryJob *job, Desk *desk)
{
  g_autoptr (GError) error = NULL;

  /* It counts as right in this session all the same. */
  if (!rnl_dictionaries_add (desk->dictionaries, job->words[0], &error))
    g_info ("cannot keep a word: %s", error->message);
}

static void
answer (RnlDictionaryJob *job, Desk *desk)
{
  open_dictionaries (desk, job->wanted);
  job->used = g_strdupv (desk->used);
  switch (job->verb)
    {
    case RNL_DICTIONARY_CHECK:
      check (job, desk);
      break;
    case RNL_DICTIONARY_SUGGEST:
      job->found = rnl_dictionaries_suggest (desk->dictionaries, job->words[0],
                                             RNL_DICTIONARY_MAX_SUGGESTIONS);
      break;
    case RNL_DICTIONARY_ADD:
      add (job, desk);
      break;
    case RNL_DICTIONARY_LIST:
      job->found = rnl_dictionaries_list (desk->dictionaries);
      break;
    case RNL_DICTIONARY_CLOSE:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
done_cb (gpointer job)
{
  ((RnlDictionaryJob *) job)->done (job);

  return G_SOURCE_REMOVE;
}

static void
run_job (gpointer data, gpointer user_data)
{
  RnlDictionaryJob *job = data;
  Desk *desk = user_data;
  g_autoptr (GSource) source = NULL;

  if (job->verb == RNL_DICTIONARY_CLOSE)
    desk_free (desk);
  else if (job->task == NULL || !g_cancellable_is_cancelled (g_task_get_cancellable (job->task)))
    answer (job, desk);
  if (job->task == NULL)
    {
      rnl_dictionary_job_free (job);
      return;
    }

  /* Never in this thread, as g_main_context_invoke() would where nobody has the context. */
  source = g_idle_source_new ();
  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, done_cb, job, NULL);
  g_source_attach (source, g_task_get_context (job->task));
}

/* Jobs are pushed to it, one is done after the other. No dictionary is opened before the first. */
GThreadPool *
rnl_dictionary_thread_new (void)
{
  return g_thread_pool_new (run_job, g_new0 (Desk, 1), 1, FALSE, NULL);
}

/* Waits until all that was pushed is done. */
void
rnl_dictionary_thread_close (GThreadPool *thread)
{
  RnlDictionaryJob *job = g_new0 (RnlDictionaryJob, 1);

  job->verb = RNL_DICTIONARY_CLOSE;
  g_thread_pool_push (thread, job, NULL);
  g_thread_pool_free (thread, FALSE, TRUE);
}
