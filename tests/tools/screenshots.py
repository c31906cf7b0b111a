"""Take the pictures of the README and its neighbours: `python tests/tools/screenshots.py [FOLDER]`.

The corpus that ships with the project goes in, `docs/screenshots/NAME.png` come out. The index and the browser are made
for this and thrown away, so that pictures differ only where pages do.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from install_chromium import find_chromium
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from indexer.build import build_index
from search_app import create_app

ROOT = Path(__file__).parents[2]
ADDRESS = "http://zenrei.example"  # what pages say of themselves, whatever port they come from
WIDE, PHONE = (1280, 800), (390, 844)  # pixels
COLOURS = 64  # enough for text on plain grounds: a fifth of the bytes


@dataclass(frozen=True)
class Shot:
    """A picture: what is opened ({a}, {b}, {c}: entries; {area}: an area), how large, what is unfolded first.

    `status` is what the page answers where it shows an error.
    """

    path: str
    size: tuple[int, int] = WIDE
    unfold: str = ""
    status: int = 200


SHOTS = {
    "home": Shot("/", size=(1280, 1000)),
    "results": Shot("/?q=図書館+相互利用"),
    "results-phone": Shot("/?q=図書館+相互利用", size=PHONE),
    "table": Shot("/?q=公共交通&view=table"),
    "kwic": Shot("/?q=公共交通&view=kwic"),
    "facets": Shot(
        "/?q=公共交通&region=中国地方&year=2025",
        size=(1280, 1200),
        unfold='li:has(> label > [value="中国地方"]) details, .facets .more',
    ),
    "facets-phone": Shot("/?q=公共交通&region=中国地方", size=PHONE, unfold=".drawer"),
    "entry": Shot("/entries/{a}?q=病児保育", size=(1280, 1000)),
    "comparison": Shot("/compare?ids={a},{b},{c}", size=(1280, 1000)),
    "area": Shot("/areas/{area}", size=(1280, 1000)),
    "overview": Shot("/overview", size=(1280, 1000)),
    "no-hit": Shot("/?q=潜水艦&region=中国地方"),
    "error": Shot("/?page=x", status=400),
    "help": Shot("/help", size=(1280, 1000)),
}


@contextmanager
def serve(index: Path) -> Iterator[int]:
    """Serve the shipped corpus from an index in this folder; give the port."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    build_index([ROOT / "corpus"], index)
    server = make_server("127.0.0.1", 0, create_app(index), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def find_examples(page: Page) -> dict[str, str]:
    """Find what the paths name: three entries, and an area where there is an overview of them."""
    page.goto("/")
    hits = page.evaluate("fetch('/api/search?q=病児保育').then((answer) => answer.json())")["hits"]
    examples = dict(zip("abc", (hit["id"] for hit in hits), strict=False))
    page.goto("/overview")
    areas = page.locator("a[href^='/areas/']")
    address = areas.first.get_attribute("href") if areas.count() else None
    return examples | {"area": (address or "/none").rsplit("/", 1)[1]}


def take(browser: Browser, folder: Path) -> None:
    """Take every picture into the folder; a page that is not there is named and left out."""
    examples = find_examples(browser.new_page(base_url=ADDRESS))
    for name, shot in SHOTS.items():
        width, height = shot.size
        page = browser.new_page(base_url=ADDRESS, viewport={"width": width, "height": height})
        response = page.goto(shot.path.format(**examples))
        if response is None or response.status != shot.status:
            print(f"{name}: {shot.path} is not there")
            continue
        if shot.unfold:
            page.locator(shot.unfold).evaluate_all("all => all.forEach(one => { one.open = true; })")
        path = folder / f"{name}.png"
        save(page.screenshot(), path)
        print(f"{name}: {path.stat().st_size:,} bytes")
        page.close()


def save(picture: bytes, path: Path) -> None:
    """Write a picture with few colours."""
    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Take all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    browser_path = find_chromium()
    if browser_path is None:
        sys.exit("Chromium was not found: no pictures were taken.")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as index, serve(Path(index)) as port, sync_playwright() as playwright:
        arguments = ["--no-sandbox", f"--host-resolver-rules=MAP zenrei.example:80 127.0.0.1:{port}"]
        browser = playwright.chromium.launch(executable_path=browser_path, args=arguments)
        take(browser, folder)
        browser.close()


if __name__ == "__main__":
    main()
