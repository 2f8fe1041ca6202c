"""Entities given to the FollowTheMoney library, which cleans and checks them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tidewaiter.errors import ModelError
from tidewaiter.exports.ftm import Entity

INSTALL = (
    "In the project's folder: make ftm. Elsewhere: pip install 'followthemoney>=4.11,<5'. "
    "It builds PyICU; on Debian first: apt-get install g++ pkg-config libicu-dev"
)
"""The library builds PyICU, for which PyPI has no ready-made package."""


def ftm_lines(entities: Iterable[Entity]) -> Iterator[str]:
    """One entity a line, as the library's own commands read them (``ftm validate``).

    Raises ``ModelError`` where the library, or the ICU that it needs, is not installed.
    """
    try:
        from followthemoney import model
    except ImportError as error:
        raise ModelError(
            f"the format ftm needs the library followthemoney ({error})", todo=INSTALL
        ) from error
    for one in entities:
        yield json.dumps(_proxy(model, one).to_dict(), ensure_ascii=False, sort_keys=True) + "\n"


def _proxy(model: Any, one: Entity) -> Any:
    """The entity with the values that the library takes; it raises for a property that the schema has not."""
    proxy = model.make_entity(one.schema)
    proxy.id = one.id
    for name, values in one.values.items():
        proxy.add(name, list(values))
    proxy.schema.validate(proxy.to_dict())
    return proxy
