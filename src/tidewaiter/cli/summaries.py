"""What a command did, said at its end: what was taken in, read, left as it was, left out, withdrawn and
what failed, with reasons and paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.cli.screen import Screen, plural

if TYPE_CHECKING:
    from tidewaiter.pipeline import Added, Built


def say_added(added: Added, screen: Screen) -> None:
    """What ``add`` did."""
    screen.say(f"Taken in: {len(added.new):,} new, {len(added.known):,} known already{_failed(added)}.")
    screen.listed("Left out", [f"{one.source}: {one.reason}" for one in added.left_out])
    screen.failures(added.failed, "Not taken in")


def say_built(built: Built, screen: Screen) -> None:
    """What ``build`` did."""
    gone = f"; {built.removed:,} withdrawn" if built.removed else ""
    screen.say(
        f"Read: {plural(len(built.read), 'report')}; {len(built.skipped):,} unchanged{gone}{_failed(built)}."
    )
    screen.failures(built.failed)
    if built.read:
        say_how(screen)
    if built.orphaned:
        from tidewaiter.cli.judging import say_orphaned

        say_orphaned(built.orphaned, screen)


def say_how(screen: Screen) -> None:
    """That reports were read without the tagger, where they were."""
    from tidewaiter.pipeline import lacks_tagger

    if lacks_tagger():
        screen.say("Who said what was found by rules alone: the attribution weights are not installed.")
        screen.say("  They find a third more. To install them: pip install ./models/attribution")


def _failed(done: Added | Built) -> str:
    return f"; {len(done.failed):,} failed" if done.failed else ""
