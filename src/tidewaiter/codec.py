"""Frozen values to JSON and back, without loss.

One place for every stage that stores or prints values, so that a field added to the model travels
everywhere at once.  ``from_json(kind, to_json(value)) == value`` for every dataclass of the model; a key
that an older version did not write takes the field's default.  The work is done by msgspec.
"""

from __future__ import annotations

import typing
from functools import cache
from typing import Any, TypeVar

import msgspec

Value = TypeVar("Value")
Json = Any
"""What the json module reads and writes."""


def encode(value: object) -> Json:
    """``value`` as dicts, lists, strings, numbers, booleans and None.

    Raises ``TypeError`` for anything that is neither of those nor built of dataclasses, enums,
    tuples and mappings.
    """
    return msgspec.to_builtins(value, str_keys=True)


def decode(kind: type[Value], data: Json) -> Value:
    """The value of type ``kind`` that ``encode`` made ``data`` of.

    Raises ``ValueError`` where the data do not fit, as for a missing field without default.
    """
    return msgspec.convert(data, kind, str_keys=True)


def to_json(value: object) -> str:
    """``value`` as one line of JSON."""
    return _encoder().encode(value).decode()


def from_json(kind: type[Value], text: str | bytes) -> Value:
    """The value that ``to_json`` made the text of.  Raises ``ValueError`` where it does not fit."""
    decoder = _json_decoder(typing.cast(Any, kind))
    return typing.cast(Value, decoder.decode(text))


def pack(value: object) -> bytes:
    """``value`` in MessagePack: smaller than JSON and faster where it is mostly numbers."""
    return msgspec.msgpack.encode(value)


def unpack(kind: type[Value], data: bytes) -> Value:
    """The value that ``pack`` made the bytes of.  Raises ``ValueError`` where it does not fit."""
    decoder = _packed_decoder(typing.cast(Any, kind))
    return typing.cast(Value, decoder.decode(data))


@cache
def _encoder() -> msgspec.json.Encoder:
    return msgspec.json.Encoder()


@cache
def _json_decoder(kind: type[Any]) -> Any:
    return msgspec.json.Decoder(kind)


@cache
def _packed_decoder(kind: type[Any]) -> Any:
    return msgspec.msgpack.Decoder(kind)
