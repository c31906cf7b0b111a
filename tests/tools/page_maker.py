"""Pages of the service in a browser that keeps what goes wrong in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application on a free port; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class PageMaker:
    """Opens pages of the service; keeps what the console said and every request to elsewhere."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(self, *, width: int = 1280, scripts: bool = True, forced_colors: bool = False) -> Page:
        """Open an empty page of this width; with forced colours as a dark contrast theme of Windows has them."""
        context = self._browser.new_context(
            base_url=self._address,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            has_touch=width < 600,
            forced_colors="active" if forced_colors else "none",
            color_scheme="dark" if forced_colors else "light",
        )
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._look_at(request.url))
        return page

    def _look_at(self, url: str) -> None:
        if f"http://{urlsplit(url).netloc}" != self._address:
            self.complaints.append(f"asked elsewhere: {url}")

    def close(self) -> None:
        """Close everything."""
        for context in self._contexts:
            context.close()
