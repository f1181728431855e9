#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ten chats that stream at once, one of them seen, leave of the main thread.

`chats.py BENCH_WINDOW BUILD_DIR` runs `bench-window --chats` a few times, with `gtk-bench` between for
what the machine can do at the moment (see yardstick.py). Prints every figure as a JSON line, then one
line of verdict a bar; exits with 1 when a bar is missed, with 77 without a display.
"""
import json
import statistics
import sys
from pathlib import Path

import yardstick


def main():
    window, bars = sys.argv[1], yardstick.Bars()
    gtk_bench = yardstick.build_gtk_bench(Path(sys.argv[2]))
    got, floors = {}, []
    for _ in range(yardstick.ROUNDS):
        if gtk_bench:
            floors.append(yardstick.burst_floor(gtk_bench))
        for line in yardstick.run(window, '--chats'):
            print(json.dumps(line), flush=True)
            for key, value in line.items():
                got.setdefault((line['bench'], key), []).append(value)
    if floors:
        bars.set_floors(floors)
    bars.stall('ten chats', got['window-chats', 'stall_ms'])
    bars.frames('ten chats', got['window-chats-frames', 'frame_p95_ms'])
    print(json.dumps({'busy': statistics.median(got['window-chats-frames', 'busy']), 'slow': round(bars.slow, 2)}))
    sys.exit(0 if bars.fine else 1)


main()
