"""The command line: starting, stopping, and what it says when it cannot start."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest


def command(*arguments: object) -> list[str]:
    """Give the command that serves, with these arguments."""
    return [sys.executable, "-m", "search_app", *map(str, arguments)]


@contextmanager
def serving(index: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the service on a free port; give the process and the address that it prints."""
    process = subprocess.Popen(
        command("--index", index, "--port", 0), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        printed = re.search(r"http://\S+", process.stdout.readline())
        assert printed is not None
        yield process, printed.group()
    finally:
        process.kill()
        process.communicate()


def fail(*arguments: object) -> str:
    """Run the command, which must end with status 1, and give what it says."""
    ended = subprocess.run(command(*arguments), capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    return ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_at_the_printed_address_until_it_is_stopped(index: Path, stop: signal.Signals) -> None:
    """The address is printed at once and answers; Ctrl-C (or a service manager) ends it with status 0."""
    with serving(index) as (process, address):
        with urlopen(f"{address}/healthz") as answer:
            assert answer.status == 200
        process.send_signal(stop)
        _, said = process.communicate(timeout=60)  # a server that does not stop fails, it does not hang
        assert process.returncode == 0
        assert "Traceback" not in said


def test_starting_does_not_load_what_few_will_ask_for(index: Path) -> None:
    """The package that writes Excel files is loaded with the first of them."""
    program = (
        "import sys, pathlib, search_app\n"
        f"app = search_app.create_app(pathlib.Path({str(index)!r}))\n"
        "assert 'openpyxl' not in sys.modules\n"
        "assert app.test_client().get('/export.xlsx?q=').status_code == 200\n"
        "assert 'openpyxl' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_japanese_in_an_address_need_not_be_quoted(index: Path) -> None:
    """An address as a person types it into a program is answered like the quoted one of a browser."""
    with serving(index) as (_, address):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection, connection.makefile("rb") as answer:
            connection.sendall("GET /?q=図書館 HTTP/1.0\r\n\r\n".encode())
            said = answer.read().decode()
    assert said.startswith("HTTP/1.0 200")
    assert "「図書館」の検索結果" in said


def test_a_missing_index_names_the_command_to_run(tmp_path: Path) -> None:
    """Without an index the message is how to build one."""
    assert "python -m indexer build" in fail("--index", tmp_path / "none", "--port", 0)


def test_a_port_in_use_is_said_with_a_command_for_another(index: Path) -> None:
    """A second service on a port is told which port and how to choose another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = fail("--index", index, "--port", port)
    assert f"ポート {port} は" in said
    assert re.search(r"python -m search_app --index \S+ --port \d+", said)


def test_an_address_of_another_machine_is_refused(index: Path) -> None:
    """A host that is not here is said plainly."""
    assert "192.0.2.1" in fail("--index", index, "--port", 0, "--host", "192.0.2.1")
