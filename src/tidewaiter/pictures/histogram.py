"""How many reports there are over time, in a strip beside a slider: only its outline is looked at."""

from __future__ import annotations

from collections.abc import Iterable

import svg

from tidewaiter.pictures.canvas import number

ACROSS, TALL = 1000, 20
"""The strip's own units; it is stretched to the width that it is given."""


def draw_strip(bars: Iterable[tuple[float, float, float]]) -> str:
    """Bars, each as where it begins, how wide and how tall it is.  Not read aloud: a table has the
    numbers."""
    outline = "".join(
        f"M{number(x)} {TALL}v{number(-tall)}h{number(wide)}v{number(tall)}Z" for x, wide, tall in bars
    )
    strip = svg.SVG(
        viewBox=f"0 0 {ACROSS} {TALL}",  # type: ignore[arg-type]
        extra={"preserveAspectRatio": "none", "aria-hidden": "true", "focusable": "false"},
        elements=[svg.Path(d=outline)],  # type: ignore[arg-type]
    )
    return strip.as_str()
