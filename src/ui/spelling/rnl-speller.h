/* rnl-speller.h: knows whether words are right, without making anybody wait
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RnlSpelling:
 * @RNL_SPELLING_UNKNOWN: nobody has asked the dictionaries
 * @RNL_SPELLING_RIGHT: a dictionary has it, or the person does
 * @RNL_SPELLING_WRONG: no dictionary has it
 *
 * What is known of a word.
 */
typedef enum
{
  RNL_SPELLING_UNKNOWN,
  RNL_SPELLING_RIGHT,
  RNL_SPELLING_WRONG
} RnlSpelling;

#define RNL_TYPE_SPELLER (rnl_speller_get_type ())
G_DECLARE_FINAL_TYPE (RnlSpeller, rnl_speller, RNL, SPELLER, GObject)

gboolean rnl_speller_is_supported (void);

RnlSpeller *rnl_speller_new (void);
void rnl_speller_set_languages (RnlSpeller *self, const char *const *tags);

void rnl_speller_list_languages_async (RnlSpeller *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GStrv rnl_speller_list_languages_finish (RnlSpeller *self,
                                         GAsyncResult *result,
                                         GStrv *used,
                                         GError **error);

RnlSpelling rnl_speller_look_up (RnlSpeller *self, const char *word);
void rnl_speller_check_async (RnlSpeller *self,
                              const char *const *words,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean rnl_speller_check_finish (RnlSpeller *self, GAsyncResult *result, GError **error);
void rnl_speller_suggest_async (RnlSpeller *self,
                                const char *word,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GStrv rnl_speller_suggest_finish (RnlSpeller *self, GAsyncResult *result, GError **error);

void rnl_speller_add (RnlSpeller *self, const char *word);
void rnl_speller_ignore (RnlSpeller *self, const char *word);

G_END_DECLS
