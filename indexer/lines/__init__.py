"""What lines say: a line or a text in; its heading, number, title, area or furniture out.

Words and signs that official documents share, whatever their layout; nothing here knows of rows and columns.
"""
