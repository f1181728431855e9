/* rnl-pipeline-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-pipeline-error.h"

G_DEFINE_QUARK (rnl_pipeline_error, rnl_pipeline_error)
