#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searching a million messages, and saving one more, beside a table with an index and nothing else.

`search.py BENCH_SEARCH BUILD_DIR [MESSAGES]` runs bench-search, then the yardstick (`search` in the
folder `bench` in $RNL_TEST_SHARED) where it is there, one after the other. Prints what both print and
the ratios; exits with 1 when a query or the ratio of saving is above its bound.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yardstick

MAX_SAVE_RATIO = 1.5


def lines(command):
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    print(done.stdout, end='', flush=True)
    print(done.stderr, end='', file=sys.stderr)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def floor(bench, folder, messages):
    program = folder / 'search-bench'
    yardstick.build(bench / 'search-bench.c', program, libraries=['-lsqlite3', '-lm'])
    with tempfile.TemporaryDirectory() as place:
        _, told = lines([program, Path(place) / 'floor.db', messages])
    return next(line for line in told if 'insert_one_ms' in line)['insert_one_ms']


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    messages = sys.argv[3] if len(sys.argv) > 3 else '1000000'
    bench = yardstick.FOLDER / 'search'
    code, told = lines([program, messages])
    if bench.is_dir():
        save = next(line for line in told if line.get('what') == 'save')['p50_ms']
        bare = floor(bench, folder, messages)
        print(json.dumps({'bench': 'search', 'save_ms': save, 'floor_ms': bare,
                          'save_ratio': round(save / bare, 2)}))
        code = code or save / bare > MAX_SAVE_RATIO
    sys.exit(code)


main()
