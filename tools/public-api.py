#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""public-api.py WHAT CORE [OUTPUT]: what src/core/public-headers says, in the shapes the build needs.

headers   the headers, relative to CORE, one a line
sources   the C files of their rooms, whose comments document them
symbols   the functions they declare, sorted
list      the same as src/core/runnel-1.sym
map       the same as a version script for the linker
umbrella  the header that includes them all
"""
import re
import sys
from pathlib import Path


def headers(core):
    lines = (core / 'public-headers').read_text(encoding='utf-8').splitlines()
    return [line for line in lines if line and not line.startswith('#')]


def sources(core):
    rooms = sorted({Path(name).parent for name in headers(core)})
    return [str(path.relative_to(core)) for room in rooms for path in sorted((core / room).glob('*.c'))]


def declared(text):
    """The functions a header declares; macros, inline functions and types of functions are none."""
    text = re.sub(r'/\*.*?\*/', ' ', text, flags=re.DOTALL)
    text = re.sub(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$', '', text, flags=re.MULTILINE)
    text = re.sub(r'\bstatic\s+inline\b.*?\n}\n', '', text, flags=re.DOTALL)
    types = re.findall(r'\bG_DECLARE_\w+\s*\(\s*\w+\s*,\s*(\w+)', text)
    return set(re.findall(r'\b(rnl_\w+)\s*\(', text)) | {name + '_get_type' for name in types}


def symbols(core):
    found = set()
    for name in headers(core):
        found |= declared((core / name).read_text(encoding='utf-8'))
    return sorted(found)


def symbol_list(core):
    return ['# SPDX-License-Identifier: LGPL-2.1-or-later',
            '# The symbols of librunnel-1. Written by `meson compile -C build runnel-update-symbols` and',
            '# compared in the tests, so that a change of the interface is never an accident.', *symbols(core)]


def version_script(core):
    return ['RUNNEL_1 {', 'global:', *(f'  {name};' for name in symbols(core)), 'local:', '  *;', '};']


def umbrella(core):
    return ['/* runnel.h: all of Runnel', ' * SPDX-License-Identifier: LGPL-2.1-or-later */', '#pragma once', '',
            *(f'#include "{Path(name).name}"' for name in headers(core))]


WHAT = {'headers': headers, 'sources': sources, 'symbols': symbols, 'list': symbol_list, 'map': version_script,
        'umbrella': umbrella}

if __name__ == '__main__':
    TEXT = '\n'.join(WHAT[sys.argv[1]](Path(sys.argv[2]))) + '\n'
    if len(sys.argv) > 3:
        Path(sys.argv[3]).write_text(TEXT, encoding='utf-8')
    else:
        sys.stdout.write(TEXT)
