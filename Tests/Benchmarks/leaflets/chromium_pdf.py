"""Prints HTML files with Chromium, several pages of one browser at a time: `chromium_pdf.py OUTPUT PAGES FILES…`."""

import asyncio
import pathlib
import sys

from playwright.async_api import async_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

import browsers  # noqa: E402


async def main():
    output, width = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    tasks = [pathlib.Path(path) for path in sys.argv[3:]]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=browsers.chromium(), args=["--no-sandbox"])

        async def work():
            page = await browser.new_page()
            while tasks:
                source = tasks.pop()
                await page.goto(source.as_uri())
                await page.pdf(
                    path=str(output / (source.stem + ".pdf")), prefer_css_page_size=True, tagged=True, outline=True)

        await asyncio.gather(*(work() for _ in range(width)))
        await browser.close()


asyncio.run(main())
