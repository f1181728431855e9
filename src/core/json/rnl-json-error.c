/* rnl-json-error.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-error.h"

/**
 * rnl_json_error_quark:
 *
 * Returns: the domain of [error@Runnel.JsonError]
 */
G_DEFINE_QUARK (rnl_json_error, rnl_json_error)

G_DEFINE_ENUM_TYPE (RnlJsonError,
                    rnl_json_error,
                    G_DEFINE_ENUM_VALUE (RNL_JSON_ERROR_SYNTAX, "syntax"),
                    G_DEFINE_ENUM_VALUE (RNL_JSON_ERROR_NUMBER, "number"),
                    G_DEFINE_ENUM_VALUE (RNL_JSON_ERROR_ESCAPE, "escape"),
                    G_DEFINE_ENUM_VALUE (RNL_JSON_ERROR_TRAILING, "trailing"),
                    G_DEFINE_ENUM_VALUE (RNL_JSON_ERROR_TRUNCATED, "truncated"),
                    G_DEFINE_ENUM_VALUE (RNL_JSON_ERROR_TOO_DEEP, "too-deep"),
                    G_DEFINE_ENUM_VALUE (RNL_JSON_ERROR_TOO_LARGE, "too-large"),
                    G_DEFINE_ENUM_VALUE (RNL_JSON_ERROR_SCHEMA, "schema"),
                    G_DEFINE_ENUM_VALUE (RNL_JSON_ERROR_PATCH, "patch"),
                    G_DEFINE_ENUM_VALUE (RNL_JSON_ERROR_CONFLICT, "conflict"))
