"""How far a long piece of work has come and how long it may still take, in words."""

from __future__ import annotations

from tidewaiter.pipeline.steps import Step

SHORTEST_ESTIMATE = 3.0
"""Seconds of a stage before its rate is thought to tell anything."""


def plain_line(step: Step, since_start: int, seconds: float) -> str:
    """Where the work stands.

    ``since_start``: how many were done in the ``seconds`` since the stage began; the estimate of the
    time left is their rate over what is left.
    """
    if step.total <= 1:
        return f"{step.stage}: {duration(seconds)} so far"
    line = f"{step.stage}: {step.done:,} of {step.total:,} in {duration(seconds)}"
    left = time_left(step, since_start, seconds)
    return (
        line if left is None else f"{line}, {since_start / seconds:.1f} a second, about {duration(left)} left"
    )


def time_left(step: Step, since_start: int, seconds: float) -> float | None:
    """Seconds that a stage may still take, at the rate at which it went so far; None where that tells
    nothing yet."""
    if since_start <= 0 or seconds < SHORTEST_ESTIMATE:
        return None
    return (step.total - step.done) * seconds / since_start


def duration(seconds: float) -> str:
    """``8 s``, ``2 min 5 s``, ``1 h 40 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
