from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    start: int
    end: int
    text: str
    candidates: tuple
    exact: bool


def find_places(text):
    return ()
