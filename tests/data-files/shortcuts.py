#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""shortcuts.py SOURCE: the shortcuts window is true: it shows every key the program sets, and no action without one."""
import re
import sys
from html import unescape
from pathlib import Path

source = Path(sys.argv[1])
application = (source / 'src/ui/application/rnl-application.c').read_text(encoding='utf-8')
overlay = (source / 'src/ui/gtk/help-overlay.ui').read_text(encoding='utf-8')

keys = {action: re.findall(r'"([^"]+)"', accels)
        for action, accels in re.findall(r'\{ "((?:win|app|window)\.[\w-]+)", \{ ([^}]+) \} \}', application)}
shown = set(re.findall(r'name="action-name">([^<]+)<', overlay))
spelled = {frozenset(re.findall(r'<\w+>|\w+$', key))
           for line in re.findall(r'name="accelerator">([^<]+)<', overlay) for key in unescape(line).split()}

problems = [f'{action} has no key' for action in sorted(shown - keys.keys())]
problems += [f'{action} ({" ".join(accels)}) is not shown' for action, accels in sorted(keys.items())
             if action not in shown and not all(frozenset(re.findall(r'<\w+>|\w+$', key)) in spelled for key in accels)]
every = [key for accels in keys.values() for key in accels]
problems += [f'{key} is set twice' for key in sorted({key for key in every if every.count(key) > 1})]
if len(keys) < 10:
    problems.append('the keys are set otherwise than this test reads')
print('\n'.join(problems))
sys.exit(1 if problems else 0)
