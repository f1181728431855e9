/* rnl-run-config.h: what a caller wants a run to be
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _RnlRunScope RnlRunScope;

/**
 * RnlRunStream:
 * @RNL_RUN_STREAM_DEFAULT: as the component does
 * @RNL_RUN_STREAM_YES: in pieces
 * @RNL_RUN_STREAM_NO: in one piece
 */
typedef enum
{
  RNL_RUN_STREAM_DEFAULT,
  RNL_RUN_STREAM_YES,
  RNL_RUN_STREAM_NO,
} RnlRunStream;

#define RNL_TYPE_RUN_STREAM (rnl_run_stream_get_type ())
GType rnl_run_stream_get_type (void);

/**
 * RNL_RUN_TAG_INTERNAL:
 *
 * The tag of a run whose words are nobody's answer (a question that is put into other words, a
 * title): it is traced, but nothing of it is shown in a transcript.
 */
#define RNL_RUN_TAG_INTERNAL "internal"

typedef struct _RnlRunConfig RnlRunConfig;

#define RNL_TYPE_RUN_CONFIG (rnl_run_config_get_type ())
GType rnl_run_config_get_type (void);

RnlRunConfig *rnl_run_config_new (void);
RnlRunConfig *rnl_run_config_ref (RnlRunConfig *self);
void rnl_run_config_unref (RnlRunConfig *self);
RnlRunConfig *rnl_run_config_copy (const RnlRunConfig *self);
RnlRunConfig *rnl_run_config_merge (const RnlRunConfig *defaults, const RnlRunConfig *over);

void rnl_run_config_set_name (RnlRunConfig *self, const char *name);
const char *rnl_run_config_get_name (const RnlRunConfig *self);
void rnl_run_config_add_tag (RnlRunConfig *self, const char *tag);
const char *const *rnl_run_config_get_tags (const RnlRunConfig *self);
void rnl_run_config_set_metadata (RnlRunConfig *self, const char *key, const char *value);
JsonObject *rnl_run_config_get_metadata (const RnlRunConfig *self);
void rnl_run_config_set_stream (RnlRunConfig *self, RnlRunStream stream);
RnlRunStream rnl_run_config_get_stream (const RnlRunConfig *self);
void rnl_run_config_set_param (RnlRunConfig *self, const char *name, JsonNode *value);
JsonNode *rnl_run_config_get_param (const RnlRunConfig *self, const char *name);
JsonObject *rnl_run_config_get_params (const RnlRunConfig *self);
void rnl_run_config_set_scope (RnlRunConfig *self, RnlRunScope *scope);
RnlRunScope *rnl_run_config_get_scope (const RnlRunConfig *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlRunConfig, rnl_run_config_unref)

G_END_DECLS
