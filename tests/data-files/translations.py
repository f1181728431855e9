#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""translations.py SOURCE: POTFILES names exactly the files with text people read, and every language in
LINGUAS is complete: no message of today's sources is missing, untranslated, fuzzy or left in English, and what
a program reads in a message (format, slots, mnemonic, ends of lines) is in the translation, too."""
import ast
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

source = Path(sys.argv[1])
problems = []

# Core has no translated text; everything else in C marks it with one of these.
MARK = re.compile(r'(?<![A-Za-z0-9_])(?:_|C_|N_|NC_|Q_|ngettext|dngettext|g_dngettext|g_dpgettext2)\s*\(\s*"')
MARKED_UI = re.compile(r'translatable="(?:yes|true|1)"')
DATA = ('.desktop.in', '.metainfo.xml.in', '.gschema.xml')


def has_text(path):
    if path.name.endswith(DATA):
        return True
    text = path.read_text(encoding='utf-8')
    if path.suffix == '.ui':
        return bool(MARKED_UI.search(text))
    return bool(MARK.search(re.sub(r'/\*.*?\*/', '', text, flags=re.DOTALL)))


def check_potfiles():
    listed = [line for line in (source / 'po/POTFILES').read_text().splitlines() if line and line[0] != '#']
    found = {str(path.relative_to(source))
             for folder in ('src', 'data') for path in (source / folder).rglob('*')
             if path.is_file() and path.name.endswith(DATA + ('.c', '.h', '.ui')) and has_text(path)}
    problems.extend(f'po/POTFILES lacks {name}' for name in sorted(found - set(listed)))
    problems.extend(f'po/POTFILES names {name}, which has no text to translate' for name in sorted(set(listed) - found))
    if listed != sorted(listed):
        problems.append('po/POTFILES is not sorted')


def run(*command):
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False,
                          env={'PATH': '/usr/local/bin:/usr/bin:/bin', 'LC_ALL': 'C.UTF-8'})
    if done.returncode != 0:
        problems.append(f'{command[0]}: {done.stderr.strip()}')
    return done.stderr + done.stdout


def entries(catalogue):
    """(msgid, msgid of the plural or None, [translations]) of each message of a .po file."""
    for block in re.split(r'\n\s*\n', catalogue.read_text(encoding='utf-8')):
        fields = re.findall(r'^(msg[a-z_]+)(?:\[\d\])? ((?:".*"\n?)+)', block, re.MULTILINE)
        texts = [(name, ''.join(ast.literal_eval(line) for line in value.splitlines())) for name, value in fields]
        named = dict(reversed(texts))
        if named.get('msgid'):
            yield named['msgid'], named.get('msgid_plural'), [text for name, text in texts if name == 'msgstr']


def outline(text):
    """What of a message must come through every translation as it is."""
    formats = sorted(re.findall(r'%(?:\d\$)?[-+ #0]*[\d.]*[a-z%]', text))
    edges = re.match(r'\s*', text).group(), re.search(r'\s*$', text).group()
    return formats, text.count('_'), text.count('{'), text.count('}'), text.endswith('…'), text.count('\n'), edges


def check_words(language, catalogue):
    for msgid, plural, translations in entries(catalogue):
        for text in translations:
            same = [outline(original) for original in (msgid, plural) if original]
            if outline(text) not in same:
                problems.append(f'po/{language}.po: “{text}” is not shaped like “{msgid}”')
            if text == msgid and len(re.findall(r'[a-z]{2,}', re.sub(r'%\S+', '', msgid))) > 2:
                problems.append(f'po/{language}.po: “{msgid}” is not translated')


def check_languages():
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder, 'runnel.pot')
        # The options of meson's preset "glib".
        run('xgettext', '--files-from=po/POTFILES', '--from-code=UTF-8', '--add-comments', '--package-name=runnel',
            '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=g_dcgettext:2',
            '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3', f'--output={template}')
        if problems:
            return
        languages = (source / 'po/LINGUAS').read_text().split()
        if languages != sorted(path.stem for path in (source / 'po').glob('*.po')):
            problems.append('po/LINGUAS does not name every .po file once, sorted')
        for language in languages:
            catalogue = source / 'po' / f'{language}.po'
            merged = Path(folder, f'{language}.po')
            run('msgfmt', '--check', '--output-file=/dev/null', str(catalogue))
            # Merging with today's template turns what is new into untranslated and what changed into fuzzy.
            run('msgmerge', '--quiet', '--no-fuzzy-matching', f'--output-file={merged}', str(catalogue), str(template))
            for kind in ('--untranslated', '--only-fuzzy'):
                missing = run('msgattrib', kind, '--no-obsolete', '--no-wrap', str(merged))
                problems.extend(f'po/{language}.po: {kind[2:]}: {text}'
                                for text in re.findall(r'^msgid (".+")$', missing, re.MULTILINE) if text != '""')
            check_words(language, catalogue)


for tool in ('xgettext', 'msgfmt', 'msgmerge', 'msgattrib'):
    if shutil.which(tool) is None:
        print(f'{tool} is not installed')
        sys.exit(77)
check_potfiles()
check_languages()
print('\n'.join(problems))
sys.exit(1 if problems else 0)
