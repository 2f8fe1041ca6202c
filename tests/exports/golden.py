"""Comparing an export with the file that is kept of it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, found: Any) -> None:
    """``found`` is what the golden file holds; ``TIDEWAITER_REGENERATE=1`` writes it anew."""
    path, text = FOLDER / name, json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("TIDEWAITER_REGENERATE") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "TIDEWAITER_REGENERATE=1 writes the file anew"
