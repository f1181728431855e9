#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers a question from two texts and says where the answer is from."""
import gi
gi.require_version('Json', '1.0')
gi.require_version('Runnel', '1')
from gi.repository import GLib, Json, Runnel

loop = GLib.MainLoop()
model = Runnel.ChatModel.new_for_id('offline/helper')
index = Runnel.DocumentIndex.new(None)
index.add_text_async('people', 'harrison worked at kensho', None, Runnel.DocumentIndex.add_text_finish)
index.add_text_async('bears', 'bears like to eat honey', None, Runnel.DocumentIndex.add_text_finish)

chain = Runnel.retrieval_chain_new(index, model, 1)


def event_cb(run, event):
    if event.get_kind() == Runnel.EventKind.CUSTOM:
        print(f'{event.get_name()}: {Json.to_string(event.get_data(), False)}')


flow = chain.start_text('where did harrison work?')
flow.get_run().connect('event', event_cb)
flow.connect('output', lambda flow, value: print(value.get_string(), end='', flush=True))
flow.connect('ended', lambda flow: loop.quit())
loop.run()
print()
