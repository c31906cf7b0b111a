"""Joint postings: one list for a term in titles and texts, held against the two lists."""

from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engine.invert import invert_entries
from indexer.engine.joint import JOINT_FIELDS, Joint, make_joint_arrays
from indexer.engine.postings import Postings, make_key
from indexer.records import Entry

MakeEntry = Callable[..., Entry]
texts = st.lists(st.sampled_from(["図書", "館", "相互", "利用", "消防", "。"]), max_size=12).map("".join)


def entries_of(postings: Postings, key: bytes) -> dict[int, int]:
    """Give the entries of a key, and how many positions each has."""
    place = postings.keys.index(key)
    posted = range(postings.post_starts[place], postings.post_starts[place + 1])
    counts = np.diff(postings.pos_starts)
    return {int(postings.post_numbers[at]): int(counts[at]) for at in posted}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=10))
def test_a_joint_list_holds_what_both_fields_do(make_entry: MakeEntry, corpus: list[tuple[str, str]]) -> None:
    """Each term of both fields lists every entry of either, rising, with the posting that each field has there or none."""
    postings = invert_entries([make_entry(n, title, body) for n, (title, body) in enumerate(corpus)])
    codes = np.diff(postings.pos_starts)  # any code will do: here a posting's is how often the term stands there
    arrays = make_joint_arrays(postings, codes, int(codes.max(initial=0)) + 1)
    joint = Joint(arrays)
    shared = []
    for first, second in JOINT_FIELDS:
        for place in postings.keys_of(first):
            text = postings.keys[place].split(b"\0", 1)[1].decode()
            if make_key(second, text) not in postings.keys:
                continue
            shared.append(place)
            in_first, in_second = (entries_of(postings, make_key(field, text)) for field in (first, second))
            numbers, found = joint.postings(place)
            assert numbers.tolist() == sorted({*in_first, *in_second})
            # One more than the code; 0 where the field has none.
            of_first, of_second = joint.first_codes[found].tolist(), joint.second_codes[found].tolist()
            assert of_first == [in_first.get(number, -1) + 1 for number in numbers.tolist()]
            assert of_second == [in_second.get(number, -1) + 1 for number in numbers.tolist()]
    assert arrays["joint_firsts"].tolist() == shared
