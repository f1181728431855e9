#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""source-files.py CHECK SOURCE: rules every source file keeps.

licences  an SPDX line near the top of each file that can carry one, with the licence of its folder
layout    clang-format 14 would change nothing, and no file of the program has more than 600 lines
layering  the rooms of src/core include only from rooms below them, and nothing of GTK or gettext
"""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

check, source = sys.argv[1], Path(sys.argv[2])

SKIPPED_FOLDERS = {'.git', '.cache', '.flatpak-builder', 'LICENSES', 'screenshots', '__pycache__'}
# Formats without comments, and lists whose first lines mean something.
NO_COMMENTS = {'.pack', '.json', '.jsonl', '.md', '.png', '.po', '.pot', '.sse', '.body', '.txt', '.db', '.dump', '.html', '.log'}
NO_COMMENTS_NAMES = {'LINGUAS', 'POTFILES', '.gitignore', '.editorconfig', '.clang-format', 'meson_options.txt'}

# What a room may include, besides itself.
BELOW = {
    'base': set(),
    'json': {'base'},
    'net': {'base'},
    'message': {'base', 'json', 'net'},
    'run': {'base', 'json', 'net', 'message'},
}
BELOW['trace'] = BELOW['run'] | {'run'}
BELOW['provider'] = BELOW['run'] | {'run'}
BELOW['store'] = BELOW['provider']
BELOW['markdown'] = BELOW['provider']
BELOW['tex'] = {'base'}
BELOW['archive'] = BELOW['store'] | {'store', 'markdown'}
BELOW['mcp'] = BELOW['provider']
BELOW['tool'] = BELOW['provider'] | {'provider', 'store', 'markdown'}
BELOW['agent'] = BELOW['tool'] | {'tool', 'mcp', 'trace'}
BELOW['pipeline'] = BELOW['tool'] | {'tool', 'mcp'}
NOT_IN_CORE = re.compile(r'^\s*#\s*include\s*<(gtk|gdk|gsk|adwaita|gtksourceview|glib/gi18n|libintl)', re.MULTILINE)
# A file has one purpose; what is longer has two.
MOST_LINES = 600
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def files():
    for folder, names, leaves in os.walk(source):
        names[:] = sorted(name for name in names if name not in SKIPPED_FOLDERS and not name.startswith(('build', 'flatpak-build')))
        for leaf in sorted(leaves):
            path = Path(folder, leaf)
            if leaf != '.git' and not path.is_symlink() and path.stat().st_size > 0:
                yield path


def sources():
    return [path for folder in ('src', 'tests') for path in sorted((source / folder).rglob('*.[ch]'))]


def expected_licence(name):
    if name.startswith(('src/core/', 'bindings/')):
        return 'LGPL-2.1-or-later'
    return 'CC0-1.0' if name.endswith('.metainfo.xml.in') else 'GPL-3.0-or-later'


def licences():
    for path in files():
        name = str(path.relative_to(source))
        if path.suffix in NO_COMMENTS or path.name in NO_COMMENTS_NAMES or name.startswith('tests/data/'):
            continue
        head = path.read_text(encoding='utf-8', errors='replace')[:600]
        found = re.search(r'SPDX-License-Identifier: ([\w.-]+)', head)
        if found is None:
            yield f'{name}: no SPDX line'
        elif found.group(1) != expected_licence(name):
            yield f'{name}: {found.group(1)}, not {expected_licence(name)}'


def clang_format():
    for name in ('clang-format-14', 'clang-format'):
        if shutil.which(name):
            version = subprocess.run([name, '--version'], capture_output=True, text=True, check=True).stdout
            if re.search(r'version 14\.', version):
                return name
    print('clang-format 14 is not installed')
    sys.exit(77)


def too_long():
    for path in sorted((source / 'src').rglob('*.[ch]')):
        lines = path.read_text(encoding='utf-8').count('\n')
        if lines > MOST_LINES:
            yield f'{path.relative_to(source)}: {lines} lines, at most {MOST_LINES}: split it by purpose'


def layout():
    long = list(too_long())
    if long:
        yield from long
        return
    command = [clang_format(), '--dry-run', '--Werror', '--style=file']
    done = subprocess.run(command + [str(path) for path in sources()], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        for name in sorted(set(re.findall(r'^(\S+?):\d+:\d+: error', done.stderr, re.MULTILINE))) or [done.stderr]:
            yield f'{os.path.relpath(name, source)}: clang-format -i would change it'


def layering():
    room_of = {path.name: path.relative_to(source / 'src/core').parts[0]
               for path in (source / 'src/core').rglob('*.h')}
    above = {path.name for folder in ('cli', 'ui', 'service') for path in (source / 'src' / folder).rglob('*.h')}
    for path in sorted((source / 'src/core').rglob('*.[ch]')):
        name, room = path.relative_to(source), path.relative_to(source / 'src/core').parts[0]
        text = path.read_text(encoding='utf-8')
        if room not in BELOW:
            yield f'{name}: {room} is not a room of the core'
            continue
        if NOT_IN_CORE.search(text):
            yield f'{name}: includes GTK or gettext'
        for header in INCLUDE.findall(text):
            other = room_of.get(Path(header).name)
            if other not in (None, room) and other not in BELOW[room]:
                yield f'{name}: {room} may not include {header} of {other}'
            if other is None and Path(header).name in above:
                yield f'{name}: the core may not include {header}'


problems = list({'licences': licences, 'layout': layout, 'layering': layering}[check]())
print('\n'.join(problems))
sys.exit(1 if problems else 0)
