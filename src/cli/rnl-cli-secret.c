/* rnl-cli-secret.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-secret.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_SECRET 16384
#define INTERRUPT  '\003'

/* Byte by byte, so that what follows the line is left for who reads next. */
static gboolean
read_line (GString *line, GError **error)
{
  char byte;
  gssize n;

  while ((n = read (STDIN_FILENO, &byte, 1)) == 1 && byte != '\n' && byte != INTERRUPT)
    {
      g_string_append_c (line, byte);
      if (line->len > MAX_SECRET)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                               "This is too long for a key");
          return FALSE;
        }
    }
  if (n == 1 && byte == INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Interrupted");
      return FALSE;
    }
  if (n >= 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (errno),
               "Standard input could not be read: %s", g_strerror (errno));

  return FALSE;
}

/* The terminal gets its echo back also when the person interrupts: Ctrl+C ends the line here. */
static gboolean
read_hidden (const char *prompt, GString *line, GError **error)
{
  struct termios shown, hidden;
  gboolean ok;

  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    return read_line (line, error);

  hidden = shown;
  hidden.c_lflag &= (tcflag_t) ~(ECHO | ISIG);
  hidden.c_cc[VEOL] = INTERRUPT;
  g_printerr ("%s", prompt);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  ok = read_line (line, error);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  g_printerr ("\n");

  return ok;
}

/**
 * rnl_cli_read_secret:
 * @prompt: for a person at a terminal
 * @error: return location for an error
 *
 * Reads one line of standard input, at a terminal without showing it.
 *
 * Returns: (transfer full) (nullable): the line without its end and the spaces around it
 */
char *
rnl_cli_read_secret (const char *prompt, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean ok = isatty (STDIN_FILENO) ? read_hidden (prompt, line, error) : read_line (line, error);

  return ok ? g_strstrip (g_strdup (line->str)) : NULL;
}
