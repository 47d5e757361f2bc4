#!/usr/bin/python3
"""How a workbook is made, for a region, an OPCO or a SIAE: rules on the package's XML, one function a rule, its first line the rule.

craft.py rules             the rules, a line each
craft.py check BOOK...     what breaks them: lines "rule TAB what"; exit status 1 when there is anything
"""
import os
import re
import sys
from collections import namedtuple
from decimal import Decimal

from xlsx import ART, CHART, DRAWING, MAIN, Book, number, place, span

PAGES = ["Synthèse", "Calendrier", "Sessions", "Fiches session", "Affectations", "Par SIAE", "Par OPCO", "Enveloppes",
         "Prévisions", "Par axe", "Par filière", "Par formation", "Par territoire", "Par commune", "Publics",
         "Besoins non couverts", "Gain de la mutualisation", "Contrôles", "Hypothèses"]
# What differs between kinds of workbook, by how their files begin.
Kind = namedtuple("Kind", "title pages without_table names")
KINDS = {
    "plan-": Kind("Plan régional", PAGES, {"Synthèse", "Calendrier", "Fiches session", "Contrôles", "Hypothèses"},
                  {"Plan_Besoins", "Plan_Stagiaires_servis", "Plan_Sessions", "Plan_Cout", "Plan_Finance",
                   "Plan_Reste_a_charge"}),
    "opco-": Kind("Dossier OPCO", ["Synthèse", "Actions", "Stagiaires", "Enveloppes", "Imputations", "Pièces à fournir"],
                  {"Synthèse"}, {"Dossier_Actions", "Dossier_Stagiaires", "Dossier_Cout", "Dossier_Part_OPCO",
                                 "Dossier_Reste_a_charge"}),
    "siae-": Kind("Formations de la SIAE",
                  ["Synthèse", "Sessions", "Journées", "Stagiaires", "Besoins", "Pièces à fournir"], {"Synthèse"},
                  {"Dossier_Sessions", "Dossier_Stagiaires", "Dossier_Cout", "Dossier_Finance", "Dossier_Reste_a_charge"}),
}
PALETTE = ["0072B2", "F0E442", "7A3E00", "56B4E9", "00664B", "E69F00", "4D4D4D", "D9A7C7"]  # of the calendar
ONE_PAGE = {"Synthèse", "Contrôles"}
RULES, REGIONAL = [], set()


def rule(function):
    RULES.append(function)
    return function


def regional(function):
    REGIONAL.add(function)
    return function


def sentence(function):
    return function.__doc__.split("\n")[0]


def per_sheet(function):
    def checked(book):
        for sheet in book.sheets.values():
            for problem in function(sheet):
                yield f"{sheet.name}: {problem}"
    checked.__doc__ = function.__doc__
    RULES.append(checked)
    return checked


# ---- the package ----

@rule
def intact(book):
    """every part inflates to its checksum"""
    if book.damaged:
        yield book.damaged


@rule
def typed(book):
    """every part has a content type"""
    types = book.parts["[Content_Types].xml"].decode()
    for part in book.parts:
        if f'"/{part}"' not in types and f'Extension="{part.rsplit(".", 1)[-1]}"' not in types:
            yield part


@rule
def resolved(book):
    """every relationship leads to a part"""
    for part in book.parts:
        if part.endswith(".rels"):
            folder, _, name = part.rpartition("_rels/")
            for target in book.relations(folder + name[:-5]).values():
                if target not in book.parts:
                    yield f"{part}: {target}"


@rule
def self_contained(book):
    """nothing leads out of the file: no link, macro, comment or query"""
    for part, data in book.parts.items():
        if b'TargetMode="External"' in data or re.search("vba|comment|externalLink|quer|connection", part, re.I):
            yield part


@rule
def timeless(book):
    """every part bears the same date, whenever it was written"""
    for info in book.infos:
        if info.date_time != (1980, 1, 1, 0, 0, 0):
            yield f"{info.filename} {info.date_time}"


@rule
def described(book):
    """the properties say title, subject, author, keywords and the plan's day"""
    core = book.parts["docProps/core.xml"].decode()
    for pattern in (f"<dc:title>{book.kind.title} [^<]+<", "<dc:subject>Campagne [^<]+ plan n° [0-9]+ du [^<]+<",
                    "<dc:creator>prisme [0-9.]+<", "<cp:keywords>[^<]+<", r">\d{4}-\d\d-\d\dT00:00:00Z</dcterms:created>"):
        if not re.search(pattern, core):
            yield pattern


# ---- sheets ----

@rule
def ordered(book):
    """the pages are those of the list, in its order, none hidden"""
    names = [entry.get("name") for entry in book.entries]
    if names != book.kind.pages:
        yield names
    for entry in book.entries:
        if entry.get("state"):
            yield entry.get("name")


@rule
def opens_first(book):
    """the file opens on the summary, the only page selected"""
    view = next(book.trees["xl/workbook.xml"].iter(MAIN + "workbookView"))
    if view.get("activeTab", "0") != "0":
        yield view.get("activeTab")
    for sheet in book.sheets.values():
        selected = next(sheet.tree.iter(MAIN + "sheetView")).get("tabSelected") == "1"
        if selected != (sheet.name == book.kind.pages[0]):
            yield sheet.name


@per_sheet
def landscape(sheet):
    """every page prints landscape on A4 or A3"""
    setup = sheet.tree.find(MAIN + "pageSetup")
    if setup.get("orientation") != "landscape" or setup.get("paperSize") not in ("8", "9"):
        yield setup.attrib


@per_sheet
def fitted(sheet):
    """every page is fitted to the paper's width; the summary and the controls to one sheet of it"""
    setup, fit = sheet.tree.find(MAIN + "pageSetup"), sheet.tree.find(MAIN + "sheetPr/" + MAIN + "pageSetUpPr")
    height = "1" if sheet.name in ONE_PAGE else "0"
    if fit is None or fit.get("fitToPage") != "1" or setup.get("fitToHeight", "1") != height:
        yield setup.attrib
    if setup.get("fitToWidth", "1") not in ("1", "2"):
        yield setup.attrib


@per_sheet
def margins(sheet):
    """margins are narrow, and leave room for the foot"""
    margin = sheet.tree.find(MAIN + "pageMargins")
    if not (float(margin.get("left")) <= 0.5 and float(margin.get("bottom")) >= 0.5):
        yield margin.attrib


@per_sheet
def foot(sheet):
    """every page's foot tells the campaign, the plan and its date, the page's name and number"""
    text = sheet.tree.findtext(MAIN + "headerFooter/" + MAIN + "oddFooter") or ""
    if not re.search(r"Campagne .+ plan n° \d+ du \d\d/\d\d/\d{4}&C&8&A&R&8page &P / &N$", text) or len(text) > 255:
        yield repr(text)


@rule
def repeated(book):
    """every page of several sheets repeats its header rows"""
    titles = {int(name.get("localSheetId")) for name in book.names if name.get("name") == "_xlnm.Print_Titles"}
    for index, name in enumerate(book.kind.pages):
        if name not in ONE_PAGE and name != "Fiches session" and index not in titles:
            yield name


@per_sheet
def grid(sheet):
    """the programme's grid lines are hidden"""
    if next(sheet.tree.iter(MAIN + "sheetView")).get("showGridLines") != "0":
        yield "shown"


@per_sheet
def frozen(sheet):
    """a table's header stays in view"""
    pane = next(sheet.tree.iter(MAIN + "pane"), None)
    for table in sheet.tables:
        if pane is None or pane.get("state") != "frozen" or int(pane.get("ySplit", "0")) != table.top:
            yield table.name


@per_sheet
def wide(sheet):
    """every column written to has a width of its own, of at most 80 characters"""
    for column in {column for _, column in sheet.elements}:
        if not 1 <= sheet.widths.get(column, 0) <= 80:
            yield f"column {column}: {sheet.widths.get(column)}"


@per_sheet
def high(sheet):
    """no row is hidden, none is higher than a row may be"""
    for row in sheet.tree.iter(MAIN + "row"):
        if row.get("hidden") or float(row.get("ht", "15")) > 409:
            yield row.get("r")


@per_sheet
def in_order(sheet):
    """cells stand once each, in the order of rows and columns"""
    places = [place(cell.get("r")) for cell in sheet.tree.iter(MAIN + "c")]
    if places != sorted(set(places)):
        yield "out of order"


@per_sheet
def merged(sheet):
    """merged cells lie outside tables and apart from each other"""
    for i, (top, left, bottom, right) in enumerate(sheet.merged):
        others = sheet.merged[:i] + [(t.top, t.left, t.bottom, t.right) for t in sheet.tables]
        for o_top, o_left, o_bottom, o_right in others:
            if top <= o_bottom and o_top <= bottom and left <= o_right and o_left <= right:
                yield f"row {top}, column {left}"


@per_sheet
def breaks(sheet):
    """forced page breaks ascend and are no more than a page may have"""
    rows = [int(at.get("id")) for at in sheet.tree.iter(MAIN + "brk")]
    if rows != sorted(set(rows)) or len(rows) > 1023:
        yield rows[:5]


@regional
@rule
def whole_blocks(book):
    """a block of a session is printed on one page: none is broken, the page between two breaks holds its rows"""
    sheet = book.sheets["Fiches session"]
    across = sum(7 * width + 5 for width in sheet.widths.values()) * 0.75  # points, as Excel counts
    margin = {side: float(value) * 72 for side, value in sheet.tree.find(MAIN + "pageMargins").items()}
    room = (595.3 - margin["top"] - margin["bottom"]) * max(1, across / (841.9 - margin["left"] - margin["right"]))
    heights = {int(row.get("r")): float(row.get("ht", "15")) for row in sheet.tree.iter(MAIN + "row")}
    last = max(heights)
    begins = [row for row in range(1, last + 1) if str(sheet.value(row + 1, 1) or "").startswith("Où : ")]
    starts = [1] + [int(at.get("id")) + 1 for at in sheet.tree.iter(MAIN + "brk")]
    for start, end in zip(starts, starts[1:] + [last + 1]):
        if start > 1 and start not in begins:
            yield f"row {start} begins a page, not a block"
        high = sum(heights.get(row, 15) for row in range(start, end))
        if high > room + 15 and sum(start <= row < end for row in begins) > 1:
            yield f"rows {start} to {end}: {high:.0f} points of {room:.0f}"


# ---- tables ----

@rule
def tables_named(book):
    """tables have names of their own, apart from the names of cells"""
    names = [table.name for sheet in book.sheets.values() for table in sheet.tables]
    names += [name.get("name") for name in book.names if not name.get("name").startswith("_xlnm")]
    if len(set(map(str.lower, names))) != len(names):
        yield names


@rule
def tables_everywhere(book):
    """every page of rows is a native table"""
    for name in set(book.kind.pages) - book.kind.without_table:
        if len(book.sheets[name].tables) != 1:
            yield name


@per_sheet
def filtered(sheet):
    """every table has a filter over its rows, and not over its totals"""
    for table in sheet.tables:
        found = table.tree.find(MAIN + "autoFilter")
        if found is None or span(found.get("ref")) != (table.top, table.left, table.last, table.right):
            yield table.name


@per_sheet
def headed(sheet):
    """a table's titles are those of its header cells, all different"""
    for table in sheet.tables:
        cells = [sheet.value(table.top, table.left + i) for i in range(len(table.titles))]
        if cells != table.titles or len(set(map(str.lower, cells))) != len(cells):
            yield table.titles


@per_sheet
def totalled(sheet):
    """a table with sums has a row of totals that says so"""
    for table in sheet.tables:
        sums = [column.get("totalsRowFunction") == "sum" for column in table.columns]
        if any(sums) != table.totals or (table.totals and sheet.value(table.bottom, table.left) != "Total"):
            yield table.name


@per_sheet
def summed(sheet):
    """every total is a formula over its column, with its value stored"""
    for table in sheet.tables:
        for i, column in enumerate(table.columns):
            at = table.bottom, table.left + i
            if column.get("totalsRowFunction") != "sum":
                continue
            values = [sheet.value(row, at[1]) or 0 for row in range(table.top + 1, table.bottom)]
            formula = sheet.elements[at].findtext(MAIN + "f")
            if formula != f"SUBTOTAL(109,{table.name}[{table.titles[i]}])":
                yield formula
            if abs(sum(values) - sheet.value(*at)) >= Decimal("0.005"):
                yield f"{table.titles[i]}: {sheet.value(*at)}, not {sum(values)}"


@per_sheet
def digits(sheet):
    """codes of digits are not flagged as numbers stored as text"""
    ranges = [span(error.get("sqref")) for error in sheet.tree.iter(MAIN + "ignoredError")
              if error.get("numberStoredAsText") == "1"]
    for table in sheet.tables:
        if (table.top, table.left, table.bottom, table.right) not in ranges:
            yield table.name


# ---- cells ----

@per_sheet
def no_error(sheet):
    """no cell holds an error"""
    for at, cell in sheet.elements.items():
        if cell.get("t") == "e":
            yield at


@per_sheet
def stored(sheet):
    """every formula has its value stored"""
    for at, cell in sheet.elements.items():
        if cell.find(MAIN + "f") is not None and not cell.findtext(MAIN + "v"):
            yield at


@per_sheet
def foreseen(sheet):
    """formulas are totals of tables and differences of totals, nothing else"""
    for at, cell in sheet.elements.items():
        formula = cell.findtext(MAIN + "f")
        if formula and not re.match(r"(SUBTOTAL\(109,\w+\[[^\]]+\]\)|SUM\(\w+\[[^\]]+\]\)|COUNTA\(\w+\[\w+\]\)|"
                                    r"B\d+-B\d+|MAX\(B\d+:E\d+\)-MIN\(B\d+:E\d+\))$", formula):
            yield f"{at}: {formula}"


@rule
def strings(book):
    """texts are shared, counted right, and at most 32,767 units long"""
    table = book.trees["xl/sharedStrings.xml"]
    used = [int(cell.findtext(MAIN + "v")) for sheet in book.sheets.values() for cell in sheet.elements.values()
            if cell.get("t") == "s"]
    # the library counts the titles of tables twice, once for each time they are written
    if int(table.get("count")) < len(used) or int(table.get("uniqueCount")) != len(book.strings) or \
            any(not 0 <= index < len(book.strings) for index in used):
        yield f"{table.attrib}, {len(used)} used of {len(book.strings)}"
    if len(set(book.strings)) != len(book.strings):
        yield "a text twice"
    for text in book.strings:
        if len(text.encode("utf-16-le")) // 2 > 32767:
            yield text[:30]


@rule
def printable(book):
    """texts hold no control character but line feeds, and no noncharacter"""
    for text in book.strings:
        if re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]", text):
            yield repr(text[:30])


@rule
def typed_cells(book):
    """cells are texts, numbers or formulas with numbers: nothing inline, nothing guessed"""
    for sheet in book.sheets.values():
        for at, cell in sheet.elements.items():
            if cell.get("t") not in (None, "s") or cell.find(MAIN + "is") is not None:
                yield f"{sheet.name} {at}"


@per_sheet
def numbers(sheet):
    """numbers are finite, and integers where they count"""
    for at, cell in sheet.elements.items():
        value = sheet.value(*at)
        if isinstance(value, Decimal):
            if not value.is_finite() or (sheet.format(*at) == "[$-40C]#,##0" and value != int(value)):
                yield f"{at}: {value}"


@per_sheet
def days(sheet):
    """days are whole numbers of this century, shown as day, month and year"""
    for at in sheet.elements:
        value = sheet.value(*at)
        if value is not None and "yyyy" in sheet.format(*at):
            if sheet.format(*at) != "dd/mm/yyyy" or value != int(value) or not 36526 <= value < 73051:
                yield f"{at}: {value}"


@per_sheet
def euros(sheet):
    """amounts are whole cents, shown as # ##0,00 € whatever the reader's language"""
    for at in sheet.elements:
        value, look = sheet.value(*at), sheet.format(*at)
        if isinstance(value, Decimal) and "€" in look:
            decimals = 4 if "0.0000" in look else 2
            if not look.startswith("[$-40C]#,##0.00") or abs(value - round(value, decimals)) > Decimal("1e-7"):
                yield f"{at}: {value} {look}"


@per_sheet
def shares(sheet):
    """shares are between 0 and 1, but for gains, which may be losses"""
    for at in sheet.elements:
        value = sheet.value(*at)
        if isinstance(value, Decimal) and "%" in sheet.format(*at):
            if value > 1 or (value < 0 and sheet.name != "Gain de la mutualisation"):
                yield f"{at}: {value}"


@per_sheet
def no_hashes(sheet):
    """every number fits its column: none is shown as ####"""
    for at, cell in sheet.elements.items():
        value, look = sheet.value(*at), sheet.format(*at)
        inside = any(top <= at[0] <= bottom and left <= at[1] <= right for top, left, bottom, right in sheet.merged)
        if inside or not isinstance(value, Decimal):
            continue
        shown = "00/00/0000" if "yyyy" in look else f"{value:,.2f} €" if "€" in look else f"{value:,.1f}"
        if look in ("[$-40C]#,##0", "#0", "#1"):
            shown = f"{value:,.0f}"
        if len(shown) * 0.91 + 0.7 > sheet.widths[at[1]]:
            yield f"{at}: {shown} in {sheet.widths[at[1]]}"


# ---- looks ----

def colour(element):
    return element.get("rgb")[-6:] if element is not None and element.get("rgb") else None


def luminance(rgb):
    parts = [int(rgb[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@rule
def styled(book):
    """every cell's style is one of the book's"""
    for sheet in book.sheets.values():
        for at, cell in sheet.elements.items():
            if int(cell.get("s", "0")) >= len(book.looks):
                yield f"{sheet.name} {at}"


@rule
def legible(book):
    """letters are of one font, of 8 points or more"""
    if len({font.find(MAIN + "name").get("val") for font in book.fonts}) != 1:
        yield "several fonts"
    for font in book.fonts:
        if float(font.find(MAIN + "sz").get("val")) < 8:
            yield font.find(MAIN + "sz").get("val")


@rule
def contrasted(book):
    """letters stand out from their cell: 4.5 to 1 at least (WCAG)"""
    for look in book.looks:
        letters = colour(book.fonts[int(look.get("fontId"))].find(MAIN + "color")) or "000000"
        ground = colour(book.fills[int(look.get("fillId"))].find(f"{MAIN}patternFill/{MAIN}fgColor")) or "FFFFFF"
        if contrast(letters, ground) < 4.5:
            yield f"{letters} on {ground}: {contrast(letters, ground):.1f}"


def ground(book, cell):
    return colour(book.fills[int(book.looks[int(cell.get("s"))].get("fillId"))].find(f"{MAIN}patternFill/{MAIN}fgColor"))


@rule
@regional
def colours_apart(book):
    """the weeks of sessions have a colour of the palette, each filière's its own, neighbours apart in grey print"""
    sheet, of_line = book.sheets["Calendrier"], {}
    for (row, column), cell in sheet.elements.items():
        if row > 6 and column > 6 and cell.find(MAIN + "v") is not None:
            of_line.setdefault(sheet.value(row, 3), set()).add(ground(book, cell))
    used = [found for line in of_line.values() for found in line]
    if not set(used) <= set(PALETTE) or any(len(found) != 1 for found in of_line.values()):
        yield of_line
    if len(of_line) < len(PALETTE) and len(set(used)) != len(used):
        yield of_line
    for one, other in zip(PALETTE, PALETTE[1:]):
        if {one, other} <= set(used) and contrast(one, other) < 1.4:
            yield f"{one} and {other}: {contrast(one, other):.2f}"


@per_sheet
def bars(sheet):
    """bars of shares run from 0 to 1, so that equal bars are equal shares"""
    for bar in sheet.tree.iter(MAIN + "dataBar"):
        bounds = [(limit.get("type"), limit.get("val")) for limit in bar.iter(MAIN + "cfvo")]
        if bounds != [("num", "0"), ("num", "1")]:
            yield bounds


@per_sheet
def conditional(sheet):
    """bars and icons lie in the rows of a table, not in its totals"""
    for formatting in sheet.tree.iter(MAIN + "conditionalFormatting"):
        top, left, bottom, right = span(formatting.get("sqref"))
        if not any(t.top < top and bottom <= t.last and t.left <= left and right <= t.right for t in sheet.tables):
            yield formatting.get("sqref")


# ---- charts ----

def charts(book):
    return {part: tree for part, tree in book.trees.items() if part.startswith("xl/charts/chart")}


@rule
def titled(book):
    """every chart has a title"""
    for part, tree in charts(book).items():
        if not "".join(tree.find(f"{CHART}chart/{CHART}title").itertext()).strip():
            yield part


@rule
def alternative(book):
    """every chart has an alternative text that says what it shows"""
    texts = [frame.get("descr") or "" for part, tree in book.trees.items() if part.startswith("xl/drawings/drawing")
             for frame in tree.iter(DRAWING + "cNvPr")]
    if len(texts) != len(charts(book)) or any(len(text) < 30 for text in texts):
        yield texts


@rule
def axes(book):
    """every chart's values have French separators, from 0 on"""
    for part, tree in charts(book).items():
        axis = next(tree.iter(CHART + "valAx"))
        if "[$-40C]" not in axis.find(CHART + "numFmt").get("formatCode") or \
                axis.find(f"{CHART}scaling/{CHART}min").get("val") != "0":
            yield part


@rule
def drawn(book):
    """every chart holds the values of the cells it is drawn from"""
    for part, tree in charts(book).items():
        for reference in tree.iter(CHART + "numRef"):
            name, _, cells = reference.findtext(CHART + "f").rpartition("!")
            top, left, bottom, right = span(cells)
            sheet = book.sheets[name.strip("'")]
            held = [sheet.value(row, left) for row in range(top, bottom + 1)]
            kept = [number(point.findtext(CHART + "v")) for point in reference.iter(CHART + "pt")]
            if left != right or held != kept:
                yield f"{part}: {held} drawn as {kept}"


@rule
def apart_in_grey(book):
    """the series of a chart are told apart in grey print"""
    for part, tree in charts(book).items():
        fills = [series.find(f"{CHART}spPr/{ART}solidFill/{ART}srgbClr").get("val") for series in tree.iter(CHART + "ser")]
        for one, other in zip(fills, fills[1:]):
            if contrast(one, other) < 2:
                yield f"{part}: {fills}"


@rule
@regional
def six_charts(book):
    """the summary draws demand by axe, OPCO and type, envelopes and months; the forecasts their months"""
    titles = {"".join(tree.find(f"{CHART}chart/{CHART}title").itertext()) for tree in charts(book).values()}
    wanted = {"Demande servie par axe", "Demande servie par type de SIAE", "Demande servie par OPCO",
              "Enveloppes par OPCO : engagé et disponible"}
    if book.sheets["Sessions"].rows("Sessions"):
        wanted |= {"Sessions par mois de début", "Engagements par mois de début des sessions"}
    if wanted - titles and book.sheets["Par SIAE"].totals("ParSiae")["Stagiaires demandés"]:
        yield wanted - titles


# ---- names ----

@rule
def names(book):
    """names lead to cells that hold something"""
    found = set()
    for name in book.names:
        if name.get("name").startswith("_xlnm"):
            continue
        found.add(name.get("name"))
        page, _, cells = name.text.rpartition("!")
        top, left, _, _ = span(cells.replace("$", ""))
        if book.sheets[page.strip("'")].value(top, left) is None:
            yield f"{name.get('name')} {name.text}"
    if book.kind.names - found:
        yield book.kind.names - found


def main():
    verb, paths = sys.argv[1], sys.argv[2:]
    if verb == "rules":
        print("\n".join(map(sentence, RULES)))
        return 0
    broken = 0
    for path in paths:
        book = Book(path)
        book.kind = KINDS[os.path.basename(path)[:5]]
        # the other rules look for the pages by name
        known = [function for function in RULES if function not in REGIONAL or book.kind is KINDS["plan-"]]
        for function in known if list(book.sheets) == book.kind.pages else [ordered]:
            for problem in list(function(book))[:5]:
                print(f"{sentence(function)}\t{path}: {problem}")
                broken += 1
    return 1 if broken else 0


sys.exit(main())
