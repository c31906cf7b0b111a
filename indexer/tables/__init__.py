"""What rows and columns say: the lines of a table in; cells, rows and what the columns hold out.

Tables of all kinds of documents, with real cells or run together by a converter; what a table is for, its layout knows.
"""
