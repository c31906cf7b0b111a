"""The command, over the small corpus: the table, what changed since the scores were pinned, and clear refusals."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evaluation.__main__ import main
from evaluation.service import WeighedSearch, rank_as_served
from indexer.store import Reader
from search_app.ranking import WEIGHTS

TESTS = Path(__file__).parents[1]
CORPUS = TESTS / "search_app" / "corpus"
RANKINGS = ["ours", "tri", "and", "or"]


@pytest.fixture(scope="module")
def queries(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Judge the first six entries: who types a title wants the entry."""
    file = tmp_path_factory.mktemp("queries") / "queries.jsonl"
    judged = [
        {
            "qid": f"t{number}",
            "query": entry.title,
            "type": "odd" if number % 2 else "even",
            "rel": {f"{entry.source.file[:3]}:{entry.source.lines[0][0]}": 2},
        }
        for number, entry in zip(range(6), reader.entries())
    ]
    file.write_text("\n".join(map(json.dumps, judged)), encoding="utf-8")
    return file


def run(queries: Path, folder: Path, *arguments: str, seeds: Path = CORPUS) -> Result:
    """Run the command with its files in `folder`."""
    options = ["--seeds", str(seeds), "--queries", str(queries), "--index", str(folder / "index")]
    return CliRunner().invoke(main, [*arguments, *options])


def test_the_table_stands_beside_the_baselines(queries: Path, tmp_path: Path) -> None:
    """Each type has its line, each score a column for each ranking; titles find their entries."""
    result = run(queries, tmp_path)
    assert result.exit_code == 0, result.output
    scores, names, *rows, legend = [line.split() for line in result.output.splitlines()]
    assert " ".join(scores) == "nDCG@10 recall@20 success@3 no hit"
    assert names == ["type", "n", *RANKINGS * 4]
    assert [row[:2] for row in rows] == [["even", "3"], ["odd", "3"], ["all", "6"]]
    assert {"tri:", "and,", "or:"} <= set(legend)
    assert float(rows[-1][2]) > 0.9
    assert rows[-1][-4] == "0"


def test_changes_since_the_pinned_scores(queries: Path, tmp_path: Path) -> None:
    """What is pinned is what was found; what differs from it later is told query by query, the losses first."""
    pinned = tmp_path / "pinned.json"
    first = run(queries, tmp_path, "--pinned", str(pinned), "--pin")
    assert first.output.endswith("0 better, 0 worse, 0 as pinned, 6 not pinned, 0 no longer asked\n")
    values = json.loads(pinned.read_text(encoding="utf-8"))
    assert set(values) == {f"t{number}" for number in range(6)}
    assert all(0.5 < value <= 1 for value in values.values())

    changed = values | {"t1": values["t1"] - 0.25, "t2": 1.5, "gone": 1.0}
    pinned.write_text(json.dumps(changed), encoding="utf-8")
    lines = run(queries, tmp_path, "--pinned", str(pinned)).output.splitlines()[-3:]
    assert lines[0].split() == ["t2", "even", "1.500", "→", f"{values['t2']:.3f}", f"{values['t2'] - 1.5:+.3f}"]
    assert lines[1].split()[::5] == ["t1", "+0.250"]
    assert lines[2] == "1 better, 1 worse, 4 as pinned, 0 not pinned, 1 no longer asked"
    assert json.loads(pinned.read_text(encoding="utf-8")) == changed


def test_tuning_tells_every_constant_and_writes_none(queries: Path, tmp_path: Path) -> None:
    """The values of each constant, the table before and after, and what came of it; titles leave nothing to gain."""
    result = run(queries, tmp_path, "tune")
    assert result.exit_code == 0, result.output
    assert result.output.count("within noise") == len(WEIGHTS.__dataclass_fields__)
    lines = [line.split() for line in result.output.splitlines()]
    assert ["type", "n", *["before", "after"] * 4] in lines
    assert lines[-1][0] == "Nothing"


def test_tuning_searches_as_the_service_does(reader: Reader) -> None:
    """With the constants as they are, what is tuned is what is served."""
    ranker = WeighedSearch(reader).ranker(WEIGHTS)
    for query in ("図書館", "図書館 相互利用", "空き家を活用した移住", "観光 -図書館", "病児保育 OR 医療"):
        served = rank_as_served(reader)(query)
        assert ranker(query) == served
        assert served


def test_without_documents_or_queries_the_reason_is_told(queries: Path, tmp_path: Path) -> None:
    """Where the documents or the judged queries are not there, exit status 1 and their path."""
    missing = tmp_path / "missing"
    for result in (run(queries, tmp_path, seeds=missing), run(missing, tmp_path)):
        assert result.exit_code == 1
        assert result.output.startswith(f"Error: {missing}: ")
        assert "nothing to measure" in result.output


def test_nothing_is_tuned_on_the_blind_queries(queries: Path, tmp_path: Path) -> None:
    """The blind queries are refused, by whatever path; no scores of other queries are pinned as those of the dev ones."""
    for path in (TESTS / "judged" / "blind.jsonl", TESTS / "evaluation" / ".." / "judged" / "blind.jsonl"):
        result = run(path, tmp_path, "tune")
        assert result.exit_code == 2
        assert "blind" in result.output
    assert run(queries, tmp_path, "--pin").exit_code == 2


def test_the_index_is_closed_where_measuring_stops(
    queries: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where there are too few queries to tune on."""
    opened: list[Reader] = []
    closed: list[Reader] = []
    start, close = Reader.__init__, Reader.close

    def note(reader: Reader, folder: Path, manifest: Mapping[str, Any]) -> None:
        opened.append(reader)
        start(reader, folder, manifest)

    monkeypatch.setattr(Reader, "__init__", note)
    monkeypatch.setattr(Reader, "close", lambda reader: (closed.append(reader), close(reader))[1])
    few = tmp_path / "few.jsonl"
    few.write_text(queries.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    assert run(few, tmp_path, "tune").exit_code == 1
    assert opened
    assert closed == opened
