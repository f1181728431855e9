/* rnl-workspace-private.h: between the files of the workspace
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-workspace.h"

G_BEGIN_DECLS

struct _RnlWorkspace
{
  GObject parent_instance;

  /* owned */
  GSettings *settings;
  RnlLibrary *library;
  RnlAccounts *accounts;
  RnlModelDownloads *downloads;
  RnlToolRegistry *tools;
  RnlPromptList *prompts;   /* NULL until somebody asks */
  RnlSpeller *speller;      /* the same */
  RnlRunRecorder *recorder; /* NULL when the person does not want traces */
  GError *storage_error;
  GHashTable *open; /* chat id -> GWeakRef to its RnlConversation */
  GHashTable *busy; /* set of RnlConversation */

  gboolean told; /* what opening found */
};

G_END_DECLS
