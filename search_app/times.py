from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeAsked:
    start: int
    end: int
    text: str
    first: int | None
    last: int | None
    fiscal: bool
    about_start: bool


def find_times(text):
    return ()
