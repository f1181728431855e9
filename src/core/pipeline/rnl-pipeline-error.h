/* rnl-pipeline-error.h: why a step of a pipeline cannot go on
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RnlPipelineError:
 * @RNL_PIPELINE_ERROR_INPUT_TYPE: a step was given what it does not take; the message names both
 * @RNL_PIPELINE_ERROR_MISSING_VARIABLE: a slot of a template has no value
 * @RNL_PIPELINE_ERROR_TEMPLATE: a template, its name or its version cannot be read
 * @RNL_PIPELINE_ERROR_NOT_JSON: the text a JSON parser was given is none
 * @RNL_PIPELINE_ERROR_DOCUMENT: a file cannot be read as a document
 * @RNL_PIPELINE_ERROR_FAILED: a transform gave neither a result nor a reason
 *
 * Why a step of a pipeline cannot go on.
 */
typedef enum
{
  RNL_PIPELINE_ERROR_INPUT_TYPE,
  RNL_PIPELINE_ERROR_MISSING_VARIABLE,
  RNL_PIPELINE_ERROR_TEMPLATE,
  RNL_PIPELINE_ERROR_NOT_JSON,
  RNL_PIPELINE_ERROR_DOCUMENT,
  RNL_PIPELINE_ERROR_FAILED,
} RnlPipelineError;

#define RNL_TYPE_PIPELINE_ERROR (rnl_pipeline_error_get_type ())
GType rnl_pipeline_error_get_type (void);

#define RNL_PIPELINE_ERROR (rnl_pipeline_error_quark ())
GQuark rnl_pipeline_error_quark (void);

G_END_DECLS
