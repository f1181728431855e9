#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What long answers and ten chats that stream at once leave of the main thread, in the program.

`window.py BENCH_WINDOW BUILD_DIR` runs bench-window a few times, with `gtk-bench` between for what the
machine can do at the moment (see yardstick.py). Prints every figure as a JSON line, then one line of
verdict a bar; exits with 1 when a bar or a token is missed, with 77 without a display.
"""
import sys
from pathlib import Path

import yardstick

# Frames have a bar where there is no backlog to work off.
PACED = {'window-open', 'window-chats'}


def main():
    window, bars = sys.argv[1], yardstick.Bars()
    gtk_bench = yardstick.build_gtk_bench(Path(sys.argv[2]))
    stalls, frames, lost = {}, {}, 0
    for line in bars.rounds(gtk_bench, window):
        lost += line['bench'] == 'window-lost'
        if 'stall_ms' in line:
            stalls.setdefault((line['bench'], line['kind']), []).append(line['stall_ms'])
        if line['bench'] in PACED:
            frames.setdefault((line['bench'], line['kind']), []).append(line['frame_p95_ms'])
    for (what, kind), values in stalls.items():
        bars.stall(f'{what}, {kind}', values)
    for (what, kind), values in frames.items():
        bars.frames(f'{what}, {kind}', values)
    bars.verdict('answers that lost a token', lost, 0)
    sys.exit(0 if bars.fine else 1)


main()
