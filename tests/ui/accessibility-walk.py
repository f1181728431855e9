#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""accessibility-walk.py RUNNEL: a day in the window without a mouse, and with what is said instead of a screen.

Everything is found by its name and role, done by its action or by keys, and heard. Exits with 77 where there is no
display or no AT-SPI."""
import os
import re
import sys
from pathlib import Path

from atspi import Atspi, BUTTONS, in_log, main, one, read_tree, said

Role, State = Atspi.Role, Atspi.StateType
SUM = 'What is (10 + 10) * 3?'
PAGE = 'Please summarise http://127.0.0.1:9/page'
LONG = 'Write a long answer'
MENU = ['New temporary chat', 'New window', 'Import chats…', 'Export all chats', 'Preferences', 'Keyboard shortcuts', 'About Runnel']
CHOICES = ['Refuse', 'Refuse with a Reason', 'Edit', 'Always Allow This Tool', 'Allow for This Chat', 'Allow Once']


def titled(title):
    return lambda nodes: next((node for node in nodes if node.role == Role.FRAME and node.name == title), None)


def row(name):
    """A row of a list whose name begins so."""
    return lambda nodes: next((node for node in nodes if node.role == Role.LIST_ITEM and node.name.startswith(name)),
                              None)


def gone(find):
    return lambda nodes: bool(nodes) and not find(nodes)


def start_page(window):
    window.need('a new chat', titled('Runnel'))
    window.need('examples', one(Role.LIST, 'Examples'))
    window.need('an example', row(SUM))
    window.need('what answers now', one(Role.LABEL, 'Offline helper answers now: rules, not AI'))
    for name in ('New chat', 'Main menu', 'This chat', 'Model: Offline helper', 'Connect a model', 'Attach Files'):
        window.need(name, one(BUTTONS, name))
    hidden = [name for name in ('Stop', 'Go to the End', 'Close Find', 'Cancel Editing') if one(BUTTONS, name)(read_tree())]
    assert not hidden, f'what is not shown is presented: {hidden}'


def ask_and_follow(window):
    window.ask(SUM)
    window.need_heard('Calculator: add: Done')
    window.need_heard('Answer complete')
    steps = window.need('the steps', lambda nodes: one(BUTTONS, '2 steps')(in_log(nodes)))
    assert not steps.has(State.EXPANDED)
    steps.click()
    card = window.need('a step', lambda nodes: one(BUTTONS, 'Calculator: add')(in_log(nodes)))
    card.click()
    for text in ('Done', 'Arguments', 'Result'):
        window.need(text, said(text, Role.LABEL))
    window.need('an open step', lambda nodes: (one(BUTTONS, 'Calculator: add')(nodes) or card).has(State.EXPANDED))


def versions(window):
    """What stands at the foot of an answer is there when the answer has the focus."""
    window.press('Alt_L+Up')
    answer = window.focused()
    assert re.fullmatch(r'Runnel, \d\d:\d\d', answer.name), answer.name
    for name in ('Copy as Markdown', 'Regenerate', 'Branch From Here', 'Details'):
        window.need(name, one(BUTTONS, name))
    window.press('Alt_L+Up')
    window.need('the question', lambda nodes: any(node.has(State.FOCUSED) and node.name.startswith('You, ')
                                                  for node in nodes))
    window.press('Alt_L+Down')
    window.click('Regenerate')
    window.need_heard('Answer complete')
    window.need('two versions', said('2/2'))
    window.click('Previous Answer')
    window.need_heard('Version 1 of 2')


def approve(window):
    window.ask(PAGE)
    window.need_heard('Fetch page waits for your decision')
    window.need('a chat that waits', row(f'{SUM}, Waiting for you'))
    window.need('the question', said('Allow “Fetch page” to run with exactly this?'))
    window.need('what it touches', said('It connects to 127.0.0.1.'))
    window.need('the exact arguments', said('{"url":"http://127.0.0.1:9/page"}', Role.TEXT))
    names = [node.name for node in in_log(read_tree()) if node.role in BUTTONS]
    assert names[names.index('Refuse'):][:len(CHOICES)] == CHOICES, names
    window.click('Allow Once')
    window.need_heard('Answer complete')


def stop(window):
    window.ask(LONG)
    window.need_heard('A brook begins where rain that nobody counted has gathered under moss.')
    window.click('Stop')
    window.need_heard('Answer stopped')
    window.need('Send', one(BUTTONS, 'Send'))
    window.need('what is said of it', said('Stopped', Role.LABEL))


def search(window):
    """From another chat to the message that was found."""
    window.click('New chat')
    window.need('a new chat', titled('Runnel'))
    window.press('Control_L+k')
    window.focused('Search chats')
    window.write(Role.ENTRY, 'Search chats', 'brook')
    window.need('a hit', row(SUM))
    window.press('Down')
    hit = window.focused(role=Role.LIST_ITEM)
    assert 'brook' in hit.name, hit.name
    window.press('Return')
    window.need('the chat of the hit', titled(SUM))
    window.need('the message of the hit', said('A brook begins', Role.TEXT))
    window.write(Role.ENTRY, 'Search chats', '')
    # The same by an action, for who has no keys.
    window.click('New chat')
    window.need('a new chat', titled('Runnel'))
    window.need('the row', lambda nodes: row(SUM)(nodes) and next(
        (node for node in nodes if node.name == 'RnlChatRow'), None)).do('chat.open')
    window.need('the chat', titled(SUM))


def find(window):
    window.press('Control_L+f')
    window.focused('Find in This Chat', Role.TEXT)
    window.write(Role.TEXT, 'Find in This Chat', 'brook')
    window.need('how many there are', lambda nodes: any(node.role == Role.STATUS_BAR and re.match(r'1 of \d+', node.text)
                                                        for node in nodes))
    window.need('the next', one(BUTTONS, 'Next Match')).click()
    window.press('Escape')
    window.need('no find bar', gone(one(BUTTONS, 'Close Find')))


def branch(window):
    window.press('Control_L+l')
    window.focused('Message', Role.TEXT)
    window.press('Alt_L+Up')
    window.click('Branch From Here')
    window.need('the branch', titled(f'{SUM} (branch)'))
    window.focused('Message', Role.TEXT)


def menus(window):
    window.click('Main menu')
    window.focused('New temporary chat', Role.MENU_ITEM)
    names = [node.name for node in read_tree() if node.role == Role.MENU_ITEM]
    assert [name for name in names if name in MENU][:len(MENU)] == MENU, names
    window.press('Escape')
    window.need('no menu', gone(one(Role.MENU_ITEM, 'New window')))


def panes(window):
    """Round by F6, and by Tab: every stop has a name."""
    window.press('Control_L+l')
    window.focused('Message')
    for name in ('Search chats', 'Message'):
        for _ in range(4):
            window.press('F6')
            if window.focused().name == name:
                break
        else:
            sys.exit(f'F6 does not lead to {name}')
    seen = []
    for _ in range(40):
        window.press('Tab')
        node = window.focused()
        assert not node.is_nameless(), f'{node} has no name; before it: {seen}'
        if node.name == 'Message' and seen:
            break
        seen.append(node.name)
    else:
        sys.exit(f'Tab does not come back: {seen}')
    missing = {'New chat', 'Main menu', 'Search chats', 'Model: Offline helper', 'This chat'} - set(seen)
    assert not missing, f'Tab does not lead to {missing}: {seen}'


def export(window):
    """From the menu of the chat to a file."""
    file = Path(os.environ['XDG_DATA_HOME'], 'walk.md')
    window.click('This chat')
    for _ in range(8):
        if window.focused(role=Role.MENU_ITEM).name == 'Export':
            break
        window.press('Down')
    window.press('Return')
    window.need('the formats', one(Role.MENU_ITEM, 'Markdown'))
    for _ in range(8):
        if window.focused(role=Role.MENU_ITEM).name == 'Markdown':
            break
        window.press('Down')
    window.press('Return')
    window.write(Role.TEXT, 'Name:', str(file))
    window.need('Save', lambda nodes: next((node for node in nodes if node.role in BUTTONS and 'Save' in node.name),
                                           None)).click()
    window.need('the file', lambda _: file.exists() and 'brook' in file.read_text(encoding='utf-8'))


def inspect(window):
    """What ran for the answer that is the newest, step by step, from the key that opens it to the one that closes it."""
    window.press('Control_L+l')
    window.focused('Message')
    window.press('F12')
    window.need('the runs', one(Role.LIST, 'Runs'))
    window.need('whose they are', lambda nodes: next((node for node in nodes if node.name == 'Whose runs are shown'), None))
    agent = window.focused(role=Role.LIST_ITEM)
    assert re.match('Agent agent, (Done|Cancelled), ', agent.name), agent.name
    window.press('Down')
    model = window.need('the model', lambda nodes: next((node for node in nodes if node.has(State.FOCUSED)
                                                         and node.name.startswith('Model offline/helper, ')), None))
    assert 'first token after' in model.name, model.name
    for name in ('Copy as JSON', 'Copy and export', 'Raw JSON', 'Close the run inspector (F12)'):
        window.need(name, one(BUTTONS, name))
    window.need('what was sent', lambda nodes: next(
        (node for node in nodes if node.role == Role.TEXT and 'You are a helpful assistant' in node.text), None))
    window.need('a row', row('Agent agent, ')).has(State.SELECTED)
    window.press('F6')
    window.focused('Search chats')
    window.press('Control_L+l')
    window.focused('Message')
    window.press('F12')
    window.need('no runs', gone(one(Role.LIST, 'Runs')))


def walk(window):
    for step in (start_page, ask_and_follow, versions, approve, stop, search, find, inspect, branch, menus, panes, export):
        print(step.__name__, flush=True)
        step(window)


if __name__ == '__main__':
    os.environ.setdefault('RUNNEL_OFFLINE_PACE', '60')
    main(walk, __file__, sys.argv[1:])
