/* rnl-offline-help-text.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-help-text.h"

/* Every sentence is to be true of the program as it is: change both together. */
static const RnlOfflineHelpSection sections[] = {
  { "What Runnel is", "runnel about program app what is does",
    "Runnel is a chat window for AI agents. You ask; the answer appears word by word, and every "
    "tool the agent uses is a card you can open: its arguments, its result, how long it took.\n\n"
    "It is free software and works with models on your own computer as well as with services." },

  { "What I can do", "can do able help capabilities features offline helper questions ask",
    "I am the offline helper: rules, not AI. I understand\n\n"
    "- **arithmetic**: `What is (10 + 10) * 3?`\n"
    "- **dates and times**: `What time is it in Tokyo?`, `What day is 2027-03-01?`, `How many days "
    "until Christmas?`\n"
    "- **units**: `Convert 26.2 miles to km`\n"
    "- **your files**, in folders you opened to tools: `List my files`, `Search my notes for tea`\n"
    "- **your chats**: `Find chats about parrots` (you are asked first)\n"
    "- **pages of the web**: `Summarise https://example.org/` (you are asked first)\n"
    "- **countries**: `List five countries`\n"
    "- **the cat**: `Where is the cat hiding, and what items are there?`\n"
    "- **jokes**: `Tell me a joke about parrots`\n"
    "- **questions about Runnel**: `Where are my chats stored?`\n"
    "- and I can show off: `Show me what Markdown looks like`, `Write a long answer`\n\n"
    "For everything else, connect a language model." },

  { "Keyboard shortcuts", "keyboard shortcut shortcuts key keys hotkey hotkeys keybindings press",
    "| Keys | What they do |\n"
    "| --- | --- |\n"
    "| Enter or Ctrl+Enter | send |\n"
    "| Shift+Enter | break the line |\n"
    "| Escape | stop the answer |\n"
    "| Ctrl+N | new chat |\n"
    "| Ctrl+Shift+N | new window |\n"
    "| Ctrl+F | find in the chat; Ctrl+G, Ctrl+Shift+G: next, previous |\n"
    "| Ctrl+Shift+F or Ctrl+K | search all chats |\n"
    "| Ctrl+Page Up, Ctrl+Page Down | previous, next chat |\n"
    "| F2 | rename the chat |\n"
    "| Ctrl+L | to the composer |\n"
    "| Alt+Up, Alt+Down | previous, next message |\n"
    "| F6 | next pane |\n"
    "| F9 | show or hide the chats |\n"
    "| Ctrl+comma | preferences |\n"
    "| Ctrl+? or F1 | all shortcuts |\n"
    "| Ctrl+W, Ctrl+Q | close the window, quit |\n\n"
    "In the preferences Enter and Shift+Enter can change places; Ctrl+Enter always sends.\n" },

  { "Connecting a model",
    "connect model models account accounts provider api key server ollama llama cpp openai lm "
    "studio vllm setup set add use gpt language llm address url switch change",
    "Open **Preferences → Models → Add an account**, give the address of a server that speaks "
    "OpenAI Chat, press *Test*, then *Save*. The model button above the chat chooses "
    "who answers. A server already running on this computer is offered in an empty chat.\n\n"
    "| Server | Address | Key |\n"
    "| --- | --- | --- |\n"
    "| Ollama | `http://127.0.0.1:11434/v1` | none |\n"
    "| llama.cpp | `http://127.0.0.1:8080/v1` | none |\n"
    "| LM Studio | `http://127.0.0.1:1234/v1` | none |\n"
    "| OpenAI | `https://api.openai.com/v1` | yes |\n\n"
    "For one question on the command line:\n\n"
    "```sh\n"
    "runnel-cli ask --base-url http://127.0.0.1:11434/v1 --model qwen3 \"Why is the sky blue?\"\n"
    "```\n\n"
    "With `--base-url` the model has the name its server gives it; without, it is `ACCOUNT/MODEL`, "
    "as `runnel-cli models` lists them.\n" },

  { "Where keys are kept", "key keys api password secret secrets keyring stored safe security kept",
    "A key is kept in the secret service of your desktop (GNOME Keyring, KWallet) and nowhere "
    "else: not in the settings, not in the database, never on a command line. Without a secret "
    "service it is kept until Runnel ends." },

  { "Where chats are stored",
    "chat chats stored saved store kept disk database file history where data location backup "
    "lost crash interrupted export",
    "In one SQLite database on this computer:\n\n"
    "```\n$XDG_DATA_HOME/runnel/library.db\n```\n\n"
    "which usually is `~/.local/share/runnel/library.db`. What arrives is written down several "
    "times a second, so a crash in the middle of an answer loses at most a moment of it: the chat "
    "comes back with the partial answer marked *Interrupted*.\n\n"
    "To write a chat to a file:\n\n"
    "```sh\nrunnel-cli chats list\nrunnel-cli chats export --format md ID\n```\n" },

  { "Privacy",
    "privacy private send sends sent leave leaves leaving internet online tracking "
    "telemetry data cloud network offline",
    "With me, the offline helper, nothing you write leaves this computer, unless you allow a page "
    "to be fetched. With a connected model, your conversation goes to the server you chose and to "
    "nobody else. Runnel has no telemetry and no account of its own. It looks for model servers on "
    "this computer, and where `OLLAMA_HOST` points, by asking for their version or models." },

  { "Tools and permissions",
    "tool tools permission permissions allow refuse ask asks approval card cards approve deny "
    "folder folders file files access safe",
    "A model may ask for tools; each call is a card in the answer.\n\n"
    "- The calculator, the clock, units, and reading in folders you opened to tools run at once.\n"
    "- Fetching a page and searching your chats wait in their card for **Allow Once**, **Allow for "
    "This Chat** or **Refuse**. What runs is exactly what the card shows.\n"
    "- Files are read only in folders you opened under *Preferences → Tools*, and nowhere else. "
    "There each tool can be switched off, too.\n"
    "- Pages on this computer or in your local network are not fetched unless you allow that in "
    "the preferences." },

  { "Chats: rename, delete, search",
    "rename delete remove undo search find chat chats list title new sidebar trash",
    "The list on the left has your chats. Right-click a chat there, or open the menu above the "
    "chat, to **rename** or **delete** it; a deleted chat can be brought back with *Undo* in the "
    "note that appears. The field above the list searches. Ctrl+N begins a new chat." },

  { "Stopping and retrying",
    "stop cancel interrupt abort retry again error failed broken limit "
    "steps slow hang",
    "While an answer is being written the Send button is a **Stop** button; Escape does the same. "
    "What has arrived stays. When something fails, the chat shows what happened with a **Retry** "
    "button, and the details fold out.\n\n"
    "An answer may take a bounded number of steps; the limit is in the preferences." },

  { "The command line", "command line terminal cli console pipe automation dbus",
    "```sh\n"
    "runnel-cli ask \"What is (10 + 10) * 3?\"\n"
    "git diff | runnel-cli ask \"Write a commit message for this change\"\n"
    "runnel-cli ask --format events \"What is 2 ^ 10?\"\n"
    "runnel-cli chats list\n"
    "```\n\n"
    "From another program, by D-Bus (this only fills in the question, sending stays with you):\n\n"
    "```sh\n"
    "gapplication action " RNL_APP_ID " ask \"'What is 10 + 10?'\"\n"
    "```\n" },

  { "The offline helper's pace", "pace speed fast faster slow slower typing words offline helper",
    "I write a word every 18 milliseconds. To change that:\n\n"
    "```sh\n"
    "gsettings set " RNL_APP_ID " offline-pace 0\n"
    "```\n\n"
    "0 is as fast as the window can draw." },
};

/**
 * rnl_offline_help_get_sections:
 * @n_sections: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_sections): the help text; the first says what Runnel is
 */
const RnlOfflineHelpSection *
rnl_offline_help_get_sections (gsize *n_sections)
{
  *n_sections = G_N_ELEMENTS (sections);

  return sections;
}
