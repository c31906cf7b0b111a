"""How well the search ranks: judged queries, baselines beside it, and the command that tunes its constants.

Nothing builds on this package, and it is not installed; `make eval` runs it.
"""
