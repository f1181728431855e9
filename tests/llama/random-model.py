#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""random-model.py FILE: writes a small language model with random weights, for tests of a real server.

The file is GGUF version 3: a header, typed key-value pairs, a table of tensors, and their data at a multiple
of 32 bytes. The model is of the architecture "llama", a few hundred kilobytes large, always the same for the
same seed. What it says are random words; a server with a grammar makes tool calls of them all the same.

One number of each token is not random, or no test could end: the first dimension of every embedding is large
and the same, so that the first column of the output matrix is what other models call a bias. It keeps raw bytes
(which would not be UTF-8) out of the text, lets an answer and a string in it end by themselves after some words,
and makes the mark that begins a tool call likely, since a grammar lets text stand before it.
"""
import random
import struct
import sys
from array import array

EMBEDDING = 64
BLOCKS = 2
HEADS = 4
FEED_FORWARD = 128
CONTEXT = 8192
ALIGNMENT = 32
SEED = 20

# The types of values, of tensors and of tokens, as the format numbers them.
UINT32, INT32, FLOAT32, STRING, ARRAY = 4, 5, 6, 8, 9
F32 = 0
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, BYTE = 1, 2, 3, 4, 6

# Before the softmax. After the norm the first dimension is about 7.
NEVER = -6.0
OFTEN = 1.7

WORDS = """a an and are as at be but by can do far for from good green had has have he her his how if in is it
its like long made many more most my new no not now of old on one or out over river runs sea see she small so
some stone than that the their them then there they this time to tree two under up was water way we well were
what when where which who why will wind with word world would you your""".split()

# Tools are offered and called in the way of the Hermes models, which is what most small models know.
TEMPLATE = """{%- if tools %}
<|im_start|>system
You may call functions: <tools>
{%- for tool in tools %}
{{ tool | tojson }}
{%- endfor %}
</tools>
For each call return a JSON object within <tool_call></tool_call>:
<tool_call>{"name": <function-name>, "arguments": <args-json-object>}</tool_call><|im_end|>
{%- endif %}
{%- for message in messages %}
<|im_start|>{{ message.role }}
{%- if message.role == 'tool' %}
<tool_response>
{{ message.content }}
</tool_response>
{%- else %}
{{ message.content or '' }}
{%- for call in message.tool_calls or [] %}
<tool_call>{"name": "{{ call.function.name }}", "arguments": {{ call.function.arguments | tojson }}}</tool_call>
{%- endfor %}
{%- endif %}
<|im_end|>
{%- endfor %}
{%- if add_generation_prompt %}
<|im_start|>assistant
{% endif %}"""


def vocabulary():
    """Pairs of (token, type): the format wants all 256 bytes, so that any prompt can be read."""
    tokens = [('<unk>', UNKNOWN), ('<s>', CONTROL), ('</s>', CONTROL)]
    tokens += [('<tool_call>', USER_DEFINED), ('</tool_call>', USER_DEFINED)]
    tokens += [(f'<0x{byte:02X}>', BYTE) for byte in range(256)]
    tokens += [(chr(code), NORMAL) for code in range(33, 127)] + [('\u2581', NORMAL)]
    tokens += [('\u2581' + word, NORMAL) for word in WORDS]
    return tokens


def string(text):
    data = text.encode()
    return struct.pack('<Q', len(data)) + data


def pair(key, kind, value):
    packed = string(value) if kind == STRING else struct.pack({UINT32: '<I', FLOAT32: '<f'}[kind], value)
    return string(key) + struct.pack('<I', kind) + packed


def list_pair(key, kind, values):
    body = b''.join(string(v) if kind == STRING else struct.pack({INT32: '<i', FLOAT32: '<f'}[kind], v) for v in values)
    return string(key) + struct.pack('<IIQ', ARRAY, kind, len(values)) + body


def metadata(tokens):
    return [
        pair('general.architecture', STRING, 'llama'),
        pair('general.name', STRING, 'Random words'),
        pair('general.alignment', UINT32, ALIGNMENT),
        pair('llama.context_length', UINT32, CONTEXT),
        pair('llama.embedding_length', UINT32, EMBEDDING),
        pair('llama.block_count', UINT32, BLOCKS),
        pair('llama.feed_forward_length', UINT32, FEED_FORWARD),
        pair('llama.attention.head_count', UINT32, HEADS),
        pair('llama.attention.head_count_kv', UINT32, HEADS),
        pair('llama.attention.layer_norm_rms_epsilon', FLOAT32, 1e-5),
        pair('llama.rope.dimension_count', UINT32, EMBEDDING // HEADS),
        pair('llama.vocab_size', UINT32, len(tokens)),
        pair('tokenizer.ggml.model', STRING, 'llama'),
        list_pair('tokenizer.ggml.tokens', STRING, [token for token, _ in tokens]),
        list_pair('tokenizer.ggml.scores', FLOAT32, [-float(i) for i in range(len(tokens))]),
        list_pair('tokenizer.ggml.token_type', INT32, [kind for _, kind in tokens]),
        pair('tokenizer.ggml.unknown_token_id', UINT32, 0),
        pair('tokenizer.ggml.bos_token_id', UINT32, 1),
        pair('tokenizer.ggml.eos_token_id', UINT32, 2),
        pair('tokenizer.chat_template', STRING, TEMPLATE),
    ]


def noise(count, scale):
    return [random.gauss(0, scale) for _ in range(count)]


def bias(token, kind):
    wishes = {'</s>': OFTEN, '<tool_call>': OFTEN, '"': OFTEN, '</tool_call>': NEVER, '<s>': NEVER}
    return NEVER if kind in (BYTE, UNKNOWN) else wishes.get(token, 0.0)


def matrices(tokens):
    """Triples of (name, dimensions, values); the first dimension is the one that lies together in memory."""
    embeddings, output = [], []
    for token, kind in tokens:
        embeddings += [4.0] + noise(EMBEDDING - 1, 0.25)
        output += [bias(token, kind) / 7] + noise(EMBEDDING - 1, 0.25)
    yield 'token_embd.weight', (EMBEDDING, len(tokens)), embeddings
    yield 'output_norm.weight', (EMBEDDING,), [1.0] * EMBEDDING
    yield 'output.weight', (EMBEDDING, len(tokens)), output
    for block in range(BLOCKS):
        name = f'blk.{block}.'
        for norm in ('attn_norm', 'ffn_norm'):
            yield f'{name}{norm}.weight', (EMBEDDING,), [1.0] * EMBEDDING
        for attention in ('attn_q', 'attn_k', 'attn_v', 'attn_output'):
            yield f'{name}{attention}.weight', (EMBEDDING, EMBEDDING), noise(EMBEDDING ** 2, 0.02)
        for up in ('ffn_gate', 'ffn_up'):
            yield f'{name}{up}.weight', (EMBEDDING, FEED_FORWARD), noise(EMBEDDING * FEED_FORWARD, 0.02)
        yield f'{name}ffn_down.weight', (FEED_FORWARD, EMBEDDING), noise(EMBEDDING * FEED_FORWARD, 0.02)


def padding(length):
    return b'\0' * (-length % ALIGNMENT)


def write(path):
    random.seed(SEED)
    tokens = vocabulary()
    pairs = metadata(tokens)
    table, data = b'', b''
    count = 0
    for name, dimensions, values in matrices(tokens):
        table += string(name) + struct.pack('<I', len(dimensions))
        table += struct.pack(f'<{len(dimensions)}Q', *dimensions) + struct.pack('<IQ', F32, len(data))
        floats = array('f', values)
        if sys.byteorder == 'big':
            floats.byteswap()
        data += floats.tobytes()
        data += padding(len(data))
        count += 1
    head = struct.pack('<4sIQQ', b'GGUF', 3, count, len(pairs)) + b''.join(pairs) + table
    with open(path, 'wb') as file:
        file.write(head + padding(len(head)) + data)


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit('usage: random-model.py FILE')
    write(sys.argv[1])
