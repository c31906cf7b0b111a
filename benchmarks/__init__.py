"""Benchmarks: this engine beside others on the same generated corpus. Commands of their own, no part of the package."""
