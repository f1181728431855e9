#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""contrast.py SOURCE: every colour of our own that text has can be read, in light, dark and high contrast.

WCAG 2.1, 1.4.3: 4.5 to 1 for text; 1.4.11: 3 to 1 for what is drawn. The colours that libadwaita defines are taken
for what they are in version 1.2; its own classes are its own."""
import re
import sys
from pathlib import Path

source = Path(sys.argv[1])
TEXT, DRAWN = 4.5, 3.0
# What text stands on, lightest and darkest that our own tints make of it, and what it is written in.
SCHEMES = {
    'light': {'grounds': ['#ffffff', '#f2f2f2'], 'fg': (0, 0, 0, 0.8), 'accent_color': '#1c71d8', 'error_color': '#c01c28',
              'success_color': '#1b8553', 'warning_color': '#9c6e03'},
    'dark': {'grounds': ['#1e1e1e', '#292929'], 'fg': (1, 1, 1, 1), 'accent_color': '#78aeed', 'error_color': '#ff7b63',
             'success_color': '#8ff0a4', 'warning_color': '#f8e45c'},
}
problems = []


def parse(colour):
    if colour.startswith('#'):
        return tuple(int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)) + (1.0,)
    numbers = [float(number) for number in re.findall(r'[\d.]+', colour)]
    return tuple(number / 255 for number in numbers[:3]) + ((numbers[3],) if len(numbers) > 3 else (1.0,))


def over(colour, ground):
    return tuple(c * colour[3] + g * (1 - colour[3]) for c, g in zip(colour[:3], ground[:3]))


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(colour, ground):
    a, b = sorted((luminance(over(colour, ground)), luminance(ground)), reverse=True)
    return (a + 0.05) / (b + 0.05)


def check(what, scheme, colour, least):
    for ground in SCHEMES[scheme]['grounds']:
        found = ratio(colour, parse(ground)[:3])
        if found < least:
            problems.append(f'{what}: {found:.2f} to 1 on {ground} ({scheme}), {least} is needed')


def faded(colour, by):
    return colour[:3] + (colour[3] * by,)


def check_css(path):
    css = re.sub(r'/\*.*?\*/', '', path.read_text(encoding='utf-8'), flags=re.DOTALL)
    for selectors, body in re.findall(r'([^{}]+)\{([^{}]*)\}', css):
        selectors = ' '.join(selectors.split())
        colour = re.search(r'(?:^|[;\s])color:\s*([^;]+)', body)
        opacity = re.search(r'(?:^|[;\s])opacity:\s*([\d.]+)', body)
        # A rule for pictures alone draws; what is disabled, or not there at all, may be faint.
        least = DRAWN if all(re.search(r'(image|chevron|spinner|side-button > button)[^ >]*$', one) for one in selectors.split(',')) else TEXT
        if ':disabled' in selectors or (opacity and float(opacity[1]) == 0):
            continue
        for scheme, known in SCHEMES.items():
            what = f'{path.relative_to(source)}: {selectors}'
            own = None
            if colour:
                alpha = re.fullmatch(r'alpha\s*\(\s*currentColor\s*,\s*([\d.]+)\s*\)', colour[1].strip())
                named = re.fullmatch(r'@(\w+)', colour[1].strip())
                if alpha:
                    own = faded(known['fg'], float(alpha[1]))
                elif named and named[1] in known:
                    own = parse(known[named[1]])
            if opacity:
                own = faded(own or known['fg'], float(opacity[1]))
            if own:
                check(what, scheme, own, least)


def check_code(path):
    """Colours in C: pairs for light and dark."""
    pairs = re.findall(r'"(#[0-9a-f]{6}|rgba\([^)]*\))",\s*(?:[a-z]+ \? )?"(#[0-9a-f]{6}|rgba\([^)]*\))"',
                       path.read_text(encoding='utf-8'))
    for light, dark in pairs:
        for scheme, colour in (('light', light), ('dark', dark)):
            check(f'{path.relative_to(source)}: {colour}', scheme, parse(colour), TEXT)
    return len(pairs)


for sheet in sorted((source / 'src/ui').rglob('*.css')):
    check_css(sheet)
if check_code(source / 'src/ui/transcript/rnl-code-tags.c') < 9:
    problems.append('the colours of code are written otherwise than this test reads')
TAGS = (source / 'src/ui/transcript/rnl-answer-tags.c').read_text(encoding='utf-8')
for plain, strong in re.findall(r'strong \? "([^"]+)" : "([^"]+)"', TAGS):
    for one in (plain, strong):
        value = parse(one)
        check(f'rnl-answer-tags.c: {one}', 'light' if luminance(value[:3]) < 0.3 else 'dark', value, TEXT)
print('\n'.join(problems))
sys.exit(1 if problems else 0)
