#!/usr/bin/env -S gjs -m
// SPDX-License-Identifier: GPL-3.0-or-later
// Asks an agent and prints its answer, token by token.
import GLib from 'gi://GLib';
import Runnel from 'gi://Runnel?version=1';
import System from 'system';

const loop = new GLib.MainLoop(null, false);
const model = Runnel.ChatModel.new_for_id('offline/helper');
const tools = Runnel.ToolRegistry.new();
Runnel.arithmetic_tools_add(tools);
const agent = Runnel.Agent.new(model, tools, Runnel.PermissionPolicy.new(Runnel.Approve.SAFE));

let answer = '';
const turn = agent.ask(System.programArgs[0] ?? 'What is 10 + 10?', null);
turn.connect('text-delta', (_turn, _offset, text) => (answer += text));
turn.connect('ended', () => loop.quit());
loop.run();
print(answer);
