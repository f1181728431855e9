/* test-offline-helper.c: prompts, the calls they lead to, and what is said
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "offline-harness.h"
#include "rnl-offline-expression-reader.h"
#include "rnl-offline-helper.h"
#include "rnl-offline-tokens.h"
#include "rnl-test-loop.h"
#include "rnl-test.h"

/**
 * Prompt:
 * @calls: the whole sequence; a "*" at its end stands for anything
 * @text: what the answer contains
 */
typedef struct
{
  const char *prompt;
  const char *calls;
  const char *text;
} Prompt;

static const Prompt arithmetic[] = {
  { "What is (10 + 10) * 3?", "add(10, 10) multiply(20, 3)", "(10 + 10) * 3 = 60" },
  { "What is 10 + 10", "add(10, 10)", "10 + 10 = 20" },
  { "2+3*4", "multiply(3, 4) add(2, 12)", "2 + 3 * 4 = 14" },
  { "(1 + 2) * (3 + 4)", "add(1, 2)|add(3, 4) multiply(3, 7)", "= 21" },
  { "0.1 + 0.2", "add(0.1, 0.2)", "= 0.3" },
  { "what is 7 times 6?", "multiply(7, 6)", "7 * 6 = 42" },
  { "What's 3 x 4?", "multiply(3, 4)", "= 12" },
  { "3x4", "multiply(3, 4)", "= 12" },
  { "10 ÷ 4 × 2", "divide(10, 4) multiply(2.5, 2)", "= 5" },
  { "2 to the power of 10", "power(2, 10)", "= 1024" },
  { "2 ^ 3 ^ 2", "power(3, 2) power(2, 9)", "= 512" },
  { "-2 ^ 2", "power(2, 2) subtract(0, 4)", "-2 ^ 2 = -4" },
  { "(-2) ^ 2", "power(-2, 2)", "(-2) ^ 2 = 4" },
  { "5 - -3", "subtract(5, -3)", "5 - (-3) = 8" },
  { "10 - 4 - 3", "subtract(10, 4) subtract(6, 3)", "10 - 4 - 3 = 3" },
  { "10 - (4 - 3)", "subtract(4, 3) subtract(10, 1)", "10 - (4 - 3) = 9" },
  { "1,000,000 / 8", "divide(1000000, 8)", "= 125000" },
  { "calculate 12 squared plus five", "power(12, 2) add(144, 5)", "= 149" },
  { "what is the square root of 16", "power(16, 0.5)", "= 4" },
  { "What is 20% of 50?", "multiply(0.2, 50)", "= 10" },
  { "2 (3 + 4)", "add(3, 4) multiply(2, 7)", "= 14" },
  { "What is the sum of 3 and 4?", "add(3, 4)", "= 7" },
  { "subtract 2 from 9", "subtract(9, 2)", "= 7" },
  { "Was ist 6 mal 7?", "multiply(6, 7)", "= 42" },
  { "1 / 0", "divide(1, 0)", "divide 1 by zero" },
  { "(4 - 4) * 2 + 1 / (3 - 3)", "subtract(4, 4)|subtract(3, 3) multiply(0, 2)|divide(1, 0)",
    "by zero" },
  { "9007199254740993 + 2", "add(9007199254740993, 2)", "= 9007199254740995" },
  { "2 ^ 200", "power(2, 200)", "= 1.60693804425899e+60" },
};

static RnlChatModel *
new_helper (void)
{
  RnlChatModel *model = rnl_offline_helper_new ();

  rnl_offline_helper_set_pace (RNL_OFFLINE_HELPER (model), 0);

  return model;
}

static void
check_prompt (RnlChatModel *model, RnlToolRegistry *tools, const Prompt *prompt)
{
  g_autoptr (OfflineTurn) turn = offline_turn_run (model, tools, prompt->prompt);
  gsize length = strlen (prompt->calls);

  if (length > 0 && prompt->calls[length - 1] == '*')
    g_assert_true (strncmp (turn->calls->str, prompt->calls, length - 1) == 0);
  else
    g_assert_cmpstr (turn->calls->str, ==, prompt->calls);
  if (strstr (turn->text, prompt->text) == NULL)
    g_assert_cmpstr (turn->text, ==, prompt->text);
}

static void
check_prompts (RnlToolRegistry *tools, const Prompt *prompts, gsize n_prompts)
{
  g_autoptr (RnlChatModel) model = new_helper ();

  for (gsize i = 0; i < n_prompts; i++)
    check_prompt (model, tools, &prompts[i]);
}

static void
test_arithmetic (void)
{
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();

  check_prompts (tools, arithmetic, G_N_ELEMENTS (arithmetic));
}

static void
test_arithmetic_alone (void)
{
  static const Prompt prompts[] = {
    { "What is (10 + 10) * 3?", "", "(10 + 10) * 3 = 60" },
    { "1 / 0", "", "divides by zero" },
    { "1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1", "", "= 20" },
  };

  check_prompts (NULL, prompts, G_N_ELEMENTS (prompts));
}

static void
test_not_arithmetic (void)
{
  static const char *const sentences[] = { "",      "2026-11-20", "What happened on 2026-11-20?",
                                           "()",    "3 +",        "((((",
                                           "1 2 3", "COVID-19",   "+",
                                           "* * *", "mp3 x mp4",  "1e999 + 1e999",
                                           NULL };

  for (gsize i = 0; sentences[i] != NULL; i++)
    {
      gboolean alone;

      g_assert_null (rnl_offline_expression_find (sentences[i], &alone));
    }
}

static void
test_nesting_bounded (void)
{
  g_autofree char *deep = g_strnfill (100000, '(');
  g_autofree char *minus = g_strnfill (100000, '-');
  gboolean alone;

  g_assert_null (rnl_offline_expression_find (deep, &alone));
  g_assert_null (rnl_offline_expression_find (minus, &alone));
}

static const Prompt tools_prompts[] = {
  { "Where is the cat hiding, and what items are there?",
    "where_is_the_cat_hiding() get_items(The Fuzzy Fortress)",
    "The cat is hiding in **The Fuzzy Fortress**. I looked around there:\n\nAt 'The Fuzzy" },
  { "what items are located where the cat is hiding?",
    "where_is_the_cat_hiding() get_items(The Fuzzy Fortress)", "3. **" },
  { "Where is the cat hiding?", "where_is_the_cat_hiding()", "**The Fuzzy Fortress**." },
  { "tell me a joke about parrots", "tell_me_a_joke_about(parrots)", "fowl language" },
  { "Tell me a joke", "tell_me_a_joke_about(computers)", "Windows" },
  { "tell me a joke about submarines, please", "tell_me_a_joke_about(submarines)",
    "a book about submarines" },
  { "What time is it?", "current_time()", "It is **" },
  { "What time is it in Tokyo?", "current_time(Tokyo)", " in Tokyo, on " },
  { "what's the time in San Francisco right now?", "current_time(America/Los_Angeles)",
    "in San Francisco" },
  { "What time is it in Atlantis?", "current_time(Atlantis)", "There is no time zone" },
  { "What day is it today?", "current_time()", "Today is **" },
  { "How many days until Christmas?", "current_time()", "Christmas" },
  { "Wie spät ist es?", "current_time()", "It is **" },
  { "Convert 26.2 miles to km", "convert_units(26.2, miles, km)", "42.1648128 km" },
  { "100 °C in °F", "convert_units(100, °C, °F)", "212 °F" },
  { "What is 5 feet in cm?", "convert_units(5, feet, cm)", "152.4 cm" },
  { "How many feet are in a mile?", "convert_units(1, mile, feet)", "5280 ft" },
  { "how many minutes are there in 2 days", "convert_units(2, days, minutes)", "2880 min" },
  { "1,000 square feet to square metres", "convert_units(1000, square feet, square metres)",
    "92.90304" },
  { "convert 3 kg to metres", "convert_units(3, kg, metres)", "Cannot convert" },
};

static const Prompt talk_prompts[] = {
  { "hello", "", "rules and am no AI" },
  { "Thank you!", "", "You are welcome" },
  { "Who are you?", "", "**not an AI**" },
  { "What is the meaning of life?", "", "I do not know that one" },
  { "", "", "I follow rules" },
  { "How many people live in 3 houses?", "", "I do not know that one" },
  { "What can you do?", "", "## What I can do" },
  { "Which keyboard shortcuts does Runnel have?", "", "| Ctrl+Shift+N | new window |" },
  { "How do I connect Ollama?", "", "11434/v1 --model qwen3 " },
  { "Where are my chats stored?", "", "library.db" },
  { "Is my data private?", "", "nothing you write leaves this computer" },
  { "How do I rename a chat?", "", "**rename**" },
  { "What is Runnel?", "", "a chat window for AI agents" },
  { "Show me what Markdown looks like", "", "| :--- | :--- | :---: |" },
  { "How do I stop an answer?", "", "**Stop**" },
  { "Does anything leave my computer?", "", "## Privacy" },
  { "How do I stop smoking?", "", "I do not know that one" },
  { "What is the best car model?", "", "I do not know that one" },
  { "Why is the sky blue?", "", "I do not know that one" },
  { "What is the population of Spain?", "", "46.94 million" },
};

/* What depends on the day is checked by test_relative_days. */
static const Prompt date_prompts[] = {
  { "what day was 2000-01-01?", "", "**Saturday 1 January 2000**" },
  { "what day is it on 2027-03-01", "", "**Monday 1 March 2027**" },
  { "Which weekday is 2028-02-29?", "", "**Tuesday 29 February 2028**" },
  { "what day is 2027-02-29", "", "no such day" },
  { "what is the date tomorrow", "current_time()", "Tomorrow is **" },
  { "What's tomorrow's date in Tokyo?", "current_time(Tokyo)", "Tomorrow is **" },
  { "what day is it in Tokyo tomorrow", "current_time(Tokyo)", "** in Tokyo." },
  { "what day was yesterday", "current_time()", "Yesterday was **" },
  { "what day is it in two weeks?", "current_time()", "In 14 days it is **" },
  { "what date was it 3 days ago", "current_time()", "3 days ago it was **" },
  { "days until Christmas", "current_time()", "until Christmas." },
  { "how many days are left until New Year's Eve in Tokyo?", "current_time(Tokyo)",
    "until New Year's Eve." },
  { "days until 2020-01-01", "current_time()", "days** ago." },
  { "how many days since 2020-01-01", "current_time()", "days** ago." },
  { "days until Easter", "", "cannot work out" },
  { "when is Christmas?", "current_time()", "The next Christmas is **" },
  { "what day is Christmas 2030", "", "cannot work out" },
  { "what day is it next week", "", "cannot work out" },
  { "what day is the day before Christmas", "", "cannot work out" },
  { "what day was 25 December 2020", "", "cannot work out" },
  { "what day is 12/25/2026", "", "cannot work out" },
  { "what is the date of Easter", "", "cannot work out" },
  { "What time is sunset?", "", "I do not know that one" },
  { "What time was it yesterday?", "", "I do not know that one" },
  { "Hi, can you tell me what time it is now, please?", "current_time()", "It is **" },
  { "what time is it in Tokyo, Japan?", "current_time(Tokyo)", " in Tokyo, on " },
  { "What day of the week is it at the moment?", "current_time()", "Today is **" },
};

static const Prompt country_prompts[] = {
  { "list of countries", "", "{\n  \"countries\": [\n    {\"name\": \"France\"" },
  { "list countries as json", "", "{\"name\": \"Japan\", \"population\": \"126.3 million\"}\n  ]" },
  { "give me a list of countries", "", "{\"name\": \"Spain\"" },
  { "list five countries with populations", "",
    "{\"name\": \"Italy\", \"population\": \"60.30 million\"}\n  ]\n}" },
  { "Name 1 country of your list of countries", "", "\"67.06 million\"}\n  ]" },
  { "list the countries Canada and Brazil", "",
    "{\n  \"countries\": [\n    {\"name\": \"Canada\", \"population\": \"37.59 million\"},\n"
    "    {\"name\": \"Brazil\"" },
  { "show a table of countries", "", "| Japan | 126.3 million |" },
  { "list all countries", "", "I know no more than these 13" },
  { "list countries in Africa", "", "nothing else about countries" },
  { "list the countries that border France", "", "nothing else about countries" },
};

static void
test_dates (void)
{
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();

  check_prompts (tools, date_prompts, G_N_ELEMENTS (date_prompts));
}

/* From a clock that stands still. */
static void
test_relative_days (void)
{
  static const Prompt prompts[] = {
    { "what is the date tomorrow", "current_time()", "Tomorrow is **Friday 1 January 2027**." },
    { "what day was yesterday?", "current_time()",
      "Yesterday was **Wednesday 30 December 2026**." },
    { "what day is the day after tomorrow", "current_time()", "In 2 days it is **Saturday 2 J" },
    { "What day is it in 60 days?", "current_time()", "In 60 days it is **Monday 1 March 2027**." },
    { "days until Christmas", "current_time()", "**359 days** until Christmas." },
    { "days until tomorrow", "current_time()", "**1 day** until 2027-01-01." },
    { "days until new year's eve", "current_time()", "It is New Year's Eve **today**!" },
    { "what day is Christmas", "current_time()", "is **Saturday 25 December 2027**." },
    { "days until 2027-03-01", "current_time()", "**60 days** until 2027-03-01." },
    { "days since 2026-12-30", "current_time()", "2026-12-30 was **1 day** ago." },
  };
  g_autoptr (RnlToolRegistry) tools = rnl_tool_registry_new ();

  offline_tools_add_fake (
    tools, "current_time",
    "2026-12-31T23:59:58+09:00, Thursday 31 December 2026, 23:59:58 (Asia/Tokyo)");
  check_prompts (tools, prompts, G_N_ELEMENTS (prompts));
}

static void
test_country_lists (void)
{
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();

  check_prompts (tools, country_prompts, G_N_ELEMENTS (country_prompts));
}

static void
test_tools (void)
{
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();

  check_prompts (tools, tools_prompts, G_N_ELEMENTS (tools_prompts));
}

static void
test_talk (void)
{
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();

  check_prompts (tools, talk_prompts, G_N_ELEMENTS (talk_prompts));
}

static void
test_files (void)
{
  static const char page[]
    = "Title: Example\nAddress: https://example.org/\n\n"
      "Rivers carry water from the hills to the sea. A short one. Rivers also carry boats and "
      "people and their goods. Nobody knows how many stones a river has moved in its life.";
  static const Prompt prompts[] = {
    { "List my files", "list_folder()", "```\na/\nb.txt (3 bytes)\n```" },
    { "what is in the folder notes/tea?", "list_folder(notes/tea)", "b.txt" },
    { "read notes/plan.md", "read_file(notes/plan.md)", "````\nsome ``` text\n````" },
    { "Show me the file \"my plan.txt\"", "read_file(my plan.txt)", "`my plan.txt` says:" },
    { "Search my notes for green tea", "search_files(green tea)", "it is broken" },
    { "find \"green tea\" in my files", "search_files(green tea)", "`search_files` failed" },
    { "Find chats about parrots", "search_chats(parrots)", "a chat" },
    { "search my chats for joke", "search_chats(joke)", "a chat" },
    { "find joke in my chats", "search_chats(joke)", "a chat" },
    { "Search for jokes in my chat history", "search_chats(jokes)", "a chat" },
    { "find chats about cats", "search_chats(cats)", "a chat" },
    { "find chats about where the cat is hiding", "search_chats(*", "a chat" },
    { "search my chats for a list of countries", "search_chats(a list of countries)", "a chat" },
    { "Summarise https://example.org/ please", "fetch_page(https://example.org/)",
      "**Example** (<https://example.org/>)" },
    { "What is on https://example.org/page?", "fetch_page(https://example.org/page)",
      "- Rivers carry water from the hills to the sea." },
  };
  g_autoptr (RnlToolRegistry) tools = rnl_tool_registry_new ();

  offline_tools_add_fake (tools, "list_folder", "a/\nb.txt (3 bytes)");
  offline_tools_add_fake (tools, "read_file", "some ``` text");
  offline_tools_add_fake (tools, "search_files", NULL);
  offline_tools_add_fake (tools, "search_chats", "a chat");
  offline_tools_add_fake (tools, "fetch_page", page);
  check_prompts (tools, prompts, G_N_ELEMENTS (prompts));
}

/* Without its tools it says what is missing. */
static void
test_no_tools (void)
{
  static const Prompt prompts[] = {
    { "What time is it?", "", "`current_time`" },
    { "Where is the cat hiding?", "", "`where_is_the_cat_hiding`" },
    { "Convert 3 miles to km", "", "`convert_units`" },
    { "List my files", "", "`list_folder`" },
    { "Summarise https://example.org", "", "`fetch_page`" },
    { "tell me a joke about cats", "", "mouse" },
  };

  check_prompts (NULL, prompts, G_N_ELEMENTS (prompts));
}

static void
test_examples (void)
{
  g_autoptr (RnlChatModel) model = new_helper ();
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();

  for (const char *const *example = rnl_offline_helper_get_examples (); *example != NULL; example++)
    {
      g_autoptr (OfflineTurn) turn = offline_turn_run (model, tools, *example);

      g_assert_null (strstr (turn->text, "I do not know"));
      g_assert_null (strstr (turn->text, "failed"));
    }
}

/* What the person refused is named, and not asked for again. */
static void
test_refused (void)
{
  g_autoptr (RnlChatModel) model = new_helper ();
  g_autoptr (OfflineTurn) turn = g_new0 (OfflineTurn, 1);
  g_autoptr (RnlToolRegistry) tools = rnl_tool_registry_new ();
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (0, "c", "fetch_page");

  offline_tools_add_fake (tools, "fetch_page", "unused");
  turn->message = rnl_message_new (RNL_ROLE_ASSISTANT);
  turn->calls = g_string_new (NULL);
  turn->steps = 1;
  rnl_part_set_text (call, "{\"url\": \"https://example.org/\"}");
  rnl_part_set_state (call, RNL_TOOL_REFUSED);
  rnl_message_add_part (turn->message, call);

  offline_turn_ask (model, tools, "Summarise https://example.org/", turn);
  turn->text = rnl_message_dup_text (turn->message);
  g_assert_nonnull (strstr (turn->text, "`fetch_page` was not allowed"));
  g_assert_cmpint (rnl_message_get_finish_reason (turn->message), ==, RNL_FINISH_STOP);
}

static void
test_final_answer (void)
{
  g_autoptr (RnlChatModel) model = new_helper ();
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();
  g_autoptr (OfflineTurn) turn = NULL;

  offline_tools_add_fake (tools, "final_answer", "ok");
  turn = offline_turn_run (model, tools, "What is 10 + 10?");
  g_assert_cmpstr (turn->calls->str, ==, "add(10, 10) final_answer(10 + 10 = 20, [\"add\"])");
}

static void
test_thinking (void)
{
  static const char *const prompts[]
    = { "/think What is 2 + 2?", "Think about 2 + 2", "What is (1 + 2) * 3?", NULL };
  g_autoptr (RnlChatModel) model = new_helper ();
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();

  for (gsize i = 0; prompts[i] != NULL; i++)
    {
      g_autoptr (OfflineTurn) turn = offline_turn_run (model, tools, prompts[i]);
      RnlPart *first = rnl_message_get_part (turn->message, 0);

      g_assert_cmpint (rnl_part_get_part_type (first), ==, RNL_PART_REASONING);
      g_assert_cmpuint (rnl_part_get_length (first), >, 20);
      g_assert_cmpint (rnl_message_get_usage (turn->message)->reasoning, >=, 0);
      g_assert_cmpint (rnl_message_get_usage (turn->message)->output, >, 0);
    }
}

static void
test_countries (void)
{
  g_autoptr (RnlChatModel) model = new_helper ();
  g_autoptr (OfflineTurn) turn = offline_turn_run (
    model, NULL,
    "output a list of the countries france, spain and japan and their populations in JSON format. "
    "Use a dict with an outer key of \"countries\" which contains a list of countries. Each "
    "country "
    "should have the key `name` and `population`");
  g_autoptr (JsonNode) node = json_from_string (turn->text, NULL);
  JsonArray *list;

  g_assert_nonnull (node);
  list = json_object_get_array_member (json_node_get_object (node), "countries");
  g_assert_cmpuint (json_array_get_length (list), ==, 3);
  g_assert_cmpstr (
    json_object_get_string_member (json_array_get_object_element (list, 0), "population"), ==,
    "67.06 million");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (list, 2), "name"),
                   ==, "Japan");
}

static void
test_long_answer (void)
{
  g_autoptr (RnlChatModel) model = new_helper ();
  g_autoptr (OfflineTurn) turn = offline_turn_run (model, NULL, "Write 5,000 words");
  g_auto (GStrv) words = g_strsplit_set (turn->text, " \n", -1);

  g_assert_cmpuint (g_strv_length (words), >=, 5000);
  g_assert_cmpuint (g_strv_length (words), <, 7000);
}

/* Pasted rubbish must not keep the main loop: patterns that backtrack once took ten seconds here.
 */
static void
test_rubbish (void)
{
  static const char *const pieces[]
    = { "1",  "1,", "a",       "how many ", "a in ",    "read ", "in ",     "(",
        "- ", "' ", "https:/", "a.",        "time in ", "a/",    "\xc3\xa4" };
  g_autoptr (RnlChatModel) model = new_helper ();
  guint length = rnl_test_fewer (20000);
  double start = rnl_test_cpu_ms ();

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new ("how many ");
      g_autoptr (OfflineTurn) turn = NULL;

      while (text->len < length)
        g_string_append (text, pieces[i]);
      turn = offline_turn_run (model, NULL, text->str);
      g_assert_cmpstr (turn->text, !=, "");
    }
  g_assert_cmpfloat (rnl_test_cpu_ms () - start, <, 20e3 * rnl_test_get_slowdown ());
}

/* The same request always gets the same answer, whatever was asked before. */
static void
test_stateless (void)
{
  g_autoptr (RnlChatModel) model = new_helper ();
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();
  g_autoptr (OfflineTurn) one = offline_turn_run (model, tools, "What is 7 * (8 + 9)?");
  g_autoptr (OfflineTurn) other = offline_turn_run (model, tools, "hello");
  g_autoptr (OfflineTurn) again = offline_turn_run (model, tools, "What is 7 * (8 + 9)?");

  g_assert_cmpstr (one->text, ==, again->text);
  g_assert_cmpstr (one->calls->str, ==, again->calls->str);
  g_assert_cmpstr (other->calls->str, ==, "");
}

static char *
random_expression (GRand *rand, guint depth, double *value)
{
  static const char operators[] = { '+', '-', '*', '/' };
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  double x, y;
  char op;

  if (depth == 0 || g_rand_int_range (rand, 0, 4) == 0)
    {
      *value = g_rand_int_range (rand, 1, 100);
      return g_strdup_printf ("%.0f", *value);
    }

  left = random_expression (rand, depth - 1, &x);
  right = random_expression (rand, depth - 1, &y);
  op = operators[g_rand_int_range (rand, 0, y == 0 ? 3 : 4)];
  *value = op == '+' ? x + y : op == '-' ? x - y : op == '*' ? x * y : x / y;

  return g_strdup_printf ("(%s %c %s)", left, op, right);
}

/* Whatever the tree, the sequence of calls comes to the same number as computing it at once. */
static void
test_random_trees (void)
{
  g_autoptr (RnlChatModel) model = new_helper ();
  g_autoptr (RnlToolRegistry) tools = offline_tools_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint n = rnl_test_fewer (200);

  for (guint i = 0; i < n; i++)
    {
      double expected, got;
      g_autofree char *expression = random_expression (rand, 4, &expected);
      g_autofree char *prompt = g_strdup_printf ("What is %s + 1?", expression);
      g_autoptr (OfflineTurn) turn = offline_turn_run (model, tools, prompt);
      const char *equals = strrchr (turn->text, '=');

      g_assert_nonnull (equals);
      got = g_ascii_strtod (equals + 1, NULL);
      g_assert_cmpfloat (fabs (got - (expected + 1)), <=, 1e-9 * (1 + fabs (expected)));
    }
}

static void
test_tokens (void)
{
  const char *text
    = "Why don't scientists trust parrots? 67.06 million\n\n- Ünïcödé **wörter** 👩‍🚀!";
  const char *end = text + strlen (text);
  guint count = 0;

  for (const char *at = text; at < end; count++)
    {
      gsize length = rnl_offline_token_length (at, (gsize) (end - at));

      g_assert_cmpuint (length, >, 0);
      g_assert_true (g_utf8_validate_len (at, length, NULL));
      at += length;
      g_assert_true (at <= end);
    }
  g_assert_cmpuint (count, ==, rnl_offline_count_tokens (text));
  g_assert_cmpuint (count, >, 15);
}

static void
test_object (void)
{
  RnlChatModel *model = rnl_offline_helper_new ();

  g_assert_cmpstr (rnl_chat_model_get_id (model), ==, "offline/helper");
  g_assert_cmpstr (rnl_chat_model_get_title (model), ==, "Offline helper");
  g_assert_cmpstr (rnl_chat_model_get_note (model), ==, "rules, not AI");
  g_assert_cmpuint (g_strv_length ((char **) rnl_offline_helper_get_examples ()), ==, 4);
  g_assert_finalize_object (model);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/offline-helper/object", test_object);
  g_test_add_func ("/offline-helper/tokens", test_tokens);
  g_test_add_func ("/offline-helper/arithmetic/calls", test_arithmetic);
  g_test_add_func ("/offline-helper/arithmetic/alone", test_arithmetic_alone);
  g_test_add_func ("/offline-helper/arithmetic/not", test_not_arithmetic);
  g_test_add_func ("/offline-helper/arithmetic/nesting", test_nesting_bounded);
  g_test_add_func ("/offline-helper/arithmetic/random", test_random_trees);

  g_test_add_func ("/offline-helper/tools", test_tools);
  g_test_add_func ("/offline-helper/dates", test_dates);
  g_test_add_func ("/offline-helper/dates/relative", test_relative_days);
  g_test_add_func ("/offline-helper/countries/lists", test_country_lists);
  g_test_add_func ("/offline-helper/talk", test_talk);
  g_test_add_func ("/offline-helper/files", test_files);
  g_test_add_func ("/offline-helper/no-tools", test_no_tools);
  g_test_add_func ("/offline-helper/examples", test_examples);
  g_test_add_func ("/offline-helper/refused", test_refused);
  g_test_add_func ("/offline-helper/final-answer", test_final_answer);
  g_test_add_func ("/offline-helper/thinking", test_thinking);
  g_test_add_func ("/offline-helper/countries", test_countries);
  g_test_add_func ("/offline-helper/long-answer", test_long_answer);
  g_test_add_func ("/offline-helper/rubbish", test_rubbish);
  g_test_add_func ("/offline-helper/stateless", test_stateless);

  return g_test_run ();
}
