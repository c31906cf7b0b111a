"""The command line of the search service: `python -m search_app --index DIR --port N`.

Whatever keeps it from starting is said in one message that names what to do, and the exit status is 1.
"""

from __future__ import annotations

import errno
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from indexer.store import StoreError
from search_app import create_app
from search_app.serving import make_server

_TOP_PORT = 65_535


@click.command(name="search_app", help="索引を検索する画面を開きます。")
@click.option(
    "--index",
    "index_dir",
    required=True,
    type=click.Path(path_type=Path),
    help="python -m indexer build で作った索引のフォルダー",
)
@click.option(
    "--port", type=click.IntRange(0, _TOP_PORT), default=8000, show_default=True, help="ポート番号（0: 空いている番号）"
)
@click.option("--host", default="127.0.0.1", show_default=True, help="待ち受けるアドレス")
def main(index_dir: Path, port: int, host: str) -> None:
    """Serve the search pages for an index, until Ctrl-C."""
    # A console of another code page (Windows) must not stop the service over one character.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    # A service manager's stop is as clean as Ctrl-C; and a shell that starts this in the background ignores SIGINT for it.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    with suppress(KeyboardInterrupt):  # before the server runs; then it sees to that itself
        _serve(index_dir, host=host, port=port)


def _serve(index_dir: Path, *, host: str, port: int) -> None:
    try:
        app = create_app(index_dir)
    except StoreError as error:
        _fail(error.message)
    with _listen(host, port=port, command=f"python -m search_app --index {index_dir}") as listener:
        server = make_server(app, listener)
        url = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        click.echo(f"先行事例さがし: {url}  （Ctrl-C で終了）")
        server.run()  # returns on Ctrl-C


def _listen(host: str, *, port: int, command: str) -> socket.socket:
    """Open the port before the server does: its own way shares a port in use with another program on Windows."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = port + 1 if port < _TOP_PORT else port - 1
            _fail(
                f"ポート {port} は、ほかのプログラムが使っています（port {port} is in use）。\n"
                f"別の番号で起動してください: {command} --port {other}（make では make serve PORT={other}）"
            )
        _fail(
            f"{host} のポート {port} では待ち受けできません（{error.strerror}）。\n"
            f"--host と --port を確かめてください: {command} --host 127.0.0.1 --port 8000"
        )


def _fail(message: str) -> NoReturn:
    click.echo(f"起動できません: {message}", err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
