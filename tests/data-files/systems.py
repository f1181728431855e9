#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""systems.py SOURCE: docs/systems.md has a row for each system, and every test it names is there.

A test is `PROGRAM PATH`: a GLib test program and a TAP path, of which the last words may be `*` for cases that are
made from a list; or `SCRIPT FUNCTION`: a script in Python and a function in it. A row that names no test says
"not yet" and what is missing."""
import re
import sys
from pathlib import Path

N_SYSTEMS = 77
NOT_YET = 'not yet: '
ROW = re.compile(r'^\| *(\d+) *\|([^|]*)\|([^|]*)\|([^|]*)\|$', re.MULTILINE)
NAMED = re.compile(r'`([^`]*)`')
TEST = re.compile(r'[\w-]+ /|[\w-]+\.py ')


def strings(path):
    """What stands between quotes in a program."""
    return set(re.findall(r'"([^"\n]*)"', path.read_text(encoding='utf-8')))


def has_path(words, path):
    """A path is written whole, or as a beginning that a macro or a format adds a name to."""
    if path in words:
        return True
    for cut in (match.end() for match in re.finditer('/', path)):
        head, tail = path[:cut], path[cut:]
        if tail == '*' and head + '%s' in words:
            return True
        if tail and (head in words or head + '%s' in words) and tail in words:
            return True
    return False


def problem(tests, name):
    program, _, test = name.partition(' ')
    if not test:
        return 'is not a program and a test'
    leaf = program if program.endswith('.py') else program + '.c'
    found = next(iter(sorted(tests.rglob(leaf))), None)
    if found is None:
        return f'there is no {leaf} in tests'
    if leaf.endswith('.py'):
        functions = re.findall(r'^def (\w+)\(', found.read_text(encoding='utf-8'), re.MULTILINE)
        return None if test in functions else f'{leaf} has no function {test}'
    return None if has_path(strings(found), test) else f'{leaf} has no test {test}'


def problems(source):
    rows = ROW.findall((source / 'docs/systems.md').read_text(encoding='utf-8'))
    numbers = [int(row[0]) for row in rows]
    if numbers != list(range(1, N_SYSTEMS + 1)):
        yield f'the rows are {numbers}, not 1 to {N_SYSTEMS}'
    for number, system, how, shown in rows:
        if not system.strip() or not how.strip():
            yield f'row {number}: an empty cell'
        names = NAMED.findall(shown)
        if shown.strip().startswith(NOT_YET):  # what is shown of it may be named among other words
            names = [name for name in names if TEST.match(name)]
        elif not names:
            yield f'row {number}: neither a test nor "{NOT_YET}"'
        for name in names:
            wrong = problem(source / 'tests', name)
            if wrong:
                yield f'row {number}: {name}: {wrong}'


found = list(problems(Path(sys.argv[1])))
print('\n'.join(found))
sys.exit(1 if found else 0)
