"""Take a picture of the page in ``docs/images/page.png`` with Chromium: ``python scripts/screenshot.py``.

No test compares it, because each browser draws letters a little differently. Look at it when the page has changed.
"""

import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from cmq_cli.cli import run
from cmq_cli.output.screen import Screen

PICTURE = Path(__file__).parents[1] / "docs" / "images" / "page.png"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MARK = ".mark[data-id=microtechniques-systemes-intelligents]"
"""What the pointer rests on."""


def main() -> None:
    """Write the page, open it, and take the picture."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "campus.html"
        run(["map", "-o", str(page)], Screen(io.StringIO(), io.StringIO(), {}))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        tab = browser.new_page(viewport={"width": 1280, "height": 880}, color_scheme="light")
        tab.goto(page.as_uri())
        tab.locator(MARK).hover()
        tab.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
