"""The network: an encoder shared by all, a tagger of cues, and a reader of one cue's relation.

Every attribution of PolNeAR has one cue, so a relation is read from its cue: for the word where a cue
begins, a small second transformer labels every word of the window as source, cue or content *of that cue*
(question answering with the cue as the question; compare CofeNet, Wang et al., COLING 2022, which ties
the three together, and "table filling" for relations).  Nested and interleaved relations need no linking.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from tidewaiter.reading.said.tagger.decoding import LABELS, ROLES

SHAPES = 4
REACH = 127  # words to either side of the cue that are told apart by distance
NEGATIVES = 1  # words a window that begin no cue and are asked about in training all the same


class Block(nn.Module):
    """A transformer layer with the norm before (Xiong et al. 2020)."""

    def __init__(self, size: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.before_attention, self.before_inner = nn.LayerNorm(size), nn.LayerNorm(size)
        self.into, self.out = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)

    def forward(self, x: Tensor, hidden: Tensor | None) -> Tensor:
        """``x`` [rows, words, size]; ``hidden`` [rows, 1, 1, words], -inf where there is no word."""
        rows, words, size = x.shape
        mixed = self.into(self.before_attention(x)).view(rows, words, 3, self.heads, size // self.heads)
        query, key, value = mixed.permute(2, 0, 3, 1, 4).unbind(0)
        mask = hidden.to(query.dtype) if hidden is not None else None
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(rows, words, size)
        x = x + self.out(seen)
        return x + self.down(functional.gelu(self.up(self.before_inner(x))))


class Reader(nn.Module):
    """Labels the words of a window for one cue."""

    def __init__(self, encoded: int, size: int, layers: int, dropout: float) -> None:
        super().__init__()
        self.of_cue, self.of_word = nn.Linear(encoded, size), nn.Linear(encoded, size)
        self.distance = nn.Embedding(2 * REACH + 1, size)
        self.blocks = nn.ModuleList(Block(size, size // 64, 2 * size) for _ in range(layers))
        self.norm, self.label = nn.LayerNorm(size), nn.Linear(size, len(LABELS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, words: Tensor, cues: Tensor, hidden: Tensor | None) -> Tensor:
        """``words`` [rows, words, encoded] (or 1 row for all), ``cues`` [rows]: index of the cue's first
        word in each row.  Returns [rows, words, labels]."""
        rows = torch.zeros_like(cues)
        if words.shape[0] > 1:
            rows = torch.arange(cues.shape[0], device=cues.device)
        places = torch.arange(words.shape[1], device=cues.device)
        distance = (places[None, :] - cues[:, None]).clamp(-REACH, REACH) + REACH
        x = self.of_word(words) + self.of_cue(words[rows, cues])[:, None] + self.distance(distance)
        x = self.dropout(functional.gelu(x))
        for block in self.blocks:
            x = block(x, hidden)
        return self.label(self.norm(x))


class Network(nn.Module):
    """Encoder, tagger and reader.  ``ids``: the encoder's number of each word piece, where it has numbers of
    its own, shape [pieces]."""

    ids: Tensor | None

    def __init__(
        self,
        encoder: nn.Module,
        ids: Tensor | None = None,
        *,
        size: int = 256,
        layers: int = 2,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.register_buffer("ids", ids, persistent=False)
        width = encoder.config.hidden_size
        self.shape = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shape.weight)
        self.dropout = nn.Dropout(dropout)
        self.tag = nn.Linear(width, 3 * len(ROLES))  # B, I, O for each role by itself
        self.reader = Reader(width, size, layers, dropout)

    def encode(self, pieces: Tensor, shapes: Tensor, first: Tensor, seen: Tensor | None) -> Tensor:
        """[windows, words, width]: what the encoder makes of each word's first piece."""
        numbers = pieces if self.ids is None else self.ids[pieces]
        x = self.encoder.get_input_embeddings()(numbers) + self.shape(shapes)
        mask = seen if seen is not None else torch.ones_like(pieces)
        x = self.encoder(inputs_embeds=x, attention_mask=mask).last_hidden_state
        return torch.gather(x, 1, first[:, :, None].expand(-1, -1, x.shape[-1]))

    def tags(self, words: Tensor) -> Tensor:
        """[windows, words, roles, 3]: outside, begins, goes on."""
        return self.tag(self.dropout(words)).view(*words.shape[:2], len(ROLES), 3)
