#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""accessibility-words.py RUNNEL: started in a language in which every letter has an accent, the window has no other
letters: a text, a tooltip or a name that has is not marked for translation. Exits with 77 where it cannot be done."""
import json
import os
import re
import sys
import tempfile
from pathlib import Path

import pseudo_locale
from atspi import Atspi, main, one, read_tree, said

SUM = 'What is (10 + 10) * 3?'
CATALOGUE = Path(__file__).parents[2] / 'po/de.po'
# Names, what a person or a model wrote, keys, and what GTK says itself.
FOREIGN = re.compile(r'Runnel|Offline helper|(?:Minimize|Maximize|Close)(?: the window)?|(?:Shift\+)?Ctrl\+\S+|'
                     r'F\d+|Preferences|No Results Found|Try a different search\.|.*\?|.*takes 2 operations.*|(?:Gtk|Adw|Rnl)[A-Z]\w+')
LANGUAGES = Path('/usr/share/iso-codes/json/iso_639-2.json')
READ = (Atspi.Role.LABEL, Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.LIST, Atspi.Role.ENTRY,
        Atspi.Role.TEXT, Atspi.Role.LOG, Atspi.Role.MENU_ITEM, Atspi.Role.PANEL, Atspi.Role.PAGE_TAB)


def read_languages():
    """What the languages of the dictionaries are called: iso-codes translates them, which knows none of ours."""
    entries = json.loads(LANGUAGES.read_text(encoding='utf-8'))['639-2'] if LANGUAGES.exists() else []
    return {name for entry in entries for name in entry['name'].split('; ')}


LANGUAGE_NAMES = read_languages()


def is_foreign(text):
    """Whether TEXT is nobody's mistake: it is translated, whatever is named in it, or it is not ours."""
    return ('·' in text or text.startswith('[') or not re.search(r'[A-Za-z]{3,}', text) or FOREIGN.fullmatch(text) is not None
            or text.split(' (')[0] in LANGUAGE_NAMES)


def check(window, where):
    nodes = [node for node in read_tree() if node.role in READ]
    marked = [node for node in nodes if '·' in node.name]
    missing = {text for node in nodes for text in (node.name, node.accessible.get_description() or '')
               if not is_foreign(text)}
    assert len(marked) > 5, f'{where}: only {len(marked)} translated texts of {len(nodes)}'
    assert not missing, f'{where}: not marked for translation: {sorted(missing)}'


def walk(window):
    window.need('the composer', one(Atspi.Role.TEXT, pseudo_locale.pseudo('Message')))
    check(window, 'an empty chat')
    window.write(Atspi.Role.TEXT, pseudo_locale.pseudo('Message'), SUM)
    window.click(pseudo_locale.pseudo('Send'))
    window.need('the answer', said('60', Atspi.Role.TEXT))
    window.need_heard(pseudo_locale.pseudo('Answer complete'))
    window.need('steps', lambda nodes: next((node for node in nodes if node.name.startswith('[2 ')), None)).click()
    check(window, 'a chat')
    window.press('Control_L+comma')
    window.need('the preferences', one(Atspi.Role.LABEL, pseudo_locale.pseudo('Accounts')))
    check(window, 'the preferences')


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1] != '--in-session':
            pseudo_locale.make(CATALOGUE, folder)
            os.environ.update(RUNNEL_LOCALEDIR=folder, LANGUAGE='qps')
        main(walk, __file__, sys.argv[1:])
