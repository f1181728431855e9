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
import subprocess
import sys
import tempfile
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

    def events(self, question, *options):
        done = subprocess.run([self.path, 'ask', '--model', 'offline/helper', '--approve', 'all', '--format', 'events',
                               *options, question], env=self.env, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=120, check=False)
        want(done.returncode == 0, 'exit status', done.returncode, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]


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
