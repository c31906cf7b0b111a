"""The read view of a segment: term dictionary, postings and facets as contiguous arrays, written once and mapped.

What comes in are the postings that the Whoosh index holds; what lies on disk is one `.npy` file per array, so that processes
share one mapped copy and opening does not read them.

- Terms are keys `field NUL term` in byte order: key i is `key_bytes[key_starts[i]:key_starts[i + 1]]`.
- Term i owns the postings `[post_starts[i], post_starts[i + 1])`: `post_numbers` (entry numbers, rising) and
  `post_codes`, which index `code_frequencies` and `code_lengths`: how often the term stands in the field, and how long
  the field is. There are few such pairs, so BM25 is a table with a place per pair.
- Where terms stand, and what stands beside what: see `indexer.engine.addresses`. Terms that stand in titles and texts have
  a list for both: see `indexer.engine.joint`.
- `lengths` has a row per text field: its length in each entry, in tokens; `totals` is what each row adds up to;
  `length_bytes` is the length as Whoosh rounds it, in a byte each, which `byte_lengths` reads.
- A facet field has a code for each set of values that some entry has; the pairs `facet_FIELD_codes`,
  `facet_FIELD_terms` list the values of each set as terms. An entry has one code for its sets in all facet fields
  together: `combos`, which indexes `combo_FIELD`.
- What the words of the text fields sound like: see `indexer.engine.vocabulary`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.engine.addresses import ADDRESS_ARRAYS, Addresses, make_address_arrays, shift
from indexer.engine.joint import JOINT_ARRAYS, Joint, make_joint_arrays
from indexer.engine.postings import AFTER_ALL, Ints, Keys, Postings, make_key, smallest_index, starts_of
from indexer.engine.vocabulary import WORD_ARRAYS, SegmentWords, make_word_arrays
from indexer.engine.whoosh_writer import LENGTHS_OF_BYTES, lengths_to_bytes
from indexer.fields import FACET_FIELDS, TEXT_FIELDS


def _pair_names(field: str) -> tuple[str, str]:
    return f"facet_{field}_codes", f"facet_{field}_terms"


_NAMES = (
    *("key_bytes", "key_starts", "post_starts", "post_numbers", "post_codes"),
    *("code_frequencies", "code_lengths", "lengths", "length_bytes", "byte_lengths", "totals", "combos"),
    *ADDRESS_ARRAYS,
    *JOINT_ARRAYS,
    *WORD_ARRAYS,
    *(name for field in FACET_FIELDS for name in (f"combo_{field.name}", *_pair_names(field.name))),
)


def write_arrays(folder: Path, postings: Postings) -> None:
    """Write the arrays of a segment with these postings into the existing, empty folder `folder`."""
    for name, array in make_arrays(postings).items():
        np.save(folder / f"{name}.npy", array)


def make_arrays(postings: Postings) -> dict[str, NDArray[np.generic]]:
    """Make the arrays, by name; the same postings always give the same bytes."""
    codes, frequencies, lengths = _code_pairs(postings)
    return {
        "key_bytes": np.frombuffer(b"".join(postings.keys), dtype=np.uint8),
        "key_starts": np.concatenate([[0], np.cumsum([len(key) for key in postings.keys], dtype=np.int64)]),
        "post_starts": postings.post_starts,
        "post_numbers": postings.post_numbers,
        "post_codes": codes,
        "code_frequencies": frequencies,
        "code_lengths": lengths,
        "lengths": np.array([postings.lengths[field.name] for field in TEXT_FIELDS], dtype=np.int32),
        "totals": np.array([postings.lengths[field.name].sum(dtype=np.int64) for field in TEXT_FIELDS]),
        "byte_lengths": LENGTHS_OF_BYTES,
        "length_bytes": np.array([lengths_to_bytes(postings.lengths[field.name]) for field in TEXT_FIELDS]),
        **make_address_arrays(postings),
        **make_joint_arrays(postings, codes, len(frequencies)),
        **_facet_arrays(postings),
        **make_word_arrays(postings),
    }


def _code_pairs(postings: Postings) -> tuple[NDArray[np.integer], Ints, Ints]:
    """Give a code per posting, and the frequencies and field lengths that the codes stand for."""
    rounded = {field.name: LENGTHS_OF_BYTES[lengths_to_bytes(postings.lengths[field.name])] for field in TEXT_FIELDS}
    lengths = np.unique(np.concatenate([[0], *rounded.values()]))
    pairs = np.diff(postings.pos_starts) * len(lengths)
    for name, of_entries in rounded.items():
        places = postings.keys_of(name)
        inside = slice(postings.post_starts[places.start], postings.post_starts[places.stop])
        pairs[inside] += np.searchsorted(lengths, of_entries)[postings.post_numbers[inside]]
    # Lengths are rounded and frequencies small: a table of all pairs is far quicker than sorting what occurs.
    occurs = np.zeros(int(pairs.max()) + 1, dtype=np.bool_)
    occurs[pairs] = True
    present = np.flatnonzero(occurs)
    codes = (np.cumsum(occurs, dtype=np.int64) - 1)[pairs].astype(smallest_index(len(present)))
    return codes, (present // len(lengths)).astype(np.int32), lengths[present % len(lengths)].astype(np.int32)


def _facet_arrays(postings: Postings) -> dict[str, NDArray[np.generic]]:
    """Give the sets of values in each facet field, and the combinations of sets that some entry has."""
    count = len(next(iter(postings.lengths.values())))
    arrays: dict[str, NDArray[np.generic]] = {}
    combos = np.zeros(count, dtype=np.int64)
    sets_of: dict[str, NDArray[np.int64]] = {}
    for field in FACET_FIELDS:
        values: list[list[int]] = [[] for _ in range(count)]
        for term in postings.keys_of(field.name):
            for number in postings.post_numbers[postings.post_starts[term] : postings.post_starts[term + 1]].tolist():
                values[number].append(term)
        sets: dict[tuple[int, ...], int] = {}
        sets_of[field.name] = np.array([sets.setdefault(tuple(terms), len(sets)) for terms in values], dtype=np.int64)
        _, combos = np.unique(combos * len(sets) + sets_of[field.name], return_inverse=True)
        pairs = [(code, term) for terms, code in sets.items() for term in terms]
        for name, column in zip(_pair_names(field.name), zip(*pairs, strict=True) if pairs else ((), ()), strict=True):
            arrays[name] = np.array(column, dtype=np.int32)
    _, first = np.unique(combos, return_index=True)
    arrays["combos"] = combos.astype(smallest_index(len(first)))
    return arrays | {f"combo_{name}": codes[first].astype(np.int32) for name, codes in sets_of.items()}


class Arrays:
    """The arrays of one segment, mapped into memory; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Map the arrays in `folder`; raises OSError or ValueError where one is missing or damaged."""
        loaded = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _NAMES}
        self._keys = Keys(loaded["key_bytes"], loaded["key_starts"])
        # A plain ndarray over the map: slicing a memmap costs ten times as much.
        plain = {name: np.asarray(array) for name, array in loaded.items()}
        self.words = SegmentWords(plain)
        self.addresses = Addresses(plain)
        self.joint = Joint(plain)
        # Reading one number from a memoryview is far quicker than from an array.
        self._post_starts = memoryview(plain["post_starts"])  # type: ignore[arg-type]
        self._numbers: Ints = plain["post_numbers"]
        self._codes: NDArray[np.uint32] = plain["post_codes"]
        self.code_frequencies: Ints = plain["code_frequencies"]
        self.code_lengths: Ints = plain["code_lengths"]
        self.lengths: Ints = plain["lengths"]
        self.length_bytes: NDArray[np.uint8] = plain["length_bytes"]
        self.byte_lengths: Ints = plain["byte_lengths"]
        self.totals: NDArray[np.int64] = plain["totals"]
        self.combos: NDArray[np.uint32] = plain["combos"]
        self.sets_of_combos: dict[str, Ints] = {field.name: plain[f"combo_{field.name}"] for field in FACET_FIELDS}
        self._pairs = {
            field.name: (plain[f"facet_{field.name}_codes"], plain[f"facet_{field.name}_terms"])
            for field in FACET_FIELDS
        }

    def __len__(self) -> int:
        """Count the entries."""
        return len(self.combos)

    def find(self, field: str, text: str) -> int | None:
        """Find a term in the dictionary."""
        key = make_key(field, text)
        place = bisect_left(self._keys, key)
        return place if place < len(self._keys) and self._keys[place] == key else None

    def text(self, term: int) -> str:
        """Give a term's text, without its field."""
        return self._keys[term].split(b"\0", 1)[1].decode()

    def terms_of(self, field: str, prefix: str = "") -> range:
        """Give the terms of a field that begin with `prefix`, in byte order."""
        start = make_key(field, prefix)
        return range(bisect_left(self._keys, start), bisect_left(self._keys, start + AFTER_ALL))

    def frequency(self, term: int) -> int:
        """Count the postings of a term."""
        return int(self._post_starts[term + 1] - self._post_starts[term])

    def postings(self, term: int) -> tuple[Ints, NDArray[np.uint32]]:
        """Give the entry numbers of a term, rising, and their codes."""
        first, last = self._post_starts[term], self._post_starts[term + 1]
        return self._numbers[first:last], self._codes[first:last]

    def numbers_of(self, terms: range) -> Ints:
        """Give the entry numbers of all postings of terms that stand side by side, by term: not sorted, some twice."""
        if not terms:
            return self._numbers[:0]
        return self._numbers[self._post_starts[terms.start] : self._post_starts[terms.stop]]

    def counts_of(self, terms: range) -> NDArray[np.int64]:
        """Give the numbers of postings of terms that stand side by side."""
        counts: NDArray[np.int64] = np.diff(np.asarray(self._post_starts[terms.start : terms.stop + 1]))
        return counts

    def facet_pairs(self, field: str) -> tuple[Ints, list[str]]:
        """Give the values of each set of a facet field: codes of sets, and for each a value that it has."""
        codes, terms = self._pairs[field]
        texts = {term: self.text(term) for term in np.unique(terms).tolist()}
        return codes, [texts[term] for term in terms.tolist()]

    def read_postings(self) -> Postings:
        """Give back the postings that the arrays were made from."""
        addressed = Postings(
            keys=list(self._keys),
            post_starts=np.asarray(self._post_starts),
            post_numbers=self._numbers,
            pos_starts=starts_of(self.code_frequencies[self._codes]),
            pos_values=self.addresses.values,
            lengths={field.name: row for field, row in zip(TEXT_FIELDS, self.lengths, strict=True)},
        )
        return replace(addressed, pos_values=shift(addressed, -self.addresses.bases).astype(np.int32))
