"""Segments: which documents' entries lie in which part of an index, and which parts a build should join.

An index is written in segments so that what a build writes grows with what changed. A segment holds whole documents; a
document that changed or went is marked as deleted in its segment and, if it changed, written anew in another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engine.postings import Mask

# The folders of an index: Whoosh's own, and the read view, with a folder per segment.
WHOOSH = "whoosh"
COLUMNS = "columns"
# A new segment takes in each one that is smaller than so many times its own size: the sizes of segments then grow
# like powers, there are few of them, and an entry is rewritten a few times in all.
_GROWTH = 2
# A segment with a smaller share of live entries is rewritten.
_MOSTLY_LIVE = 0.5


@dataclass(frozen=True, slots=True)
class DocumentRange:
    """The entries of one document in a segment: `count` of them from number `first` on; not `live`: deleted."""

    file: str
    first: int
    count: int
    live: bool = True


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of an index: the name of its folder, and what it holds. Whoosh has it as `pieces` segments of its own."""

    name: str
    pieces: int
    entries: int
    documents: tuple[DocumentRange, ...]

    @property
    def live_entries(self) -> int:
        """The number of entries that are not deleted."""
        return sum(each.count for each in self.documents if each.live)


def live_mask(segment: Segment) -> Mask | None:
    """Tell of each entry of a segment whether it is live; None where all are."""
    if segment.live_entries == segment.entries:
        return None
    mask = np.zeros(segment.entries, dtype=np.bool_)
    for each in segment.documents:
        mask[each.first : each.first + each.count] = each.live
    return mask


def choose_joined(segments: Sequence[Segment], added: int) -> list[Segment]:
    """Choose the segments that a new one of `added` entries should take in; those without a live entry are not named."""
    joined = [each for each in segments if 0 < each.live_entries < each.entries * _MOSTLY_LIVE]
    total = added + sum(each.live_entries for each in joined)
    for segment in sorted(segments, key=lambda each: each.live_entries):
        if segment in joined or not segment.live_entries:
            continue
        if segment.live_entries >= _GROWTH * total:
            break
        joined.append(segment)
        total += segment.live_entries
    return [each for each in segments if each in joined]
