#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole road of a token, beside the shortest one.

`road.py BENCH_AGENT BENCH_PROTOCOLS BUILD_DIR` asks one loopback server in turn by bench-agent (socket, parser, run,
event, agent, observers) and by a program that only reads the stream with libsoup and copies the
text. Both count the CPU time of their process. Then the same for each protocol, from the socket to
the message. Prints medians and ratios; exits with 1 when one is above its bound, with 77 where the yardstick (a folder `bench` in $RNL_TEST_SHARED, with `replay` and
`pipeline`) is not there.
"""
import json
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

import yardstick

TOKENS = 200000
SHORT_TOKENS = 20
ROUNDS = 5
PAIRS = 7
MAX_RATIO = 3
MAX_PROTOCOL_RATIO = 2
MAX_FIRST_RATIO = 1.5
MAX_EXPONENT = 1.03
MAX_PEAK_MB = 20


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for(port):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(('127.0.0.1', port)) == 0:
                return
        time.sleep(0.02)
    sys.exit('the server did not start')


def last_line(command):
    return yardstick.run(*command)[-1]


def measure(agent, reader, port):
    address = f'http://127.0.0.1:{port}/v1'
    agents, readers = [], []
    for _ in range(ROUNDS):
        got = last_line([agent, '--from', address, 'replay:kind=text,tokens=%u', str(TOKENS)])
        agents.append(got['cpu_us_per_token'])
        got = last_line([reader, 'souppoll', 'scan', str(TOKENS), 'text', '', str(port)])
        assert got['deltas'] == TOKENS, got
        readers.append(got['cpu_us_tok'])
    return statistics.median(agents), statistics.median(readers)


def measure_protocols(protocols, reader):
    """Each protocol's line, with its ratios to the reader; both ask servers of the same kind, in turn.

    Each of our answers stands between two of the reader's, and the ratio is the median of these: a
    machine changes its speed from second to second."""
    def read(tokens, key):
        return last_line([reader, 'souppoll', 'scan', str(tokens), 'text', '', port])[key]

    fine = True
    with subprocess.Popen([protocols, '--serve'], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        port = server.stdout.readline().decode().strip()
        for name in ('openai-chat', 'openai-responses', 'anthropic', 'gemini', 'ollama'):
            got = last_line([protocols, str(TOKENS), name])
            floors = [read(TOKENS, 'cpu_us_tok')]
            ratios, first_ratios = [], []
            for _ in range(PAIRS):
                ours = last_line([protocols, str(TOKENS), name, '1'])
                floors.append(read(TOKENS, 'cpu_us_tok'))
                ratios.append(2 * ours['cpu_us_per_token'] / (floors[-2] + floors[-1]))
                first_ratios.append(ours['first_text_us'] / read(SHORT_TOKENS, 'ttft_us'))
            got['ratio'] = round(statistics.median(ratios), 2)
            got['ratios'] = [round(min(ratios), 2), round(max(ratios), 2)]
            got['first_ratio'] = round(statistics.median(first_ratios), 2)
            got['reader_us_per_token'] = min(floors)
            print(json.dumps(got), flush=True)
            fine = (fine and got['ratio'] <= MAX_PROTOCOL_RATIO and got['first_ratio'] <= MAX_FIRST_RATIO
                    and got['exponent'] <= MAX_EXPONENT and got['peak_rss_mb'] <= MAX_PEAK_MB)
        server.stdin.close()
    return fine


def main():
    agent, protocols, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    bench = yardstick.FOLDER
    if not (bench / 'replay').is_dir() or not (bench / 'pipeline').is_dir():
        print(f'skipped: {bench} is not there')
        sys.exit(77)
    yardstick.build(bench / 'replay' / 'replay-server.c', folder / 'replay-server')
    yardstick.build(bench / 'pipeline' / 'c-reader.c', folder / 'c-reader', ['libsoup-3.0', 'json-glib-1.0'])

    port = free_port()
    with subprocess.Popen([folder / 'replay-server', '-p', str(port)]) as server:
        try:
            wait_for(port)
            ours, floor = measure(agent, folder / 'c-reader', port)
        finally:
            server.terminate()
    ratio = ours / floor
    print(json.dumps({'bench': 'road', 'tokens': TOKENS, 'agent_us_per_token': round(ours, 3),
                      'reader_us_per_token': round(floor, 3), 'ratio': round(ratio, 2)}))
    fine = measure_protocols(protocols, folder / 'c-reader')
    sys.exit(ratio > MAX_RATIO or not fine)


main()
