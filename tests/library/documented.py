#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""documented.py GIR: every public symbol has a comment that says what it is, and what it takes and gives.

Types, functions, signals, properties, constants, members of enums and fields need a text; so do parameters and
return values of functions, besides the instance and what every asynchronous call has.
"""
import sys
import xml.etree.ElementTree as ElementTree

CORE = '{http://www.gtk.org/introspection/core/1.0}'
GLIB = '{http://www.gtk.org/introspection/glib/1.0}'
C = '{http://www.gtk.org/introspection/c/1.0}'

TYPES = {'class', 'interface', 'record', 'enumeration', 'bitfield', 'alias', 'union'}
CALLABLES = {'function', 'method', 'constructor', 'callback', 'virtual-method', 'signal'}
LEAVES = {'property', 'constant', 'member', 'field'}
# Their names say all there is to say.
KNOWN = {'self', 'cancellable', 'callback', 'user_data', 'result', 'error', 'data', 'destroy'}


def short(tag):
    return tag.replace(CORE, '').replace(GLIB, '')


def has_doc(element):
    doc = element.find(CORE + 'doc')
    return doc is not None and (doc.text or '').strip() != ''


def says_something(element):
    """A function that only gives or sets something is told by what that is, an enumeration by its members."""
    back = element.find(CORE + 'return-value')
    parameters = element.findall(f'{CORE}parameters/{CORE}parameter')
    members = element.findall(CORE + 'member')
    return (has_doc(element) or members and all(has_doc(member) for member in members) or back is not None and has_doc(back)
            or any(has_doc(parameter) for parameter in parameters if parameter.get('name') not in KNOWN))


def is_private(element):
    name = element.get('name', '')
    return (element.get('private') == '1' or element.get('readable') == '0' or element.get(GLIB + 'is-gtype-struct-for')
            or element.get('disguised') == '1' and not element.get(GLIB + 'type-name')
            or name in ('parent_instance', 'parent_class', 'parent_iface') or name.endswith('_get_type'))


def title(element, path):
    return element.get(C + 'identifier') or '.'.join([*path, element.get('name', '?')])


def callable_problems(element, name):
    for parameter in element.findall(f'{CORE}parameters/{CORE}parameter'):
        if parameter.get('name') not in KNOWN and not has_doc(parameter):
            yield f'{name}: parameter {parameter.get("name")} has no text'
    back = element.find(CORE + 'return-value')
    if back is not None and not has_doc(back):
        kind = back.find(CORE + 'type')
        if kind is None or kind.get('name') != 'none':
            yield f'{name}: its return value has no text'


def class_structs(namespace):
    """The types whose class struct has a comment: their virtual methods are told there."""
    for record in namespace.findall(CORE + 'record'):
        if record.get(GLIB + 'is-gtype-struct-for') and has_doc(record):
            yield record.get(GLIB + 'is-gtype-struct-for')


def walk(element, path=()):
    for child in element:
        kind, name = short(child.tag), title(child, path)
        if kind not in TYPES | CALLABLES | LEAVES or is_private(child):
            continue
        # A virtual method is told with the method that calls it, or in the struct of its class.
        invoked = (kind == 'virtual-method' and (child.get('invoker') or path[-1] in told)
                   or kind == 'field' and child.find(CORE + 'callback') is not None)
        if not invoked and not says_something(child) and child.get('moved-to') is None:
            yield f'{name}: {kind} without a comment'
        if kind in CALLABLES and not invoked and says_something(child) and child.get('moved-to') is None:
            yield from callable_problems(child, name)
        yield from walk(child, (*path, child.get('name', '?')))


space = ElementTree.parse(sys.argv[1]).getroot().find(CORE + 'namespace')
told = set(class_structs(space))
problems = sorted(set(walk(space)))
print('\n'.join(problems))
sys.exit(1 if problems else 0)
