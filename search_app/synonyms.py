from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alternative:
    text: str
    terms: tuple
    narrower: bool


@dataclass(frozen=True, slots=True)
class Expansion:
    start: int
    end: int
    text: str
    alternatives: tuple


def find_expansions(units):
    return ()
