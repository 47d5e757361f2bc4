#!/usr/bin/python3
"""Opens the web page of plans in headless Chromium, for tests/integration/test_page.c: page.py FOLDER...

Of each plan-*.html: its source keeps the rules of a safe and accessible page, its tables hold what the CSV files beside
it hold, it sorts and filters, fits a phone, prints, reads without its script, asks for nothing, says nothing on the
console. Prints what is wrong, a line each; exit status 1 when there is anything.
"""
import base64
import csv
import hashlib
import json
import os
import re
import select
import subprocess
import sys
import tempfile
import unicodedata
from decimal import Decimal
from html.parser import HTMLParser

from xlsx import Book

CHROMIUM = ["/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--disable-extensions", "--remote-debugging-pipe"]
WIDE, PHONE = (1280, 900), (360, 740)
wrong = []


def expect(holds, *words):
    if not holds:
        wrong.append(" ".join(str(word) for word in words)[:600])


def rows_of(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def cents(text):
    return round(Decimal(text) * 100)


class Browser:
    """Chromium, spoken to over a pipe in the DevTools protocol."""

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory()
        to_read, self.out = os.pipe()
        self.back, to_write = os.pipe()

        def wire():
            first, second = os.dup(to_read), os.dup(to_write)
            os.dup2(first, 3)
            os.dup2(second, 4)

        self.process = subprocess.Popen(CHROMIUM + ["--user-data-dir=" + self.profile.name, "about:blank"], preexec_fn=wire,
                                        close_fds=False, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.number, self.buffer, self.events, self.session = 0, b"", [], None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def close(self):
        self.session = None
        self.call("Browser.close")
        self.process.wait(20)
        self.profile.cleanup()

    def read(self, seconds=60):
        while b"\0" not in self.buffer:
            if not select.select([self.back], [], [], seconds)[0]:
                raise TimeoutError("Chromium does not answer")
            more = os.read(self.back, 1 << 20)
            if not more:
                raise EOFError("Chromium has ended")
            self.buffer += more
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)
            if answer.get("method") == "Page.javascriptDialogOpening":
                wrong.append("a dialog opened: " + answer["params"]["message"])
                self.call("Page.handleJavaScriptDialog", accept=False)

    def size(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def open(self, path):
        self.events = []
        self.call("Page.navigate", url="file://" + path)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.read())

    def run(self, script):
        """The value of an expression in the page, as JSON."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description", str(result)))
        return result["result"].get("value")


# ---- the source ----

class Source(HTMLParser):
    VOID = {"meta", "link", "input", "br"}
    SVG_VOID = {"rect", "path", "circle", "use"}

    def __init__(self, name):
        super().__init__(convert_charrefs=True)
        self.name, self.stack, self.ids, self.levels, self.texts = name, [], [], [], {"script": [], "style": [], "title": []}
        self.targets, self.policy, self.tables, self.language = [], None, 0, None

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.handle_endtag(tag)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        expect(len(values) == len(attributes), self.name, "repeated attribute", tag, attributes)
        if tag not in self.VOID:
            self.stack.append(tag)
        if "id" in values:
            self.ids.append(values["id"])
        for key, value in attributes:
            expect(not key.startswith("on"), self.name, "handler", tag, key)
            expect(key not in ("style", "src", "srcset", "action", "formaction", "xlink:href"), self.name, "attribute", tag, key)
            if key == "href":
                expect(value.startswith("#") or value == "data:,", self.name, "leads away", tag, value)
                if value.startswith("#"):
                    self.targets.append(value[1:])
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "html":
            self.language = values.get("lang")
        if tag == "th":
            expect(values.get("scope") in ("col", "row"), self.name, "th without scope", values)
        if tag == "table":
            self.tables += 1
        if tag == "caption":
            self.tables -= 1
        if tag == "meta" and values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        if tag == "svg":
            expect(values.get("aria-hidden") == "true" or "aria-labelledby" in values, self.name, "svg without a name", values)
        expect(tag not in ("iframe", "object", "embed", "img", "form", "base", "foreignobject", "animate", "set"), self.name,
               "element", tag)

    def handle_endtag(self, tag):
        expect(self.stack and self.stack[-1] == tag, self.name, "closes", tag, "within", self.stack[-3:])
        if self.stack and self.stack[-1] == tag:
            self.stack.pop()

    def handle_data(self, data):
        if self.stack and self.stack[-1] in self.texts:
            self.texts[self.stack[-1]].append(data)


def check_source(name, text):
    source = Source(name)
    source.feed(text)
    source.close()
    expect(text.startswith("<!DOCTYPE html>\n"), name, "doctype")
    expect(not source.stack, name, "left open", source.stack)
    expect(source.language == "fr", name, "language", source.language)
    expect(len(source.ids) == len(set(source.ids)), name, "ids are not unique")
    expect(set(source.targets) <= set(source.ids), name, "leads nowhere", set(source.targets) - set(source.ids))
    expect(source.levels[:1] == [1] and source.levels.count(1) == 1, name, "h1")
    expect(all(b - a <= 1 for a, b in zip(source.levels, source.levels[1:])), name, "headings skip a level", source.levels)
    expect(source.tables == 0, name, "tables without caption", source.tables)
    expect(len(source.texts["script"]) == len(source.texts["style"]) == 1, name, "one script, one style")
    hashes = ["'sha256-" + base64.b64encode(hashlib.sha256(source.texts[part][0].encode()).digest()).decode() + "'"
              for part in ("style", "script")]
    expect(source.policy == f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; img-src data:; "
           "base-uri 'none'; form-action 'none'", name, "policy", source.policy)
    expect("@import" not in text and not re.search(r"url\(", source.texts["style"][0]), name, "style loads something")
    expect(not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text), name, "control characters")


# ---- what it shows ----

TABLES = """(() => Object.fromEntries([...document.querySelectorAll('table.data')].map(t => [t.id, {
  head: [...t.tHead.rows[0].cells].map(c => c.textContent),
  rows: [...t.tBodies[0].rows].map(r => [...r.cells].map(c => c.dataset.v === undefined ? c.textContent : Number(c.dataset.v))),
  foot: t.tFoot ? [...t.tFoot.rows[0].cells].map(c => c.textContent) : null}])))()"""


def column(table, title):
    at = table["head"].index(title)
    return [row[at] for row in table["rows"]]


def amount(value):
    size = abs(value)
    digits = re.sub(r"\B(?=(\d{3})+$)", "\u00a0", str(size // 100))
    return ("-" if value < 0 else "") + f"{digits},{size % 100:02d}\u00a0€"


def check_figures(name, tables, folder):
    sessions, bilan = rows_of(folder, "sessions.csv"), {row["cle"]: row["valeur"] for row in rows_of(folder, "bilan.csv")}
    shown = tables["t-sessions"]
    by_code = {row["session"]: row for row in sessions}
    starts = {row["session"]: row["date_debut"] for row in sessions}
    expect(column(shown, "Session") == sorted(by_code, key=lambda code: (starts[code], code.encode())), name, "sessions")
    for code, learners, cost in zip(column(shown, "Session"), column(shown, "Stagiaires"), column(shown, "Coût")):
        row = by_code[code]
        expect(learners == int(row["effectif"]), name, code, "learners", learners)
        expect(cost == cents(row["cout_pedagogique"]) + cents(row["cout_annexe"]), name, code, "cost", cost)
    for table in ("t-siae", "t-opco", "t-sessions"):
        expect(sum(column(tables[table], "Reste à charge")) == cents(bilan["reste_a_charge"]), name, table, "reste")
        expect(sum(column(tables[table], "Coût")) == cents(bilan["cout"]), name, table, "cost")
        foot = tables[table]["foot"][tables[table]["head"].index("Coût")]
        expect(foot == amount(cents(bilan["cout"])), name, table, "total", foot)
    for table in ("t-siae", "t-opco", "t-formations", "t-communes"):
        expect(sum(column(tables[table], "Demandés")) == int(bilan["effectif_demande"]), name, table, "asked")
        expect(sum(column(tables[table], "Servis")) == int(bilan["effectif_servi"]), name, table, "served")
    envelopes = rows_of(folder, "enveloppes.csv")
    expect(column(tables["t-enveloppes"], "Enveloppe") == [row["code"] for row in envelopes], name, "enveloppes")
    expect(column(tables["t-enveloppes"], "Engagé") == [cents(row["engage"]) for row in envelopes], name, "engagé")
    unmet = rows_of(folder, "non_couverts.csv")
    expect(column(tables["t-non-couverts"], "Besoin") == [row["besoin"] for row in unmet], name, "unmet needs")
    expect(column(tables["t-non-couverts"], "Stagiaires") == [int(row["effectif"]) for row in unmet], name, "unmet learners")
    if sessions:
        expect(sum(column(tables["t-calendrier"], "Stagiaires")) == int(bilan["effectif_servi"]), name, "calendar")


SAME = [  # table of the page, page and table of the workbook, columns of the first and of the second
    ("t-territoires", "Par territoire", "ParTerritoire",
     ["Communes de départ", "Zones blanches", "Demandés", "Servis", "Sans session accessible", "Sessions sur place", "Coût",
      "Frais annexes", "Reste à charge"],
     ["Communes de départ", "Zones blanches", "Stagiaires demandés", "Stagiaires servis", "Sans session accessible",
      "Sessions sur place", "Coût total", "Frais annexes", "Reste à charge"]),
    ("t-publics", "Publics", "Publics", ["Demandés", "Servis"], ["Stagiaires demandés", "Stagiaires servis"]),
    ("t-axes", "Par axe", "ParAxe", ["Demandés", "Servis", "Coût", "Reste à charge"],
     ["Stagiaires demandés", "Stagiaires servis", "Coût total", "Reste à charge"]),
    ("t-mutualisation", "Gain de la mutualisation", "Mutualisation",
     ["Servis", "Pourraient se former seuls", "Groupe trop petit", "Axe partagé", "Coût seule", "Coût au plan des mêmes", "Gain",
      "Coût au plan des autres"],
     ["Stagiaires servis", "Pourraient se former seuls", "Groupe trop petit", "Axe partagé", "Coût seule",
      "Coût au plan des mêmes", "Gain", "Coût au plan des autres"])]
AMOUNTS = ("Coût", "Frais", "Reste", "Gain")


def check_workbook(name, tables, folder):
    """What the page and the regional workbook both tell is the same; regional.py compares the workbook with the inputs."""
    book = Book(os.path.join(folder, name[:-5] + ".xlsx"))
    for identity, page, table, here, there in SAME:
        rows = [row for row in book.sheets[page].rows(table) if any(value is not None for value in row.values())]
        for title, other in zip(here, there):
            wanted = ["" if row[other] is None else cents(row[other]) if title.startswith(AMOUNTS) else int(row[other]) for row in rows]
            expect(column(tables[identity], title) == wanted, name, identity, title, column(tables[identity], title), wanted)


# ---- what it does ----

def check_sort(browser, name, tables):
    for identity, table in tables.items():
        for at, title in enumerate(table["head"]):
            if not browser.run(f"!!document.querySelector('#{identity} thead').rows[0].cells[{at}].querySelector('button')"):
                continue
            for sense in ("ascending", "descending"):
                cell = f"document.querySelector('#{identity} thead').rows[0].cells[{at}]"
                browser.run(cell + ".querySelector('button').click()")
                expect(browser.run(cell + ".getAttribute('aria-sort')") == sense, name, identity, title, "aria-sort")
                now = browser.run(TABLES)[identity]
                values = [row[at] for row in now["rows"] if row[at] != ""]
                expect(sorted(map(repr, now["rows"])) == sorted(map(repr, table["rows"])), name, identity, "rows lost")
                numbers = [value for value in values if isinstance(value, (int, float))]
                expect(numbers == sorted(numbers, reverse=sense == "descending"), name, identity, title, sense)
                if not numbers:
                    expect(browser.run(f"(() => {{const c = new Intl.Collator('fr', {{numeric: true}}), v = "
                                       f"{json.dumps(values)}; return v.every((x, i) => i === 0 || c.compare(v[i - 1], x) "
                                       f"{'<' if sense == 'ascending' else '>'}= 0)}})()"), name, identity, title, sense)


def fold(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not 0x300 <= ord(c) <= 0x36f).lower()


def check_fold(browser, name):
    """A long table shows its first rows, all of them at a click, and all of them on paper."""
    displayed = ("[...document.querySelectorAll('table.data')].every(t => [...t.tBodies[0].rows].filter(r => "
                 "getComputedStyle(r).display !== 'none').length {} t.tBodies[0].rows.length)")
    for width, height, most in ((*WIDE, 30), (*PHONE, 8)):
        browser.size(width, height)
        shown = browser.run("[...document.querySelectorAll('table.data')].map(t => [...t.tBodies[0].rows].filter(r => "
                            "getComputedStyle(r).display !== 'none').length - Math.min(t.tBodies[0].rows.length, %d))" % most)
        expect(not any(shown), name, "rows at first sight", width, shown)
        offers = browser.run("[...document.querySelectorAll('.scroll')].filter(box => [...box.querySelectorAll('tbody tr')].every(r => "
                             "getComputedStyle(r).display !== 'none') && box.nextElementSibling?.matches('.more') && "
                             "box.nextElementSibling.getClientRects().length).length")
        expect(offers == 0, name, offers, "tables shown whole offer more", width)
    browser.call("Emulation.setEmulatedMedia", media="print")
    expect(browser.run(displayed.format("===")), name, "rows on paper")
    browser.call("Emulation.setEmulatedMedia", media="")
    browser.run("document.querySelectorAll('.more:not([hidden])').forEach(b => b.click())")
    expect(browser.run(displayed.format("===")), name, "rows after a click on more")
    expect(browser.run("document.querySelectorAll('.more:not([hidden])').length") == 0, name, "more of nothing")
    browser.size(*WIDE)


def check_filter(browser, name, tables):
    tools = "document.querySelector('#{}').parentNode.previousElementSibling"
    for identity in ("t-sessions", "t-siae", "t-non-couverts"):
        table, box = tables[identity], tools.format(identity)
        texts = browser.run(f"[...document.querySelectorAll('#{identity} tbody tr')].map(r => r.textContent)")
        if not texts:
            continue
        words = re.findall(r"\w{4,}", texts[len(texts) // 2])[:2] or ["zzzz"]
        for query in (words[0], " ".join(words).upper(), "zzzz-nothing"):
            browser.run(f"(() => {{const i = {box}.querySelector('input'); i.value = {json.dumps(query)}; "
                        "i.dispatchEvent(new Event('input'))})()")
            shown = browser.run(f"[...document.querySelectorAll('#{identity} tbody tr')].map(r => !r.hidden)")
            expected = [all(word in fold(text) for word in fold(query).split()) for text in texts]
            expect(shown == expected, name, identity, "filter", repr(query), sum(shown), sum(expected))
            at = next((i for i, title in enumerate(table["head"]) if title in ("Stagiaires", "Demandés")), None)
            now = browser.run(TABLES)[identity]
            expect(int(now["foot"][at].replace("\u00a0", "")) == sum(row[at] for row, fits in zip(now["rows"], expected) if fits),
                   name, identity, "total of what is shown", now["foot"][at])
        browser.run(box + ".querySelector('button').click()")
        expect(browser.run(f"document.querySelectorAll('#{identity} tbody tr[hidden]').length") == 0, name, "reset")
        choice = browser.run(f"(() => {{const s = {box}.querySelector('select'); if (!s) return null; s.value = '0'; "
                             "s.dispatchEvent(new Event('change')); return s.selectedOptions[0].textContent})()")
        if choice is not None:
            kept = browser.run(f"[...document.querySelectorAll('#{identity} tbody tr:not([hidden])')].every(r => "
                               f"[...r.cells].some(c => c.textContent === {json.dumps(choice)}))")
            expect(kept, name, identity, "choice", choice)
            browser.run(box + ".querySelector('button').click()")
    if browser.run("document.querySelectorAll('#map a').length") > 0:
        held = browser.run("(() => {const a = document.querySelector('#map a'); a.dispatchEvent(new MouseEvent('click', "
                           "{bubbles: true, cancelable: true})); const t = document.querySelector(a.getAttribute('href')); "
                           "return t.parentNode.previousElementSibling.querySelector('input').value === a.dataset.q && "
                           "t.querySelectorAll('tbody tr:not([hidden])').length > 0})()")
        expect(held, name, "a commune of the map leads to its lines")


CONTRAST = r"""(() => {
  const parse = c => { const m = c.match(/[\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1]; };
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const bad = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const e = node.parentElement;
    if (!node.textContent.trim() || e.closest('svg,script') || !e.getClientRects().length) continue;
    let back = [255, 255, 255, 1];
    for (let at = e; at; at = at.parentElement) {
      const c = parse(getComputedStyle(at).backgroundColor);
      if (c[3] > 0) { back = c; break; }
    }
    const a = light(parse(getComputedStyle(e).color)), b = light(back);
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
  }
  return [...bad];
})()"""


def check_looks(browser, name):
    for width, height in (WIDE, PHONE):
        browser.size(width, height)
        expect(browser.run("document.scrollingElement.scrollWidth") <= width, name, "wider than", width,
               browser.run("document.scrollingElement.scrollWidth"))
        expect(browser.run(CONTRAST) == [], name, "contrast at", width, browser.run(CONTRAST))
    small = browser.run("[...document.querySelectorAll('a,button,input,select,summary')].filter(e => !e.closest('svg') && "
                        "e.getClientRects().length && !e.classList.contains('skip') && e.getBoundingClientRect().height < 20).length")
    expect(small == 0, name, small, "targets too small for a finger")
    browser.size(*WIDE)
    pdf = base64.b64decode(browser.call("Page.printToPDF", preferCSSPageSize=True)["data"])
    expect(pdf.startswith(b"%PDF-") and len(pdf) > 20000, name, "print")
    boxes = set(re.findall(rb"/MediaBox ?\[([^\]]+)\]", pdf))
    expect(all(float(box.split()[2]) > float(box.split()[3]) for box in boxes) and boxes, name, "printed pages lie", boxes)


def check_silence(browser, name, path):
    for event in browser.events:
        method, parameters = event.get("method"), event.get("params", {})
        expect(method not in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"), name, "console", parameters)
        if method == "Network.requestWillBeSent":
            url = parameters["request"]["url"]
            expect(url == "file://" + path or url.startswith("data:"), name, "asks for", url)


def check(browser, folder, path):
    name = os.path.basename(path)
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    check_source(name, text)
    browser.size(*WIDE)
    browser.open(path)
    tables = browser.run(TABLES)
    check_figures(name, tables, folder)
    check_workbook(name, tables, folder)
    check_looks(browser, name)
    check_fold(browser, name)
    check_filter(browser, name, tables)
    check_sort(browser, name, tables)
    check_silence(browser, name, path)
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(path)
    expect(browser.run("document.querySelectorAll('.tools, .data button').length") == 0, name, "controls without a script")
    expect(browser.run(TABLES) == tables, name, "tables without a script")
    expect(browser.run("document.scrollingElement.scrollWidth") <= WIDE[0], name, "wide without a script")
    browser.call("Emulation.setScriptExecutionDisabled", value=False)


def main():
    browser = Browser()
    for folder in sys.argv[1:]:
        pages = [name for name in os.listdir(folder) if name.endswith(".html")]
        expect(len(pages) == 1, folder, "pages", pages)
        for page in pages:
            check(browser, folder, os.path.join(os.path.abspath(folder), page))
    browser.close()
    print("\n".join(wrong[:40]))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
