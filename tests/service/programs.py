#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that ask the real thing: runnel as a service on a session bus of its own, its dialog answered through AT-SPI.

programs.py RUNNEL    exits with 77 where there is no display, no AT-SPI or no dbus-run-session"""
import json
import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'ui'))
import atspi  # noqa: E402  (skips where AT-SPI is missing)
from atspi import Atspi, BUTTONS, Gio, GLib, one, wait_for  # noqa: E402

ID = 'io.github.runnel_chat.Runnel'
PATH = '/io/github/runnel_chat/Runnel/Agent'
SECONDS = 60
MEGABYTE = 1024 * 1024
SCRIPT = {'turns': [
    {'match': 'long', 'chunks': [{'repeat': 20000, 'chunks': [{'text': 'x' * 1000}]}]},
    {'match': 'hang', 'chunks': [{'text': 'Wait'}, {'hang': True}]},
    {'match': 'short', 'chunks': [{'reasoning': 'Hm.'}, {'tokens': 'The answer is 42.'},
                                  {'usage': {'input': 3, 'output': 5, 'total': 8}}]},
    {'match': 'sure', 'chunks': [{'text': 'Still 42.'}]},
]}


class Program:
    """A program with a connection of its own."""

    def __init__(self):
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION, None)
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        # Before anything is asked: an answer may be over before the caller has read the reply.
        self.finished = {}
        self.bus.signal_subscribe(ID, f'{ID}.Agent1.Request', 'Finished', None, None, Gio.DBusSignalFlags.NONE,
                                  lambda *signal: self.finished.update({signal[2]: signal[5].unpack()}))

    def call(self, path, interface, method, arguments=None):
        return self.bus.call_with_unix_fd_list_sync(ID, path, interface, method, arguments, None,
                                                    Gio.DBusCallFlags.NONE, -1, None, None)

    def compose(self, prompt):
        self.call(PATH, f'{ID}.Agent1', 'Compose', GLib.Variant('(sa{sv})', (prompt, {})))

    def ask(self, prompt, **options):
        values = {name.replace('_', '-'): GLib.Variant('u' if isinstance(value, int) else 's', value)
                  for name, value in options.items()}
        reply, descriptors = self.call(PATH, f'{ID}.Agent1', 'Ask', GLib.Variant('(sa{sv})', (prompt, values)))
        return Question(self, reply[0], descriptors.get(reply[1]))

    def leave(self):
        self.bus.close_sync(None)


class Question:
    def __init__(self, program, path, descriptor):
        self.program, self.path = program, path
        self.stream = os.fdopen(descriptor, encoding='utf-8')

    def read(self):
        """All events, to the end of the stream."""
        events = [json.loads(line) for line in self.stream]
        assert events[0] == {'event': 'accepted', 'version': 1}, events[0]
        assert events[-1]['event'] == 'finished', events[-1]
        return events

    def poll(self):
        GLib.MainContext.default().iteration(False)
        return self.program.finished.get(self.path)

    def results(self):
        return until('the signal Finished', self.poll)


def until(what, condition):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    sys.exit(f'waited in vain: {what}')


def answer(events):
    return ''.join(event['content']['text'] for event in events if event.get('sessionUpdate') == 'agent_message_chunk')


def refusal(call):
    try:
        call()
    except GLib.Error as error:
        # "GDBus.Error:NAME: message"
        return error.message.split(':')[1]
    return None


def memory(pid):
    status = Path(f'/proc/{pid}/status').read_text(encoding='ascii')
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith('VmRSS'))


def broker():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    return bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'GetConnectionUnixProcessID',
                         GLib.Variant('(s)', ('org.freedesktop.DBus',)), None, Gio.DBusCallFlags.NONE, -1, None)[0]


def consent(button, alive):
    """Reads the dialog as a screen reader would, and answers it."""
    wait_for('the dialog', lambda nodes: any(node.says('Let “Test program” ask the agent?') for node in nodes), alive)
    nodes = atspi.read_tree()
    for words in ('Runnel cannot check it', 'would answer', 'What the program wants to ask'):
        assert any(node.says(words) for node in nodes), words
    wait_for(button, one(BUTTONS, button), alive).click()


def asks(alive):
    denied = Program()
    question = denied.ask('short, please', client_name='Test program')
    consent('Deny', alive)
    assert question.read()[-1] == {'event': 'finished', 'stopReason': 'refusal',
                                   'error': {'code': f'{ID}.Agent1.Error.NotAllowed', 'message': 'The person said no'}}
    assert refusal(lambda: denied.ask('short')) == f'{ID}.Agent1.Error.NotAllowed'

    program = Program()
    question = program.ask('short, please', client_name='Test program')
    consent('Always allow', alive)
    events = question.read()
    assert answer(events) == 'The answer is 42.', events
    assert {'sessionUpdate': 'usage_update', 'used': 8, 'size': 0} in events, events
    reason, results = question.results()
    assert reason == 'end_turn' and results['text'] == 'The answer is 42.', results
    assert results['usage'] == {'input-tokens': 3, 'output-tokens': 5, 'total-tokens': 8}, results

    question = Program().ask('sure?', grant=results['grant'], conversation=results['conversation'],
                             format='text')
    assert question.stream.read() == 'Still 42.'
    assert question.results()[1]['conversation'] == results['conversation']
    assert refusal(lambda: program.ask('short', grant='x')) == f'{ID}.Agent1.Error.NotAllowed'
    assert refusal(lambda: program.ask('short', timeout='1')) == f'{ID}.Agent1.Error.InvalidOptions'
    return results['grant']


def twenty(grant):
    """Eight are answered, the others are told to wait; whoever leaves makes room."""
    programs = [Program() for _ in range(20)]
    questions, names = [], []
    for program in programs:
        names.append(refusal(lambda caller=program: questions.append(caller.ask('hang', grant=grant))))
    assert len(questions) == 8 and set(names) == {None, f'{ID}.Agent1.Error.Busy'}, names

    programs[0].leave()
    until('room for another', lambda: refusal(lambda: questions.append(programs[19].ask('hang', grant=grant))) is None)
    questions[1].stream.close()
    until('room again', lambda: refusal(lambda: questions.append(programs[18].ask('hang', grant=grant))) is None)
    programs[2].call(questions[2].path, f'{ID}.Agent1.Request', 'Cancel')
    assert questions[2].read()[-1] == {'event': 'finished', 'stopReason': 'cancelled'}
    for program in programs[1:]:
        program.leave()


def sleeping_reader(grant, service):
    """20 MB nobody reads: neither the service nor the bus keeps them."""
    program = Program()
    processes = {'service': service, 'broker': broker()}
    before = {name: memory(pid) for name, pid in processes.items()}
    question = program.ask('long', grant=grant)
    most = dict(before)
    for _ in range(60):
        for name, pid in processes.items():
            most[name] = max(most[name], memory(pid))
        time.sleep(0.05)
    grown = {name: (most[name] - before[name]) / MEGABYTE for name in processes}
    print('a reader that sleeps:', ', '.join(f'{name} +{size:.1f} MB' for name, size in grown.items()))
    # A sanitizer keeps what was freed for a while.
    sanitized = b'__asan_init' in Path(f'/proc/{service}/exe').read_bytes()
    assert grown['service'] < (18 if sanitized else 8) and grown['broker'] < 1, grown

    assert len(answer(question.read())) == 20 * 1000 * 1000
    assert 'text' not in question.results()[1]
    grown = (memory(processes['broker']) - before['broker']) / MEGABYTE
    print(f'and then read it all: broker +{grown:.1f} MB')
    assert grown < 1, grown
    program.leave()


def composer_holds(nodes, text):
    composer = one(Atspi.Role.TEXT, 'Message')(nodes)
    return composer is not None and composer.text == text


def composes(alive):
    text = 'A “question”,\nof two lines.'
    Program().compose(text)
    wait_for('exactly the text in the composer', lambda nodes: composer_holds(nodes, text), alive)


def start(runnel, display):
    return subprocess.Popen([runnel, '--gapplication-service'], env={**os.environ, 'DISPLAY': display, 'GTK_A11Y': 'atspi'})


def service_is_there():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    return bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'NameHasOwner', GLib.Variant('(s)', (ID,)),
                         None, Gio.DBusCallFlags.NONE, -1, None)[0]


def in_session(runnel, display):
    atspi.find_accessibility_bus()
    Atspi.init()
    with start(runnel, display) as process:
        try:
            until('the service', service_is_there)
            grant = asks(lambda: process.poll() is None)
            twenty(grant)
            sleeping_reader(grant, process.pid)
            until('the end of a service nobody uses', lambda: process.poll() is not None)
            assert process.returncode == 0, process.returncode
        finally:
            process.terminate()
    with start(runnel, display) as process:
        try:
            until('the service', service_is_there)
            composes(lambda: process.poll() is None)
        finally:
            process.terminate()


def prepare(folder):
    script = folder / 'script.json'
    script.write_text(json.dumps(SCRIPT), encoding='utf-8')
    settings = folder / 'config/glib-2.0/settings'
    settings.mkdir(parents=True)
    settings.joinpath('keyfile').write_text(f"[io/github/runnel_chat/Runnel]\nmodel='offline/script:{script}'\n",
                                            encoding='utf-8')
    os.environ['GSETTINGS_BACKEND'] = 'keyfile'


def main(arguments):
    if arguments[0] == '--in-session':
        in_session(*arguments[1:])
    else:
        sys.exit(atspi.start_session(__file__, arguments[0], prepare))


main(sys.argv[1:])
