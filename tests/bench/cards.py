#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tool calls in a transcript cost the main thread, and how long they keep it.

`cards.py BENCH_CARDS BUILD_DIR` runs bench-cards a few times, with `gtk-bench` between for what the
machine can do at the moment (see yardstick.py). Prints every figure as a JSON line, then one line of
verdict a bar; exits with 1 when a bar is missed, with 77 without a display.
"""
import sys
from pathlib import Path

import yardstick

# A window with everything in it.
MAX_WIDGETS = 4000


def main():
    cards, bars = sys.argv[1], yardstick.Bars()
    gtk_bench = yardstick.build_gtk_bench(Path(sys.argv[2]))
    stalls, widgets = {}, []
    for line in bars.rounds(gtk_bench, cards):
        stalls.setdefault((line['bench'], line['n']), []).append(line['stall_ms'])
        widgets.append(line['widgets'])
    for (what, n), values in stalls.items():
        bars.stall(f'{what}, {n}', values)
    bars.verdict('widgets of a window', max(widgets), MAX_WIDGETS)
    sys.exit(0 if bars.fine else 1)


main()
