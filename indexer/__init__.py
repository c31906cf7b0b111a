"""Source documents in, one entry per initiative out, into a search index."""
