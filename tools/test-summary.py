#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-summary.py STATUS LOG.json...: adds up what `meson test` recorded and prints one line.

Cases inside a TAP program are counted one by one; a program that failed as a whole, by a crash or a
time limit, counts as one more failure. Exits with 0 only when STATUS, the exit status of `meson test`,
is 0 and nothing failed.
"""
import json
import re
import sys
from pathlib import Path

CASE = re.compile(r'(not )?ok \d+')
PLAN = re.compile(r'^1\.\.\d+', re.MULTILINE)
SKIPPED = re.compile(r'# *(SKIP|TODO)\b', re.IGNORECASE)


def cases(output):
    """The outcome of each case of a TAP program; nothing for any other program."""
    if not PLAN.search(output):
        return
    for line in output.splitlines():
        match = CASE.match(line)
        if match is None:
            continue
        if SKIPPED.search(line):
            yield 'skipped'
        else:
            yield 'failed' if match.group(1) else 'passed'


def outcomes(test):
    found = list(cases(test.get('stdout', '')))
    if test['result'] in ('OK', 'EXPECTEDFAIL'):
        return found or ['passed']
    if test['result'] in ('SKIP', 'IGNORED'):
        return found or ['skipped']
    return found if 'failed' in found else found + ['failed']


def main():
    total = {'passed': 0, 'failed': 0, 'skipped': 0}
    for name in filter(lambda name: Path(name).is_file(), sys.argv[2:]):
        for line in Path(name).read_text(encoding='utf-8', errors='replace').splitlines():
            for outcome in outcomes(json.loads(line)):
                total[outcome] += 1
    if sys.argv[1] != '0' and not total['failed']:
        total['failed'] = 1
    print(', '.join(f'{count} {outcome}' for outcome, count in total.items()))
    return 1 if total['failed'] else 0


sys.exit(main())
