/* rnl-offline-show.c: answers that show what answers can look like
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "rnl-offline-errand.h"
#include "rnl-offline-rules.h"

#define DEFAULT_WORDS 600
#define MAX_WORDS     100000

static const char markdown[]
  = "# Markdown, all of it\n"
    "\n"
    "A paragraph with **bold**, *italic*, ***both***, ~~struck out~~, `inline code`, and a "
    "[link](https://commonmark.org) to where the rules are.\n"
    "\n"
    "## Lists\n"
    "\n"
    "- one thing\n"
    "- another\n"
    "  - a thing inside\n"
    "  - and one more\n"
    "\n"
    "1. first\n"
    "2. second\n"
    "3. third\n"
    "\n"
    "- [x] a task that is done\n"
    "- [ ] a task that is not\n"
    "\n"
    "## A quote\n"
    "\n"
    "> The river does not hurry,\n"
    "> and yet it arrives.\n"
    "\n"
    "### Code\n"
    "\n"
    "```c\n"
    "#include <stdio.h>\n"
    "\n"
    "int\n"
    "main (void)\n"
    "{\n"
    "  printf (\"%d\\n\", (10 + 10) * 3);\n"
    "\n"
    "  return 0;\n"
    "}\n"
    "```\n"
    "\n"
    "```python\n"
    "def parrot(word: str, times: int = 2) -> str:\n"
    "    \"\"\"Say it again.\"\"\"\n"
    "    return \" \".join([word] * times)\n"
    "```\n"
    "\n"
    "### A table\n"
    "\n"
    "| Tool | What it does | Asks first |\n"
    "| :--- | :--- | :---: |\n"
    "| `add` | adds two numbers | no |\n"
    "| `current_time` | looks at the clock | no |\n"
    "| `fetch_page` | reads a page of the web | yes |\n"
    "\n"
    "---\n"
    "\n"
    "And a last line after a rule.\n";

static const char *const sentences[] = {
  "A brook begins where rain that nobody counted has gathered under moss.",
  "It has no plan, and finds the lowest place all the same.",
  "Where stones lie in its way it grows loud, and where the ground is even it is silent.",
  "Each drop arrives alone, yet what one sees is a single moving thing.",
  "Whoever waits for the whole river will never drink.",
  "After a mile there is a mill, and the wheel turns because the water does not stop to look.",
  "In winter the edges freeze first, and the middle goes on talking.",
  "Further down it is slow and wide, and carries boats as though they were leaves.",
  "At the mouth it is hard to say which water is the river and which is the sea.",
  "Then it rains again in the hills, and the first drop sets out.",
  "Nothing of this is in a hurry, and none of it is ever late.",
};

static guint
count_words (const char *text)
{
  guint words = 1;

  for (; *text != '\0'; text++)
    words += *text == ' ';

  return words;
}

static void
write_words (guint wanted, RnlOfflineAnswer *answer)
{
  guint words = 0;
  guint chapter = 0;

  for (guint i = 0; words < wanted; i++)
    {
      const char *sentence = sentences[(i * 7 + i / 11) % G_N_ELEMENTS (sentences)];

      if (i % 15 == 0)
        rnl_offline_answer_sayf (answer, "%s## Chapter %u\n\n", i > 0 ? "\n\n" : "", ++chapter);
      else
        rnl_offline_answer_say (answer, i % 5 == 0 ? "\n\n" : " ");
      rnl_offline_answer_say (answer, sentence);
      words += count_words (sentence);
    }
  rnl_offline_answer_say (answer, "\n");
}

/**
 * rnl_offline_rule_markdown:
 *
 * "Show me what Markdown looks like"
 */
gboolean
rnl_offline_rule_markdown (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const char *const other_uses[] = { "export", "copy", "save", NULL };

  if (!rnl_offline_turn_has (turn, "markdown") || rnl_offline_turn_has_any (turn, other_uses))
    return FALSE;
  rnl_offline_answer_say (answer, markdown);

  return TRUE;
}

/**
 * rnl_offline_rule_long_answer:
 *
 * "Write a long answer", "Write 5000 words": text enough to watch it stream.
 */
gboolean
rnl_offline_rule_long_answer (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const char *const asks[]
    = { "long answer",    "long text",       "long story", "lorem ipsum",
        "write an essay", "tell me a story", NULL };
  g_autofree char *number = rnl_offline_match (turn->question, "\\b(\\d[\\d,]*)\\s+words\\b", 1);
  g_auto (GStrv) groups = number != NULL ? g_strsplit (number, ",", -1) : NULL;
  g_autofree char *digits = groups != NULL ? g_strjoinv ("", groups) : NULL;
  guint64 words = DEFAULT_WORDS;

  if (digits == NULL && !rnl_offline_turn_has_any (turn, asks))
    return FALSE;
  if (digits != NULL)
    words = g_ascii_strtoull (digits, NULL, 10);
  write_words ((guint) CLAMP (words, 1, MAX_WORDS), answer);

  return TRUE;
}
