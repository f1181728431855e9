#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""corpus.py pack FOLDER PACK | unpack PACK FOLDER | seeds NAME FOLDER: the inputs of a fuzzed reader.

A pack is one file for the tree: each input's length in four bytes (little end first), then the input.
An input is two bytes that say how the rest is split, and the rest. The seeds are a few answers of
each kind, short and made by hand.
"""
import hashlib
import json
import pathlib
import struct
import sys


def pack(folder, target):
    inputs = sorted({path.read_bytes() for path in pathlib.Path(folder).iterdir()}, key=lambda data: (len(data), data))
    pathlib.Path(target).write_bytes(b''.join(struct.pack('<I', len(data)) + data for data in inputs))
    print(f'{len(inputs)} inputs')


def unpack(source, folder):
    data = pathlib.Path(source).read_bytes()
    at = 0
    while at < len(data):
        (size,) = struct.unpack_from('<I', data, at)
        write(folder, data[at + 4:at + 4 + size])
        at += 4 + size


def write(folder, data):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    (pathlib.Path(folder) / hashlib.sha1(data).hexdigest()).write_bytes(data)


def sse(*frames, named=False, end=''):
    lines = []
    for frame in frames:
        if named and 'type' in frame:
            lines.append('event: ' + frame['type'] + '\n')
        lines.append('data: ' + json.dumps(frame) + '\n\n')
    return ''.join(lines) + end


def ndjson(*frames):
    return ''.join(json.dumps(frame) + '\n' for frame in frames)


def openai_chat():
    def delta(finish=None, **members):
        return {'id': 'c1', 'model': 'm', 'choices': [{'index': 0, 'delta': members, 'finish_reason': finish}]}

    def call(**members):
        return delta(tool_calls=[members])

    done = 'data: [DONE]\n\n'
    usage = {'choices': [], 'usage': {'prompt_tokens': 3, 'completion_tokens': 2, 'total_tokens': 5,
                                      'prompt_tokens_details': {'cached_tokens': 1},
                                      'completion_tokens_details': {'reasoning_tokens': 1}}}
    yield sse(delta(role='assistant', content=''), delta(content='Hé'), delta('stop'), usage, end=done)
    yield sse(delta(reasoning_content='Hm'), delta(reasoning='so'), delta(content='a'), delta('length'), end=done)
    yield sse(delta(reasoning_details=[{'type': 'reasoning.encrypted', 'data': 'ab', 'index': 0}]), delta('stop'))
    yield sse(call(index=0, id='k', type='function', function={'name': 'add', 'arguments': ''}),
              call(index=0, function={'arguments': '{"a": 1'}), call(index=0, function={'arguments': '}'}),
              call(index=1, id='l', function={'name': 'sub', 'arguments': '{}'}), delta('tool_calls'), end=done)
    yield sse(call(function={'name': 'add', 'arguments': {'a': 1}}), delta('tool_calls'))
    yield sse(delta(refusal='No'), delta('content_filter'))
    yield sse(delta(content=[{'type': 'thinking', 'thinking': [{'type': 'text', 'text': 't'}]}, {'type': 'text', 'text': 'x'}]))
    yield sse(delta(content='x', annotations=[{'type': 'url_citation', 'url_citation': {'url': 'http://a', 'title': 't'}}]))
    yield sse({'error': {'message': 'too many', 'type': 'rate_limit', 'code': 429}})
    yield json.dumps({'choices': [{'message': {'content': 'whole', 'tool_calls': [
        {'id': 'k', 'function': {'name': 'add', 'arguments': '{}'}}]}, 'finish_reason': 'stop'}], 'usage': {'prompt_tokens': 1}})


def openai_responses():
    def item(kind, number=0, **members):
        return {'type': 'response.output_item.' + kind, 'output_index': number, 'item': members}

    def part(kind, **members):
        return {'type': 'response.' + kind, 'item_id': 'i', 'output_index': 0, 'content_index': 0, 'summary_index': 0, **members}

    message = {'id': 'i', 'type': 'message', 'role': 'assistant', 'status': 'completed', 'content': [
        {'type': 'output_text', 'text': 'Hé', 'annotations': [{'type': 'url_citation', 'url': 'http://a', 'title': 't'}]}]}
    call = {'id': 'f', 'type': 'function_call', 'call_id': 'k', 'name': 'add', 'arguments': '{"a":1}', 'status': 'completed'}
    thought = {'id': 'r', 'type': 'reasoning', 'summary': [{'type': 'summary_text', 'text': 's'}], 'encrypted_content': 'ab'}
    search = {'id': 'w', 'type': 'web_search_call', 'status': 'completed', 'action': {'type': 'search', 'query': 'q'}}
    response = {'id': 'r1', 'model': 'm', 'status': 'completed', 'output': [thought, call, message],
                'usage': {'input_tokens': 3, 'output_tokens': 2, 'output_tokens_details': {'reasoning_tokens': 1}}}
    end = {'type': 'response.completed', 'response': response}
    yield sse({'type': 'response.created', 'response': {'id': 'r1', 'status': 'in_progress', 'output': []}},
              item('added', id='i', type='message', content=[]), part('output_text.delta', delta='Hé'),
              part('output_text.annotation.added', annotation={'type': 'url_citation', 'url': 'http://a'}),
              part('output_text.done', text='Hé'), item('done', **message), end, named=True)
    yield sse(item('added', **{**call, 'arguments': ''}), part('function_call_arguments.delta', delta='{"a":1}'),
              part('function_call_arguments.done', arguments='{"a":1}'), item('done', **call), end, named=True)
    yield sse(item('added', id='r', type='reasoning', summary=[]), part('reasoning_summary_part.added'),
              part('reasoning_summary_text.delta', delta='s'), part('reasoning_text.delta', delta='t'), item('done', **thought), named=True)
    yield sse(item('added', **search), item('done', **search), part('refusal.delta', delta='No'), named=True)
    yield sse({'type': 'response.incomplete', 'response': {'status': 'incomplete', 'incomplete_details': {'reason': 'max_output_tokens'}}})
    yield sse({'type': 'response.failed', 'response': {'status': 'failed', 'error': {'code': 'server_error', 'message': 'm'}}})
    yield sse({'type': 'error', 'code': 'rate_limit_exceeded', 'message': 'm'}, named=True)
    yield json.dumps(response)


def anthropic():
    def start(number, **members):
        return {'type': 'content_block_start', 'index': number, 'content_block': members}

    def delta(number, **members):
        return {'type': 'content_block_delta', 'index': number, 'delta': members}

    def stop(number):
        return {'type': 'content_block_stop', 'index': number}

    begin = {'type': 'message_start', 'message': {'id': 'm1', 'model': 'm', 'usage': {'input_tokens': 3, 'cache_read_input_tokens': 1}}}

    def end(reason):
        return {'type': 'message_delta', 'delta': {'stop_reason': reason}, 'usage': {'output_tokens': 2}}, {'type': 'message_stop'}

    yield sse(begin, start(0, type='text', text=''), {'type': 'ping'}, delta(0, type='text_delta', text='Hé'), stop(0), *end('end_turn'), named=True)
    yield sse(begin, start(0, type='thinking', thinking='', signature=''), delta(0, type='thinking_delta', thinking='t'),
              delta(0, type='signature_delta', signature='ab'), stop(0), start(1, type='redacted_thinking', data='ab'), stop(1), *end('max_tokens'), named=True)
    yield sse(begin, start(0, type='tool_use', id='k', name='add', input={}), delta(0, type='input_json_delta', partial_json='{"a":'),
              delta(0, type='input_json_delta', partial_json='1}'), stop(0), start(1, type='tool_use', id='l', name='now', input={}), stop(1), *end('tool_use'), named=True)
    yield sse(begin, start(0, type='server_tool_use', id='s', name='web_search', input={}), delta(0, type='input_json_delta', partial_json='{}'), stop(0),
              start(1, type='web_search_tool_result', tool_use_id='s', content=[{'type': 'web_search_result', 'url': 'http://a', 'title': 't'}]), stop(1),
              start(2, type='text', text='', citations=[]), delta(2, type='citations_delta', citation={'type': 'web_search_result_location', 'url': 'http://a'}),
              delta(2, type='text_delta', text='x'), stop(2), *end('pause_turn'), named=True)
    yield sse(begin, {'type': 'error', 'error': {'type': 'overloaded_error', 'message': 'm'}}, named=True)
    yield json.dumps({'id': 'm1', 'type': 'message', 'content': [{'type': 'text', 'text': 'x'}, {'type': 'tool_use', 'id': 'k', 'name': 'add', 'input': {'a': 1}}],
                      'stop_reason': 'refusal', 'usage': {'input_tokens': 1, 'output_tokens': 1}})


def gemini():
    def parts(*items, **members):
        return {'candidates': [{'content': {'role': 'model', 'parts': list(items)}, **members}], 'responseId': 'r', 'modelVersion': 'm'}

    usage = {'usageMetadata': {'promptTokenCount': 3, 'candidatesTokenCount': 2, 'thoughtsTokenCount': 1, 'cachedContentTokenCount': 1}}
    yield sse(parts({'text': 'Hé'}), {**parts({'text': '!'}, finishReason='STOP'), **usage})
    yield sse(parts({'text': 't', 'thought': True}), parts({'text': '', 'thoughtSignature': 'ab'}), parts(finishReason='MAX_TOKENS'))
    yield sse(parts({'functionCall': {'name': 'add', 'args': {'a': 1}}, 'thoughtSignature': 'ab'}, {'functionCall': {'id': 'k', 'name': 'now'}}))
    yield sse(parts({'executableCode': {'language': 'PYTHON', 'code': '1'}}, {'codeExecutionResult': {'outcome': 'OUTCOME_OK', 'output': '1'}}))
    yield sse(parts({'inlineData': {'mimeType': 'image/png', 'data': 'aGk='}}, finishReason='SAFETY'))
    yield sse(parts({'text': 'x'}, groundingMetadata={'groundingChunks': [{'web': {'uri': 'http://a', 'title': 't'}}],
                                                        'groundingSupports': [{'segment': {'endIndex': 1}, 'groundingChunkIndices': [0]}]}))
    yield sse({'promptFeedback': {'blockReason': 'SAFETY'}})
    yield json.dumps([parts({'text': 'a'}), parts({'text': 'b'})])
    yield json.dumps({'error': {'code': 429, 'status': 'RESOURCE_EXHAUSTED', 'message': 'm'}})


def ollama():
    def said(done=False, **members):
        return {'model': 'm', 'message': {'role': 'assistant', **members}, 'done': done}

    end = {**said(True, content=''), 'done_reason': 'stop', 'prompt_eval_count': 3, 'eval_count': 2}
    yield ndjson(said(content='Hé'), end)
    yield ndjson(said(content='', thinking='t'), said(content='x'), {**end, 'done_reason': 'length'})
    yield ndjson(said(content='', tool_calls=[{'id': 'k', 'function': {'name': 'add', 'arguments': {'a': 1}}},
                                              {'function': {'index': 1, 'name': 'now', 'arguments': {}}}]), end)
    yield ndjson(said(content='x'), {'error': 'out of memory'})
    yield json.dumps(end)


def frames():
    yield 'event: a\ndata: 1\ndata: 2\nid: 7\nretry: 10\n\n: note\ndata:x\r\n\r\ndata\r\rdata: [DONE]\n\n'
    yield '\ufeffdata: é\n\nevent: b\n\nstray\n{"error": "x"}'


def markdown():
    yield '# Head\n\nSome **bold** *slanted* `code` ~~gone~~ text.\n\nA\n===\n***\n'
    yield '- a\n  - [x] b\n\n    c\n1. d\n   ```c\n   int x;\n   ```\n2) e\n'
    yield '> q\n>> r\n> - s\n>\n> ~~~\n> t\n\n    code\n\n\tcode\n'
    yield '| a | b |\n|:-:|--:|\n| `c \\| d` | **e** |\n| f |\n\ng | h\n---|---\n'
    yield '[a](https://a.org "t") ![b](<c d>) [e][f] [f] <https://g.org> www.h.org i@j.org\n\n[f]: /k \'l\'\n'
    yield 'm[^1] n[^o]\n\n[^1]: p\n\n    q\n[^o]: r\n'
    yield '$a$ \\(b\\) $$c$$ $5 and $10\n\n$$\nd\n$$\n\\[\ne\n\\]\n```math\nf\n```\n'
    yield '<div>\n*g*\n\n<b x="y">h</b> <!-- i -->\n<script>\n\n</script>\n&amp;&#65;&nope;\\*\\\nj  \nk\r\nl\xe9'


SEEDS = {
    'fuzz-anthropic': anthropic, 'fuzz-gemini': gemini, 'fuzz-markdown': markdown, 'fuzz-ndjson': ollama, 'fuzz-ollama': ollama,
    'fuzz-openai-chat': openai_chat, 'fuzz-openai-responses': openai_responses, 'fuzz-sse': frames,
}


def seeds(name, folder):
    for number, text in enumerate(SEEDS[name]()):
        write(folder, bytes([number, 3]) + text.encode())


if __name__ == '__main__':
    {'pack': pack, 'unpack': unpack, 'seeds': seeds}[sys.argv[1]](*sys.argv[2:])
