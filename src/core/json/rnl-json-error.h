/* rnl-json-error.h: why a text is not the JSON it should be
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RnlJsonError:
 * @RNL_JSON_ERROR_SYNTAX: not JSON
 * @RNL_JSON_ERROR_NUMBER: a number that JSON does not allow (`01`, `1.`)
 * @RNL_JSON_ERROR_ESCAPE: an unknown escape, or a raw control character, inside a string
 * @RNL_JSON_ERROR_TRAILING: something after the end of the document
 * @RNL_JSON_ERROR_TRUNCATED: the text ends before the document does
 * @RNL_JSON_ERROR_TOO_DEEP: more nesting than the reader allows
 * @RNL_JSON_ERROR_TOO_LARGE: more bytes than the reader allows
 * @RNL_JSON_ERROR_SCHEMA: a value is not what its schema asks for
 * @RNL_JSON_ERROR_PATCH: a JSON Patch does not fit its document
 * @RNL_JSON_ERROR_CONFLICT: two values that cannot be added
 *
 * Why a text is not the JSON it should be.
 */
typedef enum
{
  RNL_JSON_ERROR_SYNTAX,
  RNL_JSON_ERROR_NUMBER,
  RNL_JSON_ERROR_ESCAPE,
  RNL_JSON_ERROR_TRAILING,
  RNL_JSON_ERROR_TRUNCATED,
  RNL_JSON_ERROR_TOO_DEEP,
  RNL_JSON_ERROR_TOO_LARGE,
  RNL_JSON_ERROR_SCHEMA,
  RNL_JSON_ERROR_PATCH,
  RNL_JSON_ERROR_CONFLICT,
} RnlJsonError;

#define RNL_TYPE_JSON_ERROR (rnl_json_error_get_type ())
GType rnl_json_error_get_type (void);

#define RNL_JSON_ERROR (rnl_json_error_quark ())
GQuark rnl_json_error_quark (void);

G_END_DECLS
