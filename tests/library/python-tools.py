#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tools written in Python that ask the model of the chat: nothing is handed on, and it is nested all the same.

One tool for each way to get from a tool's first line to a model: at once, in the callback of a GTask, of anything of
GIO, of a timer, in a thread of Python, in a tool that blocks, and in a class of its own.
"""
import json
import threading

import gi
gi.require_version('Runnel', '1')
gi.require_version('Json', '1.0')
from gi.repository import Gio, GLib, GObject, Json, Runnel

SAFE = Runnel.ToolPermission.SAFE


def answer(context):
    def answered_cb(model, result):
        try:
            context.return_text(model.ask_finish(result))
        except GLib.Error as error:
            context.return_error(error)
    return answered_cb


def ask(context):
    context.get_model().ask_async('inner ' + Runnel.Run.get_current().get_name(), None, None, answer(context))


def at_once(arguments, context):
    ask(context)


def after_file(arguments, context):
    context.defer()
    Gio.File.new_for_path('/').query_info_async('standard::type', 0, 0, None, lambda *_: ask(context))


def after_task(arguments, context):
    context.defer()
    task = Gio.Task.new(None, None, lambda *_: ask(context))
    task.return_boolean(True)


def in_timer(arguments, context):
    context.defer()
    source = GLib.timeout_source_new(2)
    source.set_callback(lambda *_: ask(context))
    source.attach(GLib.MainContext.get_thread_default())


def in_thread(arguments, context):
    context.defer()
    cancellable = context.get_cancellable()
    name = context.get_run().get_name()

    def work():
        try:
            context.return_text(context.get_model().ask('inner ' + name, None, cancellable))
        except GLib.Error as error:
            context.return_error(error)
    threading.Thread(target=work, daemon=True).start()


def in_plain_timer(arguments, context):
    context.defer()
    name = context.get_run().get_name()

    def later():
        assert Runnel.Run.get_current() is None
        context.get_model().ask_async('inner ' + name, None, None, answer(context))
        return GLib.SOURCE_REMOVE
    GLib.timeout_add(2, later)


def in_plain_thread(arguments, context):
    context.defer()
    name = context.get_run().get_name()

    def work():
        try:
            context.return_text(context.get_model().ask('inner ' + name, None, None))
        except GLib.Error as error:
            context.return_error(error)
    threading.Thread(target=work, daemon=True).start()


def in_pipeline(arguments, context):
    pipeline = Runnel.Pipeline.new()
    pipeline.add(Runnel.PromptTemplate.new('inner {x}'))
    pipeline.add(Runnel.ModelStep.new(context.get_model()))
    pipeline.add(Runnel.TextParser.new())
    pipeline.invoke_async(Json.from_string('{"x": "in_pipeline"}'), None,
                          lambda pipeline, result: context.return_text(pipeline.invoke_finish(result).get_string()))


def in_index(arguments, context):
    def searched(index, result):
        index.search_finish(result)
        ask(context)

    def added(index, result):
        index.add_text_finish(result)
        index.search_async('cat', 1, None, searched)
    Runnel.DocumentIndex.new(None).add_text_async('p', 'a cat', None, added)


def blocking(arguments, context):
    context.emit_output('working')
    Runnel.emit_custom_event('looked', None)
    return context.get_model().ask('inner blocking', None, None)


def at_once_text(arguments, context):
    return 'no model: ' + arguments.get_string_member('word')


def raises(arguments, context):
    raise ValueError('a mistake of the tool')


class OwnTool(GObject.Object, Runnel.Tool):
    def __init__(self):
        super().__init__()
        self.spec = Runnel.ToolSpec.new('own', 'Own', 'a class', '{"type": "object", "properties": {}}')

    def do_get_spec(self):
        return self.spec

    def do_get_permission(self):
        return SAFE

    def do_invoke(self, arguments, context):
        ask(context)


FUNCTIONS = {'at_once': at_once, 'after_file': after_file, 'after_task': after_task, 'in_timer': in_timer,
             'in_thread': in_thread, 'in_index': in_index}
# Each in a turn of its own: the plain ones are told apart by being alone, and a pipeline nests deeper.
ALONE = {'in_plain_timer': in_plain_timer, 'in_plain_thread': in_plain_thread, 'in_pipeline': in_pipeline}
NESTED = [*FUNCTIONS, 'blocking', 'own']


def make_tools():
    tools = [Runnel.FunctionTool.new(name, 'asks', None, SAFE, function) for name, function in FUNCTIONS.items()]
    tools.append(Runnel.FunctionTool.new_blocking('blocking', 'asks and waits', None, SAFE, blocking))
    tools.append(OwnTool())
    schema = '{"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}'
    tools.append(Runnel.FunctionTool.new('text', 'answers', schema, SAFE, at_once_text))
    tools.append(Runnel.FunctionTool.new('raises', 'fails', None, SAFE, raises))
    return tools


def make_model():
    calls = [{'tool_call': {'index': i, 'id': f'c{i}', 'name': name,
                            'arguments': '{"word": "hello"}' if name == 'text' else '{}'}}
             for i, name in enumerate([*NESTED, 'text', 'raises'])]
    inner = [{'match': 'inner ' + name, 'chunks': [{'text': 'words '}, {'delay': 3}, {'text': f'of {name}'}]}
             for name in NESTED]
    turns = [{'match': 'outer', 'chunks': calls}, {'match': 'outer', 'chunks': [{'text': 'done'}]}]
    return Runnel.OfflineScript.new_from_data(json.dumps({'turns': turns + inner}), -1)


def check_alone(name, function):
    call = {'tool_call': {'index': 0, 'id': 'c0', 'name': name, 'arguments': '{}'}}
    turns = [{'match': 'outer', 'chunks': [call]}, {'match': 'outer', 'chunks': [{'text': 'done'}]},
             {'match': 'inner', 'chunks': [{'text': 'words '}, {'delay': 3}, {'text': f'of {name}'}]}]
    registry = Runnel.ToolRegistry.new()
    registry.add(Runnel.FunctionTool.new(name, 'asks', None, SAFE, function))
    model = Runnel.OfflineScript.new_from_data(json.dumps({'turns': turns}), -1)
    agent = Runnel.Agent.new(model, registry, Runnel.PermissionPolicy.new(Runnel.Approve.SAFE))
    loop = GLib.MainLoop()
    turn = agent.ask('outer', None)
    turn.connect('ended', lambda turn: loop.quit())
    timeout = GLib.timeout_add_seconds(20, loop.quit)
    loop.run()
    GLib.source_remove(timeout)

    parts = [turn.get_message().get_part(i) for i in range(turn.get_message().get_n_parts())]
    part = [part for part in parts if part.get_name() == name][0]
    assert part.get_result() == f'words of {name}', (name, part.get_result())
    assert [child.get_text() for child in part.list_children()] == [f'words of {name}'], name


def raise_error(*arguments):
    raise KeyError('colour')


def check_transforms():
    for transform in (Runnel.FunctionTransform.new(raise_error), Runnel.StreamTransform.new(raise_error)):
        pipeline = Runnel.Pipeline.new()
        pipeline.add(Runnel.TextParser.new())
        pipeline.add(transform)
        loop = GLib.MainLoop()
        seen = []

        def ended_cb(runnable, result):
            try:
                seen.append(runnable.invoke_finish(result))
            except GLib.Error as error:
                seen.append(error)
            loop.quit()
        pipeline.invoke_async(Json.from_string('"words"'), None, ended_cb)
        timeout = GLib.timeout_add_seconds(20, loop.quit)
        loop.run()
        GLib.source_remove(timeout)
        assert len(seen) == 1 and seen[0].matches(Runnel.PipelineError.quark(), Runnel.PipelineError.FAILED), seen
        assert "KeyError: 'colour'" in seen[0].message, seen[0].message


def main():
    registry = Runnel.ToolRegistry.new()
    for tool in make_tools():
        registry.add(tool)
    agent = Runnel.Agent.new(make_model(), registry, Runnel.PermissionPolicy.new(Runnel.Approve.SAFE))
    loop = GLib.MainLoop()
    log = {name: [] for name in [*NESTED, 'text', 'raises']}

    def event_cb(root, event):
        run = event.get_run()
        parent = run.get_parent()
        kind = event.get_kind().value_nick
        if run.get_name() in log:
            log[run.get_name()].append(kind)
        elif parent is not None and parent.get_name() in log:
            log[parent.get_name()].append(f'{kind} {event.dup_text() or ""}'.strip())

    turn = agent.ask('outer', None)
    turn.get_run().connect('event', event_cb)
    turn.connect('ended', lambda turn: loop.quit())
    GLib.timeout_add_seconds(20, loop.quit)
    loop.run()

    for name in NESTED:
        own = [line for line in log[name] if line not in ('stream', 'custom')]
        assert own == ['start', 'start', 'stream words', f'stream of {name}', 'end', 'end'], (name, log[name])
    assert 'custom' in log['blocking'], log['blocking']
    assert log['text'] == ['start', 'end'], log['text']
    assert log['raises'] == ['start', 'error'], log['raises']

    parts = [turn.get_message().get_part(i) for i in range(turn.get_message().get_n_parts())]
    calls = {part.get_name(): part for part in parts if part.get_name()}
    for name in NESTED:
        children = calls[name].list_children()
        assert [child.get_text() for child in children] == [f'words of {name}'], name
        assert calls[name].get_result() == f'words of {name}', name
    assert calls['text'].get_result() == 'no model: hello'
    assert 'ValueError: a mistake of the tool' in calls['raises'].get_result(), calls['raises'].get_result()
    check_transforms()
    for name, function in ALONE.items():
        check_alone(name, function)
    print('all', len(NESTED) + len(ALONE), 'nested')


main()
