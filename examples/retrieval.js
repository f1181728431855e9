#!/usr/bin/env -S gjs -m
// SPDX-License-Identifier: GPL-3.0-or-later
// Answers a question from two texts and says where the answer is from.
import GLib from 'gi://GLib';
import Json from 'gi://Json?version=1.0';
import Runnel from 'gi://Runnel?version=1';

const loop = new GLib.MainLoop(null, false);
const model = Runnel.ChatModel.new_for_id('offline/helper');
const index = Runnel.DocumentIndex.new(null);
const added = (source, result) => source.add_text_finish(result);
index.add_text_async('people', 'harrison worked at kensho', null, added);
index.add_text_async('bears', 'bears like to eat honey', null, added);

const chain = Runnel.retrieval_chain_new(index, model, 1);

let answer = '';
const flow = chain.start_text('where did harrison work?');
flow.get_run().connect('event', (_run, event) => {
    if (event.get_kind() === Runnel.EventKind.CUSTOM)
        print(`${event.get_name()}: ${Json.to_string(event.get_data(), false)}`);
});
flow.connect('output', (_flow, value) => (answer += value.get_string()));
flow.connect('ended', () => loop.quit());
loop.run();
print(answer);
