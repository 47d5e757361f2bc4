#!/usr/bin/python3
"""The regional workbook against the CSV files beside it, cell by cell, and against the input files.

regional.py SORTIE [ENTREES]   SORTIE: one workbook plan-*.xlsx and the CSV files; ENTREES: what the plan was made of
With ENTREES every grouping is computed again from them (tests/lib/verify_region.py). Settings: depot_jours 30,
petits_effectifs 5. Prints what is wrong, a line each; exit status 1 when there is anything.
"""
import csv
import glob
import hashlib
import os
import re
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from verify import is_open  # noqa: E402
from verify_region import Region  # noqa: E402
from verify_rules import annexe  # noqa: E402
from xlsx import Book, span  # noqa: E402

MONTHS = ["Janvier", "Février", "Mars", "Avril", "Mai", "Juin", "Juillet", "Août", "Septembre", "Octobre", "Novembre",
          "Décembre"]
SMALL, DEPOSIT = 5, 30
wrong = []


def expect(found, wanted, *where):
    if found != wanted:
        wrong.append(f"{' '.join(map(str, where))}: {str(found)[:90]!r}, not {str(wanted)[:90]!r}")


def cents(value):
    return round(Decimal(value) * 100)


def shown(text):
    """A text as a cell holds it."""
    text = "".join(" " if ord(c) < 32 and c != "\n" or 127 <= ord(c) < 160 or ord(c) & 0xFFFE == 0xFFFE else c
                   for c in text.replace("\r\n", "\n"))
    kept, units = [], 0
    for at, c in enumerate(text):
        units += 7 if re.match(r"_x[0-9A-Fa-f]{4}_", text[at:]) else 2 if ord(c) > 0xFFFF else 1
        if units > 32766:
            return "".join(kept) + "…"
        kept.append(c)
    return text or None


def day(serial):
    return date(1899, 12, 30) + timedelta(int(serial))


class Output:
    def __init__(self, folder):
        self.book = Book(glob.glob(os.path.join(folder, "plan-*.xlsx"))[0])
        self.folder = folder
        for name in ("sessions", "seances", "affectations", "charges", "non_couverts", "enveloppes"):
            setattr(self, name, self.read(name))
        self.bilan = {row["cle"]: row["valeur"] for row in self.read("bilan")}
        self.of_session = defaultdict(list)
        for row in self.affectations:
            self.of_session[row["session"]].append(row)
        self.days = defaultdict(list)
        for row in self.seances:
            self.days[row["session"]].append(date.fromisoformat(row["date"]))

    def read(self, name):
        with open(os.path.join(self.folder, name + ".csv"), encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    def table(self, page, name):
        return self.book.sheets[page].rows(name)

    def same_table(self, page, name, rows):
        """rows: what each row of the table should hold, by title; amounts in cents."""
        found = self.table(page, name)
        expect(len(found), len(rows), page, "rows")
        for number, (row, wanted) in enumerate(zip(found, rows)):
            for title, value in wanted.items():
                cell = row[title]
                if isinstance(value, date):
                    cell = cell if cell is None else day(cell)
                elif isinstance(value, Cents):
                    cell = None if cell is None else Cents(cents(cell))
                elif isinstance(value, str):
                    value = shown(value)
                elif isinstance(value, Share):
                    if (cell is None) != (value.whole == 0) or cell is not None and \
                            abs(cell - Decimal(value.part) / Decimal(value.whole)) > Decimal("1e-8"):
                        expect(cell, f"{value.part} / {value.whole}", page, number, title)
                    continue
                expect(cell, value, page, f"row {number}", title)


class Cents(int):
    pass


class Share:
    def __init__(self, part, whole):
        self.part, self.whole = part, whole


# ---- the CSV files ----

def check_sessions(out):
    rows = []
    for row in out.sessions:
        own = out.of_session[row["session"]]
        start = date.fromisoformat(row["date_debut"])
        limit, today = start - timedelta(DEPOSIT), date.fromisoformat(out.bilan["date_plan"])
        state = "Délai passé" if limit < today else "Dans le mois" if limit < today + timedelta(30) else "À venir"
        rows.append({
            "Session": row["session"], "Début": start, "Fin": date.fromisoformat(row["date_fin"]),
            "Jours": len(out.days[row["session"]]), "Stagiaires": int(row["effectif"]), "SIAE": int(row["nb_siae"]),
            "Coût pédagogique": Cents(cents(row["cout_pedagogique"])), "Frais annexes": Cents(cents(row["cout_annexe"])),
            "Coût total": Cents(cents(row["cout_pedagogique"]) + cents(row["cout_annexe"])),
            "Rémunération remboursée": Cents(cents(row["remuneration"])),
            "Financé": Cents(sum(cents(a["finance"]) for a in own)),
            "Reste à charge": Cents(sum(cents(a["reste_a_charge"]) for a in own)),
            "Statut": "Fixée" if row["fixee"] == "oui" else "Nouvelle", "À déposer avant le": limit, "Dépôt": state})
    out.same_table("Sessions", "Sessions", rows)


def check_affectations(out):
    out.same_table("Affectations", "Affectations", [{
        "Session": row["session"], "Besoin": row["besoin"], "Montage": row["montage"],
        "Stagiaires": int(row["effectif"]), "Distance (km)": Decimal(row["km"]),
        "Coût pédagogique": Cents(cents(row["cout_pedagogique"])), "Frais annexes": Cents(cents(row["cout_annexe"])),
        "Rémunération remboursée": Cents(cents(row["remuneration"])), "Financé": Cents(cents(row["finance"])),
        "Reste à charge": Cents(cents(row["reste_a_charge"]))} for row in out.affectations])


def check_non_couverts(out):
    rows = out.table("Besoins non couverts", "NonCouverts")
    labels = {}
    out.same_table("Besoins non couverts", "NonCouverts",
                   [{"Besoin": row["besoin"], "Non couverts": int(row["effectif"])} for row in out.non_couverts])
    for row, wanted in zip(rows, out.non_couverts):
        detail = wanted["detail"][wanted["detail"][:2] in ("'=", "'+", "'-", "'@"):]
        if detail:
            expect(row["Explication"], shown(detail), "detail of", wanted["besoin"])
        expect(labels.setdefault(wanted["motif"], row["Motif"]), row["Motif"], "one label for", wanted["motif"])
        for title in ("Motif", "Explication", "Ce qui changerait la situation"):
            if not (title == "Explication" and detail) and (not row[title] or len(row[title]) < 8):
                wrong.append(f"{wanted['besoin']} has no {title}")
    expect(len(set(labels.values())), len(labels), "labels of motifs")


def check_enveloppes(out):
    out.same_table("Enveloppes", "Enveloppes", [{
        "Enveloppe": row["code"], "Montant": Cents(cents(row["montant"])), "Engagé": Cents(cents(row["engage"])),
        "Disponible": Cents(cents(row["disponible"])), "Part engagée": Share(cents(row["engage"]), cents(row["montant"]))}
        for row in out.enveloppes])
    found = defaultdict(int)
    for row in out.table("Prévisions", "Previsions"):
        for title, value in row.items():
            month = re.match(r"(\w+) (\d{4})$", title)
            if month and value is not None:
                found[row["Enveloppe"], int(month[2]), MONTHS.index(month[1]) + 1] += cents(value)
        expect(sum(cents(v) for t, v in row.items() if v is not None and re.search(r" \d{4}$", t)), cents(row["Total"]),
               "Prévisions, total of", row["Enveloppe"])
    wanted, starts = defaultdict(int), {row["session"]: date.fromisoformat(row["date_debut"]) for row in out.sessions}
    for row in out.charges:
        start = starts[row["session"]]
        wanted[shown(row["enveloppe"]), start.year, start.month] += cents(row["montant"])
    expect(found, wanted, "Prévisions by month")


def check_calendrier(out):
    sheet = out.book.sheets["Calendrier"]
    order = sorted(out.sessions, key=lambda row: (row["date_debut"], row["session"].encode()))
    if not order:
        return
    first = min(date.fromisoformat(row["date_debut"]) for row in order)
    first -= timedelta(first.weekday())
    right = max(column for _, column in sheet.elements)
    for number, row in enumerate(order):
        line = 7 + number
        expect(sheet.value(line, 1), shown(row["session"]), "Calendrier, line", line)
        weeks = Counter((at - first).days // 7 for at in out.days[row["session"]])
        cells = {column - 7: int(sheet.value(line, column)) for column in range(7, right + 1)
                 if sheet.value(line, column) is not None}
        expect(cells, dict(weeks), "Calendrier, weeks of", row["session"])
        expect(sheet.value(line, 5), "Fixée" if row["fixee"] == "oui" else "Nouvelle", "Calendrier, line", line)
        expect(sheet.value(line, 6), Decimal(row["effectif"]), "Calendrier, line", line)


def check_fiches(out):
    sheet = out.book.sheets["Fiches session"]
    totals = [row for row, column in sorted(sheet.elements) if column == 1 and sheet.value(row, 1) == "Total"]
    expect(len(totals), len(out.sessions), "Fiches")
    paid = defaultdict(int)
    for row in out.charges:
        paid[row["session"]] += cents(row["montant"])
    for line, row in zip(totals, out.sessions):
        own = out.of_session[row["session"]]
        found = [sheet.value(line, column) for column in (5, 7, 8, 9, 10)]
        wanted = [int(row["effectif"]), cents(row["cout_pedagogique"]) + cents(row["cout_annexe"]),
                  cents(row["remuneration"]), sum(cents(a["finance"]) for a in own),
                  sum(cents(a["reste_a_charge"]) for a in own)]
        expect([int(found[0])] + [cents(value) for value in found[1:]], wanted, "Fiche", row["session"])
        for number, a in enumerate(own):
            at = line - len(own) + number
            found = [sheet.value(at, 5), sheet.value(at, 6)] + [cents(sheet.value(at, c)) for c in (7, 8, 9, 10)]
            expect(found, [int(a["effectif"]), Decimal(a["km"]), cents(a["cout_pedagogique"]) + cents(a["cout_annexe"]),
                           cents(a["remuneration"]), cents(a["finance"]), cents(a["reste_a_charge"])], "Fiche", a)
        amounts = re.findall(r"(-?[\d\u00a0]+,\d\d)\u00a0€(?=, |$)", sheet.value(line + 1, 1))
        sums = [cents(amount.replace("\u00a0", "").replace(",", ".")) for amount in amounts]
        expect((sum(sums[:-1]), sums[-1]), (paid[row["session"]], wanted[4]), "Fiche, who pays", row["session"])


def check_synthese(out):
    values = {}
    for name in out.book.names:
        if name.get("name").startswith("Plan_"):
            top, left, _, _ = span(name.text.rpartition("!")[2])
            values[name.get("name")] = out.book.sheets["Synthèse"].value(top, left)
    expect(values["Plan_Stagiaires_servis"], Decimal(out.bilan["effectif_servi"]), "Synthèse, served")
    expect(values["Plan_Sessions"], Decimal(out.bilan["sessions"]), "Synthèse, sessions")
    expect(cents(values["Plan_Cout"]), cents(out.bilan["cout"]), "Synthèse, cost")
    expect(cents(values["Plan_Reste_a_charge"]), cents(out.bilan["reste_a_charge"]), "Synthèse, reste à charge")
    expect(cents(values["Plan_Finance"]), sum(cents(row["finance"]) for row in out.affectations), "Synthèse, finance")
    text = " ".join(out.book.sheets["Synthèse"].texts()).replace("\u00a0", "")
    if out.bilan["points"] not in text or out.bilan["points_borne"] not in text:
        wrong.append("Synthèse does not tell the points and their bound")


def check_controles(out):
    """The CSV column against sums of the files, the workbook's against its tables, every difference 0."""
    sheet = out.book.sheets["Contrôles"]
    bases = set()
    for line in range(5, 5 + 19):
        label, base, from_csv, book, bilan, gap, verdict, file, table = (sheet.value(line, c) for c in range(1, 10))
        expect((gap, verdict), (0, "Conforme"), "Contrôles", label)
        if file:
            name, columns = file.replace(" ", "").split(",")
            rows = out.read(name[:-4])
            total = len(rows) if columns == "lignes" else sum(Decimal(row[c]) for row in rows for c in columns.split("+"))
            expect(cents(from_csv), cents(total), "Contrôles, CSV", label)
        name, _, column = table.rstrip("]").partition("[")
        page = next(page for page in out.book.sheets.values() if any(t.name == name for t in page.tables))
        total = sum(row[column] or 0 for row in page.rows(name)) if column else len(page.rows(name))
        expect(cents(book), cents(total), "Contrôles, workbook", label)
        bases.add(base is not None)
        if base is not None:
            expect(cents(base), cents(book), "Contrôles, database", label)
        if bilan is not None:
            expect(cents(bilan), cents(book), "Contrôles, bilan", label)
    expect(sheet.value(24, 7), None, "Contrôles, lines")
    expect(len(bases), 1, "Contrôles, a database column for all or none")


def check_hypotheses(out):
    texts = out.book.sheets["Hypothèses"].texts()
    digests = []
    for name in ("sessions", "seances", "affectations", "charges", "non_couverts", "enveloppes", "bilan"):
        with open(os.path.join(out.folder, name + ".csv"), "rb") as file:
            digests.append(hashlib.sha256(file.read()).hexdigest())
        expect(digests[-1] in texts, True, "Hypothèses tells the checksum of", name)
    expect(hashlib.sha256("".join(digests).encode()).hexdigest() in texts, True, "Hypothèses tells the plan's checksum")


# ---- the input files ----

class Sums:
    """Learners asked and served, and what those served cost."""

    def __init__(self):
        self.asked = self.served = self.pedagogy = self.annexe = self.wages = self.finance = self.left = 0
        self.sessions = set()

    def serve(self, row):
        self.served += int(row["effectif"])
        self.pedagogy += cents(row["cout_pedagogique"])
        self.annexe += cents(row["cout_annexe"])
        self.wages += cents(row["remuneration"])
        self.finance += cents(row["finance"])
        self.left += cents(row["reste_a_charge"])
        self.sessions.add(row["session"])

    def cells(self):
        return {"Stagiaires demandés": self.asked, "Stagiaires servis": self.served,
                "Part servie": Share(self.served, self.asked), "Coût total": Cents(self.pedagogy + self.annexe),
                "Reste à charge": Cents(self.left)}


def group(out, region, key):
    """Sums by key(need), which may give several."""
    sums = defaultdict(Sums)
    for need in region.besoins:
        for name in key(need):
            sums[name].asked += int(need.effectif)
    for row in out.affectations:
        for name in key(region.need[row["besoin"]]):
            sums[name].serve(row)
    return sums


def in_bytes(name):
    return (name or "").encode()


def check_groups(out, region):
    by_siae = group(out, region, lambda need: [need.siae])
    out.same_table("Par SIAE", "ParSiae", [
        {"SIAE": siae.code, "Type": siae.type, "SIRET": siae.siret, "Sessions": len(by_siae[siae.code].sessions),
         **by_siae[siae.code].cells()} for siae in sorted(region.siae, key=lambda row: in_bytes(row.code))])
    by_axe = group(out, region, lambda need: [need.axe])
    out.same_table("Par axe", "ParAxe", [
        {"Axe": axe.code, "Sessions": len(by_axe[axe.code].sessions), "Financé": Cents(by_axe[axe.code].finance),
         **by_axe[axe.code].cells()} for axe in sorted(region.axes, key=lambda row: in_bytes(row.code))])
    by_opco = group(out, region, lambda need: [region.structure[need.siae].opco])
    names = {siae.opco for siae in region.siae} | {row.opco for row in region.enveloppes}
    out.same_table("Par OPCO", "ParOpco", [
        {"OPCO": name or "sans OPCO", "Sessions": len(by_opco[name].sessions), **by_opco[name].cells()}
        for name in sorted(names, key=in_bytes)])
    by_course = group(out, region, lambda need: [need.formation])
    out.same_table("Par formation", "ParFormation", [
        {"Formation": code, "Sessions": len(by_course[code].sessions), **by_course[code].cells()}
        for code in sorted(by_course, key=in_bytes)])
    course = region.course
    by_line = group(out, region, lambda need: [(course[need.formation].filiere, course[need.formation].domaine)])
    out.same_table("Par filière", "ParFiliere", [
        {"Filière": line[0] or "Sans filière", "Domaine": line[1], "Sessions": len(by_line[line].sessions),
         **by_line[line].cells()} for line in sorted(by_line, key=lambda line: (in_bytes(line[0]), in_bytes(line[1])))])


def check_places(out, region):
    held = Counter(region.offer[row["offre"]].commune for row in out.sessions)
    offers = {row["offre"]: region.offer[row["offre"]] for row in out.sessions}.values()

    def far(need):
        for offer in offers:
            km = region.distance(offer, need)[0] if is_open(region, offer, need) else None
            if km is not None and (need.rayon_km is None or km <= need.rayon_km):
                return False
        return True
    lost, by_commune = Counter(), group(out, region, lambda need: [region.home(need)])
    for need in region.besoins:
        lost[region.home(need)] += int(need.effectif) if far(need) else 0
    communes = sorted({code for code in held if code} | set(by_commune))
    white = {code for code in communes if by_commune[code].asked > 0 and lost[code] == by_commune[code].asked}
    out.same_table("Par commune", "ParCommune", [
        {"Code INSEE": code, "Sans session accessible": lost[code], "Sessions sur place": held[code],
         "Zone blanche": "Oui" if code in white else "",
         **{title: value for title, value in by_commune[code].cells().items() if title != "Reste à charge"}}
        for code in communes])
    zones = defaultdict(list)
    for code in communes:
        zones[region.commune[code].zone or ""].append(code)
    rows = []
    for zone in sorted(zones, key=in_bytes):
        sums = group(out, region, lambda need, zone=zone: [None] if region.home(need) in zones[zone] else [])[None]
        rows.append({"Territoire": zone or "Territoire commun", **sums.cells(),
                     "Communes de départ": sum(by_commune[code].asked > 0 for code in zones[zone]),
                     "Zones blanches": len(white & set(zones[zone])),
                     "Sans session accessible": sum(lost[code] for code in zones[zone]),
                     "Sessions sur place": sum(held[code] for code in zones[zone])})
    out.same_table("Par territoire", "ParTerritoire", rows)


def check_publics(out, region):
    sums = group(out, region, lambda need: set(need.publics))
    rows = []
    for name in sorted(sums, key=in_bytes):
        asked, served = sums[name].asked, sums[name].served
        few = asked < SMALL
        hidden = few or 0 < served < SMALL or 0 < asked - served < SMALL
        rows.append({"Public": name, "Stagiaires demandés": None if few else asked,
                     "Stagiaires servis": None if hidden else served,
                     "Part servie": Share(served, 0 if hidden else asked)})
    out.same_table("Publics", "Publics", rows)


def check_forecast(out, region):
    """What is acquired pays the sessions that begin first."""
    starts = {row["session"]: date.fromisoformat(row["date_debut"]) for row in out.sessions}
    acquired = {row.code: cents(Decimal(float(row.montant if row.montant_acquis is None else row.montant_acquis)))
                for row in region.enveloppes}
    wanted = defaultdict(int)
    for row in sorted(out.charges, key=lambda row: (starts[row["session"]], in_bytes(row["session"]),
                                                     in_bytes(row["besoin"]))):
        start, amount, code = starts[row["session"]], cents(row["montant"]), row["enveloppe"]
        firm = min(amount, acquired[code])
        acquired[code] -= firm
        for part, value in (("Ferme", firm), ("Conditionnelle", amount - firm)):
            if value:
                wanted[code, part, f"{MONTHS[start.month - 1]} {start.year}"] += value
    found = {(row["Enveloppe"], row["Part"], title): cents(value) for row in out.table("Prévisions", "Previsions")
             for title, value in row.items() if value and re.search(r" \d{4}$", title)}
    expect(found, dict(wanted), "Prévisions, firm and conditional")


def most_alone(learners, least, most):
    """Tries every number of groups: (learners that train, fewest groups that hold them)."""
    best = (0, 0)
    for groups in range(1, learners + 1):
        if groups * least <= learners and min(learners, groups * most) > best[0]:
            best = min(learners, groups * most), groups
    return best


def check_sharing(out, region):
    """The same learners, each SIAE alone, counted learner by learner."""
    axes = {axe.code: int(axe.min_siae or 1) for axe in region.axes}
    seats, rows = defaultdict(list), defaultdict(lambda: Counter())
    for row in out.sessions:
        price, size = cents(row["cout_pedagogique"]), int(row["effectif"])
        shares = [price // size + (i < price % size) for i in range(size)]
        for a in sorted(out.of_session[row["session"]], key=lambda a: (in_bytes(a["besoin"]), in_bytes(a["montage"]))):
            need = region.need[a["besoin"]]
            for _ in range(int(a["effectif"])):
                seats[need.siae, row["offre"]].append((need, shares.pop(0), annexe(region, region.offer[row["offre"]], need)))
    for (siae, code), learners in seats.items():
        offer, sums = region.offer[code], rows[siae]
        least, most = region.group_bounds(offer)
        able = [learner for learner in learners if axes[learner[0].axe] == 1]
        n, groups = most_alone(len(able), least, most)
        plan = sum(share + extra for _, share, extra in able[:n])
        sums["Stagiaires servis"] += len(learners)
        sums["Pourraient se former seuls"] += n
        sums["Groupe trop petit"] += len(able) - n
        sums["Axe partagé"] += len(learners) - len(able)
        sums["Groupes seule"] += groups
        sums["Coût au plan des mêmes"] += plan
        sums["Coût au plan des autres"] += sum(share + extra for _, share, extra in learners) - plan
        sums["Coût seule"] += groups * cents(Decimal(float(offer.cout_groupe))) + \
            n * cents(Decimal(float(offer.cout_stagiaire))) + sum(extra for _, _, extra in able[:n])
    wanted = []
    for siae in sorted(rows, key=in_bytes):
        sums = rows[siae]
        sums["Gain"] = sums["Coût seule"] - sums["Coût au plan des mêmes"]
        wanted.append({"SIAE": siae, **{title: Cents(value) if title.startswith(("Coût", "Gain")) else value
                                        for title, value in sums.items()}})
    out.same_table("Gain de la mutualisation", "Mutualisation", wanted)


def main():
    out = Output(sys.argv[1])
    for check in (check_sessions, check_affectations, check_non_couverts, check_enveloppes, check_calendrier, check_fiches,
                  check_synthese, check_controles, check_hypotheses):
        check(out)
    if len(sys.argv) > 2:
        region = Region(sys.argv[2], date.fromisoformat(out.bilan["date_plan"]))
        for check in (check_groups, check_places, check_publics, check_forecast, check_sharing):
            check(out, region)
    print("\n".join(wrong[:40]))
    return 1 if wrong else 0


sys.exit(main())
