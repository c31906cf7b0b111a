"""Fill in the tenth column of the thesaurus: what the tokeniser makes of each headword, where it differs.

To be run from the root of the repository when headwords are added or SudachiDict is renewed:
PYTHONPATH=. python tests/tools/fill_synonym_spellings.py
"""

from pathlib import Path

from indexer.tokens import tokenize
from search_app.synonyms import FILES, HEADWORD, SPELLING, spell

DATA = Path("search_app/data")


def spelling_of(headword: str) -> str:
    """Give what the tenth column of a headword holds: nothing where the tokeniser spells it as it stands there."""
    spelling = spell(tokenize(headword))
    return "" if spelling == headword.lower() else spelling


def fill_in(line: str) -> str:
    """Give a line of the file with its tenth column filled in."""
    row = line.split(",")
    if len(row) == 1:
        return line
    row[SPELLING] = spelling_of(row[HEADWORD])
    return ",".join(row)


if __name__ == "__main__":
    for name in FILES:
        lines = (DATA / name).read_text(encoding="utf-8").splitlines()
        (DATA / name).write_text("\n".join(map(fill_in, lines)) + "\n", encoding="utf-8")
