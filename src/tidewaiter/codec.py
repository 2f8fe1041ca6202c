"""Frozen values of ``model`` to JSON and back, without loss.

One pair of functions for every stage that stores or prints values, so that a field added to the
model travels everywhere at once.  ``decode(cls, encode(value)) == value`` for every dataclass of the
model; a key that an older version did not write takes the field's default.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar

Value = TypeVar("Value")
Json = Any
"""What the json module reads and writes."""


def encode(value: object) -> Json:
    """``value`` as dicts, lists, strings, numbers, booleans and None.

    Raises ``TypeError`` for anything that is neither of those nor built of dataclasses, enums,
    tuples and mappings.
    """
    if value is None or isinstance(value, str | int | float | bool):
        return value.value if isinstance(value, Enum) else value
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: encode(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [encode(one) for one in value]
    if isinstance(value, Mapping):
        return {str(encode(key)): encode(value[key]) for key in value}
    raise TypeError(f"cannot write {type(value).__name__} as JSON")


def decode(kind: type[Value], data: Json) -> Value:
    """The value of type ``kind`` that ``encode`` made ``data`` of.

    Raises ``TypeError`` for types that the model does not use, ``KeyError`` for a missing field
    without default.
    """
    return typing.cast(Value, _decode(kind, data))


def _decode(kind: Any, data: Json) -> Any:
    if data is None or kind is Any:
        return data
    if isinstance(kind, type) and not typing.get_origin(kind):
        return _decode_class(kind, data)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (one for one in arguments if one is not types.NoneType)
        return _decode(inner, data)
    if origin is tuple:
        return _decode_tuple(arguments, data)
    if origin is not None and issubclass(origin, Mapping):
        return {_decode(arguments[0], key): _decode(arguments[1], one) for key, one in data.items()}
    raise TypeError(f"cannot read {kind} from JSON")


def _decode_class(kind: type, data: Json) -> Any:
    if is_dataclass(kind):
        return kind(**{one.name: _decode_field(kind, one, data) for one in fields(kind)})
    if issubclass(kind, tuple):  # a NamedTuple
        hints = _hints(kind)
        return kind(*(_decode(hint, one) for hint, one in zip(hints.values(), data, strict=True)))
    plain: Any = kind  # an enum, str, int, float, bool
    return plain(data)


def _decode_field(kind: type, one: Field[Any], data: Json) -> Any:
    if one.name in data:
        return _decode(_hints(kind)[one.name], data[one.name])
    if one.default is not MISSING:
        return one.default
    if one.default_factory is not MISSING:
        return one.default_factory()
    raise KeyError(one.name)


def _decode_tuple(arguments: tuple[Any, ...], data: Json) -> tuple[Any, ...]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_decode(arguments[0], one) for one in data)
    return tuple(_decode(hint, one) for hint, one in zip(arguments, data, strict=True))


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)
