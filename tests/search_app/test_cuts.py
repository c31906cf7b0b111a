"""Cuts: kept as long as there is room, and never wrong."""

from concurrent.futures import ThreadPoolExecutor

from search_app.cuts import Cuts, cut_text


def test_a_text_is_cut_once_while_it_is_kept() -> None:
    """The second time the very same cut comes back."""
    cuts = Cuts(100)
    cut = cuts.of("図書館の相互利用")
    assert cut == cut_text("図書館の相互利用")
    assert cuts.of("図書館の相互利用") is cut


def test_what_was_asked_longest_ago_goes_first() -> None:
    """Room is counted in characters; a text that is asked again stays."""
    cuts = Cuts(10)
    first, second = cuts.of("図書館五字"), cuts.of("美術館五字")
    assert cuts.of("図書館五字") is first
    cuts.of("博物館五字")
    assert cuts.size == 10
    assert cuts.of("図書館五字") is first
    assert cuts.of("美術館五字") is not second


def test_a_text_larger_than_the_room_is_cut_and_not_kept() -> None:
    """One long text cannot fill the memory."""
    cuts = Cuts(10)
    assert cuts.of("図書館" * 100) == cut_text("図書館" * 100)
    assert cuts.size == 0


def test_threads_get_the_cuts_of_their_own_texts() -> None:
    """Many threads that fill and empty a small room get what a fresh cut gives, and the room stays within its bound."""
    cuts = Cuts(30)
    texts = [f"図書館{number}号" for number in range(20)] * 20
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(cuts.of, texts)) == [cut_text(text) for text in texts]
    assert 0 < cuts.size <= 30


def test_terms_in_a_row_are_held() -> None:
    """In their order and without a unit between them; no terms are never held."""
    cut = cut_text("図書館の相互利用")
    assert cut.holds(("図書", "館", "相互"))
    assert not cut.holds(("図書", "相互"))
    assert not cut.holds(("館", "図書"))
    assert not cut.holds(())


def test_terms_near_each_other_are_found_with_their_units() -> None:
    """In whatever order, within the distance of one occurrence of the first; the end of a sentence keeps them apart."""
    cut = cut_text("図書館の広域の相互利用。図書館")
    terms = [cut.terms[place] for place in sorted(cut.find_near(("相互", "図書"), 6))]
    assert terms == ["図書", "相互"]
    assert cut.find_near(("相互", "図書"), 1) == set()
    assert len(cut.find_near(("利用", "図書"), 30)) == 3
    assert cut.find_near(("相互", "病児"), 30) == set()
