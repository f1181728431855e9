/* main.c: runnel-cli
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>

#include "rnl-cli.h"

typedef struct
{
  const char *name;
  RnlExit (*run) (int argc, char **argv);
  const char *summary;
} Command;

static const Command commands[] = {
  { "accounts", rnl_cli_accounts, "list, add, remove and test the servers that can be asked" },
  { "ask", rnl_cli_ask, "ask a model, with tools, and print the answer as it comes" },
  { "chats", rnl_cli_chats, "list, show, search and export the chats on this machine" },
  { "demo", rnl_cli_demo, "pipelines to look at: prompt, model, parser, documents" },
  { "models", rnl_cli_models, "list the models that can be asked, and what each can and costs" },
  { "tools", rnl_cli_tools, "list the tools a model may use" },
  { "trace", rnl_cli_trace, "list, show, export and replay what was recorded of runs" },
};

static void
print_help (void)
{
  g_print ("Usage: runnel-cli COMMAND [OPTIONS]\n\nCommands:\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-8s %s\n", commands[i].name, commands[i].summary);
  g_print ("\n\"runnel-cli COMMAND --help\" tells more.\n");
}

/* What could not be written is not a success: a full disk must not look like an export. */
static RnlExit
check_output (RnlExit status)
{
  if (fflush (stdout) != EOF && !ferror (stdout))
    return status;
  if (errno != EPIPE)
    rnl_cli_fail (RNL_EXIT_FAILED, "standard output cannot be written: %s", g_strerror (errno));

  return status == RNL_EXIT_OK ? RNL_EXIT_FAILED : status;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_set_prgname ("runnel-cli");

  if (argc < 2)
    {
      print_help ();
      return RNL_EXIT_USAGE;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("runnel-cli %s\n", RNL_VERSION);
      return RNL_EXIT_OK;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "help"))
    {
      print_help ();
      return RNL_EXIT_OK;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      {
        g_autofree char *name = g_strconcat ("runnel-cli ", argv[1], NULL);

        g_set_prgname (name);
        return (int) check_output (commands[i].run (argc - 1, argv + 1));
      }

  return (int) rnl_cli_fail (RNL_EXIT_USAGE,
                             "\"%s\" is not a command; \"runnel-cli --help\" lists them", argv[1]);
}
