#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What assistive technology finds, through AT-SPI and nothing else.

accessibility.py RUNNEL          starts the program in a session of its own, asks the offline helper, opens the
                                 steps of the answer, and checks names, roles and states of all that is shown
accessibility.py --composed TEXT waits until the composer of the program that runs on this session bus holds TEXT

Exits with 77 where there is no display or no AT-SPI."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

QUESTION = 'What is (10 + 10) * 3?'
SECONDS = 60
LAUNCHERS = ('/usr/libexec/at-spi-bus-launcher', '/usr/lib/at-spi-bus-launcher',
             '/usr/lib/at-spi2-core/at-spi-bus-launcher')


def skip(reason):
    print(reason)
    sys.exit(77)


try:
    import gi
    gi.require_version('Atspi', '2.0')
    from gi.repository import Atspi, Gio, GLib
except (ImportError, ValueError) as problem:
    skip(f'AT-SPI cannot be used from Python: {problem}')
if not any(map(os.path.exists, LAUNCHERS)):
    skip('at-spi-bus-launcher is not installed')
warnings.simplefilter('ignore', DeprecationWarning)

BUTTONS = (Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON)
# What GTK calls a thing nobody gave a name.
TYPE_NAME = re.compile(r'(?:Gtk|Adw|Rnl)[A-Z]\w+')


class Node:
    """One accessible, read once."""

    def __init__(self, accessible, depth):
        self.accessible, self.depth = accessible, depth
        self.role, self.name = accessible.get_role(), accessible.get_name() or ''
        self.states = accessible.get_state_set()
        self.text = ''
        if accessible.get_text_iface() is not None:
            self.text = Atspi.Text.get_text(accessible, 0, Atspi.Text.get_character_count(accessible)) or ''

    def __str__(self):
        text = f' {self.text!r}' if self.text else ''
        states = ' '.join(state.value_nick for state in self.states.get_states())
        return f'{"  " * self.depth}{self.accessible.get_role_name()} {self.name!r}{text} ({states})'

    def has(self, state):
        return self.states.contains(state)

    def says(self, words):
        return words in self.name or words in self.text

    def is_nameless(self):
        return not self.name.strip() or TYPE_NAME.fullmatch(self.name) is not None

    def click(self):
        actions = range(Atspi.Action.get_n_actions(self.accessible))
        names = [Atspi.Action.get_action_name(self.accessible, index) for index in actions]
        return Atspi.Action.do_action(self.accessible, names.index('click'))


def program():
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for index in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(index)
        if child is not None and child.get_name() == 'runnel':
            return child
    return None


def walk(accessible, depth=0):
    yield Node(accessible, depth)
    for index in range(accessible.get_child_count()):
        child = accessible.get_child_at_index(index)
        if child is not None:
            yield from walk(child, depth + 1)


def read_tree():
    """All nodes of the program; none while it starts, or when it changed under the reader."""
    try:
        top = program()
        if top is None:
            return []
        top.set_cache_mask(Atspi.Cache.NONE)
        top.clear_cache()
        return list(walk(top))
    except GLib.Error:
        return []


def wait_for(what, find, alive=lambda: True):
    """The first true value of FIND, called with the nodes again and again."""
    end = time.monotonic() + SECONDS
    nodes = []
    while time.monotonic() < end and alive():
        nodes = read_tree() or nodes
        found = find(nodes)
        if found:
            return found
        time.sleep(0.05)
    print('\n'.join(map(str, nodes)))
    sys.exit(f'not found: {what}' if alive() else f'the program ended while waiting for: {what}')


def one(role, name):
    """A finder of the node that is shown with this role and name."""
    roles = role if isinstance(role, tuple) else (role,)
    return lambda nodes: next((node for node in nodes if node.role in roles and node.name == name
                               and node.has(Atspi.StateType.VISIBLE)), None)


def composer_holds(text):
    def find(nodes):
        composer = one(Atspi.Role.TEXT, 'Message')(nodes)
        return composer if composer and composer.text == text else None
    return find


def in_log(nodes):
    """What the transcript holds, without itself."""
    start = next((index for index, node in enumerate(nodes) if node.role == Atspi.Role.LOG), None)
    if start is None:
        return []
    inside = []
    for node in nodes[start + 1:]:
        if node.depth <= nodes[start].depth:
            break
        inside.append(node)
    return inside


def said(words, role=None):
    return lambda nodes: next((node for node in in_log(nodes) if node.says(words) and role in (None, node.role)), None)


def steps(nodes):
    """The header of the finished steps: a button in the transcript."""
    return next((node for node in in_log(nodes) if node.role in BUTTONS and re.match(r'2 steps', node.name)), None)


def cards(nodes):
    """The two calls, as the buttons that open them, when they are to be seen."""
    found = [node for node in in_log(nodes) if node.role in BUTTONS and node.has(Atspi.StateType.VISIBLE)
             and node.name in CARDS]
    return found if sorted(node.name for node in found) == sorted(CARDS) else None


CARDS = ('Calculator: add', 'Calculator: multiply')


def converse(alive):
    def need(what, find):
        return wait_for(what, find, alive)

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


def find_accessibility_bus():
    """The bus of this session, for us and for what we start: the one noted at the X server may be another's."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    answer = bus.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None,
                           GLib.VariantType('(s)'), Gio.DBusCallFlags.NONE, 20000, None)
    os.environ['AT_SPI_BUS_ADDRESS'] = answer.unpack()[0]


def in_session(runnel, display):
    find_accessibility_bus()
    Atspi.init()
    with subprocess.Popen([runnel], env={**os.environ, 'DISPLAY': display, 'GTK_A11Y': 'atspi'}) as process:
        try:
            converse(lambda: process.poll() is None)
        finally:
            process.terminate()


def start_session(runnel):
    display = os.environ.pop('DISPLAY', None) or skip('there is no display')
    if shutil.which('dbus-run-session') is None:
        skip('dbus-run-session is not installed')
    with tempfile.TemporaryDirectory() as folder:
        for name in ('data', 'config', 'cache', 'state', 'runtime'):
            Path(folder, name).mkdir(mode=0o700)
            os.environ[f'XDG_{name.upper()}_{"DIR" if name == "runtime" else "HOME"}'] = str(Path(folder, name))
        os.environ.pop('WAYLAND_DISPLAY', None)
        os.environ.pop('AT_SPI_BUS_ADDRESS', None)
        os.environ['RUNNEL_OFFLINE_PACE'] = '1'
        # Without the display: the bus of AT-SPI would note itself there, for other programs to find.
        return subprocess.run(['dbus-run-session', '--', sys.executable, __file__, '--in-session', runnel, display],
                              check=False).returncode


def main(arguments):
    if arguments[0] == '--composed':
        Atspi.init()
        wait_for(f'{arguments[1]!r} in the composer', composer_holds(arguments[1]))
    elif arguments[0] == '--in-session':
        in_session(*arguments[1:])
    else:
        sys.exit(start_session(arguments[0]))


if __name__ == '__main__':
    main(sys.argv[1:])
