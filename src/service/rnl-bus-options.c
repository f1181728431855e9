/* rnl-bus-options.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-bus-options.h"

#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "rnl-bus-error.h"
#include "rnl-bus-params.h"

#define MAX_NAME_CHARS  60
#define MAX_TOKEN_BYTES 64

static void
attachment_free (gpointer data)
{
  RnlBusAttachment *attachment = data;

  g_free (attachment->name);
  g_free (attachment->mime_type);
  if (attachment->fd >= 0)
    g_close (attachment->fd, NULL);
  g_free (attachment);
}

void
rnl_bus_options_free (RnlBusOptions *self)
{
  g_free (self->handle_token);
  g_free (self->activation_token);
  g_free (self->parent_window);
  g_free (self->client_name);
  g_free (self->grant);
  g_free (self->conversation);
  g_free (self->system);
  g_clear_pointer (&self->config, rnl_run_config_unref);
  g_ptr_array_unref (self->attachments);
  g_free (self);
}

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, RNL_BUS_ERROR, RNL_BUS_ERROR_INVALID_OPTIONS, message);

  return FALSE;
}

/* FALSE only for a value of another type; what is not there is left alone. */
static gboolean
lookup (GVariant *options, const char *name, const char *type, GVariant **value, GError **error)
{
  g_autoptr (GVariant) found = g_variant_lookup_value (options, name, NULL);

  if (found == NULL)
    return TRUE;
  if (!g_variant_is_of_type (found, G_VARIANT_TYPE (type)))
    return refuse (error, "The option \"%s\" is of type \"%s\", not \"%s\"", name, type,
                   g_variant_get_type_string (found));
  *value = g_steal_pointer (&found);

  return TRUE;
}

static gboolean
take_string (GVariant *options, const char *name, char **text, GError **error)
{
  g_autoptr (GVariant) value = NULL;

  if (!lookup (options, name, "s", &value, error))
    return FALSE;
  if (value != NULL)
    *text = g_variant_dup_string (value, NULL);

  return TRUE;
}

/* Chooses the value's place in WORDS; what is not there leaves CHOICE alone. */
static gboolean
take_choice (
  GVariant *options, const char *name, const char *const *words, guint *choice, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *all = NULL;

  if (!take_string (options, name, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], text))
      {
        *choice = i;
        return TRUE;
      }
  all = g_strjoinv (", ", (char **) words);

  return refuse (error, "The option \"%s\" is one of: %s", name, all);
}

/* Control characters and those that turn the direction of writing could make a name look like
 * another text. */
static gboolean
is_shown_as_it_is (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT && type != G_UNICODE_UNASSIGNED
         && type != G_UNICODE_PRIVATE_USE && type != G_UNICODE_LINE_SEPARATOR
         && type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

static char *
tame_name (const char *name)
{
  g_autoptr (GString) tame = g_string_new (NULL);
  guint n = 0;

  for (const char *p = name; *p != '\0' && n < MAX_NAME_CHARS; p = g_utf8_next_char (p))
    if (is_shown_as_it_is (g_utf8_get_char (p)))
      {
        g_string_append_unichar (tame, g_utf8_get_char (p));
        n++;
      }
  g_strstrip (tame->str);

  return *tame->str != '\0' ? g_strdup (tame->str) : NULL;
}

static gboolean
take_client_name (RnlBusOptions *self, GVariant *options, GError **error)
{
  g_autofree char *name = NULL;

  if (!take_string (options, "client-name", &name, error))
    return FALSE;
  if (name != NULL)
    self->client_name = tame_name (name);

  return TRUE;
}

static gboolean
take_handle_token (RnlBusOptions *self, GVariant *options, GError **error)
{
  if (!take_string (options, "handle-token", &self->handle_token, error))
    return FALSE;
  if (self->handle_token == NULL)
    return TRUE;
  if (*self->handle_token == '\0' || strlen (self->handle_token) > MAX_TOKEN_BYTES)
    return refuse (error, "The handle token has 1 to %d characters", MAX_TOKEN_BYTES);
  for (const char *p = self->handle_token; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '_')
      return refuse (error, "The handle token consists of letters, digits and \"_\"");

  return TRUE;
}

static gboolean
take_timeout (RnlBusOptions *self, GVariant *options, GError **error)
{
  g_autoptr (GVariant) value = NULL;

  if (!lookup (options, "timeout", "u", &value, error))
    return FALSE;
  if (value != NULL)
    self->timeout = g_variant_get_uint32 (value);

  return TRUE;
}

/* Attachments. */

static gboolean
is_text (const char *mime_type)
{
  static const char *const others[] = {
    "application/json",   "application/xml",        "application/yaml",
    "application/x-yaml", "application/toml",       "application/x-shellscript",
    "application/sql",    "application/javascript", NULL,
  };

  return *mime_type == '\0' || g_str_has_prefix (mime_type, "text/")
         || g_strv_contains (others, mime_type) || g_str_has_suffix (mime_type, "+json")
         || g_str_has_suffix (mime_type, "+xml");
}

/* Says early what can be known early: the size of a file. */
static gboolean
check_size (RnlBusAttachment *attachment, gsize *total, GError **error)
{
  struct stat status;

  if (fstat (attachment->fd, &status) != 0)
    return refuse (error, "The attachment \"%s\" cannot be read: %s", attachment->name,
                   g_strerror (errno));
  if (S_ISDIR (status.st_mode))
    return refuse (error, "The attachment \"%s\" is a folder", attachment->name);
  if (S_ISREG (status.st_mode))
    *total += (gsize) MIN ((guint64) status.st_size, RNL_BUS_MAX_PROMPT + 1);
  if (*total <= RNL_BUS_MAX_PROMPT)
    return TRUE;

  g_set_error (error, RNL_BUS_ERROR, RNL_BUS_ERROR_TOO_LARGE,
               "The attachments have more than %" G_GSIZE_FORMAT " bytes", RNL_BUS_MAX_PROMPT);

  return FALSE;
}

static gboolean
take_attachment (
  RnlBusOptions *self, GVariant *tuple, GUnixFDList *fds, gsize *total, GError **error)
{
  RnlBusAttachment *attachment = g_new0 (RnlBusAttachment, 1);
  g_autofree char *name = NULL;
  gint32 handle;

  g_variant_get (tuple, "(ssh)", &name, &attachment->mime_type, &handle);
  attachment->fd = -1;
  attachment->name = tame_name (name);
  g_ptr_array_add (self->attachments, attachment);
  if (attachment->name == NULL)
    return refuse (error, "An attachment needs a name");
  if (!is_text (attachment->mime_type))
    return refuse (error, "The attachment \"%s\" is of type %s; only text can be attached",
                   attachment->name, attachment->mime_type);
  if (fds == NULL || handle < 0 || handle >= g_unix_fd_list_get_length (fds))
    return refuse (error, "The attachment \"%s\" comes without a descriptor", attachment->name);

  attachment->fd = g_unix_fd_list_get (fds, handle, error);

  return attachment->fd >= 0 && check_size (attachment, total, error);
}

static gboolean
take_attachments (RnlBusOptions *self, GVariant *options, GUnixFDList *fds, GError **error)
{
  g_autoptr (GVariant) value = NULL;
  gsize total = 0;

  if (!lookup (options, "attachments", "a(ssh)", &value, error))
    return FALSE;
  if (value == NULL)
    return TRUE;
  if (g_variant_n_children (value) > RNL_BUS_MAX_ATTACHMENTS)
    return refuse (error, "There can be %d attachments", RNL_BUS_MAX_ATTACHMENTS);

  for (gsize i = 0; i < g_variant_n_children (value); i++)
    {
      g_autoptr (GVariant) tuple = g_variant_get_child_value (value, i);

      if (!take_attachment (self, tuple, fds, &total, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * rnl_bus_options_parse:
 * @options: of type `a{sv}`, from a program that may be wrong or evil
 * @fds: (nullable): the descriptors that came with it
 * @error: return location for an error
 *
 * Reads the options of `Ask`. Those of unknown names are ignored: a newer caller shall not fail.
 *
 * Errors: `RNL_BUS_ERROR_INVALID_OPTIONS`, `RNL_BUS_ERROR_TOO_LARGE`.
 *
 * Returns: (transfer full) (nullable): the options
 */
RnlBusOptions *
rnl_bus_options_parse (GVariant *options, GUnixFDList *fds, GError **error)
{
  static const char *const tools[] = { "none", "read-only", "ask", NULL };
  static const char *const formats[] = { "events", "text", NULL };
  g_autoptr (RnlBusOptions) self = g_new0 (RnlBusOptions, 1);
  guint tools_choice = RNL_BUS_TOOLS_NONE;
  guint format = 0;

  self->attachments = g_ptr_array_new_with_free_func (attachment_free);
  if (!take_handle_token (self, options, error) || !take_client_name (self, options, error)
      || !take_string (options, "activation-token", &self->activation_token, error)
      || !take_string (options, "parent-window", &self->parent_window, error)
      || !take_string (options, "grant", &self->grant, error)
      || !take_string (options, "conversation", &self->conversation, error)
      || !take_string (options, "system", &self->system, error)
      || !take_choice (options, "tools", tools, &tools_choice, error)
      || !take_choice (options, "format", formats, &format, error)
      || !take_timeout (self, options, error) || !take_attachments (self, options, fds, error))
    return NULL;
  self->config = rnl_bus_params_parse (options, error);
  if (self->config == NULL)
    return NULL;
  if (self->conversation != NULL && self->grant == NULL)
    {
      refuse (error, "A conversation goes on with the grant that it began with");
      return NULL;
    }
  self->tools = (RnlBusTools) tools_choice;
  self->text_only = format == 1;

  return g_steal_pointer (&self);
}
