"""Rows: what asks for terms in a row, each in any of some fields: the piece that every query tree is built of."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.engine.base import And, Near, Or, Phrase, Query, Term
from indexer.fields import SHORT_FIELDS, TextField

NEAR_UNITS = 6  # between two units that belong together: スマートフォンの使い方の教室


def in_a_row(terms: tuple[str, ...], fields: Sequence[TextField] = SHORT_FIELDS, boost: float = 1.0) -> Query:
    """Give what has these terms in a row in any of the fields, weighted by field."""
    if len(terms) == 1:
        return Or(tuple(Term(field.name, terms[0], field.weight * boost) for field in fields))
    return Or(tuple(Phrase(field.name, terms, field.weight * boost) for field in fields))


def near_each_other(terms: tuple[str, ...], fields: Sequence[TextField], boost: float = 1.0) -> tuple[Query, ...]:
    """Give what has several terms near each other in one of the fields, a node each; nothing for a single term."""
    if len(terms) < 2:
        return ()
    return tuple(Near(field.name, terms, NEAR_UNITS, field.weight * boost) for field in fields)


def everywhere(terms: tuple[str, ...]) -> Query:
    """Give what has every one of these terms, wherever."""
    return And(tuple(in_a_row((term,)) for term in terms))
