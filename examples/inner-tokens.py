#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints only what a model inside a tool says, by its tag."""
import sys

import gi
gi.require_version('Runnel', '1')
from gi.repository import GLib, Runnel

QUESTION = 'Where is the cat hiding, and what items are there?'

loop = GLib.MainLoop()
model = Runnel.ChatModel.new_for_id('offline/helper')
tools = Runnel.ToolRegistry.new()
Runnel.demo_tools_add(tools)
agent = Runnel.Agent.new(model, tools, Runnel.PermissionPolicy.new(Runnel.Approve.SAFE))

only = Runnel.EventFilter.new()
only.include_tag(sys.argv[1] if len(sys.argv) > 1 else 'hiding_spot')


def event_cb(run, event):
    if only.matches(event) and event.get_kind() == Runnel.EventKind.STREAM and event.dup_text():
        print(event.dup_text(), end='|', flush=True)


turn = agent.ask(QUESTION, None)
turn.get_run().connect('event', event_cb)
turn.connect('ended', lambda turn: loop.quit())
loop.run()
print()
