"""Generations: follow the index folder, so that a new build is served without a restart.

An index folder in, the open generation that it publishes now out. A build publishes by one rename; whoever asks next
gets the new generation, and who is still reading keeps the old one until done.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from indexer.store import Reader, StoreError, current_generation, open_index


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
