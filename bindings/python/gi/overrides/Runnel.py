# SPDX-License-Identifier: LGPL-2.1-or-later
"""What Python needs beyond the typelib: the text of an exception reaches the library.

PyGObject prints an exception that a callback raises and gives the caller nothing, unless it is a
GLib.Error. A tool or a transform that fails should say why, to the model and to the person: so their
functions are wrapped, and anything they raise becomes an error that the library can read. It is
still printed, for whoever writes the program.
"""
import functools
import traceback

from gi.repository import GLib
from ..module import get_introspection_module
from ..overrides import override

Runnel = get_introspection_module('Runnel')
__all__ = []


def _telling(function, quark, code):
    @functools.wraps(function)
    def tell(*arguments):
        try:
            return function(*arguments)
        except GLib.Error:
            raise
        except Exception as error:
            traceback.print_exc()
            text = f'{type(error).__name__}: {error}' if str(error) else type(error).__name__
            raise GLib.Error.new_literal(quark, text, int(code)) from error
    return tell


def _tool_function(function):
    return _telling(function, Runnel.ToolError.quark(), Runnel.ToolError.FAILED)


def _transform_function(function):
    return _telling(function, Runnel.PipelineError.quark(), Runnel.PipelineError.FAILED)


class FunctionTool(Runnel.FunctionTool):
    @staticmethod
    def new(name, description, parameters, permission, callback, *user_data):
        return Runnel.FunctionTool.new(
            name, description, parameters, permission, _tool_function(callback), *user_data)

    @staticmethod
    def new_blocking(name, description, parameters, permission, callback, *user_data):
        return Runnel.FunctionTool.new_blocking(
            name, description, parameters, permission, _tool_function(callback), *user_data)


FunctionTool = override(FunctionTool)
__all__.append('FunctionTool')


class FunctionTransform(Runnel.FunctionTransform):
    @staticmethod
    def new(function, *user_data):
        return Runnel.FunctionTransform.new(_transform_function(function), *user_data)


FunctionTransform = override(FunctionTransform)
__all__.append('FunctionTransform')


class StreamTransform(Runnel.StreamTransform):
    @staticmethod
    def new(function, *user_data):
        return Runnel.StreamTransform.new(_transform_function(function), *user_data)


StreamTransform = override(StreamTransform)
__all__.append('StreamTransform')
