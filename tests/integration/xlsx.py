"""A reader of workbooks that knows the format only: zip, XML, ECMA-376. For regional.py and craft.py.

Cells are keyed (row, column), both from 1. A cell's value is None, a str, or a Decimal.
"""
import re
import sys
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ART = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def place(reference):
    letters, digits = re.match(r"\$?([A-Z]+)\$?([0-9]+)$", reference).groups()
    return int(digits), column_number(letters)


def span(reference):
    """top, left, bottom, right of "A1:B2", "$A$1" or several ranges' first."""
    first, _, last = reference.split(" ")[0].partition(":")
    return (*place(first), *place(last or first))


def decoded(text):
    """_x0041_ stands for the letter A in a cell's text."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def number(text):
    """The library writes 16 digits, of which spreadsheets keep 15: 66.40000000000001 is 66.4."""
    value = Decimal(text)
    return round(value, 9).normalize() if value.is_finite() else value


class Table:
    def __init__(self, tree):
        self.name = tree.get("name")
        self.tree = tree
        self.top, self.left, self.bottom, self.right = span(tree.get("ref"))
        self.columns = list(tree.iter(MAIN + "tableColumn"))
        self.titles = [decoded(column.get("name")) for column in self.columns]
        self.totals = tree.get("totalsRowCount") == "1"

    @property
    def last(self):
        return self.bottom - self.totals


class Sheet:
    def __init__(self, book, name, part):
        self.book, self.name, self.part = book, name, part
        self.tree = book.trees[part]
        self.elements = {place(cell.get("r")): cell for cell in self.tree.iter(MAIN + "c")}
        self.relations = book.relations(part)
        self.tables = [Table(book.trees[target]) for target in self.relations.values() if "/tables/" in target]
        self.merged = [span(merged.get("ref")) for merged in self.tree.iter(MAIN + "mergeCell")]
        self.widths = {}
        for column in self.tree.iter(MAIN + "col"):
            for number in range(int(column.get("min")), int(column.get("max")) + 1):
                self.widths[number] = float(column.get("width"))

    def value(self, row, column):
        cell = self.elements.get((row, column))
        text = cell.findtext(MAIN + "v") if cell is not None else None
        if text is None:
            return None
        return self.book.strings[int(text)] if cell.get("t") == "s" else text if cell.get("t") else number(text)

    def format(self, row, column):
        cell = self.elements.get((row, column))
        return self.book.formats[int(cell.get("s", "0"))] if cell is not None else "General"

    def rows(self, name):
        """The rows of a native table as dicts by title; none where the one row is blank."""
        table = next(table for table in self.tables if table.name == name)
        rows = [{title: self.value(row, table.left + i) for i, title in enumerate(table.titles)}
                for row in range(table.top + 1, table.last + 1)]
        return [] if len(rows) == 1 and all(value is None for value in rows[0].values()) else rows

    def totals(self, name):
        table = next(table for table in self.tables if table.name == name)
        return {title: self.value(table.bottom, table.left + i) for i, title in enumerate(table.titles)}

    def texts(self):
        return [value for value in map(lambda at: self.value(*at), sorted(self.elements)) if isinstance(value, str)]


class Book:
    def __init__(self, path):
        self.path = path
        with zipfile.ZipFile(path) as package:
            self.damaged = package.testzip()
            self.infos = package.infolist()
            self.parts = {info.filename: package.read(info) for info in self.infos}
        self.trees = {name: ElementTree.fromstring(data) for name, data in self.parts.items()
                      if name.endswith((".xml", ".rels"))}
        self.strings = [decoded("".join(si.itertext())) for si in self.trees["xl/sharedStrings.xml"].iter(MAIN + "si")]
        styles = self.trees["xl/styles.xml"]
        custom = {number.get("numFmtId"): number.get("formatCode") for number in styles.iter(MAIN + "numFmt")}
        self.looks = list(styles.find(MAIN + "cellXfs"))
        self.formats = [custom.get(look.get("numFmtId"), "#" + look.get("numFmtId")) for look in self.looks]
        self.fonts, self.fills = list(styles.find(MAIN + "fonts")), list(styles.find(MAIN + "fills"))
        workbook = self.trees["xl/workbook.xml"]
        links = self.relations("xl/workbook.xml")
        self.entries = list(workbook.iter(MAIN + "sheet"))
        self.sheets = {entry.get("name"): Sheet(self, entry.get("name"), links[entry.get(LINK + "id")])
                       for entry in self.entries}
        self.names = list(workbook.iter(MAIN + "definedName"))

    def relations(self, part):
        """Identifier to part of what a part refers to."""
        folder, _, name = part.rpartition("/")
        tree = self.trees.get(f"{folder}/_rels/{name}.rels", [])
        return {link.get("Id"): self.resolve(folder, link.get("Target")) for link in tree}

    @staticmethod
    def resolve(folder, target):
        path = target.lstrip("/").split("/") if target.startswith("/") else (folder + "/" + target).split("/")
        steps = []
        for step in path:
            steps = steps[:-1] if step == ".." else steps + [step]
        return "/".join(steps)


def lines(sheet):
    """The cells of each row, tabs between."""
    rows = {}
    for row, column in sorted(sheet.elements):
        value = sheet.value(row, column)
        rows.setdefault(row, []).append("" if value is None else f"{value:f}" if isinstance(value, Decimal) else value)
    return ["\t".join(cell.replace("\n", " ") for cell in cells) for cells in rows.values()]


def main():
    """xlsx.py BOOK [PAGE]: the cells of a page, a row a line; of every page, its name before each line."""
    book = Book(sys.argv[1])
    if len(sys.argv) > 2:
        print("\n".join(lines(book.sheets[sys.argv[2]])))
    else:
        print("\n".join(f"{name}\t{line}" for name, sheet in book.sheets.items() for line in lines(sheet)))


if __name__ == "__main__":
    main()
