# SPDX-License-Identifier: GPL-3.0-or-later
"""What benchmarks share that stand beside the yardstick: a folder `bench` in $RNL_TEST_SHARED.

Bars in milliseconds are for a machine on which a plain text view of GTK takes FLOOR_US a token in a
burst; on a slower or busier one they are longer by as much as that is.
"""
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

FOLDER = Path(os.environ.get('RNL_TEST_SHARED', '../shared')) / 'bench'
ROUNDS = int(os.environ.get('RNL_BENCH_ROUNDS', '3'))
LONG = 50000
FLOOR_US = 16.0

MAX_STALL_MS = 16.0
MAX_FRAME_MS = 4.0  # p95 while it streams, at 200 tokens a second, opens and unfolds


def build(source, target, packages=(), libraries=()):
    """A program of the yardstick, when it is older than its source."""
    if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
        return
    flags = []
    if packages:
        flags = subprocess.run(['pkg-config', '--cflags', '--libs', *packages], check=True,
                               capture_output=True, text=True).stdout.split()
    subprocess.run([os.environ.get('CC', 'cc'), '-O2', '-w', '-o', target, source, *flags, *libraries], check=True)


def build_gtk_bench(folder):
    """The program that shows text and lists with GTK and nothing else, or `None` where it is not."""
    source = FOLDER / 'gtk' / 'gtk-bench.c'
    if not source.is_file():
        return None
    build(source, folder / 'gtk-bench', ['libadwaita-1'], ['-lm'])
    return folder / 'gtk-bench'


def run(*command, **environment):
    """The JSON lines that a program prints; ends with 77 if there is no display for it."""
    done = subprocess.run([str(word) for word in command], check=False, capture_output=True, text=True,
                          env={**os.environ, **environment})
    if done.returncode == 77:
        print('skipped: no display')
        sys.exit(77)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{')]
    assert lines and done.returncode >= 0, done.stderr  # nor killed by a signal
    return lines


def burst_floor(gtk_bench):
    """Microseconds a token that a plain text view takes for a burst, now."""
    return run(gtk_bench, 'burst', 'textview', LONG)[0]['cpu_us_tok']


class Bars:
    """One line for each bar, and whether all of them were met."""

    def __init__(self):
        self.fine, self.slow = True, 1.0

    def set_floors(self, floors):
        self.slow = max(1.0, statistics.median(floors) / FLOOR_US)

    def rounds(self, gtk_bench, program):
        """The lines of a few runs of a program, printed; `gtk_bench` says between how slow the machine is."""
        floors = []
        for _ in range(ROUNDS):
            for line in run(program):
                print(json.dumps(line), flush=True)
                yield line
            if gtk_bench:
                floors.append(burst_floor(gtk_bench))
        if floors:
            self.set_floors(floors)
            print(json.dumps({'slow': round(self.slow, 2), 'floor_us': statistics.median(floors)}))

    def verdict(self, bar, value, limit):
        met = value <= limit
        self.fine = self.fine and met
        print(json.dumps({'bar': bar, 'value': round(value, 2), 'limit': round(limit, 2), 'met': met}), flush=True)

    def stall(self, what, values):
        """The median of the longest stalls of a few runs, in milliseconds."""
        self.verdict(f'7: stall of {what}, ms', statistics.median(values), MAX_STALL_MS * self.slow)

    def frames(self, what, values):
        """The median of the p95 frames of a few runs, in milliseconds."""
        self.verdict(f'7: p95 frame of {what}, ms', statistics.median(values), MAX_FRAME_MS * self.slow)
