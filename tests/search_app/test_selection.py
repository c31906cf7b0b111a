"""The ids of a selection, as addresses carry them."""

import pytest

from indexer.store import Reader
from search_app.params import ParamError
from search_app.selection import parse_ids, run_selection


def test_ids_are_read_from_links_and_from_forms_alike() -> None:
    """One name with commas and one name for each id mean the same; order stays, repetitions and blanks go."""
    assert parse_ids([("ids", "b,a"), ("ids", "c"), ("ids", " a ,")]) == ("b", "a", "c")


def test_other_names_are_passed_over() -> None:
    """What a mail program adds to an address does not matter."""
    assert parse_ids([("utm_source", "mail"), ("ids", "a")]) == ("a",)


@pytest.mark.parametrize(
    ("value", "least", "most", "said"),
    [
        ("", 1, 100, "選ばれていません"),
        (",", 1, 100, "選ばれていません"),
        ("a", 2, 6, "2件以上"),
        ("a,b,c", 1, 2, "2件まで"),
    ],
)
def test_too_few_and_too_many_are_refused(value: str, least: int, most: int, said: str) -> None:
    """The message says how many there may be."""
    with pytest.raises(ParamError) as caught:
        parse_ids([("ids", value)], least=least, most=most)
    assert caught.value.name == "ids"
    assert said in caught.value.message


def test_a_selection_keeps_its_order_and_names_what_is_missing(reader: Reader) -> None:
    """Entries stand as their ids did; an id that the index does not have is reported."""
    first, second = reader.entry_at(0).id, reader.entry_at(1).id
    chosen = run_selection((second, "none", first), reader)
    assert chosen.ids == (second, first)
    assert chosen.unknown == ("none",)
