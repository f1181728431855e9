#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of events, checked from outside: `runnel-cli ask --format events` and nothing else.

events.py RUNNEL-CLI    asks the offline helper each demonstration and prints TAP
events.py --check FILE  checks one recorded stream of events (`-` for standard input)

What has to hold for every stream: one start for every run, then its stream events, then exactly one of end, error
and cancel; a child inside its parent, `parent_ids` root first; `seq` without holes; of two runs on one road the
source first. With a filter: exactly the events the filter's rule picks out of the whole stream."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TYPES = ('agent', 'chat_model', 'llm', 'chain', 'tool', 'retriever', 'prompt', 'parser', 'custom')
TERMINAL = ('end', 'error', 'cancel')
CAT = 'what items are located where the cat is hiding?'
DEMONSTRATIONS = {
    'sum': 'What is 10 + 10',
    'nested-sum': 'What is (10 + 10) * 3?',
    'cat': CAT,
    'joke': 'tell me a joke about parrots',
    'countries': 'output a list of the countries france, spain and japan and their populations in JSON format. '
                 'Use a dict with an outer key of "countries" which contains a list of countries. '
                 'Each country should have the key `name` and `population`',
}
CHAINS = ('joke', 'countries', 'names-whole', 'names', 'documents')
SCRIPT = json.dumps({'turns': [
    {'chunks': [{'tool_call': {'index': 0, 'id': 'c1', 'name': 'nowhere', 'arguments': '{}'}},
                {'tool_call': {'index': 1, 'id': 'c2', 'name': 'divide', 'arguments': '{"x": 1, "y": 0}'}}]},
    {'chunks': [{'tokens': 'Neither of them worked.'}]}]})
# One of each list; names, types and tags of the cat's demonstration.
FILTERS = {
    'include-name': ['where_cat_at'],
    'include-type': ['tool'],
    'include-tag': ['hiding_spot'],
    'exclude-name': ['get_items'],
    'exclude-type': ['chat_model'],
    'exclude-tag': ['get_items'],
}


class Wrong(Exception):
    """The stream breaks a rule."""


def want(truth, *words):
    if not truth:
        raise Wrong(' '.join(map(str, words)))


class Run:
    """One run as its events tell it."""

    def __init__(self, event, type_):
        self.id, self.name, self.type = event['run_id'], event['name'], type_
        self.parents, self.tags = event['parent_ids'], event['tags']
        self.alive, self.children = True, set()


def split(event):
    """`on_chat_model_stream` -> (chat_model, stream)"""
    word = event['event']
    if word == 'on_custom_event':
        return 'custom', 'custom'
    want(word.startswith('on_') and '_' in word[3:], 'unknown event', word)
    type_, phase = word[3:].rsplit('_', 1)
    want(type_ in TYPES, 'unknown run type', word)
    want(phase in ('start', 'stream') + TERMINAL, 'unknown phase', word)
    return type_, phase


def check_start(event, type_, runs):
    want(event['run_id'] not in runs, 'started twice:', event['name'])
    run = Run(event, type_)
    if run.parents:
        want(all(parent in runs for parent in run.parents), 'unknown parent of', run.name)
        parent = runs[run.parents[-1]]
        want(parent.alive, run.name, 'started in', parent.name, 'which is over')
        want(run.parents == parent.parents + [parent.id], 'parent_ids of', run.name, 'do not stand root first')
        want(set(parent.tags) <= set(run.tags), run.name, 'does not inherit the tags of', parent.name)
        parent.children.add(run.id)
    else:
        want(not runs, 'a second root:', run.name)
    runs[run.id] = run


def check_whole(events):
    """All rules for a stream that nothing was filtered out of."""
    runs, seq = {}, -1
    for event in events:
        want(event['seq'] == seq + 1, 'a hole before seq', event['seq'])
        seq = event['seq']
        type_, phase = split(event)
        if phase == 'start':
            check_start(event, type_, runs)
            continue
        run = runs.get(event['run_id'])
        want(run is not None, event['event'], 'of a run that never started:', event['name'])
        want(run.alive, event['event'], 'after the end of', run.name)
        want(event['parent_ids'] == run.parents, run.name, 'changed its parents')
        if phase in TERMINAL:
            want(not any(runs[child].alive for child in run.children), run.name, 'ended before a run inside it')
            run.alive = False
    want(runs, 'there are no events')
    want(not any(run.alive for run in runs.values()), 'no end of', [r.name for r in runs.values() if r.alive])
    return runs


def check_tool_calls(events):
    """Every run of a tool that names a call answers one that a model asked for before."""
    asked = []
    for event in events:
        type_, phase = split(event)
        if type_ == 'chat_model' and phase == 'end':
            asked += [call['id'] for call in event['data']['output'].get('tool_calls', [])]
        elif type_ == 'tool' and phase == 'start' and 'tool_call_id' in event:
            want(event['tool_call_id'] in asked, event['name'], 'answers a call nobody made')
    return asked


def picked(event, option, words):
    type_, _ = split(event)
    which = option.split('-')[1]
    hit = {'name': event['name'] in words, 'type': type_ in words, 'tag': bool(set(words) & set(event['tags']))}[which]
    return hit == option.startswith('include')


def same(event):
    """An event without what differs from one process to the next."""
    return event['event'], event['name'], event['tags'], event['seq'], json.dumps(event['data'].get('chunk'))


class Program:
    def __init__(self, path):
        self.path = path
        self.home = tempfile.TemporaryDirectory(prefix='rnl-events-')
        self.env = dict(os.environ, RUNNEL_OFFLINE_PACE='0', GSETTINGS_BACKEND='memory', G_DEBUG='fatal-criticals',
                        **{f'XDG_{kind}_HOME': f'{self.home.name}/{kind}' for kind in ('DATA', 'CONFIG', 'CACHE')})

    def run(self, *arguments):
        done = subprocess.run([self.path, *arguments], env=self.env, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=120, check=False)
        want(done.returncode == 0, 'exit status', done.returncode, done.stderr)
        return done.stdout

    def events(self, question, *options):
        out = self.run('ask', '--model', 'offline/helper', '--approve', 'all', '--format', 'events', *options, question)
        return [json.loads(line) for line in out.splitlines()]

    def start(self, *arguments, **options):
        return subprocess.Popen([self.path, *arguments], env=dict(self.env, **options), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def names_of(events, type_, phase):
    return [event['name'] for event in events if split(event) == (type_, phase)]


def test_demonstration(program, name):
    events = program.events(DEMONSTRATIONS[name])
    runs = check_whole(events)
    check_tool_calls(events)
    root = next(iter(runs.values()))
    want(root.type == 'agent', 'the root is', root.type)
    want(any(split(e) == ('chat_model', 'stream') and e['data']['chunk'].get('content') for e in events)
         or 'final_answer' in names_of(events, 'tool', 'end'), 'no token')


def test_tools(program):
    sum_ = program.events(DEMONSTRATIONS['sum'])
    want(names_of(sum_, 'tool', 'start')[0] == 'add', 'the first tool is not add')
    cat = program.events(CAT)
    want(names_of(cat, 'tool', 'start')[:2] == names_of(cat, 'tool', 'end')[:2], 'two tools in a row')
    spots = [e for e in cat if 'hiding_spot' in e['tags']]
    want({e['name'] for e in spots} == {'where_cat_at'}, 'the tag of the inner model')
    want(all(len(e['parent_ids']) == 2 for e in spots), 'the inner model is not inside its tool')
    want(sum(split(e)[1] == 'stream' for e in spots) >= 3, 'the inner model does not stream')


def test_filter(program, option):
    words = FILTERS[option]
    expected = [same(e) for e in program.events(CAT) if picked(e, option, words)]
    got = [same(e) for e in program.events(CAT, *[f'--{option}={word}' for word in words])]
    want(expected, 'the filter would pick nothing')
    want(got == expected, f'{len(got)} events instead of {len(expected)}')


def test_union(program):
    """Includes are a union and excludes win."""
    whole = program.events(CAT)
    options = ['--include-tag=hiding_spot', '--include-type=tool', '--exclude-name=get_items']
    expected = [same(e) for e in whole if ('hiding_spot' in e['tags'] or split(e)[0] == 'tool')
                and e['name'] != 'get_items']
    want([same(e) for e in program.events(CAT, *options)] == expected, 'union of includes, without excludes')


def test_config(program):
    """Name, tags and metadata of the root; the last two are inherited."""
    events = program.events(CAT, '--run-name=seeker', '--tag=mine', '--metadata=who=me')
    check_whole(events)
    want(events[0]['name'] == 'seeker', 'name of the root')
    want(all('mine' in e['tags'] and e['metadata'].get('who') == 'me' for e in events), 'inheritance')


def test_no_stream(program):
    """The same order of events, with one piece of text for every answer."""
    def shape(events):
        seen = []
        for event in events:
            type_, phase = split(event)
            if type_ != 'chat_model' or phase != 'stream':
                seen.append((type_, phase, event['name']))
        return seen

    def texts(events):
        count = {}
        for event in events:
            if split(event) == ('chat_model', 'stream') and event['data']['chunk'].get('content'):
                count[event['run_id']] = count.get(event['run_id'], 0) + 1
        return count

    live, whole = program.events(DEMONSTRATIONS['joke']), program.events(DEMONSTRATIONS['joke'], '--no-stream')
    check_whole(whole)
    want(shape(live) == shape(whole), 'another order of events')
    want(max(texts(live).values()) > 1, 'nothing streamed')
    root = whole[0]['run_id']
    outer = [e['run_id'] for e in whole if split(e) == ('chat_model', 'start') and e['parent_ids'] == [root]]
    want(all(n == 1 for run, n in texts(whole).items() if run in outer), 'more than one piece:', texts(whole))


def test_final_answer(program):
    """The course's question: add, then an answer that is the argument of a call and streams as text."""
    events = program.events(DEMONSTRATIONS['sum'], '--final-answer')
    check_whole(events)
    check_tool_calls(events)
    want(names_of(events, 'tool', 'end') == ['add', 'final_answer'], names_of(events, 'tool', 'end'))
    arguments = [call['args'] for event in events if split(event) == ('chat_model', 'stream')
                 for call in event['data']['chunk'].get('tool_call_chunks', []) if call.get('args')]
    want(len(arguments) > 4, 'arguments do not stream')
    want('20' in program.run('ask', '--model', 'offline/helper', '--final-answer', DEMONSTRATIONS['sum']), 'no 20')


def test_chain(program, name):
    """Of two runs on one road the source first: every piece of the chain comes right behind one of its steps."""
    events = [json.loads(line) for line in program.run('demo', name, '--format', 'events').splitlines()]
    runs = check_whole(events)
    root = events[0]['run_id']
    streams = [e for e in events if split(e)[1] == 'stream']
    for before, event in zip([None] + streams, streams):
        if event['run_id'] == root:
            want(before is not None and before['run_id'] != root, 'the chain spoke before its step')
    want(any(e['run_id'] == root for e in streams), 'the chain says nothing')
    want('chat_model' in {run.type for run in runs.values()}, 'no model')
    ends = [e['run_id'] for e in events if split(e)[1] == 'end']
    want(ends[-1] == root, 'the chain did not end last')


def test_chain_outputs(program):
    lines = program.run('demo', 'countries').splitlines()
    values = [json.loads(line) for line in lines]
    want(values[:4] == [{}, {'countries': []}, {'countries': [{}]}, {'countries': [{'name': ''}]}], values[:4])
    want(len(values) == len({json.dumps(value) for value in values}), 'a value twice')
    want([c['name'] for c in values[-1]['countries']] == ['France', 'Spain', 'Japan'], values[-1])
    want(program.run('demo', 'names') == 'France|Spain|Japan\n', 'names')
    want(json.loads(program.run('demo', 'names-whole')) == ['France', 'Spain', 'Japan'], 'names at once')
    want(program.run('demo', 'joke').count('|') > 5, 'the joke does not stream')
    answer = program.run('demo', 'documents')
    want('kensho' in answer.split('Sources:')[0].lower(), answer)
    want('text 1' in answer.split('Sources:')[1], 'no sources')


def test_names_come_early(program):
    events = [json.loads(line) for line in program.run('demo', 'names', '--format', 'events').splitlines()]
    root = events[0]['run_id']
    first = next(e['seq'] for e in events if e['run_id'] == root and split(e)[1] == 'stream')
    end = next(e['seq'] for e in events if split(e) == ('chat_model', 'end'))
    want(first < end, 'the first name waits for the end of the model')


def test_stalled(program):
    """A reader that sleeps loses nothing."""
    process = program.start('ask', '--model', 'offline/helper', '--approve', 'all', '--format', 'events', CAT)
    first = process.stdout.readline()
    time.sleep(2)
    events = [json.loads(line) for line in [first] + process.stdout.readlines()]
    want(process.wait(60) == 0, 'exit status', process.returncode)
    check_whole(events)
    want([same(e) for e in events] == [same(e) for e in program.events(CAT)], 'other events than for a quick reader')


def test_cancelled(program):
    """Ctrl+C in the middle: every run that started says that it was stopped."""
    process = program.start('ask', '--model', 'offline/helper', '--approve', 'all', '--format', 'events', CAT,
                            RUNNEL_OFFLINE_PACE='120')
    lines = []
    for line in process.stdout:
        lines.append(line)
        if split(json.loads(line)) == ('tool', 'start'):
            process.send_signal(signal.SIGINT)
    want(process.wait(60) == 130, 'exit status', process.returncode)
    events = [json.loads(line) for line in lines]
    check_whole(events)
    want(split(events[-1]) == ('agent', 'cancel'), events[-1]['event'])
    want('cancel' in [split(e)[1] for e in events if split(e)[0] == 'tool'], 'the tool was not stopped')


def test_failing_tool(program):
    """A tool that is not there and one that cannot: failed steps, and the answer all the same."""
    script = Path(program.home.name) / 'failing.json'
    script.write_text(SCRIPT, encoding='utf-8')
    events = [json.loads(line) for line in
              program.run('ask', '--model', f'offline/script:{script}', '--approve', 'all', '--format', 'events',
                          'go').splitlines()]
    check_whole(events)
    want(names_of(events, 'tool', 'error') == ['nowhere', 'divide'], names_of(events, 'tool', 'error'))
    want(split(events[-1]) == ('agent', 'end'), events[-1]['event'])


def main():
    if sys.argv[1] == '--check':
        stream = sys.stdin if sys.argv[2] == '-' else open(sys.argv[2], encoding='utf-8')
        events = [json.loads(line) for line in stream]
        check_whole(events)
        check_tool_calls(events)
        return 0

    program = Program(Path(sys.argv[1]).resolve())
    tests = [(f'demonstration/{name}', lambda name=name: test_demonstration(program, name)) for name in DEMONSTRATIONS]
    tests += [('tools', lambda: test_tools(program))]
    tests += [(f'filter/{option}', lambda option=option: test_filter(program, option)) for option in FILTERS]
    tests += [('filter/union', lambda: test_union(program)), ('config', lambda: test_config(program)),
              ('no-stream', lambda: test_no_stream(program))]
    tests += [('final-answer', lambda: test_final_answer(program))]
    tests += [(f'chain/{name}', lambda name=name: test_chain(program, name)) for name in CHAINS]
    tests += [('chain/outputs', lambda: test_chain_outputs(program)),
              ('chain/early', lambda: test_names_come_early(program)), ('stalled', lambda: test_stalled(program)),
              ('cancelled', lambda: test_cancelled(program)), ('failing-tool', lambda: test_failing_tool(program))]
    print(f'1..{len(tests)}')
    failed = 0
    for number, (name, function) in enumerate(tests, 1):
        try:
            function()
            print(f'ok {number} /events/{name}', flush=True)
        except Wrong as problem:
            failed += 1
            print(f'not ok {number} /events/{name}\n# {problem}', flush=True)
    return failed != 0


if __name__ == '__main__':
    sys.exit(main())
