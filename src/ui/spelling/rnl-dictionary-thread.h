/* rnl-dictionary-thread.h: the one thread that asks the dictionaries
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-dictionaries.h"

G_BEGIN_DECLS

#define RNL_DICTIONARY_MAX_SUGGESTIONS 5

typedef enum
{
  RNL_DICTIONARY_CHECK,
  RNL_DICTIONARY_SUGGEST,
  RNL_DICTIONARY_ADD,
  RNL_DICTIONARY_LIST,
  RNL_DICTIONARY_CLOSE /* the last one */
} RnlDictionaryVerb;

typedef struct _RnlDictionaryJob RnlDictionaryJob;

/* A question on its way to the thread and back. */
struct _RnlDictionaryJob
{
  RnlDictionaryVerb verb;
  GTask *task;                          /* touched by the main thread only; NULL: nobody waits */
  void (*done) (RnlDictionaryJob *job); /* called in the context of the task; takes the job */
  GStrv wanted;                         /* languages, the first one first */
  GStrv words;

  /* what the thread found; NULL when it was cancelled */
  GStrv used;
  GStrv found;
  gboolean *right; /* one for each of the words */
};

void rnl_dictionary_job_free (RnlDictionaryJob *job);

GThreadPool *rnl_dictionary_thread_new (void);
void rnl_dictionary_thread_close (GThreadPool *thread);

G_END_DECLS
