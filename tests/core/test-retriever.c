/* test-retriever.c: folders and texts are found, and questions answered from them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "pipeline-harness.h"
#include "rnl-document-file.h"
#include "rnl-pipeline-error.h"
#include "rnl-retrieval-chain.h"
#include "rnl-retriever.h"
#include "rnl-store-error.h"
#include "rnl-test.h"
#include "rnl-value.h"
#include "rnl-word-embedder.h"

static void
add_text (RnlDocumentIndex *index, const char *source, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rnl_document_index_add_text_async (index, source, text, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  rnl_document_index_add_text_finish (index, result, &error);
  g_assert_no_error (error);
}

static RnlIndexReport *
add_folder (RnlDocumentIndex *index, const char *folder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RnlIndexReport *report;

  rnl_document_index_add_folder_async (index, folder, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  report = rnl_document_index_add_folder_finish (index, result, &error);
  g_assert_no_error (error);

  return report;
}

static GPtrArray *
search (RnlDocumentIndex *index, const char *question, guint limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  rnl_document_index_search_async (index, question, limit, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  found = rnl_document_index_search_finish (index, result, &error);
  g_assert_no_error (error);

  return found;
}

/* The sources found, the best first: "a b". */
static void
assert_finds (RnlDocumentIndex *index, const char *question, const char *expected)
{
  g_autoptr (GPtrArray) found = search (index, question, 10);
  g_autoptr (GString) sources = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      RnlDocument *document = g_ptr_array_index (found, i);
      g_autofree char *name = g_path_get_basename (rnl_document_get_source (document));

      g_string_append_printf (sources, "%s%s", i > 0 ? " " : "", name);
      if (i > 0)
        g_assert_cmpfloat (rnl_document_get_score (document), <=,
                           rnl_document_get_score (g_ptr_array_index (found, i - 1)));
    }
  g_assert_cmpstr (sources->str, ==, expected);
}

/* Seed 004's texts. */
static RnlDocumentIndex *
two_texts (void)
{
  RnlDocumentIndex *index = rnl_document_index_new (NULL);

  add_text (index, "harrison", "harrison worked at kensho");
  add_text (index, "bears", "bears like to eat honey");

  return index;
}

static char *
make_folder (const char *name)
{
  char *folder = g_build_filename (rnl_test_tmp_dir (), name, NULL);

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));

  return folder;
}

static void
write_bytes (const char *folder, const char *name, const char *text, gssize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (g_mkdir_with_parents (parent, 0700));
  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  write_bytes (folder, name, text, -1);
}

static void
test_words (void)
{
  g_autoptr (RnlDocumentIndex) index = two_texts ();

  assert_finds (index, "where did harrison work?", "harrison");
  assert_finds (index, "Who eats HONEY?", "bears");
  assert_finds (index, "harrison and the bears", "harrison bears");
  assert_finds (index, "nothing of that", "");
}

static void
test_replace (void)
{
  g_autoptr (RnlDocumentIndex) index = two_texts ();

  add_text (index, "bears", "bees make wax");
  assert_finds (index, "honey", "");
  assert_finds (index, "wax", "bears");
}

static void
test_scripts (void)
{
  g_autoptr (RnlDocumentIndex) index = rnl_document_index_new (NULL);

  add_text (index, "zh", "\u718a\u559c\u6b22\u5403\u8702\u871c\u3002");
  add_text (index, "de", "B\u00e4ren m\u00f6gen Honig");
  assert_finds (index, "\u8702\u871c", "zh");
  assert_finds (index, "\u871c", "zh");
  assert_finds (index, "\u871c\u8702", "");
  assert_finds (index, "baren", "de");
}

/* Nothing that is typed is syntax. */
static void
test_hostile (void)
{
  static const char *const questions[] = { "",
                                           "\"",
                                           "'",
                                           "*",
                                           "AND",
                                           "NOT NOT",
                                           "a AND OR",
                                           "(((",
                                           "text:x",
                                           "^x",
                                           "NEAR(a b)",
                                           "\"unclosed",
                                           "-x +y",
                                           "{a b}: c",
                                           "; DROP TABLE pieces; --",
                                           "%s%n",
                                           "\\",
                                           "\xff\xfe",
                                           "\n\t",
                                           "?1 ?2",
                                           "words MATCH 'x'",
                                           "\xf0\x9f\x90\xbb",
                                           "\xe2\x80\x8d" };
  g_autoptr (RnlDocumentIndex) index = two_texts ();
  g_autofree char *longest = g_strnfill (100000, 'x');
  g_autoptr (GString) many = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (GPtrArray) found = search (index, questions[i], 4);

      g_assert_nonnull (found);
    }
  g_ptr_array_unref (search (index, longest, 4));
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (many, "w%u ", i);
  g_ptr_array_unref (search (index, many->str, 4));
  assert_finds (index, "\"honey\" OR", "bears");
}

static void
test_folder (void)
{
  g_autofree char *folder = make_folder ("folder");
  g_autofree char *database = g_build_filename (rnl_test_tmp_dir (), "index.db", NULL);
  g_autoptr (RnlDocumentIndex) index = rnl_document_index_new (database);
  g_autoptr (RnlIndexReport) report = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GString) long_text = g_string_new (NULL);

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (long_text, "Line %u of the long text.\n", i);
  write_file (folder, "bears.txt", "Bears like to eat honey.");
  write_file (folder, "deep/er/cats.md", "# About cats\n\nCats hide in boxes.");
  write_file (folder, "long.txt", long_text->str);
  write_file (folder, "program.c", "int bears;");
  write_file (folder, ".hidden.txt", "bears, secretly");
  write_bytes (folder, "binary.txt", "a\0b\0c\0", 6);
  write_file (folder, "broken.pdf", "this is no PDF");

  report = add_folder (index, folder);
  g_assert_cmpuint (report->n_read, ==, 3);
  g_assert_cmpuint (report->n_pieces, >, 8);
  g_assert_cmpuint (g_strv_length (report->skipped), ==, 2);
  for (gsize i = 0; report->skipped[i] != NULL; i++)
    g_test_message ("skipped %s", report->skipped[i]);

  assert_finds (index, "bears", "bears.txt");
  found = search (index, "where do cats hide", 1);
  g_assert_cmpstr (rnl_document_get_title (g_ptr_array_index (found, 0)), ==, "About cats");
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search (index, "line 399", 1);
  g_assert_cmpuint (rnl_document_get_start (g_ptr_array_index (found, 0)), >, 1000);
  g_assert_nonnull (strstr (rnl_document_get_text (g_ptr_array_index (found, 0)), "Line 399 "));
}

static RnlIndexReport *
refresh (RnlDocumentIndex *index, const char *folder, guint n_read, guint n_same, guint n_gone)
{
  RnlIndexReport *report = add_folder (index, folder);

  g_assert_cmpuint (report->n_read, ==, n_read);
  g_assert_cmpuint (report->n_unchanged, ==, n_same);
  g_assert_cmpuint (report->n_removed, ==, n_gone);

  return report;
}

static void
touch (const char *folder, const char *name, time_t when)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const struct utimbuf times = { when, when };

  g_assert_no_errno (utime (path, &times));
}

/* Only what changed is read: by time and size first, by its bytes then. */
static void
test_incremental (void)
{
  g_autofree char *folder = make_folder ("incremental");
  g_autofree char *database = g_build_filename (rnl_test_tmp_dir (), "incremental.db", NULL);
  g_autofree char *gone = g_build_filename (folder, "b.txt", NULL);
  g_autoptr (RnlDocumentIndex) index = rnl_document_index_new (database);
  g_autoptr (RnlDocumentIndex) again = NULL;

  write_file (folder, "a.txt", "apples");
  write_file (folder, "b.txt", "pears");
  rnl_index_report_free (refresh (index, folder, 2, 0, 0));
  rnl_index_report_free (refresh (index, folder, 0, 2, 0));

  /* Same bytes, another time: not cut again. */
  touch (folder, "a.txt", 1000000000);
  rnl_index_report_free (refresh (index, folder, 0, 2, 0));
  /* Other bytes behind the same time and size are taken on trust: nothing is read. */
  write_file (folder, "a.txt", "grapes");
  touch (folder, "a.txt", 1000000000);
  rnl_index_report_free (refresh (index, folder, 0, 2, 0));
  assert_finds (index, "apples", "a.txt");
  touch (folder, "a.txt", 1000000001);
  rnl_index_report_free (refresh (index, folder, 1, 1, 0));
  assert_finds (index, "apples", "");
  assert_finds (index, "grapes", "a.txt");

  g_assert_no_errno (g_unlink (gone));
  rnl_index_report_free (refresh (index, folder, 0, 1, 1));
  assert_finds (index, "pears", "");

  /* What is on disk is there the next time. */
  g_clear_object (&index);
  again = rnl_document_index_new (database);
  assert_finds (again, "grapes", "a.txt");
  rnl_index_report_free (refresh (again, folder, 0, 1, 0));
}

static char *
pdf_of (const char *text, const char *trailer)
{
  g_autofree char *stream = g_strdup_printf ("BT /F1 12 Tf 72 700 Td (%s) Tj ET", text);

  return g_strdup_printf (
    "%%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>>>"
    "endobj\n"
    "4 0 obj<</Length %u>>stream\n%s\nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "6 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
    "/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    "trailer<</Root 1 0 R/Size 7%s>>\n%%%%EOF\n",
    (guint) strlen (stream), stream, trailer);
}

static void
test_pdf (void)
{
  g_autofree char *folder = make_folder ("pdf");
  g_autofree char *good = pdf_of ("Penguins carry fish", "");
  g_autofree char *locked
    = pdf_of ("Secret", "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4"
                        "/O<0000000000000000000000000000000000000000000000000000000000000001>"
                        "/U<0000000000000000000000000000000000000000000000000000000000000002>>>");
  g_autoptr (RnlDocumentIndex) index = rnl_document_index_new (NULL);
  g_autoptr (RnlIndexReport) report = NULL;
  g_autoptr (GPtrArray) found = NULL;

  write_file (folder, "good.pdf", good);
  write_file (folder, "locked.PDF", locked);
  report = add_folder (index, folder);
  for (gsize i = 0; report->skipped[i] != NULL; i++)
    g_test_message ("skipped %s", report->skipped[i]);
  if (!rnl_document_file_reads_pdf ())
    {
      g_assert_cmpuint (g_strv_length (report->skipped), ==, 2);
      g_assert_nonnull (strstr (report->skipped[0], "without PDF"));
      return;
    }

  g_assert_cmpuint (report->n_read, ==, 1);
  g_assert_cmpuint (g_strv_length (report->skipped), ==, 1);
  g_assert_nonnull (strstr (report->skipped[0], "locked with a password"));
  found = search (index, "what do penguins carry", 3);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (rnl_document_get_page (g_ptr_array_index (found, 0)), ==, 2);
}

static void
test_no_folder (void)
{
  g_autoptr (RnlDocumentIndex) index = rnl_document_index_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rnl_document_index_add_folder_async (index, "/nonexistent/folder", NULL, rnl_test_result_cb,
                                       &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_null (rnl_document_index_add_folder_finish (index, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_no_database (void)
{
  g_autofree char *path = g_build_filename (rnl_test_tmp_dir (), "damaged.db", NULL);
  g_autoptr (RnlDocumentIndex) index = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "this is no database, as everyone can see", -1, NULL));
  index = rnl_document_index_new (path);
  rnl_document_index_search_async (index, "x", 4, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_null (rnl_document_index_search_finish (index, result, &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_CORRUPT);
}

static void
test_embedder (void)
{
  g_autoptr (RnlDocumentIndex) index = rnl_document_index_new (NULL);
  g_autoptr (RnlEmbedder) embedder = rnl_word_embedder_new ();
  g_autoptr (GPtrArray) found = NULL;

  rnl_document_index_set_embedder (index, embedder);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *source = g_strdup_printf ("t%u", i);
      g_autofree char *text = g_strdup_printf ("number%u filler words", i);

      rnl_document_index_add_text_async (index, source, text, NULL, NULL, NULL);
    }
  add_text (index, "harrison", "harrison worked at kensho");

  found = search (index, "harrison worked at kensho", 3);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpstr (rnl_document_get_source (g_ptr_array_index (found, 0)), ==, "harrison");
  /* First by its words, and first by its meaning. */
  g_assert_cmpfloat_with_epsilon (rnl_document_get_score (g_ptr_array_index (found, 0)), 1, 1e-9);
  g_assert_cmpfloat (rnl_document_get_score (g_ptr_array_index (found, 1)), <, 1);
}

static void
test_retriever_run (void)
{
  g_autoptr (RnlDocumentIndex) index = two_texts ();
  g_autoptr (RnlRunnable) retriever = rnl_retriever_new (index, 0);
  g_autoptr (PipeRun) run = pipe_run (retriever, "where did harrison work?");
  g_autofree char *events = pipe_join_events (run);
  JsonObject *data;
  JsonArray *documents;
  JsonObject *document;

  g_assert_cmpstr (events, ==, "retriever_start retriever_end");
  data = json_object_get_object_member (pipe_find_event (run, "retriever_start"), "data");
  g_assert_cmpstr (
    json_object_get_string_member (json_object_get_object_member (data, "input"), "query"), ==,
    "where did harrison work?");
  data = json_object_get_object_member (pipe_find_event (run, "retriever_end"), "data");
  documents = json_object_get_array_member (data, "output");
  g_assert_cmpuint (json_array_get_length (documents), ==, 1);
  document = json_array_get_object_element (documents, 0);
  g_assert_cmpstr (json_object_get_string_member (document, "text"), ==,
                   "harrison worked at kensho");
  g_assert_cmpfloat (json_object_get_double_member (document, "score"), >, 0);
  g_assert_cmpstr (
    json_object_get_string_member (json_object_get_object_member (document, "metadata"), "source"),
    ==, "harrison");
  g_assert_cmpuint (run->outputs->len, ==, 1);
}

static void
test_wrong_input (void)
{
  g_autoptr (RnlDocumentIndex) index = two_texts ();
  g_autoptr (RnlRunnable) retriever = rnl_retriever_new (index, 0);
  g_autoptr (PipeRun) run = pipe_run (retriever, "[1, 2]");

  pipe_assert_error (run, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_INPUT_TYPE, "a list");
}

static void
test_chain (void)
{
  g_autoptr (RnlDocumentIndex) index = two_texts ();
  g_autoptr (RnlChatModel) model = pipe_helper_new ();
  g_autoptr (RnlPipeline) chain = rnl_retrieval_chain_new (index, model, 0);
  g_autoptr (PipeRun) run = pipe_run (
    RNL_RUNNABLE (chain), "Where did harrison work? Write 3 made up sentences about this place.");
  g_autofree char *events = pipe_join_events (run);
  const char *answer = rnl_value_get_text (rnl_flow_get_output (run->flow));
  JsonObject *sources = pipe_find_event (run, "custom_event");
  JsonArray *list;

  g_assert_nonnull (strstr (answer, "kensho"));
  g_assert_null (strstr (answer, "honey"));
  g_assert_cmpuint (run->outputs->len, >, 5);
  g_assert_true (g_str_has_prefix (events, "chain_start chain_start retriever_start chain_start "));
  g_assert_nonnull (strstr (events, " prompt_start prompt_end chat_model_start parser_start "
                                    "chat_model_stream parser_stream chain_stream "));
  g_assert_cmpstr (json_object_get_string_member (pipe_find_event (run, "retriever_start"), "name"),
                   ==, "Docs");
  g_assert_cmpstr (json_object_get_string_member (sources, "name"), ==, "sources");
  list = json_object_get_array_member (json_object_get_object_member (sources, "data"), "data");
  g_assert_cmpstr (
    json_object_get_string_member (json_array_get_object_element (list, 0), "source"), ==,
    "harrison");
}

static void
test_chain_does_not_know (void)
{
  g_autoptr (RnlDocumentIndex) index = two_texts ();
  g_autoptr (RnlChatModel) model = pipe_helper_new ();
  g_autoptr (RnlPipeline) chain = rnl_retrieval_chain_new (index, model, 0);
  g_autoptr (PipeRun) run = pipe_run (RNL_RUNNABLE (chain), "Which whale sings?");

  g_assert_nonnull (strstr (rnl_value_get_text (rnl_flow_get_output (run->flow)), "does not say"));
}

static gboolean
is_internal (JsonNode *event)
{
  JsonArray *tags = json_object_get_array_member (json_node_get_object (event), "tags");

  for (guint i = 0; i < json_array_get_length (tags); i++)
    if (g_str_equal (json_array_get_string_element (tags, i), "internal"))
      return TRUE;

  return FALSE;
}

/* The model that makes the question stand alone is traced, and nothing of it is heard. */
static void
test_conversation (void)
{
  g_autoptr (RnlDocumentIndex) index = two_texts ();
  g_autoptr (RnlChatModel) model = pipe_helper_new ();
  g_autoptr (RnlPipeline) chain = rnl_retrieval_chain_new_conversation (index, model, NULL, 0);
  g_autoptr (PipeRun) run = pipe_run (
    RNL_RUNNABLE (chain), "{\"question\": \"And what was it called?\", \"history\": ["
                          "{\"role\": \"user\", \"content\": \"Where did harrison work?\"}, "
                          "{\"role\": \"assistant\", \"content\": \"At a company.\"}]}");
  guint hidden = 0, heard = 0;
  JsonObject *input;

  g_assert_no_error (rnl_flow_get_error (run->flow));
  g_assert_nonnull (strstr (rnl_value_get_text (rnl_flow_get_output (run->flow)), "kensho"));
  for (guint i = 0; i < run->json->len; i++)
    if (g_str_equal (g_ptr_array_index (run->events, i), "chat_model_stream"))
      {
        if (is_internal (g_ptr_array_index (run->json, i)))
          hidden++;
        else
          heard++;
      }
  g_assert_cmpuint (hidden, >, 0);
  g_assert_cmpuint (heard, ==, run->outputs->len);
  input = json_object_get_object_member (
    json_object_get_object_member (pipe_find_event (run, "retriever_start"), "data"), "input");
  g_assert_nonnull (strstr (json_object_get_string_member (input, "query"), "harrison"));
}

static void
test_conversation_begins (void)
{
  g_autoptr (RnlDocumentIndex) index = two_texts ();
  g_autoptr (RnlChatModel) model = pipe_helper_new ();
  g_autoptr (RnlPipeline) chain = rnl_retrieval_chain_new_conversation (index, model, NULL, 0);
  g_autoptr (PipeRun) run = pipe_run (
    RNL_RUNNABLE (chain), "{\"question\": \"Where did harrison work?\", \"history\": []}");

  g_assert_no_error (rnl_flow_get_error (run->flow));
  g_assert_cmpuint (pipe_count_events (run, "chat_model_start"), ==, 1);
}

static void
test_finalize (void)
{
  RnlDocumentIndex *index = two_texts ();

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (index);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/retriever/words", test_words);
  g_test_add_func ("/retriever/replace", test_replace);
  g_test_add_func ("/retriever/scripts", test_scripts);
  g_test_add_func ("/retriever/hostile", test_hostile);
  g_test_add_func ("/retriever/folder", test_folder);
  g_test_add_func ("/retriever/incremental", test_incremental);
  g_test_add_func ("/retriever/pdf", test_pdf);
  g_test_add_func ("/retriever/no-folder", test_no_folder);
  g_test_add_func ("/retriever/no-database", test_no_database);
  g_test_add_func ("/retriever/embedder", test_embedder);
  g_test_add_func ("/retriever/run", test_retriever_run);
  g_test_add_func ("/retriever/wrong-input", test_wrong_input);
  g_test_add_func ("/retriever/chain", test_chain);
  g_test_add_func ("/retriever/chain-does-not-know", test_chain_does_not_know);
  g_test_add_func ("/retriever/conversation", test_conversation);
  g_test_add_func ("/retriever/conversation-begins", test_conversation_begins);
  g_test_add_func ("/retriever/finalize", test_finalize);

  return g_test_run ();
}
