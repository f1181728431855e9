#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""picture-shows-something.py FILE.png: exits with 0 when the picture has the look of a window: many colours,
and no single one covers nearly everything."""
import struct
import sys
import zlib
from collections import Counter

SIGNATURE = b'\x89PNG\r\n\x1a\n'


def chunks(data):
    at = len(SIGNATURE)
    while at < len(data):
        length, kind = struct.unpack('>I4s', data[at:at + 8])
        yield kind, data[at + 8:at + 8 + length]
        at += 12 + length


def paeth(left, up, corner):
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


def rows(width, height, size, data):
    """Undoes the line filters of an 8-bit PNG with SIZE bytes a pixel."""
    before = bytes(width * size)
    at = 0
    for _ in range(height):
        kind, line = data[at], bytearray(data[at + 1:at + 1 + width * size])
        for i in range(len(line)):
            left = line[i - size] if i >= size else 0
            corner = before[i - size] if i >= size else 0
            line[i] = (line[i] + (0, left, before[i], (left + before[i]) // 2,
                                  paeth(left, before[i], corner) if kind == 4 else 0)[kind]) & 255
        yield line
        before = line
        at += 1 + width * size


def main():
    try:
        with open(sys.argv[1], 'rb') as file:
            data = file.read()
    except OSError:
        return 1
    found = list(chunks(data))
    width, height, depth, colour = struct.unpack('>IIBB', found[0][1][:10])
    size = {2: 3, 6: 4}.get(colour)
    if depth != 8 or size is None:
        return 1
    pixels = Counter()
    for line in rows(width, height, size, zlib.decompress(b''.join(part for kind, part in found if kind == b'IDAT'))):
        pixels.update(bytes(line[i:i + 3]) for i in range(0, len(line), size))
    most = pixels.most_common(1)[0][1] / (width * height)
    print(f'{width}x{height}, {len(pixels)} colours, the most common one covers {most:.0%}')
    return 0 if len(pixels) > 60 and most < 0.97 else 1


sys.exit(main())
