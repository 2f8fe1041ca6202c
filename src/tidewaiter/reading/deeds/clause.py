"""An act in its clause: a cue word, the words that say what it is about, and the transfers that the report
tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.model import ReportedTransfer, ResponseKind
from tidewaiter.reading.deeds.acts import Commitment, Cue, Party, Scene, argument_heads, phrases
from tidewaiter.reading.syntax import arguments

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

UNITED_NATIONS = "UN"
ORGANISATIONS = frozenset({"UN", "EU", "NATO"})
AGAINST = ("on", "against", "upon", "toward", "towards")
TO = ("to", "for", "against")
_ABOUT = ("over", "about", "of")
_SIDE_PHRASES = frozenset({"nsubj", "csubj", "agent", "punct", "cc", "conj", "aux", "auxpass", "advmod"})


@dataclass(frozen=True, slots=True)
class Act:
    """A cue in its clause."""

    scene: Scene
    transfers: Sequence[ReportedTransfer]
    token: Token
    cue: Cue
    commitment: Commitment

    @property
    def kind(self) -> ResponseKind:
        return ResponseKind(self.cue.value)

    def heads(self) -> list[Token]:
        """Heads of the phrases that say what the act is about."""
        if self.token.pos_ == "NOUN":
            verb = self.scene.light_verb(self.token)
            beside = arguments(verb).after(*TO, *_ABOUT) if verb is not None else []
            return [self.token, *argument_heads(self.token)[1], *beside]
        return argument_heads(self.token)[1]

    def matter(self) -> list[Token]:
        """All words that say what the act is about, clauses included."""
        found = {token.i: token for token in phrases(self.heads())}
        for child in self.token.children:
            if child.dep_ not in _SIDE_PHRASES:
                found.update((token.i, token) for token in child.subtree)
        for head in self.heads():
            if head.i != self.token.i:
                found.update((t.i, t) for t in head.subtree if t.i != self.token.i)
        found.pop(self.token.i, None)
        return [found[index] for index in sorted(found)]

    def phrase_words(self, word_class: str) -> list[Token]:
        """Words of a class among the phrases (not clauses) the act is about."""
        return [token for token in phrases(self.heads()) if self.scene.is_a(token, word_class)]


def named_at(act: Act, token: Token) -> Party | None:
    """The state or group whose mention begins with ``token``; the UN is a forum, never a side."""
    mention = act.scene.actors.get(token.i)
    if mention is None or mention.code in (None, UNITED_NATIONS) or mention.span.start != token.idx:
        return None
    return Party(mention.code or "", (mention.span,))
