#!/usr/bin/python3
"""Verifies a plan from its CSV files against the data contract alone: verify.py FOLDER SORTIE; prints one line a fault, exits 1 when there is one."""

import argparse
import csv
import datetime
import io
import os
import re
import sys
from collections import Counter

from verify_motif import TooMany, best_plans, joined, room
from verify_region import Region
from verify_rules import Lift, STRICT, Session, all_faults, admissible

COLUMNS = {
    "sessions": "session offre formation organisme commune date_debut date_fin effectif nb_siae cout_pedagogique cout_annexe remuneration fixee",
    "seances": "session date",
    "affectations": "session besoin montage effectif km cout_pedagogique cout_annexe remuneration finance reste_a_charge",
    "charges": "session besoin enveloppe montant",
    "non_couverts": "besoin effectif motif detail",
    "enveloppes": "code montant engage disponible",
    "bilan": "cle valeur",
}
AMOUNTS = set("cout_pedagogique cout_annexe remuneration finance reste_a_charge montant engage disponible".split())
FIGURES = "points points_borne cout reste_a_charge cout_pondere cout_pondere_borne remuneration effectif_demande effectif_servi sessions".split()
COUNTS = {"points", "points_borne", "effectif_demande", "effectif_servi", "sessions"}
MOTIFS = set("""aucune_offre ineligible hors_periode hors_rayon groupe_insuffisant mutualisation_impossible capacite organisme_sature
    siae_saturee stagiaire_occupe apres_non_servi reste_a_charge enveloppe_epuisee arbitrage non_tranche""".split())
UNPROVEN = {"arbitrage", "non_tranche", "aucune_offre"}
KEYS = {"sessions": 1, "seances": 2, "affectations": 3, "charges": 3, "non_couverts": 3, "enveloppes": 1, "bilan": 1}


class Report:
    """Faults, printed at once."""

    def __init__(self):
        self.count = 0

    def fault(self, rule, text):
        self.count += 1
        print(f"{rule}: {text}")

    def same(self, rule, text, found, expected):
        if found != expected:
            self.fault(rule, f"{text}: found {found}, expected {expected}")


def cents(text):
    return int(text.replace(".", "")) if re.fullmatch(r"-?\d+\.\d\d", text) else None


def euros(value):
    return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"


def read_output(folder, name, report):
    """Rows as dictionaries of text, after the checks of form."""
    path = os.path.join(folder, name + ".csv")
    try:
        with open(path, "rb") as handle:
            raw = handle.read()
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        report.fault("fichier", f"{name}.csv: {error}")
        return []
    columns = COLUMNS[name].split()
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    report.same("fichier", f"{name}.csv header", lines[0] if lines else None, columns)
    rows, keys = [], Counter()
    for number, cells in enumerate(lines[1:], 2):
        where = f"{name}.csv line {number}"
        if len(cells) != len(columns):
            report.fault("fichier", f"{where}: {len(cells)} cells")
            continue
        row = dict(zip(columns, cells))
        keys[tuple(cells[:KEYS[name]])] += 1
        for column, cell in row.items():
            shape = None
            if column in AMOUNTS:
                shape = r"-?\d+\.\d\d"
            elif column == "km":
                shape = r"\d+(\.\d)?"
            elif column in ("effectif", "nb_siae"):
                shape = r"[1-9]\d*"
            elif column.startswith("date"):
                shape = r"\d{4}-\d\d-\d\d"
            elif column == "fixee":
                shape = r"oui|non"
            if shape and not re.fullmatch(shape, cell):
                report.fault("format", f"{where}: {column} is '{cell}'")
        rows.append(row)
    for key, times in keys.items():
        if times > 1:
            report.fault("fichier", f"{name}.csv: {';'.join(key)} stands {times} times")
    return rows


def is_open(region, offer, need):
    return (offer.formation == need.formation and offer.siae in (None, need.siae)
            and offer.opco in (None, region.structure[need.siae].opco))


class Plan:
    """The seven files, and the sessions they describe."""

    def __init__(self, region, folder, report):
        self.region, self.report = region, report
        self.files = {name: read_output(folder, name, report) for name in COLUMNS}
        learners, self.sessions = {}, []
        for row in self.files["affectations"]:
            if row["besoin"] not in region.need or row["montage"] not in region.funding:
                report.fault("reference", f"affectations.csv: {row['besoin']} or {row['montage']} is unknown")
                continue
            learners.setdefault(row["session"], {})[row["besoin"], row["montage"]] = int(row["effectif"])
        for row in self.files["sessions"]:
            if row["offre"] not in region.offer:
                report.fault("reference", f"sessions.csv: {row['offre']} is unknown")
                continue
            self.sessions.append(Session(region, row["session"], region.offer[row["offre"]], datetime.date.fromisoformat(row["date_debut"]),
                                         learners.pop(row["session"], {}), row["fixee"] == "oui"))
        for code in learners:
            report.fault("reference", f"affectations.csv: session {code} is unknown")

    def verify(self):
        faults, money = all_faults(self.region, self.sessions)
        for rule, text in faults:
            self.report.fault(rule, text)
        self.money = money
        if money is None:
            return
        self._sessions()
        self._rows()
        self._charges()
        self._uncovered()
        self._totals()

    def _sessions(self):
        same, region = self.report.same, self.region
        dates = {}
        for row in self.files["seances"]:
            dates.setdefault(row["session"], []).append(row["date"])
        for row, session in zip(self.files["sessions"], self.sessions):
            offer, rows = session.offer, self.money[session].values()
            expected = {
                "formation": offer.formation, "organisme": offer.organisme, "commune": offer.commune or "",
                "date_fin": session.days[-1].isoformat(), "effectif": str(session.size),
                "nb_siae": str(len({region.need[reference].siae for reference, _ in session.learners})),
                "cout_pedagogique": euros(sum(r["pedagogie"] for r in rows)), "cout_annexe": euros(sum(r["annexe"] for r in rows)),
                "remuneration": euros(sum(r["remuneration"] for r in rows)),
            }
            for column, value in expected.items():
                same("sessions", f"{session.code} {column}", row[column], value)
            same("seances", session.code, sorted(dates.pop(session.code, [])), [day.isoformat() for day in session.days])
        for code in dates:
            self.report.fault("seances", f"session {code} is unknown")

    def _rows(self):
        by_code = {s.code: s for s in self.sessions}
        names = {"cout_pedagogique": "pedagogie", "cout_annexe": "annexe", "remuneration": "remuneration", "finance": "finance",
                 "reste_a_charge": "reste"}
        for row in self.files["affectations"]:
            session = by_code.get(row["session"])
            if session is None or (row["besoin"], row["montage"]) not in session.learners:
                continue
            where = f"{session.code}, {row['besoin']}, {row['montage']}"
            figures = self.money[session][row["besoin"], row["montage"]]
            for column, name in names.items():
                self.report.same("affectations", f"{where} {column}", row[column], euros(figures[name]))
            km = self.region.distance(session.offer, self.region.need[row["besoin"]])[0]
            self.report.same("affectations", f"{where} km", float(row["km"]), float(km))
            self.report.same("affectations", f"{where} sum", cents(row["cout_pedagogique"]) + cents(row["cout_annexe"]) + cents(row["remuneration"]),
                             cents(row["finance"]) + cents(row["reste_a_charge"]))

    def _charges(self):
        region, by_code = self.region, {s.code: s for s in self.sessions}
        paid, spent = Counter(), Counter()
        for row in self.files["charges"]:
            session, need, envelope = by_code.get(row["session"]), region.need.get(row["besoin"]), region.envelope.get(row["enveloppe"])
            where = f"{row['session']}, {row['besoin']}, {row['enveloppe']}"
            if not (session and need and envelope):
                self.report.fault("charges", f"{where}: unknown")
                continue
            if cents(row["montant"]) <= 0:
                self.report.fault("charges", f"{where}: {row['montant']}")
            if envelope.code not in admissible(region, session, need, envelope.dispositif):
                self.report.fault("charges", f"{where}: this envelope may not pay for it")
            paid[session.code, need.reference, envelope.dispositif] += cents(row["montant"])
            spent[envelope.code] += cents(row["montant"])
        due = Counter()
        for session in self.sessions:
            for (reference, _), figures in self.money[session].items():
                for dispositif, amount in figures["dispositifs"].items():
                    due[session.code, reference, dispositif] += amount
        for key in sorted(set(due) | set(paid)):
            self.report.same("charges", ", ".join(key), paid[key], due[key])
        rows = {row["code"]: row for row in self.files["enveloppes"]}
        self.report.same("enveloppes", "codes", sorted(rows), sorted(region.envelope))
        for code, row in rows.items():
            limit = int(100 * region.envelope[code].montant) if code in region.envelope else 0
            for column, value in (("montant", limit), ("engage", spent[code]), ("disponible", limit - spent[code])):
                self.report.same("enveloppes", f"{code} {column}", row[column], euros(value))
            if spent[code] > limit:
                self.report.fault("enveloppes", f"{code} is overdrawn")

    def _uncovered(self):
        region, rest = self.region, Counter({n.reference: int(n.effectif) for n in self.region.besoins})
        for session in self.sessions:
            for (reference, _), count in session.learners.items():
                rest[reference] -= count
        said = Counter()
        for row in self.files["non_couverts"]:
            said[row["besoin"]] += int(row["effectif"])
            if row["motif"] not in MOTIFS:
                self.report.fault("non_couverts", f"{row['besoin']}: motif '{row['motif']}'")
            if row["motif"] == "aucune_offre" and row["besoin"] in region.need and any(
                    is_open(region, o, region.need[row["besoin"]]) for o in region.offres):
                self.report.fault("motif", f"{row['besoin']}: aucune_offre, but its course has an offer open to it")
        for reference in sorted(set(said) | set(rest)):
            self.report.same("non_couverts", reference, said[reference], rest[reference])

    def _totals(self):
        figures = {row["cle"]: row["valeur"] for row in self.files["bilan"]}
        rows = [row for by_key in self.money.values() for row in by_key.values()]
        self.points = sum(self.region.points(self.region.need[r]) * count for s in self.sessions for (r, _), count in s.learners.items())
        cost = sum(row["pedagogie"] + row["annexe"] for row in rows)
        reste = sum(row["reste"] for row in rows)
        self.weighted = cost + reste
        expected = {
            "points": str(self.points), "cout": euros(cost), "reste_a_charge": euros(reste), "cout_pondere": euros(self.weighted),
            "remuneration": euros(sum(row["remuneration"] for row in rows)), "sessions": str(len(self.sessions)),
            "effectif_demande": str(sum(int(n.effectif) for n in self.region.besoins)), "effectif_servi": str(sum(s.size for s in self.sessions)),
        }
        for name in FIGURES:
            if name not in figures:
                self.report.fault("bilan", f"{name} is missing")
                return
            if not re.fullmatch(r"\d+" if name in COUNTS else r"\d+\.\d\d", figures[name]):
                self.report.fault("bilan", f"{name} is '{figures[name]}'")
                return
        for name, value in expected.items():
            self.report.same("bilan", name, figures[name], value)
        self.points_bound, self.cost_bound = int(figures["points_borne"]), cents(figures["cout_pondere_borne"])
        if self.points_bound < self.points or self.cost_bound > self.weighted:
            self.report.fault("bilan", "a bound is passed by the plan itself")

    def verify_motifs(self):
        """One more learner, the rest of the plan as it is: impossible now, possible once what the motif names is lifted."""
        for row in self.files["non_couverts"]:
            need, motif = self.region.need[row["besoin"]], row["motif"]
            place = room(self.region, self.sessions, self.money, need, STRICT)
            if place and self.region.points(need) > 0:
                self.report.fault("motif?", f"{need.reference} ({motif}): one more learner fits in {place} as things are")
            elif motif not in UNPROVEN and not place and not room(self.region, self.sessions, self.money, need, Lift({motif}, need.reference)):
                if motif == "groupe_insuffisant" and joined(self.region, self.sessions, self.money, need):
                    continue
                self.report.fault("motif?", f"{need.reference}: lifting {motif} lets nobody in; {row['detail']}")

    def verify_bounds(self, limit):
        fixed = [Session(self.region, s.code, s.offer, s.start,
                         Counter({(a.besoin, a.montage): int(a.effectif) for a in self.region.affectations_fixees if a.session == s.code}), True)
                 for s in self.sessions if s.fixed]
        most, least, plans = 0, None, 0
        try:
            for points, cost, _ in best_plans(self.region, fixed, limit):
                plans += 1
                most = max(most, points)
                if points >= self.points and (least is None or cost < least):
                    least = cost
        except TooMany:
            print("# too many plans to try them all")
            return
        print(f"# {plans} plans, best {most} points (found {self.points}, bound {self.points_bound}), least cost {least} (found {self.weighted},"
              f" bound {self.cost_bound})")
        if most > self.points_bound or least is None or least < self.cost_bound:
            self.report.fault("borne", f"a plan has {most} points, one costs {least}; bounds are {self.points_bound} and {self.cost_bound}")
        if (most, least) != (self.points, self.weighted):
            print(f"# not the best plan: {self.points} of {most}, {self.weighted} for {least}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("sortie")
    parser.add_argument("--aujourdhui", type=datetime.date.fromisoformat, default=datetime.date.today())
    parser.add_argument("--motifs", action="store_true", help="also test what the motifs say")
    parser.add_argument("--exhaustif", type=int, default=0, metavar="STEPS", help="also try all plans of a tiny region")
    options = parser.parse_args()
    report = Report()
    plan = Plan(Region(options.folder, options.aujourdhui), options.sortie, report)
    plan.verify()
    if report.count == 0 and options.motifs:
        plan.verify_motifs()
    if report.count == 0 and options.exhaustif:
        plan.verify_bounds(options.exhaustif)
    print(f"# {len(plan.sessions)} sessions, {report.count} faults")
    return 1 if report.count else 0


if __name__ == "__main__":
    sys.exit(main())
