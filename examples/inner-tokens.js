#!/usr/bin/env -S gjs -m
// SPDX-License-Identifier: GPL-3.0-or-later
// Prints only what a model inside a tool says, by its tag.
import GLib from 'gi://GLib';
import Runnel from 'gi://Runnel?version=1';
import System from 'system';

const QUESTION = 'Where is the cat hiding, and what items are there?';

const loop = new GLib.MainLoop(null, false);
const model = Runnel.ChatModel.new_for_id('offline/helper');
const tools = Runnel.ToolRegistry.new();
Runnel.demo_tools_add(tools);
const agent = Runnel.Agent.new(model, tools, Runnel.PermissionPolicy.new(Runnel.Approve.SAFE));

const only = Runnel.EventFilter.new();
only.include_tag(System.programArgs[0] ?? 'hiding_spot');

let said = '';
const turn = agent.ask(QUESTION, null);
turn.get_run().connect('event', (_run, event) => {
    if (only.matches(event) && event.get_kind() === Runnel.EventKind.STREAM && event.dup_text())
        said += `${event.dup_text()}|`;
});
turn.connect('ended', () => loop.quit());
loop.run();
print(said);
