#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""exports.py CHECK SOURCE LIBRARY [COMPILER...]: what librunnel-1 shows is what its headers say.

list     src/core/runnel-1.sym is what the public headers declare: a change of the interface is seen in a review
symbols  the library defines every symbol of the list and no other
headers  each public header includes only public ones, and the one that includes them all compiles
"""
import re
import subprocess
import sys
from pathlib import Path

check, source, library, compiler = sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4:]
core = source / 'src/core'
sys.dont_write_bytecode = True
sys.path.insert(0, str(source / 'tools'))
api = __import__('public-api')


def kept():
    lines = (core / 'runnel-1.sym').read_text(encoding='utf-8').splitlines()
    return {line for line in lines if line and not line.startswith('#')}


def compare(name, found, wanted):
    for symbol in sorted(found - wanted):
        yield f'{symbol}: in {name[0]}, not in {name[1]}'
    for symbol in sorted(wanted - found):
        yield f'{symbol}: in {name[1]}, not in {name[0]}'


def check_list():
    problems = list(compare(('the public headers', 'runnel-1.sym'), set(api.symbols(core)), kept()))
    if problems:
        problems.append('If the interface is meant to change: meson compile -C build runnel-update-symbols')
    return problems


def check_symbols():
    done = subprocess.run(['nm', '-D', '--defined-only', library], capture_output=True, text=True, check=True)
    found = {line.split()[-1].split('@')[0] for line in done.stdout.splitlines() if ' A ' not in line}
    return compare(('the library', 'runnel-1.sym'), found, kept())


def check_headers():
    names = {Path(name).name for name in api.headers(core)}
    rooms = sorted({str(core / Path(name).parent) for name in api.headers(core)})
    for name in api.headers(core):
        for included in re.findall(r'^#include "([^"]+)"', (core / name).read_text(encoding='utf-8'), re.MULTILINE):
            if included not in names:
                yield f'{name}: includes {included}, which is not public'
    done = subprocess.run([*compiler, '-Wall', '-Wextra', '-Wstrict-prototypes', '-Werror', '-fsyntax-only', '-x', 'c',
                           *(f'-I{room}' for room in rooms), '-'],
                          input='\n'.join(api.umbrella(core)).replace('#pragma once', ''),
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        yield f'runnel.h does not compile alone:\n{done.stderr}'


problems = list({'list': check_list, 'symbols': check_symbols, 'headers': check_headers}[check]())
print('\n'.join(problems))
sys.exit(1 if problems else 0)
