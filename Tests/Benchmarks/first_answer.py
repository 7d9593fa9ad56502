"""The time from focus to the first answer, on a slow phone and line, as a reader sees it."""

import gzip
import statistics

import serving

LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
# What a page of answers is timed by: pressing "Find" (or the box itself), typing at once, the first answer shown.
START = """question => new Promise(done => {
  const opener = document.querySelector('[data-find]'), started = performance.now();
  const box = document.querySelector('[data-search]'), input = box.querySelector('input');
  new MutationObserver((_, observer) => {
    if (!box.querySelector('[data-search-results] li')) return;
    observer.disconnect();
    requestAnimationFrame(() => done(performance.now() - started));
  }).observe(box, { childList: true, subtree: true });
  if (opener && input.closest('[hidden]')) opener.click(); else input.focus();
  input.value = question;
  input.dispatchEvent(new InputEvent('input'));
})"""


class Compressed(serving.QuietHandler):
    """Sends files as a usual host does: gzipped, and good for ten minutes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.translate_path(self.path)
        try:
            content = gzip.compress(open(path, "rb").read(), 6)
        except OSError:
            return self.send_error(404)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def first_answers(browser, address, pages, question, rate, runs=5):
    """Medians in milliseconds: on the first page with nothing cached, and on the second page of the same council."""
    cold, warm = [], []
    for _ in range(runs):
        context = browser.new_context()
        for page_address, times in zip(pages, (cold, warm)):
            page = context.new_page()
            devtools = context.new_cdp_session(page)
            devtools.send("Network.enable")
            page.goto(address + page_address, wait_until="load")
            devtools.send("Network.emulateNetworkConditions", LINE)
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
            times.append(page.evaluate(START, question))
            page.close()
        context.close()
    return statistics.median(cold), statistics.median(warm)
