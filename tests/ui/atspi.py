#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as assistive technology has it: through AT-SPI, the keyboard, and nothing else.

A test that walks through the window calls main() with its walk and the arguments it was called with: the path of
the program. The walk gets a Window. Exits with 77 where there is no display or no AT-SPI."""
import ctypes
import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

SECONDS = 60
LAUNCHERS = ('/usr/libexec/at-spi-bus-launcher', '/usr/lib/at-spi-bus-launcher',
             '/usr/lib/at-spi2-core/at-spi-bus-launcher')
BUS_CONFIGURATION = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
  <limit name="max_message_size">1000000000</limit>
  <limit name="max_incoming_bytes">1000000000</limit>
  <limit name="max_outgoing_bytes">1000000000</limit>
</busconfig>
'''


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
    """One accessible, each of its facts read once and when it is asked for: every one is a call to the program."""

    def __init__(self, accessible, depth):
        self.accessible, self.depth = accessible, depth
        self.role = accessible.get_role()

    @functools.cached_property
    def name(self):
        return self.accessible.get_name() or ''

    @functools.cached_property
    def states(self):
        return self.accessible.get_state_set()

    @functools.cached_property
    def text(self):
        if self.accessible.get_text_iface() is None:
            return ''
        return Atspi.Text.get_text(self.accessible, 0, Atspi.Text.get_character_count(self.accessible)) or ''

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

    def do(self, action):
        actions = range(Atspi.Action.get_n_actions(self.accessible))
        names = [Atspi.Action.get_action_name(self.accessible, index) for index in actions]
        return Atspi.Action.do_action(self.accessible, names.index(action))

    def click(self):
        return self.do('click')


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
        if child is not None and child.get_role() != Atspi.Role.SCROLL_BAR:
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


def take_events():
    while GLib.MainContext.default().iteration(False):
        pass


def wait_for(what, find, alive=lambda: True):
    """The first true value of FIND, called with the nodes again and again."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and alive():
        take_events()
        try:
            found = find(read_tree())
            if found:
                return found
        except GLib.Error:
            pass  # it changed under the reader
        time.sleep(0.05)
    print('\n'.join(map(str, read_tree())))
    sys.exit(f'not found: {what}' if alive() else f'the program ended while waiting for: {what}')


def one(role, name):
    """A finder of the node that is shown with this role and name."""
    roles = role if isinstance(role, tuple) else (role,)
    return lambda nodes: next((node for node in nodes if node.role in roles and node.name == name
                               and node.has(Atspi.StateType.VISIBLE)), None)


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


class Keyboard:
    """Keys as a person presses them: xdotool without xdotool."""

    def __init__(self, display):
        try:
            self.x11, self.xtest = ctypes.CDLL('libX11.so.6'), ctypes.CDLL('libXtst.so.6')
        except OSError as problem:
            skip(f'keys cannot be pressed: {problem}')
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XStringToKeysym.restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(display.encode()))

    def press(self, keys):
        """KEYS are names of keysyms joined by plus signs: Control_L+f"""
        codes = [self.x11.XKeysymToKeycode(self.display, ctypes.c_ulong(self.x11.XStringToKeysym(key.encode())))
                 for key in keys.split('+')]
        assert all(codes), f'this display has no {keys}'
        for down, code in [(1, code) for code in codes] + [(0, code) for code in reversed(codes)]:
            self.xtest.XTestFakeKeyEvent(self.display, code, down, ctypes.c_ulong(0))
        self.x11.XFlush(self.display)


class Window:
    """The program that was started, for a walk through it."""

    def __init__(self, process, display):
        self.process, self.keyboard = process, Keyboard(display)
        self.heard = ''
        self.listener = Atspi.EventListener.new(self.hear)
        self.listener.register('object:property-change:accessible-name')

    def hear(self, event):
        """What the status says, as it says it."""
        try:
            if event.source.get_role() == Atspi.Role.STATUS_BAR and event.any_data:
                self.heard += event.any_data + '\n'
        except GLib.Error:
            pass

    def need(self, what, find):
        return wait_for(what, find, lambda: self.process.poll() is None)

    def need_heard(self, words):
        """Waits until WORDS were said, and forgets what was said before."""
        end = time.monotonic() + SECONDS
        while words not in self.heard and time.monotonic() < end:
            take_events()
            time.sleep(0.05)
        assert words in self.heard, f'{words!r} was not said: {self.heard!r}'
        self.heard = self.heard.partition(words)[2]

    def click(self, name):
        self.need(f'the button {name}', one(BUTTONS, name)).click()

    def press(self, keys):
        """Only while a window of the program is the one that gets them."""
        self.need('an active window', lambda nodes: any(node.depth == 1 and node.has(Atspi.StateType.ACTIVE)
                                                        for node in nodes))
        self.keyboard.press(keys)

    def focused(self, name=None, role=None):
        """Waits until what has the focus is it."""
        return self.need(f'the focus on {name or role}', lambda nodes: next(
            (node for node in nodes if node.has(Atspi.StateType.FOCUSED) and name in (None, node.name)
             and role in (None, node.role)), None))

    def write(self, role, name, text):
        node = self.need(name, one(role, name))
        assert Atspi.EditableText.set_text_contents(node.accessible, text), f'{name} takes no text'

    def ask(self, question):
        self.write(Atspi.Role.TEXT, 'Message', question)
        self.click('Send')
        self.need('the question in the transcript', said(question))


def find_accessibility_bus():
    """The bus of this session, for us and for what we start: the one noted at the X server may be another's."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    answer = bus.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None,
                           GLib.VariantType('(s)'), Gio.DBusCallFlags.NONE, 20000, None)
    os.environ['AT_SPI_BUS_ADDRESS'] = answer.unpack()[0]


def in_session(walk, runnel, display):
    find_accessibility_bus()
    Atspi.init()
    with subprocess.Popen([runnel], env={**os.environ, 'DISPLAY': display, 'GTK_A11Y': 'atspi'}) as process:
        try:
            walk(Window(process, display))
        finally:
            process.terminate()


def bus_configuration(folder):
    """A session bus that starts the bus of AT-SPI and none of the desktop's other services (portals mount file systems,
    and look for a display)."""
    services = folder / 'services'
    services.mkdir()
    launcher = next(filter(os.path.exists, LAUNCHERS))
    services.joinpath('org.a11y.Bus.service').write_text(f'[D-BUS Service]\nName=org.a11y.Bus\nExec={launcher}\n',
                                                         encoding='ascii')
    file = folder / 'session.conf'
    file.write_text(BUS_CONFIGURATION.format(folder=folder, services=services), encoding='ascii')
    return file


def start_session(program_file, runnel, prepare=None):
    """The program file once more, on a bus and in a home of its own, which prepare(folder) may put things into."""
    display = os.environ.pop('DISPLAY', None) or skip('there is no display')
    if shutil.which('dbus-run-session') is None:
        skip('dbus-run-session is not installed')
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        for name in ('data', 'config', 'cache', 'state', 'runtime'):
            folder.joinpath(name).mkdir(mode=0o700)
            os.environ[f'XDG_{name.upper()}_{"DIR" if name == "runtime" else "HOME"}'] = str(folder / name)
        os.environ.pop('WAYLAND_DISPLAY', None)
        os.environ.pop('AT_SPI_BUS_ADDRESS', None)
        if prepare is not None:
            prepare(folder)
        # Without the display: the bus of AT-SPI would note itself there, for other programs to find.
        return subprocess.run(['dbus-run-session', f'--config-file={bus_configuration(folder)}', '--', sys.executable,
                               program_file, '--in-session', runnel, display], check=False).returncode


def main(walk, program_file, arguments):
    if arguments[0] == '--in-session':
        in_session(walk, *arguments[1:])
    else:
        os.environ.setdefault('RUNNEL_OFFLINE_PACE', '1')
        sys.exit(start_session(program_file, arguments[0]))
