#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What assistive technology finds, through AT-SPI and nothing else.

accessibility.py RUNNEL          starts the program in a session of its own, asks the offline helper, opens the
                                 steps of the answer, and checks names, roles and states of all that is shown
accessibility.py --composed TEXT waits until the composer of the program that runs on this session bus holds TEXT

Exits with 77 where there is no display or no AT-SPI."""
import re
import sys

from atspi import Atspi, BUTTONS, in_log, main, one, read_tree, said, wait_for

QUESTION = 'What is (10 + 10) * 3?'
CARDS = ('Calculator: add', 'Calculator: multiply')


def composer_holds(text):
    def find(nodes):
        composer = one(Atspi.Role.TEXT, 'Message')(nodes)
        return composer if composer and composer.text == text else None
    return find


def steps(nodes):
    """The header of the finished steps: a button in the transcript."""
    return next((node for node in in_log(nodes) if node.role in BUTTONS and re.match(r'2 steps', node.name)), None)


def cards(nodes):
    """The two calls, as the buttons that open them, when they are to be seen."""
    found = [node for node in in_log(nodes) if node.role in BUTTONS and node.has(Atspi.StateType.VISIBLE)
             and node.name in CARDS]
    return found if sorted(node.name for node in found) == sorted(CARDS) else None


def converse(window):
    need = window.need
    composer = need('the composer', one(Atspi.Role.TEXT, 'Message'))
    assert Atspi.EditableText.set_text_contents(composer.accessible, QUESTION), 'the composer takes no text'
    need('the question in the composer', composer_holds(QUESTION))
    need('the button Send', one(BUTTONS, 'Send')).click()

    need('a transcript', lambda nodes: any(node.role == Atspi.Role.LOG and node.name for node in nodes))
    need('the question in the transcript', said(QUESTION))
    need('the answer', lambda nodes: [node for node in in_log(nodes) if re.search(r'\b60\b', node.text)])
    need('the steps', steps).click()
    for card in need(f'cards named {CARDS}', cards):
        card.click()
    # Ready for the next question.
    composer = need('an empty composer', composer_holds(''))
    need('the button Send again', one(BUTTONS, 'Send'))
    for state in (Atspi.StateType.FOCUSABLE, Atspi.StateType.SENSITIVE):
        assert composer.has(state), f'the composer is not {state.value_nick}'

    nodes = read_tree()
    shown = [node for node in nodes if node.role in BUTTONS and node.has(Atspi.StateType.VISIBLE)]
    nameless = [node for node in shown if node.is_nameless()]
    if len(shown) < 6 or nameless:
        print('\n'.join(map(str, nodes)))
        sys.exit(f'{len(nameless)} of {len(shown)} buttons have no name')


if __name__ == '__main__':
    if sys.argv[1] == '--composed':
        Atspi.init()
        wait_for(f'{sys.argv[2]!r} in the composer', composer_holds(sys.argv[2]))
    else:
        main(converse, __file__, sys.argv[1:])
