/* rnl-pipeline-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-pipeline-error.h"

/**
 * rnl_pipeline_error_quark:
 *
 * Returns: the domain of [error@Runnel.PipelineError]
 */
G_DEFINE_QUARK (rnl_pipeline_error, rnl_pipeline_error)

G_DEFINE_ENUM_TYPE (RnlPipelineError,
                    rnl_pipeline_error,
                    G_DEFINE_ENUM_VALUE (RNL_PIPELINE_ERROR_INPUT_TYPE, "input-type"),
                    G_DEFINE_ENUM_VALUE (RNL_PIPELINE_ERROR_MISSING_VARIABLE, "missing-variable"),
                    G_DEFINE_ENUM_VALUE (RNL_PIPELINE_ERROR_TEMPLATE, "template"),
                    G_DEFINE_ENUM_VALUE (RNL_PIPELINE_ERROR_NOT_JSON, "not-json"),
                    G_DEFINE_ENUM_VALUE (RNL_PIPELINE_ERROR_DOCUMENT, "document"),
                    G_DEFINE_ENUM_VALUE (RNL_PIPELINE_ERROR_FAILED, "failed"))
