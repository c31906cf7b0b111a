"""Generations: follow the index folder, so that a new build is served without a restart.

An index folder in, the open generation that it publishes now out. A build publishes by one rename; whoever asks next
gets the new generation, and who is still reading keeps the old one until done. What pages work out of a generation is
kept here too, and goes with it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from indexer.store import Reader, StoreError, current_generation, open_index

T = TypeVar("T")


class PublishedIndex:
    """The index that a folder publishes. Safe to ask from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open the index; raises a StoreError, whose message names the command to run, where that cannot be done."""
        self._folder = folder
        self._lock = Lock()
        self._reader = open_index(folder)
        self._seen = self._reader.generation

    def reader(self) -> Reader:
        """Give the generation to read from; when a new one cannot be opened, the one before it stays."""
        published = current_generation(self._folder)
        if published is not None and published != self._seen:
            with self._lock:
                if published != self._seen:  # else somebody else opened it while this one waited
                    self._seen = self._follow() or published  # asked once, also for one that is damaged
        return self._reader

    def _follow(self) -> str | None:
        try:
            self._reader = open_index(self._folder)
        except StoreError:
            return None
        return self._reader.generation


def per_generation(make: Callable[[Reader], T]) -> Callable[[Reader], T]:
    """Work something out once for each open generation; it goes when the generation goes.

    A cache that holds the generation itself would keep its maps and files, long after it was replaced, until the page
    in question is asked for again. What `make` gives must not hold the reader, either.
    """
    known: WeakKeyDictionary[Reader, T] = WeakKeyDictionary()

    @wraps(make)
    def give(reader: Reader) -> T:
        try:
            return known[reader]
        except KeyError:
            return known.setdefault(reader, make(reader))  # two threads at once: the first answer serves both

    return give
