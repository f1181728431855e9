/* rnl-grant.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-grant.h"

#include <string.h>
#include <sys/random.h>

#define TOKEN_BYTES 32
#define SEAL_CHARS  32

/**
 * RnlGrant:
 *
 * The person said "always" to a program, which then holds a token. Kept is only the token's
 * SHA-256: who reads the settings cannot ask in another's name.
 *
 * The name of a conversation, as a program has it, is a chat's id and a seal: an HMAC of the id
 * under a key that stays here. So a grant opens the chats that began with it and no other, without
 * a list of them.
 */
struct _RnlGrant
{
  GObject parent_instance;

  /* owned */
  char *id;  /* SHA-256 of the token, in hexadecimal */
  char *key; /* of the seals */
  char *client_name;
  char *program;

  gint64 created;
};

G_DEFINE_FINAL_TYPE (RnlGrant, rnl_grant, G_TYPE_OBJECT)

static void
rnl_grant_finalize (GObject *object)
{
  RnlGrant *self = RNL_GRANT (object);

  g_free (self->id);
  g_free (self->key);
  g_free (self->client_name);
  g_free (self->program);

  G_OBJECT_CLASS (rnl_grant_parent_class)->finalize (object);
}

static void
rnl_grant_class_init (RnlGrantClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_grant_finalize;
}

static void
rnl_grant_init (RnlGrant *self)
{
}

/* From the kernel: a token shall not be guessed. */
static char *
make_secret (void)
{
  guint8 bytes[TOKEN_BYTES];
  GString *text = g_string_sized_new (2 * TOKEN_BYTES);

  for (gsize n = 0; n < sizeof bytes;)
    {
      gssize got = getrandom (bytes + n, sizeof bytes - n, 0);

      /* Only a signal can come between so few bytes. */
      if (got > 0)
        n += (gsize) got;
    }
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);

  return g_string_free (text, FALSE);
}

static char *
token_to_id (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

/**
 * rnl_grant_new:
 * @client_name: (nullable): what the program says it is
 * @program: (nullable): what is known of it
 * @token: (out): what the program is given; it is not kept
 *
 * Returns: (transfer full): a grant
 */
RnlGrant *
rnl_grant_new (const char *client_name, const char *program, char **token)
{
  RnlGrant *self = g_object_new (RNL_TYPE_GRANT, NULL);

  *token = make_secret ();
  self->id = token_to_id (*token);
  self->key = make_secret ();
  self->client_name = g_strdup (client_name != NULL ? client_name : "");
  self->program = g_strdup (program != NULL ? program : "");
  self->created = g_get_real_time () / G_USEC_PER_SEC;

  return self;
}

/**
 * rnl_grant_new_from_variant:
 * @variant: of type `(ssssx)`, from [method@Runnel.Grant.to_variant]
 *
 * Returns: (transfer full): the grant
 */
RnlGrant *
rnl_grant_new_from_variant (GVariant *variant)
{
  RnlGrant *self = g_object_new (RNL_TYPE_GRANT, NULL);

  g_variant_get (variant, "(ssssx)", &self->id, &self->key, &self->client_name, &self->program,
                 &self->created);

  return self;
}

/**
 * rnl_grant_to_variant:
 * @self: a grant
 *
 * Returns: (transfer floating): what is kept in the settings
 */
GVariant *
rnl_grant_to_variant (RnlGrant *self)
{
  return g_variant_new ("(ssssx)", self->id, self->key, self->client_name, self->program,
                        self->created);
}

const char *
rnl_grant_get_id (RnlGrant *self)
{
  g_return_val_if_fail (RNL_IS_GRANT (self), NULL);

  return self->id;
}

/**
 * rnl_grant_get_client_name:
 * @self: a grant
 *
 * Returns: what the program said it is, empty when it said nothing
 */
const char *
rnl_grant_get_client_name (RnlGrant *self)
{
  g_return_val_if_fail (RNL_IS_GRANT (self), NULL);

  return self->client_name;
}

/**
 * rnl_grant_get_program:
 * @self: a grant
 *
 * Returns: the file of the program that asked first, empty when it was not seen
 */
const char *
rnl_grant_get_program (RnlGrant *self)
{
  g_return_val_if_fail (RNL_IS_GRANT (self), NULL);

  return self->program;
}

/**
 * rnl_grant_get_created:
 * @self: a grant
 *
 * Returns: when it was given, in seconds since 1970
 */
gint64
rnl_grant_get_created (RnlGrant *self)
{
  g_return_val_if_fail (RNL_IS_GRANT (self), 0);

  return self->created;
}

gboolean
rnl_grant_matches (RnlGrant *self, const char *token)
{
  g_autofree char *id = token_to_id (token);

  g_return_val_if_fail (RNL_IS_GRANT (self), FALSE);

  return g_str_equal (id, self->id);
}

static char *
seal (RnlGrant *self, const char *chat_id)
{
  g_autofree char *mac = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) self->key,
                                                    strlen (self->key), chat_id, -1);

  return g_strndup (mac, SEAL_CHARS);
}

/**
 * rnl_grant_dup_conversation:
 * @self: a grant
 * @chat_id: a chat that began with it
 *
 * Returns: (transfer full): the chat's name for the program
 */
char *
rnl_grant_dup_conversation (RnlGrant *self, const char *chat_id)
{
  g_autofree char *sealed = seal (self, chat_id);

  g_return_val_if_fail (RNL_IS_GRANT (self), NULL);

  return g_strconcat (chat_id, ".", sealed, NULL);
}

/**
 * rnl_grant_dup_chat_id:
 * @self: a grant
 * @conversation: what a program gave as the name of a chat
 *
 * Returns: (transfer full) (nullable): the chat's id, `NULL` when @self did not begin it
 */
char *
rnl_grant_dup_chat_id (RnlGrant *self, const char *conversation)
{
  const char *dot = strrchr (conversation, '.');
  g_autofree char *chat_id = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (RNL_IS_GRANT (self), NULL);

  if (dot == NULL)
    return NULL;
  chat_id = g_strndup (conversation, (gsize) (dot - conversation));
  name = rnl_grant_dup_conversation (self, chat_id);

  return g_str_equal (name, conversation) ? g_steal_pointer (&chat_id) : NULL;
}
