#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of an answer while it streams, beside a plain text view of GTK.

`live.py BENCH_LIVE BUILD_DIR` runs each case of bench-live and, in the same minute, `gtk-bench` with
the same text: what GTK itself needs for it without Markdown. Prints every figure as a JSON line, then
one line of verdict a bar; exits with 1 when a bar is missed, with 77 without a display. Where the
yardstick (yardstick.py, with `gtk` and `replay`) is not there, ratios to it are left out and the text
is our own.
"""
import json
import statistics
import subprocess
import sys
from pathlib import Path

import yardstick
from yardstick import LONG, ROUNDS

SHORT = 2000
SECONDS = 3

MAX_STREAM_RATIO = 2.0  # to the text view, a token at the end of a long message
MAX_GROWTH = 1.15  # of a token at the end of a long message to one at the end of a short one
MAX_BUSY = 0.20
MAX_BURST_RATIO = 1.5
MAX_LAST_MS = 100.0

# What is hard on who shows it: 200 KB in one line of text and of code, 10,000 items, a table of 500
# rows, 4,000 lines of code, deep nesting, 2,000 links, many scripts and emoji.
HARD = {'line': 50000, 'code-line': 50000, 'list': 100000, 'table': 5600, 'code': 48000, 'nested': 20000,
        'links': 16000, 'scripts': 20000}


def run(*command, text=None):
    lines = yardstick.run(*command, RNL_BENCH_TEXT=str(text or ''))
    for line in lines:
        print(json.dumps(line), flush=True)

    return lines


class Bench(yardstick.Bars):
    def __init__(self, live, folder):
        super().__init__()
        self.live, self.folder = live, folder
        self.floor = yardstick.build_gtk_bench(folder)
        self.replay = None
        if (yardstick.FOLDER / 'replay').is_dir():
            self.replay = folder / 'replay-server'
            yardstick.build(yardstick.FOLDER / 'replay' / 'replay-server.c', self.replay)

    def text(self, tokens):
        """The yardstick's text, for the same tokens."""
        if self.replay is None:
            return None
        path = self.folder / f'live-{tokens}.md'
        with path.open('wb') as out:
            subprocess.run([self.replay, '--dump', 'markdown', str(tokens), '1'], stdout=out, check=True)

        return path

    def burst(self):
        ours, floors, stalls = [], [], []
        for _ in range(ROUNDS):
            got = run(self.live, 'burst', self.text(LONG) or 'text', LONG)[0]
            ours.append(got['cpu_us_per_token'])
            stalls.append(got['stall_ms'])
            if self.floor:
                floors.append(yardstick.burst_floor(self.floor))
        if floors:
            self.set_floors(floors)
            self.verdict('6: burst to a text view', statistics.median(ours) / statistics.median(floors),
                         MAX_BURST_RATIO)
        self.stall('a burst', stalls)

    def stream(self):
        costs = {LONG: [], SHORT: []}
        frames, floors, busy, last, stalls = [], [], [], [], []
        for _ in range(ROUNDS):
            for length in (LONG, SHORT):
                got = run(self.live, 'stream', length, SECONDS, text=self.text(length + SECONDS * 200))[0]
                costs[length].append(got['cpu_us_per_token'])
                frames.append(got['frame_p95_ms'])
                busy.append(got['busy'])
                last.append(got['last_token_ms'])
                stalls.append(max(got['stall_ms'], got['finish_stall_ms']))
            if self.floor:
                floors.append(run(self.floor, 'append', 'textview', LONG, 200, SECONDS)[0]['cpu_us_tok'])
        cost = {length: statistics.median(values) for length, values in costs.items()}
        if floors:
            self.verdict('5: token to a text view', cost[LONG] / statistics.median(floors),
                         MAX_STREAM_RATIO)
        self.verdict('5: token, long to short', cost[LONG] / cost[SHORT], MAX_GROWTH)
        self.verdict('5: busy', statistics.median(busy), MAX_BUSY * self.slow)
        self.frames('a stream', frames)
        self.stall('a stream', stalls)
        self.verdict('7: last token on screen, ms', statistics.median(last), MAX_LAST_MS)

    def opening(self, tokens):
        """A text that was there before, beside a plain text view that opens the same."""
        text = self.text(tokens) or 'text'
        ours, plain, stalls = [], [], []
        for _ in range(ROUNDS):
            got = run(self.live, 'open', text, tokens)
            ours.append(got[0]['frame_p95_ms'])
            stalls.append(max(line['stall_ms'] for line in got))
            plain.append(run(self.live, 'plain', text, tokens)[0]['frame_p95_ms'])
        self.stall(f'opening {tokens} tokens', stalls)
        self.frames(f'opening {tokens} tokens (text view {statistics.median(plain):.1f})', ours)

    def hard(self, name, tokens):
        """All at once, there before, and what is folded away of it unfolded."""
        stalls, frames = [], {}
        for _ in range(ROUNDS):
            lines = run(self.live, 'burst', name, tokens) + run(self.live, 'open', name, tokens)
            stalls.append(max(line['stall_ms'] for line in lines))
            for line in lines[1:]:
                frames.setdefault(line['bench'], []).append(line['frame_p95_ms'])
        self.stall(name, stalls)
        for what, values in frames.items():
            self.frames(f'{what} {name}', values)

    def all(self):
        self.burst()
        self.stream()
        for tokens in (SHORT, 10000, LONG):
            self.opening(tokens)
        for name, tokens in HARD.items():
            self.hard(name, tokens)

        return self.fine


def main():
    sys.exit(0 if Bench(sys.argv[1], Path(sys.argv[2])).all() else 1)


main()
