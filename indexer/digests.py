"""Digests: a folder of our own files in, a name of their content out, so that a change of any of them is seen."""

from __future__ import annotations

import hashlib
from pathlib import Path

_WRITTEN_BY_PYTHON = "__pycache__"


def digest_files(folder: Path) -> str:
    """Name what stands in the files of a folder and how they are called (SHA-256, hexadecimal).

    All kinds of files count: a list of suffixes would be forgotten when a table of another kind is added.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and _WRITTEN_BY_PYTHON not in path.parts):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
