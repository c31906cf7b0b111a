"""What the figures depend on beside the code: the machine and the versions."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("numpy", "whoosh", "sudachipy", "sudachidict-core", "tantivy", "xapian-bindings-binary", "waitress")


def describe_machine() -> dict[str, object]:
    """Describe processor, cores, memory (GB), system and versions; what cannot be told is left out."""
    return {
        "processor": _read("/proc/cpuinfo", r"model name\s*: (.+)") or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(int(_read("/proc/meminfo", r"MemTotal:\s*(\d+)") or 0) / 1024**2),
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: found for name in _PACKAGES if (found := _version(name))},
    }


def _read(path: str, pattern: str) -> str | None:
    try:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"))
    except OSError:
        return None
    return found[1].strip() if found else None


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
