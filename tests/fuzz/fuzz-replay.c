/* fuzz-replay.c: what fuzzing found once is read again in every test
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Arguments: a pack of inputs (corpus.py makes and opens them), and a folder of recorded answers
 * that need not be there. Prints TAP. */
#include "config.h"

#include <string.h>

#include "fuzz.h"

#define SPLITS 3

/* Each input in a pack: its length in four bytes, little end first, then the input. */
static guint
replay_pack (const guint8 *bytes, gsize length)
{
  guint n_inputs = 0;
  gsize at = 0;

  while (at < length)
    {
      guint32 size;

      g_assert_cmpuint (length - at, >=, sizeof size);
      memcpy (&size, bytes + at, sizeof size);
      size = GUINT32_FROM_LE (size);
      at += sizeof size;
      g_assert_cmpuint (size, <=, length - at);
      fuzz_input (bytes + at, size);
      at += size;
      n_inputs++;
    }

  return n_inputs;
}

static guint
replay_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n_inputs = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (!g_str_has_suffix (name, ".body") || !g_file_get_contents (file, &bytes, &length, NULL))
        continue;
      for (guint32 seed = 0; seed < SPLITS; seed++)
        fuzz_one ((guint8 *) bytes, length, seed * 77);
      n_inputs++;
    }

  return n_inputs;
}

int
main (int argc, char **argv)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  guint n_inputs, n_recorded = 0;

  g_assert_cmpint (argc, >=, 2);
  if (!g_file_get_contents (argv[1], &bytes, &length, &error))
    g_error ("%s", error->message);
  g_print ("1..2\n");
  n_inputs = replay_pack ((guint8 *) bytes, length);
  g_print ("%s 1 corpus # %u inputs\n", n_inputs > 0 ? "ok" : "not ok", n_inputs);

  if (argc > 2)
    n_recorded = replay_folder (argv[2]);
  if (n_recorded > 0)
    g_print ("ok 2 recorded # %u answers\n", n_recorded);
  else
    g_print ("ok 2 recorded # SKIP no recorded answers here\n");

  return n_inputs > 0 ? 0 : 1;
}
