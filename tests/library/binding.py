#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""binding.py: an agent driven from another language, through the typelib alone. Prints TAP.

A tool written in Python asks the model, and its tokens are seen below the tool; an exception in it is a failed step;
events can be kept, and pulled one by one; nothing is left over when turns have ended.
"""
import gc
import json

import gi
gi.require_version('Json', '1.0')
gi.require_version('Runnel', '1')
from gi.repository import GLib, Runnel

DEADLINE_SECONDS = 60
CAT = 'Where is the cat hiding?'
PLACE = ('Make up a place in the house where the cat might be hiding in the house right now. '
         'Include the name of the place only.')

model = Runnel.ChatModel.new_for_id('offline/helper')
cases = []


def case(function):
    cases.append(function)
    return function


def run_until(condition):
    context = GLib.MainContext.default()
    late = []
    source = GLib.timeout_add_seconds(DEADLINE_SECONDS, lambda: late.append(True))
    while not condition() and not late:
        context.iteration(True)
    assert not late, 'nothing happened in time'
    GLib.source_remove(source)


def agent_with(*tools):
    registry = Runnel.ToolRegistry.new()
    for tool in tools:
        registry.add(tool)
    return Runnel.Agent.new(model, registry, Runnel.PermissionPolicy.new(Runnel.Approve.SAFE))


def cat_tool(function, make=Runnel.FunctionTool.new):
    return make('where_is_the_cat_hiding', 'Where the cat is.', None, Runnel.ToolPermission.SAFE, function)


def tool_that_asks(arguments, context):
    def answered(source, result):
        context.return_text(source.ask_finish(result))

    config = Runnel.RunConfig.new()
    config.set_name('inner')
    config.add_tag('hiding_spot')
    model.ask_async(PLACE, config, None, answered)


def tool_that_waits(arguments, context):
    config = Runnel.RunConfig.new()
    config.set_name('inner')
    return model.ask(PLACE, config, None)


def ask(agent, question=CAT):
    """The whole turn: its events as JSON, and the turn."""
    events, ended = [], []
    turn = agent.ask(question, None)
    turn.get_run().connect('event', lambda run, event: events.append(json.loads(event.dup_json())))
    turn.connect('ended', lambda turn: ended.append(True))
    run_until(lambda: ended)
    return events, turn


def check_nested(events):
    tool = next(event for event in events if event['event'] == 'on_tool_start')
    inner = [event for event in events if event['name'] == 'inner']
    assert inner and all(event['parent_ids'] == tool['parent_ids'] + [tool['run_id']] for event in inner)
    said = ''.join(event['data']['chunk'].get('content', '') for event in inner
                   if event['event'] == 'on_chat_model_stream')
    assert said == 'The Fuzzy Fortress', said
    assert [event['event'] for event in inner][-1] == 'on_chat_model_end'
    assert events[-1]['event'] == 'on_agent_end'


@case
def tool_with_callback():
    check_nested(ask(agent_with(cat_tool(tool_that_asks)))[0])


@case
def tool_in_a_thread():
    check_nested(ask(agent_with(cat_tool(tool_that_waits, Runnel.FunctionTool.new_blocking)))[0])


@case
def tool_that_raises():
    def raises(arguments, context):
        raise ValueError('the cat is a secret')

    # The exception is printed; the step has failed, the model reads why, and the turn goes on.
    events, turn = ask(agent_with(cat_tool(raises)))
    assert [event['event'] for event in events if 'tool' in event['event']] == ['on_tool_start', 'on_tool_error']
    assert any('ValueError: the cat is a secret' in json.dumps(event) for event in events if event['event'] == 'on_tool_error')
    assert turn.get_message().get_state() == Runnel.MessageState.COMPLETE


@case
def kept_events():
    kept, ended = [], []
    turn = agent_with(cat_tool(tool_that_asks)).ask(CAT, None)
    turn.get_run().connect('event', lambda run, event: kept.append(event))
    turn.connect('ended', lambda turn: ended.append(True))
    run_until(lambda: ended)
    del turn
    gc.collect()
    assert [event.get_seq() for event in kept] == list(range(len(kept)))
    assert all(json.loads(event.dup_json())['name'] == event.get_run().get_name() for event in kept)
    kept[0].copy()


@case
def pulled_events():
    seen, ended = [], []

    def next_event(run, result):
        event = run.next_event_finish(result)
        if event is None:
            ended.append(True)
            return
        seen.append(json.loads(event.dup_json()))
        run.next_event_async(None, next_event)

    turn = agent_with(cat_tool(tool_that_asks)).ask(CAT, None)
    turn.get_run().next_event_async(None, next_event)
    run_until(lambda: ended)
    check_nested(seen)


@case
def errors():
    try:
        Runnel.ChatModel.new_for_id('nobody/nothing')
    except GLib.Error as error:
        assert error.matches(Runnel.provider_error_quark(), Runnel.ProviderError.MODEL_NOT_FOUND)
    else:
        raise AssertionError('there is no such model')


@case
def nothing_left():
    alive = [0]

    def watch(thing):
        alive[0] += 1
        thing.weak_ref(lambda: alive.__setitem__(0, alive[0] - 1))

    def turn_once(agent):
        ended = []
        turn = agent.ask(CAT, None)
        watch(turn)
        watch(turn.get_run())
        watch(turn.get_message())
        turn.get_run().connect('event', lambda run, event: event.get_seq())
        turn.connect('ended', lambda turn: ended.append(True))
        run_until(lambda: ended)

    agent = agent_with(cat_tool(tool_that_asks))
    for _ in range(200):
        turn_once(agent)
    gc.collect()
    run_until(lambda: not GLib.MainContext.default().pending())
    gc.collect()
    assert alive[0] == 0, f'{alive[0]} objects of 600 are left'


print(f'1..{len(cases)}')
for number, function in enumerate(cases, 1):
    try:
        function()
        print(f'ok {number} - {function.__name__}', flush=True)
    except Exception as error:  # whatever it is, the others run
        print(f'not ok {number} - {function.__name__}\n# {error!r}', flush=True)
