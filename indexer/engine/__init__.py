"""Index engines: Whoosh as the index on disk, read column-wise."""
