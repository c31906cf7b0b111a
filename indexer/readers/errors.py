"""What readers raise when a file cannot be read; the build records it and goes on with the other files."""

from __future__ import annotations


class UnreadableError(ValueError):
    """A file that no reader can read. The message (Japanese) says what is wrong and what to do, without the path."""
