#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks an agent and prints its answer, token by token."""
import sys

import gi
gi.require_version('Runnel', '1')
from gi.repository import GLib, Runnel

loop = GLib.MainLoop()
model = Runnel.ChatModel.new_for_id('offline/helper')
tools = Runnel.ToolRegistry.new()
Runnel.arithmetic_tools_add(tools)
agent = Runnel.Agent.new(model, tools, Runnel.PermissionPolicy.new(Runnel.Approve.SAFE))

turn = agent.ask(sys.argv[1] if len(sys.argv) > 1 else 'What is 10 + 10?', None)
turn.connect('text-delta', lambda turn, offset, text: print(text, end='', flush=True))
turn.connect('ended', lambda turn: loop.quit())
loop.run()
print()
