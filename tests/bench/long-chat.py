#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A chat of 10,000 messages in the window, beside a plain list of GTK.

`long-chat.py BENCH_LONG_CHAT BUILD_DIR` runs bench-long-chat and, in turn with it, a program that
shows as many plain texts in a GtkListView whose rows are one Pango layout each. Prints medians and
ratios: what opening, memory, a step of scrolling and a jump to the end cost, and the longest time
our main loop was away. Exits with 1 when one is above its bound, with 77 where there is no display
or the yardstick (a folder `bench` in $RNL_TEST_SHARED, with `gtk`) is not there.
"""
import json
import statistics
import sys
from pathlib import Path

import yardstick

MESSAGES = 10000
ROUNDS = 3
MAX_RATIO = 1.5
MAX_STALL_MS = 16
MAX_SCROLL_STALL_MS = 20


def report(what, ours, floor, unit, more):
    ours, floor = statistics.median(ours), statistics.median(floor)
    ratio = ours / floor
    print(json.dumps({'bench': f'long-chat/{what}', unit: round(ours, 2), f'floor_{unit}': round(floor, 2),
                      'ratio': round(ratio, 2), 'bar': MAX_RATIO, 'met': ratio <= MAX_RATIO, **more}))
    return ratio <= MAX_RATIO


def main():
    ours, folder = sys.argv[1], Path(sys.argv[2])
    gtk_bench = yardstick.build_gtk_bench(folder)
    if gtk_bench is None:
        print(f'skipped: {yardstick.FOLDER} is not there')
        sys.exit(77)

    rounds, floors = [], []
    for _ in range(ROUNDS):
        floors.append(yardstick.run(gtk_bench, 'list', 'listview-p', MESSAGES)[-1])
        rounds.append({line['bench'].removeprefix('long-chat-'): line for line in yardstick.run(ours, MESSAGES)})

    def all_of(phase, field):
        return [one[phase][field] for one in rounds]

    stalls = {phase: round(statistics.median(all_of(phase, 'stall_ms')), 1) for phase in rounds[0]}
    met = [
        report('open', all_of('open', 'process_cpu_ms'), [one['open_cpu_ms'] for one in floors], 'cpu_ms',
               {'wall_ms': statistics.median(all_of('open', 'wall_ms')),
                'floor_wall_ms': statistics.median(one['open_ms'] for one in floors)}),
        report('memory', all_of('rest', 'memory_mb'), [one['mem_mb'] for one in floors], 'mb',
               {'after_scrolling_mb': statistics.median(all_of('jump-begin', 'memory_mb'))}),
        report('scroll', all_of('scroll', 'cpu_ms'), [one['scroll_cpu_ms_frame'] for one in floors], 'cpu_ms',
               {'blank_frames': max(all_of('scroll', 'blank'))}),
        report('jump-end', all_of('jump-end', 'wall_ms'), [one['jump_end_ms'] for one in floors], 'wall_ms',
               {'cpu_ms': statistics.median(all_of('jump-end', 'cpu_ms'))}),
        report('jump-begin', all_of('jump-begin', 'wall_ms'), [one['jump_end_ms'] for one in floors], 'wall_ms',
               {'cpu_ms': statistics.median(all_of('jump-begin', 'cpu_ms'))}),
    ]
    stalled = [phase for phase, stall in stalls.items()
               if stall > (MAX_SCROLL_STALL_MS if phase == 'scroll' else MAX_STALL_MS)]
    print(json.dumps({'bench': 'long-chat/stall', 'cpu_ms': stalls, 'bar': MAX_STALL_MS, 'scroll_bar': MAX_SCROLL_STALL_MS,
                      'met': not stalled}))
    sys.exit(not all(met) or bool(stalled))


main()
