"""Corpus folders: what is taken, what is recorded as a problem, what stops the run with a clear message."""

from pathlib import Path

import pytest

from indexer.sources import CorpusError, read_corpus


def write(folder: Path, **files: str) -> Path:
    """Write files into a folder; "__" in a name stands for the dot."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def test_reads_files_with_what_sources_toml_says_of_them(tmp_path: Path) -> None:
    """Files come in the order of their names, each with its metadata; an empty value is None."""
    toml = '[[source]]\nfile = "b.txt"\ntitle = "題"\npublisher = ""\nfiscal_year = 2025\npublished = 2025-12-01\n'
    corpus = read_corpus([write(tmp_path, b__txt="乙", a__txt="甲", sources__toml=toml)])
    assert [source.name for source in corpus.files] == ["a.txt", "b.txt"]
    assert (corpus.files[1].title, corpus.files[1].publisher, corpus.files[1].fiscal_year) == ("題", None, 2025)
    assert corpus.files[0].title is None
    assert corpus.problems == ()


def test_keys_of_which_nothing_is_made_are_passed_over(tmp_path: Path) -> None:
    """Documents that are in use are described with a scheme and a day; the description stays good, and is the same."""
    plain = '[[source]]\nfile = "a.txt"\ntitle = "題"\n'
    described = [
        read_corpus([write(tmp_path, a__txt="甲", sources__toml=toml)])
        for toml in (plain, plain + 'scheme = "連携中枢都市圏"\npublished = 2025-12-01\n')
    ]
    assert described[0] == described[1]


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[[source]\n", "line 1"),
        ('[source]\nfile = "a.txt"\n', "[[source]]"),
        ('[[source]]\ntitle = "題"\n', "file がありません"),
        ('[[source]]\nfile = "a.txt"\nfiscal_year = "R6"\n', "fiscal_year"),
        ('[[source]]\nfile = "a.txt"\ntitle = 3\n', "title"),
        ('[[source]]\nfile = "a.txt"\npublishr = "x"\n', "publishr"),
        ('[[source]]\nfile = "a.txt"\nretells = "x"\n', "retells"),
        ('[[source]]\nfile = "a.txt"\n[[source]]\nfile = "a.txt"\n', "二度目"),
    ],
)
def test_a_mistake_in_sources_toml_is_told_with_its_place(tmp_path: Path, toml: str, told: str) -> None:
    """A mistake stops the run and names the file and the place, before anything is built."""
    with pytest.raises(CorpusError) as caught:
        read_corpus([write(tmp_path, a__txt="甲", sources__toml=toml)])
    assert told in str(caught.value)
    assert "sources.toml" in str(caught.value)


def test_a_named_file_that_is_not_there_is_recorded(tmp_path: Path) -> None:
    """The other files are read, the missing one is named."""
    corpus = read_corpus([write(tmp_path, a__txt="甲", sources__toml='[[source]]\nfile = "b.txt"\n')])
    assert [source.name for source in corpus.files] == ["a.txt"]
    assert ["b.txt" in str(problem) for problem in corpus.problems] == [True]


def test_what_is_no_document_is_recorded_and_not_read(tmp_path: Path) -> None:
    """An unknown format and a link that leads outside are recorded; hidden and lock files are passed over."""
    folder = write(tmp_path / "corpus", a__txt="甲", b__exe="乙", c__xls="丙")
    write(folder, **{".hidden": "x", "~$a__txt": "x"})
    outside = tmp_path / "secret.txt"
    outside.write_text("秘密", encoding="utf-8")
    (folder / "link.txt").symlink_to(outside)
    corpus = read_corpus([folder])
    assert [source.name for source in corpus.files] == ["a.txt"]
    assert [problem.file for problem in corpus.problems] == ["b.exe", "c.xls", "link.txt"]
    assert ".xlsx で保存し直して" in corpus.problems[1].message


def test_a_missing_or_empty_folder_is_told(tmp_path: Path) -> None:
    """Without any document the run stops with a message that says what to do."""
    with pytest.raises(CorpusError, match="フォルダーがありません"):
        read_corpus([tmp_path / "none"])
    with pytest.raises(CorpusError, match="資料が1つもありません"):
        read_corpus([tmp_path])


def test_a_name_with_spaces_and_japanese_in_a_folder_below(tmp_path: Path) -> None:
    """Names keep their folder; decomposed Japanese names (macOS) are composed, so that sources.toml finds them."""
    (tmp_path / "令和7年度").mkdir()
    write(tmp_path / "令和7年度", **{"カ\u3099イド 1__txt": "甲"})
    write(tmp_path, sources__toml='[[source]]\nfile = "令和7年度/ガイド 1.txt"\ntitle = "題"\n')
    corpus = read_corpus([tmp_path])
    assert [(source.name, source.title) for source in corpus.files] == [("令和7年度/ガイド 1.txt", "題")]
    assert corpus.problems == ()
