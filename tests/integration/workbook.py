#!/usr/bin/python3
"""Reads written workbooks back with openpyxl, and their XML bare, for tests/integration/test_workbook.c.

workbook.py reconcile FOLDER...       every figure of the workbooks against the CSV files beside them
workbook.py craft FOLDER...           how a workbook is made: rules on the package's XML
workbook.py holds FILE TEXT           some cell of the file's first sheet is the text
workbook.py isolate LIST FOLDER       no part of a file holds what LIST forbids (lines: file TAB text)
Prints what is wrong, a line each; exit status 1 when there is anything.
"""
import csv
import os
import re
import sys
import warnings
import zipfile
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEAD = 4  # the row of a table's header, from 1
GREY = "FFE7E6E6"  # of a cell for the reader to fill in
wrong = []
warnings.simplefilter("ignore")  # openpyxl on extensions it does not keep


def expect(holds, *words):
    if not holds:
        wrong.append(" ".join(str(word) for word in words))


def cents(value):
    return int((Decimal(repr(value)) * 100).to_integral_value()) if value is not None else 0


def rows_of(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def books(folder, prefix):
    return sorted(name for name in os.listdir(folder) if name.startswith(prefix) and name.endswith(".xlsx"))


class Page:
    """A sheet whose header is in row HEAD and whose last row holds the totals."""

    def __init__(self, book, name):
        self.sheet = book[name]
        values = list(self.sheet.iter_rows(min_row=HEAD, values_only=True))
        self.titles = list(values[0])
        total = values[-1][0] == "Total"
        self.totals = dict(zip(self.titles, values[-1])) if total else {}
        self.rows = [dict(zip(self.titles, row)) for row in values[1:len(values) - total]]
        if len(self.rows) == 1 and all(value is None for value in self.rows[0].values()):
            self.rows = []

    def sum(self, title):
        return sum(cents(row[title]) for row in self.rows)


def compare(where, page, csv_rows, texts, amounts, days, numbers):
    """Row by row, a column of the page (key) against one of the CSV file (value)."""
    expect(len(page.rows) == len(csv_rows), where, "has", len(page.rows), "rows, the CSV", len(csv_rows))
    for row, expected in zip(page.rows, csv_rows):
        for title, column in texts.items():
            expect((row[title] or "") == expected[column], where, title, repr(row[title]), repr(expected[column]))
        for title, column in amounts.items():
            expect(cents(row[title]) == round(Decimal(expected[column]) * 100), where, title, row[title], expected[column])
        for title, column in days.items():
            value = row[title].date() if isinstance(row[title], datetime) else row[title]
            expect(value == date.fromisoformat(expected[column]), where, title, row[title], expected[column])
        for title, column in numbers.items():
            expect(Decimal(repr(row[title])) == Decimal(expected[column]), where, title, row[title], expected[column])
    for title, column in amounts.items():
        total = sum(round(Decimal(row[column]) * 100) for row in csv_rows)
        if page.totals[title] is not None:
            expect(cents(page.totals[title]) == total, where, "total of", title, page.totals[title], total)


def regional(folder, name):
    book = openpyxl.load_workbook(os.path.join(folder, name), data_only=True)
    bilan = {row["cle"]: row["valeur"] for row in rows_of(folder, "bilan.csv")}
    sessions, affectations = rows_of(folder, "sessions.csv"), rows_of(folder, "affectations.csv")
    compare(name + " Sessions", Page(book, "Sessions"), sessions, {"Session": "session"},
            {"Coût pédagogique": "cout_pedagogique", "Frais annexes": "cout_annexe",
             "Rémunération remboursée": "remuneration"},
            {"Début": "date_debut", "Fin": "date_fin"}, {"Stagiaires": "effectif", "SIAE": "nb_siae"})
    compare(name + " Affectations", Page(book, "Affectations"), affectations,
            {"Session": "session", "Besoin": "besoin", "Montage": "montage"},
            {"Coût pédagogique": "cout_pedagogique", "Frais annexes": "cout_annexe",
             "Rémunération remboursée": "remuneration", "Financé": "finance", "Reste à charge": "reste_a_charge"},
            {}, {"Stagiaires": "effectif", "Distance (km)": "km"})
    compare(name + " Enveloppes", Page(book, "Enveloppes"), rows_of(folder, "enveloppes.csv"), {"Enveloppe": "code"},
            {"Montant": "montant", "Engagé": "engage", "Disponible": "disponible"}, {}, {})
    compare(name + " Besoins non couverts", Page(book, "Besoins non couverts"), rows_of(folder, "non_couverts.csv"),
            {"Besoin": "besoin"}, {}, {}, {"Non couverts": "effectif"})
    siae = Page(book, "Par SIAE")
    for title, column in {"Coût total": "cout", "Reste à charge": "reste_a_charge",
                          "Rémunération remboursée": "remuneration"}.items():
        expect(siae.sum(title) == round(Decimal(bilan[column]) * 100), name, "Par SIAE", title, bilan[column])
    expect(siae.totals["Stagiaires demandés"] == int(bilan["effectif_demande"]), name, "Par SIAE, demandés")
    expect(siae.totals["Stagiaires servis"] == int(bilan["effectif_servi"]), name, "Par SIAE, servis")
    for title in ("Par OPCO", "Par axe", "Par filière", "Par formation", "Par territoire", "Par commune"):
        page = Page(book, title)
        expect(page.totals["Stagiaires demandés"] == int(bilan["effectif_demande"]), name, title, "demandés")
        expect(page.totals["Stagiaires servis"] == int(bilan["effectif_servi"]), name, title, "servis")
        for column, key in {"Coût total": "cout", "Reste à charge": "reste_a_charge"}.items():
            expect(column not in page.totals and title == "Par commune" or cents(page.totals[column]) == round(Decimal(bilan[key]) * 100), name, title, column)
    for row in Page(book, "Publics").rows:
        expect(not any(row[column] is not None and 0 < row[column] < 5
                       for column in ("Stagiaires demandés", "Stagiaires servis")), name, "small count", row)
    blocks = [row for row in book["Fiches session"].iter_rows(min_row=HEAD, values_only=True) if row[0] == "Total"]
    expect([row[4] for row in blocks] == [int(row["effectif"]) for row in sessions], name, "Fiches, learners")
    expect([cents(row[6]) for row in blocks] ==
           [round((Decimal(row["cout_pedagogique"]) + Decimal(row["cout_annexe"])) * 100) for row in sessions],
           name, "Fiches, cost")
    synthese(name, book["Synthèse"], bilan, folder)
    controls = [row for row in book["Contrôles"].iter_rows(min_row=HEAD + 1, values_only=True) if row[6] is not None]
    expect(len(controls) == 19 and all(row[5] == 0 and row[6] == "Conforme" for row in controls), name, "Contrôles", controls)
    days = rows_of(folder, "seances.csv")
    calendar = sum(value for row in book["Calendrier"].iter_rows(min_row=7, min_col=7, values_only=True)
                   for value in row if value is not None)
    expect(calendar == len(days), name, "Calendrier holds", calendar, "days, seances.csv", len(days))


def synthese(name, sheet, bilan, folder):
    cards = [cell.value for cell in sheet[5] if cell.value is not None]
    finance = sum(round(Decimal(row["finance"]) * 100) for row in rows_of(folder, "affectations.csv"))
    expect(cards[1] == int(bilan["effectif_servi"]) and cards[2] == int(bilan["sessions"]), name, "cards", cards)
    expect([cents(value) for value in cards[3:]] ==
           [round(Decimal(bilan["cout"]) * 100), finance, round(Decimal(bilan["reste_a_charge"]) * 100)],
           name, "amounts of cards", cards)
    totals = [row for row in sheet.iter_rows(values_only=True) if "Total" in row]
    values = {}
    for row in totals:
        for first, n in ((0, 4), (5, 6), (12, 3)):
            if row[first] == "Total":
                values[first] = row[first + 1:first + n]
    expect(values[0][:2] == (int(bilan["effectif_demande"]), int(bilan["effectif_servi"])), name, "axes", values[0])
    expect(values[5][:2] == values[0][:2] and cents(values[5][2]) == round(Decimal(bilan["cout"]) * 100) and
           cents(values[5][3]) == finance, name, "OPCO", values[5])
    expect(values[12] == (int(bilan["sessions"]), int(bilan["effectif_servi"])), name, "months", values[12])


def requests(name, book, mine):
    """Pièces: one line a SIAE and session for whose learners something is financed."""
    papers = Page(book, "Pièces à fournir")
    asked = [row for row in mine if Decimal(row["finance"]) > 0]
    finance = sum(round(Decimal(row["finance"]) * 100) for row in asked)
    expect(papers.sum("Montant demandé") == finance == cents(papers.totals["Montant demandé"]), name, "Pièces", finance)
    expect(sum(row["Stagiaires"] for row in papers.rows) == sum(int(row["effectif"]) for row in asked), name, "Pièces")
    expect({row["Session"] for row in papers.rows} == {row["session"] for row in asked}, name, "sessions of Pièces")


def learners_and_actions(name, book, actions, own_title, mine, sessions):
    """The pages that a file for an OPCO and a file for a SIAE share."""
    learners = Page(book, "Stagiaires")
    expect(len(learners.rows) == sum(int(row["effectif"]) for row in mine), name, "learners", len(learners.rows))
    for title, column in {"Coût pédagogique": "cout_pedagogique", "Frais annexes": "cout_annexe",
                          "Rémunération": "remuneration", "Reste à charge": "reste_a_charge"}.items():
        expected = sum(round(Decimal(row[column]) * 100) for row in mine)
        for page in (actions, learners):
            expect(page.sum(title) == expected == cents(page.totals[title]), name, page.sheet.title, title, expected)
    finance = sum(round(Decimal(row["finance"]) * 100) for row in mine)
    expect(actions.sum("Part de l’OPCO") == learners.sum("Financé") == finance, name, "finance", finance)
    by_session = defaultdict(int)
    for row in learners.rows:
        by_session[row["Session"]] += 1
        expect(cents(row["Coût pédagogique"]) + cents(row["Frais annexes"]) + cents(row["Rémunération"]) ==
               cents(row["Financé"]) + cents(row["Reste à charge"]), name, "learner", row)
        expect(all(row[title] is None for title in learners.titles[-6:]), name, "columns to fill in", row)
    for line in learners.sheet.iter_rows(min_row=HEAD + 1, max_row=HEAD + len(learners.rows)):
        expect(all(cell.fill.fgColor.rgb == GREY for cell in line[-6:]), name, "columns to fill in are grey", line[0].row)
    expect({row["Session"] for row in actions.rows} == set(by_session), name, "sessions of Actions")
    for line, row in zip(actions.sheet.iter_rows(min_row=HEAD + 1), actions.rows):
        expected = sessions[row["Session"]]
        expect(row["Effectif total"] == int(expected["effectif"]), name, "head-count", row)
        expect(row[own_title] == by_session[row["Session"]], name, "own head-count", row)
        expect(row["Intra ou inter"] == ("Inter" if int(expected["nb_siae"]) > 1 else "Intra"), name, "intra, inter", row)
        expect((row["À déposer avant le"] is None) == (row["Part de l’OPCO"] == 0), name, "day to file", row)
        for title in ("RNCP / RS", "Formacode"):
            grey = line[actions.titles.index(title)].fill.fgColor.rgb == GREY
            expect(grey == (row[title] is None), name, title, "is grey where not given", row)
    return learners


def opco(folder, totals):
    sessions = {row["session"]: row for row in rows_of(folder, "sessions.csv")}
    affectations, charges = rows_of(folder, "affectations.csv"), rows_of(folder, "charges.csv")
    for name in books(folder, "opco-"):
        book = openpyxl.load_workbook(os.path.join(folder, name), data_only=True)
        own = {row["Besoin"] for row in Page(book, "Stagiaires").rows}
        mine = [row for row in affectations if row["besoin"] in own]
        learners_and_actions(name, book, Page(book, "Actions"), "Effectif de l’OPCO", mine, sessions)
        requests(name, book, mine)
        for column in ("cout_pedagogique", "cout_annexe", "remuneration", "finance", "reste_a_charge"):
            totals[column] += sum(round(Decimal(row[column]) * 100) for row in mine)
        compare(name + " Imputations", Page(book, "Imputations"), [row for row in charges if row["besoin"] in own],
                {"Session": "session", "Besoin": "besoin", "Enveloppe": "enveloppe"}, {"Montant imputé": "montant"}, {}, {})
        front = [row for row in book["Synthèse"].iter_rows(values_only=True) if row[3] in ("Conforme", "À vérifier")]
        finance = sum(round(Decimal(row["finance"]) * 100) for row in mine)
        expect(len(front) == 5 and all(cents(row[1]) == finance and row[2] == 0 for row in front), name, "controls", front)
        envelopes = Page(book, "Enveloppes")
        codes = {row["code"]: row for row in rows_of(folder, "enveloppes.csv")}
        for row in envelopes.rows:
            expect(cents(row["Engagé"]) == round(Decimal(codes[row["Enveloppe"]]["engage"]) * 100), name, row)
        totals["engage"] += envelopes.sum("Engagé")


def siae(folder):
    """Each SIAE's workbook against the CSV files; together they hold every learner and every need."""
    sessions = {row["session"]: row for row in rows_of(folder, "sessions.csv")}
    affectations, missing = rows_of(folder, "affectations.csv"), rows_of(folder, "non_couverts.csv")
    seances = defaultdict(list)
    for row in rows_of(folder, "seances.csv"):
        seances[row["session"]].append(date.fromisoformat(row["date"]))
    seen, unmet = 0, 0
    for name in books(folder, "siae-"):
        book = openpyxl.load_workbook(os.path.join(folder, name), data_only=True)
        needs, days = Page(book, "Besoins"), Page(book, "Journées")
        own = {row["Besoin"] for row in needs.rows}
        mine = [row for row in affectations if row["besoin"] in own]
        learners_and_actions(name, book, Page(book, "Sessions"), "Effectif de la SIAE", mine, sessions)
        requests(name, book, mine)
        by_session = defaultdict(int)
        for row in mine:
            by_session[row["session"]] += int(row["effectif"])
        expected = sorted((day, session) for session in by_session for day in seances[session])
        expect([(row["Date"].date(), row["Session"]) for row in days.rows] == expected, name, "Journées")
        absent = defaultdict(int)
        for day, session in expected:
            absent[day] += by_session[session]
        for row in days.rows:
            expect(row["Stagiaires de la SIAE"] == by_session[row["Session"]], name, "own learners", row)
            expect(row["Salariés absents ce jour"] == absent[row["Date"].date()], name, "absent", row)
        for row in needs.rows:
            here = [a for a in mine if a["besoin"] == row["Besoin"]]
            without = sum(int(m["effectif"]) for m in missing if m["besoin"] == row["Besoin"])
            expect(row["Servis"] == sum(int(a["effectif"]) for a in here), name, "Besoins", row)
            expect(row["Demandés"] - row["Servis"] == row["Non servis"] == without, name, "Besoins", row)
            expect((row["Pourquoi"] is None) == (without == 0) == (row["Ce qui le changerait"] is None), name, "why", row)
            expect(all(a["session"] in (row["Sessions"] or "") for a in here), name, "sessions of a need", row)
            unmet += without
        seen += sum(int(row["effectif"]) for row in mine)
    expect(seen == sum(int(row["effectif"]) for row in affectations), folder, "SIAE workbooks together,", seen)
    expect(unmet == sum(int(row["effectif"]) for row in missing), folder, "SIAE workbooks together, unmet", unmet)


def reconcile(folders):
    for folder in folders:
        for name in books(folder, "plan-"):
            regional(folder, name)
        totals = defaultdict(int)
        opco(folder, totals)
        siae(folder)
        for column in ("cout_pedagogique", "cout_annexe", "remuneration", "finance", "reste_a_charge"):
            expected = sum(round(Decimal(row[column]) * 100) for row in rows_of(folder, "affectations.csv"))
            expect(totals[column] == expected, folder, "OPCO workbooks together,", column, totals[column], expected)
        expected = sum(round(Decimal(row["engage"]) * 100) for row in rows_of(folder, "enveloppes.csv"))
        expect(totals["engage"] == expected, folder, "OPCO workbooks together, engagé", totals["engage"], expected)


# ---- craft ----

def parts_of(path):
    with zipfile.ZipFile(path) as package:
        expect(package.testzip() is None, path, "damaged part")
        return {name: package.read(name) for name in package.namelist()}


def craft_package(name, parts, trees, plan_day):
    types = parts["[Content_Types].xml"].decode()
    for part in parts:
        known = "/" + part in types or 'Extension="' + part.rsplit(".", 1)[-1] + '"' in types
        expect(known or part == "[Content_Types].xml", name, "part without type:", part)
        expect("TargetMode=\"External\"" not in parts[part].decode("utf-8", "replace"), name, "external link in", part)
    expect(not any("vba" in part or "comment" in part or "externalLink" in part for part in parts), name, sorted(parts))
    core = parts["docProps/core.xml"].decode()
    expect(re.search(r"<dc:title>[^<]+</dc:title>", core), name, "has no title")
    expect(re.search(r"<dc:subject>[^<]+</dc:subject>", core), name, "has no subject")
    expect(re.search(r"<dc:creator>prisme [^<]+</dc:creator>", core), name, "has no author")
    for word in ("created", "modified"):
        expect(f">{plan_day}T00:00:00Z</dcterms:{word}>" in core, name, word, "is not the plan's day")
    names = [sheet.get("name") for sheet in trees["xl/workbook.xml"].iter(MAIN + "sheet")]
    expect(all(0 < len(n) <= 31 for n in names) and len(set(map(str.lower, names))) == len(names), name, names)
    expect(all(sheet.get("state") is None for sheet in trees["xl/workbook.xml"].iter(MAIN + "sheet")), name, "hidden sheet")
    defined = [d.get("name") for d in trees["xl/workbook.xml"].iter(MAIN + "definedName")]
    expect(all(re.match(r"_xlnm\.(Print_Titles|_FilterDatabase)$|(Plan|Synthese|Dossier)_\w+$", n) for n in defined), name,
           "defined names", defined)
    texts = [text for part, data in parts.items() if part.endswith(".xml") for text in [data.decode()]]
    expect(not any(re.search(r"NAN|[-+]?INF<", text, re.I) and "<v>NAN" in text.upper() for text in texts), name, "NaN")


def cells_of(tree):
    return {cell.get("r"): cell for cell in tree.iter(MAIN + "c")}


def place(reference):
    letters, digits = re.match(r"([A-Z]+)([0-9]+)", reference).groups()
    return int(digits), openpyxl.utils.column_index_from_string(letters)


def span(reference):
    first, _, last = reference.partition(":")
    return (*place(first), *place(last or first))


def craft_page(name, part, tree, campaign, number):
    setup = tree.find(MAIN + "pageSetup")
    expect(setup is not None and setup.get("orientation") == "landscape", name, part, "is not landscape")
    expect(setup.get("paperSize") in ("8", "9"), name, part, "is neither A3 nor A4")
    fit = tree.find(MAIN + "sheetPr/" + MAIN + "pageSetUpPr")
    expect(fit is not None and fit.get("fitToPage") == "1", name, part, "does not fit the page")
    foot = tree.findtext(MAIN + "headerFooter/" + MAIN + "oddFooter") or ""
    expect("&P / &N" in foot and f"plan n° {number} " in foot and campaign in foot, name, part, "foot", repr(foot))
    expect(len(foot) <= 255, name, part, "foot too long")
    expect(tree.find(MAIN + "cols") is not None, name, part, "has default widths")
    for cell in tree.iter(MAIN + "c"):
        expect(cell.get("t") != "e", name, part, cell.get("r"), "is an error")
        if cell.find(MAIN + "f") is not None:
            expect(cell.findtext(MAIN + "v") not in (None, ""), name, part, cell.get("r"), "has no stored value")
            formula = cell.findtext(MAIN + "f")
            expect(re.match(r"(SUBTOTAL\(109,\w+\[[^\]]+\]\)|SUM\(\w+\[[^\]]+\]\)|COUNTA\(\w+\[\w+\]\)|"
                            r"B\d+-B\d+|MAX\([A-E0-9:]+\)-MIN\([A-E0-9:]+\))$", formula),
                   name, part, cell.get("r"), "unforeseen formula", formula)
    for row in tree.iter(MAIN + "row"):
        expect(row.get("hidden") is None and float(row.get("ht", "15")) <= 409, name, part, "row", row.attrib)


def craft_table(name, part, table, tree, strings):
    top, left, bottom, right = span(table.get("ref"))
    cells = cells_of(tree)
    columns = list(table.iter(MAIN + "tableColumn"))
    titles = [column.get("name") for column in columns]
    expect(table.find(MAIN + "autoFilter") is not None, name, part, "table without filter")
    sums = any(column.get("totalsRowFunction") == "sum" for column in columns)
    expect((table.get("totalsRowCount") == "1") == sums, name, part, "row of totals")
    expect(len(set(map(str.lower, titles))) == len(titles) == right - left + 1, name, part, "titles", titles)
    for index, title in enumerate(titles):
        letter = openpyxl.utils.get_column_letter(left + index)
        head = cells[f"{letter}{top}"]
        expect(head.get("t") == "s" and strings[int(head.findtext(MAIN + "v"))] == title, name, part, "header", title)
        total = cells[f"{letter}{bottom}"]
        if columns[index].get("totalsRowFunction") == "sum":
            values = [Decimal(cells[f"{letter}{row}"].findtext(MAIN + "v") or 0) for row in range(top + 1, bottom)]
            stored = Decimal(total.findtext(MAIN + "v"))
            expect(abs(sum(values) - stored) < Decimal("0.005"), name, part, title, "stored total", stored, sum(values))
    for merged in tree.iter(MAIN + "mergeCell"):
        first, _, last, _ = span(merged.get("ref"))
        expect(last < top or first > bottom, name, part, "merged cells in the table", merged.get("ref"))
    pane = next(tree.iter(MAIN + "pane"), None)
    expect(pane is not None and pane.get("state") == "frozen" and pane.get("ySplit") == str(top), name, part, "pane")
    expect(tree.find(MAIN + "ignoredErrors") is not None, name, part, "codes of digits are flagged")


def craft_formats(name, path):
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, (datetime, date)):
                    expect(cell.number_format == "dd/mm/yyyy", name, sheet.title, cell.coordinate, cell.number_format)
                if "€" in cell.number_format and isinstance(cell.value, (int, float)):
                    decimals = 4 if "0000" in cell.number_format else 2
                    text = f"{cell.value:,.{decimals}f} €"
                    widths = sheet.column_dimensions
                    merged = any(cell.coordinate in ranges for ranges in sheet.merged_cells.ranges)
                    width = widths[cell.column_letter].width
                    expect(merged or len(text) * 0.91 + 0.7 <= width, name, sheet.title, cell.coordinate, text, width)
                if isinstance(cell.value, str) and not cell.data_type == "f":
                    expect(cell.data_type == "s" and "####" not in cell.value, name, cell.coordinate, cell.value[:40])


def craft_drawings(name, parts):
    charts = [part for part in parts if part.startswith("xl/charts/chart")]
    for part in charts:
        text = parts[part].decode()
        expect("<c:title>" in text, name, part, "has no title")
        expect(text.count("<c:numFmt") >= 1, name, part, "has no axis format")
        expect("<c:numCache>" in text, name, part, "has no stored values")
    described = 0
    for part in parts:
        if part.startswith("xl/drawings/drawing"):
            described += len(re.findall(r'<xdr:cNvPr [^>]*descr="[^"]+"', parts[part].decode()))
    expect(described == len(charts), name, "charts", len(charts), "with alternative text", described)


def craft(folders):
    for folder in folders:
        bilan = {row["cle"]: row["valeur"] for row in rows_of(folder, "bilan.csv")}
        for name in books(folder, "plan-") + books(folder, "opco-"):
            path = os.path.join(folder, name)
            parts = parts_of(path)
            trees = {part: ElementTree.fromstring(data) for part, data in parts.items() if part.endswith((".xml", ".rels"))}
            craft_package(name, parts, trees, bilan["date_plan"])
            strings = ["".join(si.itertext()) for si in trees["xl/sharedStrings.xml"].iter(MAIN + "si")]
            table_names = [table.get("name") for part, table in trees.items() if part.startswith("xl/tables/")]
            expect(len(set(table_names)) == len(table_names), name, "tables", table_names)
            titled = {d.get("localSheetId") for d in trees["xl/workbook.xml"].iter(MAIN + "definedName")
                      if d.get("name") == "_xlnm.Print_Titles"}
            for part, tree in trees.items():
                match = re.match(r"xl/worksheets/sheet(\d+)\.xml$", part)
                if not match:
                    continue
                number = re.search(r"-v(\d+)\.xlsx$", name)[1]
                craft_page(name, part, tree, bilan["campagne"].replace("&", "&&"), number)
                relations = trees.get(f"xl/worksheets/_rels/sheet{match[1]}.xml.rels", [])
                for relation in relations:
                    if "tables/" in relation.get("Target"):
                        table = trees["xl/" + relation.get("Target")[3:]]
                        craft_table(name, part, table, tree, strings)
                        expect(str(int(match[1]) - 1) in titled, name, part, "does not repeat its header")
            craft_drawings(name, parts)
            craft_formats(name, path)


def isolate(forbidden_list, folder):
    forbidden = defaultdict(list)
    with open(forbidden_list, encoding="utf-8") as file:
        for line in file:
            name, text = line.rstrip("\n").split("\t")
            forbidden[name].append(text.encode())
    for name, texts in forbidden.items():
        with zipfile.ZipFile(os.path.join(folder, name)) as package:
            whole = b"\0".join(info.filename.encode() + b"\0" + package.read(info) for info in package.infolist())
        for text in texts:
            expect(text not in whole, name, "holds", text.decode())


def holds(path, text):
    found = [str(cell).replace("\u00a0", " ") for row in openpyxl.load_workbook(path).worksheets[0].values for cell in row]
    expect(text in found, path, "has no cell", repr(text))


def main():
    verb, arguments = sys.argv[1], sys.argv[2:]
    if verb == "isolate":
        isolate(*arguments)
    else:
        globals()["openpyxl"] = __import__("openpyxl.utils")
        if verb == "holds":
            holds(*arguments)
        else:
            {"reconcile": reconcile, "craft": craft}[verb](arguments)
    print("\n".join(wrong[:40]))
    sys.exit(1 if wrong else 0)


main()
