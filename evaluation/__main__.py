"""The command line: `python -m evaluation [score | tune]`; `make eval` runs it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from functools import cache
from pathlib import Path

import click

from evaluation.baselines import LEGEND, make_baselines
from evaluation.judged import JudgedQueriesError, JudgedQuery, read_queries, score_all
from evaluation.service import WeighedSearch, rank_as_served
from evaluation.tables import list_changes, score_table, trial_lines
from evaluation.tuning import FOLDS, tune
from indexer.build import build_index
from indexer.sources import CorpusError
from indexer.store import Reader, StoreError, open_index
from search_app.ranking import WEIGHTS, Weights

_ROOT = Path(__file__).parents[1]
_SHARED = _ROOT.parent / "shared"
_DEV_QUERIES = _SHARED / "gold" / "queries-dev.jsonl"
# Written to be measured on, once things are as they are: who tunes on them has nothing left to measure with.
_BLIND = _ROOT / "tests" / "judged" / "blind.jsonl"
_PATH = click.Path(path_type=Path)


@click.command(help="Measure the ranking on judged queries (score), or try other values of its constants (tune).")
@click.argument("what", type=click.Choice(["score", "tune"]), default="score")
@click.option("--seeds", type=_PATH, default=_SHARED / "seeds", show_default=True, help="the documents")
@click.option("--queries", "file", type=_PATH, default=_DEV_QUERIES, show_default=True, help="the judged queries")
@click.option("--index", type=_PATH, default=Path("var/eval-index"), show_default=True, help="where the index is built")
@click.option("--pinned", type=_PATH, help="nDCG of every query as it was  [default for the dev queries: pinned.json]")
@click.option("--pin", is_flag=True, help="rewrite the pinned file")
def main(what: str, seeds: Path, file: Path, index: Path, pinned: Path | None, pin: bool) -> None:
    """Run one of the commands; exit status 1 where there is nothing to measure on."""
    if what == "tune" and file.resolve() == _BLIND.resolve():
        raise click.UsageError(f"{file}: nothing is tuned on the blind queries")
    if pinned is None and file.resolve() == _DEV_QUERIES.resolve():
        pinned = Path(__file__).with_name("pinned.json")
    if pin and (pinned is None or what == "tune"):
        raise click.UsageError("--pin: what is pinned are the scores of the dev queries, or name a file with --pinned")
    queries = _read(file)
    with closing(_open(seeds, index)) as reader:
        if what == "tune":
            _tune(reader, queries)
        else:
            _score(reader, queries, pinned, pin=pin)


def _read(file: Path) -> list[JudgedQuery]:
    if not file.is_file():
        raise click.ClickException(f"{file}: there are no judged queries, so there is nothing to measure with")
    try:
        return read_queries(file)
    except JudgedQueriesError as error:
        raise click.ClickException(str(error)) from error


def _open(seeds: Path, index: Path) -> Reader:
    """Build the index of the documents, as far as they or the code changed, and open it."""
    if not seeds.is_dir():
        raise click.ClickException(f"{seeds}: the documents are not there, so there is nothing to measure on")
    try:
        build_index([seeds], index)
        return open_index(index)
    except (CorpusError, StoreError) as error:
        raise click.ClickException(str(error)) from error


def _score(reader: Reader, queries: Sequence[JudgedQuery], pinned: Path | None, *, pin: bool) -> None:
    rankers = {"ours": rank_as_served(reader), **make_baselines(list(reader.entries()))}
    columns = {name: score_all(ranker, queries) for name, ranker in rankers.items()}
    _print((*score_table(queries, columns), LEGEND))
    if pinned is None:
        return
    found = {query.qid: round(each.ndcg, 3) for query, each in zip(queries, columns["ours"])}
    before = json.loads(pinned.read_text(encoding="utf-8")) if pinned.is_file() else {}
    _print(("", f"nDCG@10 beside {pinned}", *list_changes(queries, found, before)))
    if pin:
        pinned.write_text(json.dumps(found, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _tune(reader: Reader, queries: Sequence[JudgedQuery]) -> None:
    if len(queries) <= FOLDS:
        raise click.ClickException(f"more than {FOLDS} judged queries are needed")
    search = WeighedSearch(reader)

    @cache
    def measure(weights: Weights) -> list[float]:
        return [each.ndcg for each in score_all(search.ranker(weights), queries)]

    proposed = tune(WEIGHTS, measure, [query.type for query in queries], lambda trial: _print(trial_lines(trial)))
    columns = {
        name: score_all(search.ranker(weights), queries) for name, weights in (("before", WEIGHTS), ("after", proposed))
    }
    _print(("", *score_table(queries, columns)))
    before, after = asdict(WEIGHTS), asdict(proposed)
    changed = [name for name in after if after[name] != before[name]]
    _print(f"search_app.ranking.Weights.{name}: {before[name]:g} → {after[name]:g}" for name in changed)
    if not changed:
        click.echo("Nothing gains more than noise: the constants stay as they are.")


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


if __name__ == "__main__":
    main(prog_name="python -m evaluation")
