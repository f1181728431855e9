#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pseudo_locale.py CATALOGUE FOLDER [LANGUAGE]: a language in which every letter has an accent and every text is 40 %
longer and in brackets, made of the messages of CATALOGUE (a .po file), to look at the window with:

    tests/ui/pseudo_locale.py po/de.po /tmp/pseudo
    RUNNEL_LOCALEDIR=/tmp/pseudo LANGUAGE=qps build/src/runnel

With `ar` as LANGUAGE, GTK also writes from right to left."""
import ast
import re
import subprocess
import sys
from pathlib import Path

PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
ACCENTED = 'ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž'
# What a program reads in a message stays as it is.
KEPT = re.compile(r'(%(?:\d\$)?[-+ #0]*[\d.]*[a-z%]|\{[a-z]+\}|\\n)')
FIELD = re.compile(r'^(msg\w+)(?:\[\d\])? ((?:".*"\n?)+)', re.MULTILINE)


def pseudo(text):
    pieces = [piece if KEPT.fullmatch(piece) else piece.translate(str.maketrans(PLAIN, ACCENTED))
              for piece in KEPT.split(text)]
    body = ''.join(pieces)
    start, end = len(body) - len(body.lstrip()), len(body.rstrip())
    return body[:start] + '[' + body[start:end] + ' ' + '·' * max(1, len(text) * 2 // 5) + ']' + body[end:]


def quote(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n') + '"'


def make(catalogue, folder, language='qps'):
    """Writes FOLDER/LANGUAGE/LC_MESSAGES/runnel.mo."""
    out = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n']
    for block in re.split(r'\n\s*\n', Path(catalogue).read_text(encoding='utf-8')):
        fields = {name: ''.join(ast.literal_eval(line) for line in value.splitlines())
                  for name, value in FIELD.findall(block)}
        if not fields.get('msgid'):
            continue
        lines = [f'{name} {quote(fields[name])}' for name in ('msgctxt', 'msgid', 'msgid_plural') if name in fields]
        if 'msgid_plural' in fields:
            lines += [f'msgstr[{n}] {quote(pseudo(fields[name]))}' for n, name in enumerate(('msgid', 'msgid_plural'))]
        else:
            lines.append(f'msgstr {quote(pseudo(fields["msgid"]))}')
        out.append('\n'.join(lines) + '\n')
    target = Path(folder, language, 'LC_MESSAGES', 'runnel.mo')
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(['msgfmt', '--output-file', str(target), '-'], input='\n'.join(out), text=True, check=True)


if __name__ == '__main__':
    make(*sys.argv[1:])
