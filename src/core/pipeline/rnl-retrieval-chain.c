/* rnl-retrieval-chain.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-retrieval-chain.h"

#include "rnl-condense-step.h"
#include "rnl-model-step.h"
#include "rnl-parallel.h"
#include "rnl-passthrough.h"
#include "rnl-prompt-template.h"
#include "rnl-retriever.h"
#include "rnl-text-parser.h"

#define QA_PROMPT                                                                                  \
  "Answer the question based only on the following context:\n{context}\n\nQuestion: {question}\n"

static void
add_steps (RnlPipeline *chain, RnlDocumentIndex *index, RnlChatModel *model, guint limit)
{
  g_autoptr (RnlParallel) map = rnl_parallel_new ();
  g_autoptr (RnlRunnable) retriever = rnl_retriever_new (index, limit);
  g_autoptr (RnlRunnable) question = rnl_passthrough_new ();
  g_autoptr (RnlPromptTemplate) prompt = rnl_prompt_template_new (QA_PROMPT, NULL);
  g_autoptr (RnlRunnable) step = rnl_model_step_new (model);
  g_autoptr (RnlRunnable) parser = rnl_text_parser_new ();

  g_assert (prompt != NULL);
  rnl_prompt_template_set_registered (prompt, "qa_prompt", "1.0.0");
  rnl_runnable_set_name (retriever, "Docs");
  rnl_parallel_add (map, "context", retriever);
  rnl_parallel_add (map, "question", question);

  rnl_pipeline_add (chain, RNL_RUNNABLE (map));
  rnl_pipeline_add (chain, RNL_RUNNABLE (prompt));
  rnl_pipeline_add (chain, step);
  rnl_pipeline_add (chain, parser);
  rnl_runnable_set_name (RNL_RUNNABLE (chain), "RetrievalChain");
}

/**
 * rnl_retrieval_chain_new:
 * @index: where the documents are
 * @model: who answers
 * @limit: how many documents the answer is made from; 0 for `RNL_RETRIEVER_LIMIT`
 *
 * `{context: retriever "Docs", question: passthrough} | prompt | model | parser`. Its input is the
 * question, its output the answer's text as it comes. The sources are told by the event
 * [const@Runnel.RETRIEVER_SOURCES_EVENT] before the first piece of it.
 *
 * Returns: (transfer full): the chain
 */
RnlPipeline *
rnl_retrieval_chain_new (RnlDocumentIndex *index, RnlChatModel *model, guint limit)
{
  RnlPipeline *chain = rnl_pipeline_new ();

  add_steps (chain, index, model, limit);

  return chain;
}

/**
 * rnl_retrieval_chain_new_conversation:
 * @index: where the documents are
 * @model: who answers
 * @condense_model: (nullable): who makes the question stand alone, unheard; `NULL` for @model
 * @limit: how many documents the answer is made from; 0 for `RNL_RETRIEVER_LIMIT`
 *
 * [func@Runnel.retrieval_chain_new] for a conversation: its input is `{question, history: [{role,
 * content}]}`.
 *
 * Returns: (transfer full): the chain
 */
RnlPipeline *
rnl_retrieval_chain_new_conversation (RnlDocumentIndex *index,
                                      RnlChatModel *model,
                                      RnlChatModel *condense_model,
                                      guint limit)
{
  RnlPipeline *chain = rnl_pipeline_new ();
  g_autoptr (RnlRunnable) condense
    = rnl_condense_step_new (condense_model != NULL ? condense_model : model);

  rnl_pipeline_add (chain, condense);
  add_steps (chain, index, model, limit);

  return chain;
}
