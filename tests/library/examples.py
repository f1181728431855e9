#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""examples.py NAME COMMAND...: an example of the library prints what its language does not change."""
import shutil
import subprocess
import sys

name, command = sys.argv[1], sys.argv[2:]

# Pattern by pattern, in order; the offline helper always says the same.
WANTED = {
    'ask': ['10 + 10 = 20\n'],
    'inner-tokens': ['The| Fuzzy| Fortress|\n'],
    'retrieval': ['sources: [{', '"source":"people"', 'kensho', '\n'],
}
UNWANTED = {'inner-tokens': ['toy', '**'], 'retrieval': ['bears', 'honey']}

if shutil.which(command[0]) is None:
    print(f'{command[0]} is not installed')
    sys.exit(77)
done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)
sys.stderr.write(done.stderr)
print(done.stdout)
place = 0
for part in WANTED[name]:
    place = done.stdout.find(part, place)
    if place < 0:
        sys.exit(f'{part!r} is missing, or in the wrong place')
for part in UNWANTED.get(name, []):
    if part in done.stdout:
        sys.exit(f'{part!r} is too much')
if done.returncode != 0 or 'CRITICAL' in done.stderr or 'Traceback' in done.stderr or 'WARNING' in done.stderr:
    sys.exit(f'exit status {done.returncode}')
