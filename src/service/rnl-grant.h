/* rnl-grant.h: a permission to ask, given to a program
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RNL_TYPE_GRANT (rnl_grant_get_type ())
G_DECLARE_FINAL_TYPE (RnlGrant, rnl_grant, RNL, GRANT, GObject)

RnlGrant *rnl_grant_new (const char *client_name, const char *program, char **token);
RnlGrant *rnl_grant_new_from_variant (GVariant *variant);
GVariant *rnl_grant_to_variant (RnlGrant *self);

const char *rnl_grant_get_id (RnlGrant *self);
const char *rnl_grant_get_client_name (RnlGrant *self);
const char *rnl_grant_get_program (RnlGrant *self);
gint64 rnl_grant_get_created (RnlGrant *self);

gboolean rnl_grant_matches (RnlGrant *self, const char *token);
char *rnl_grant_dup_conversation (RnlGrant *self, const char *chat_id);
char *rnl_grant_dup_chat_id (RnlGrant *self, const char *conversation);

G_END_DECLS
