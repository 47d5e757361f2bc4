"""The input folder as the data contract describes it: rows read, unknown references dropped, days, places and points."""

import csv
import datetime
import io
import math
import os
import re
import unicodedata
from fractions import Fraction

MANDATORY = {
    "campagne": "code region date_debut date_fin",
    "communes": "code_insee nom latitude longitude",
    "siae": "code siret raison_sociale type commune",
    "organismes": "siret nda raison_sociale",
    "formations": "code intitule domaine nature heures jours effectif_min effectif_max",
    "offres": "code organisme formation modalite cout_groupe cout_stagiaire date_debut date_fin sessions_max",
    "besoins": "reference siae formation effectif axe date_debut date_fin",
    "axes": "code libelle",
    "montages": "code",
    "frais": "bareme_km forfait_jour",
    "financements": "montage rang dispositif taux_pedagogie taux_annexes",
    "enveloppes": "code opco dispositif montant debut_min debut_max",
    "priorites": "critere valeur points",
    "trajets": "depart arrivee km",
    "fermetures": "objet code du au",
    "sessions_fixees": "session offre date_debut",
    "affectations_fixees": "session besoin effectif montage",
}
NUMBERS = set("""latitude longitude effectif absents_max reste_a_charge_max sessions_simultanees heures jours jours_par_semaine effectif_min
    effectif_max cout_groupe cout_stagiaire sessions_max priorite rayon_km min_siae salaire_horaire bareme_km forfait_jour forfait_nuit nuit_km rang
    taux_pedagogie plafond_horaire taux_annexes taux_salaire montant montant_acquis points km cout gel_jours""".split())
DATES = set("date_debut date_fin date_plan debut_min debut_max fin_max du au".split())
LISTS = set("publics apres types natures statuts axes".split())
REGION_DEPARTEMENT = {"01": "971", "02": "972", "03": "973", "04": "974", "06": "976"}
LOCAL_DAYS = {"971": (5, 27), "972": (5, 22), "973": (6, 10), "974": (12, 20), "976": (4, 27), "977": (10, 9), "978": (5, 28)}
DAY = datetime.timedelta(days=1)


def half_up(value):
    return math.floor(value + Fraction(1, 2))


def plain_name(text):
    text = unicodedata.normalize("NFKD", text.strip().lower())
    return re.sub(r"[\s_-]", "", "".join(c for c in text if not unicodedata.combining(c)))


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    return datetime.date(year, (h + m - 7 * n + 114) // 31, (h + m - 7 * n + 114) % 31 + 1)


def holidays(departement, year):
    sunday = easter(year)
    days = {datetime.date(year, m, d) for m, d in ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))}
    days |= {sunday + DAY, sunday + 39 * DAY, sunday + 50 * DAY}
    if departement in ("57", "67", "68"):
        days |= {sunday - 2 * DAY, datetime.date(year, 12, 26)}
    if departement in LOCAL_DAYS:
        days.add(datetime.date(year, *LOCAL_DAYS[departement]))
    return days


def value_of(column, text):
    if column in LISTS:
        return [part.strip() for part in text.split("|") if part.strip()]
    if text == "":
        return None
    if column in DATES:
        return datetime.date.fromisoformat(text)
    if column in NUMBERS:
        return Fraction(text.replace(",", "."))
    return text


def read_table(folder, name, left_out=()):
    """The rows of a file as dictionaries, without the lines left out, or None where the file is missing."""
    path = os.path.join(folder, name + ".csv")
    if not os.path.exists(path):
        return None
    with open(path, "rb") as handle:
        text = handle.read().decode("utf-8-sig")
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") >= head.count(",") else ",")
    columns = [plain_name(cell) for cell in next(reader)]
    result, seen, end = [], set(), reader.line_num
    for cells in reader:
        line, end = end + 1, reader.line_num
        cells = [cell.strip() for cell in cells]
        if not any(cells) or tuple(cells) in seen or line in left_out:
            continue
        seen.add(tuple(cells))
        by_name = dict(zip(columns, cells))
        row = Row(name)
        for column in set(NUMBERS | DATES | LISTS | COLUMNS):
            row[column] = value_of(column, by_name.get(plain_name(column), ""))
        if all(row[c] not in (None, "") for c in MANDATORY[name].split()):
            result.append(row)
    return result


COLUMNS = set("""code region code_insee nom zone siret raison_sociale type opco commune nda qualiopi intitule domaine filiere nature certification
    formacode organisme formation modalite siae reference axe statut attestation stagiaire libelle montage dispositif critere valeur
    depart arrivee objet session offre besoin""".split())


class Row(dict):
    """One input row; absent cells are None."""

    def __init__(self, table):
        super().__init__()
        self.table = table

    def __getattr__(self, name):
        return self[name]

    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        return self is other


class Region:
    """A folder read; what names something unknown is dropped with what depends on it."""

    def __init__(self, folder, today, left_out=None):
        tables = {name: read_table(folder, name, (left_out or {}).get(name, ())) for name in MANDATORY}
        self.default_points = tables["priorites"] is None
        for name, rows in tables.items():
            setattr(self, name, rows or [])
        self.campaign = self.campagne[0]
        self.date_plan = self.campaign.date_plan or today
        self.first_start = self.date_plan + int(self.campaign.gel_jours or 0) * DAY
        self._drop_unknown()
        self._index()
        self._keep("sessions_fixees", lambda r: self.training_days(self.offer[r.offre], r.date_debut))
        fixed = {r.session for r in self.sessions_fixees}
        self._keep("affectations_fixees", lambda r: r.session in fixed)

    def _keep(self, name, test):
        rows = getattr(self, name)
        kept = [row for row in rows if test(row)]
        setattr(self, name, kept)
        return len(kept) != len(rows)

    def _drop_unknown(self):
        changed = True
        while changed:
            communes = {r.code_insee for r in self.communes}
            axes = {r.code for r in self.axes}
            formations = {r.code for r in self.formations}
            siae = {r.code for r in self.siae}
            organismes = {r.siret for r in self.organismes}
            offres = {r.code for r in self.offres}
            montages = {r.code for r in self.montages}
            needs = {r.reference: r for r in self.besoins}
            frais = {r.opco for r in self.frais}
            fixed = {r.session for r in self.sessions_fixees}

            def same_learner(need, reference):
                other = needs.get(reference)
                return other is not None and (other.siae, other.stagiaire) == (need.siae, need.stagiaire)

            objects = {"siae": siae, "organisme": organismes, "commune": communes}
            changed = any([
                self._keep("siae", lambda r: r.commune in communes and (r.opco in frais or None in frais)),
                self._keep("offres", lambda r: r.organisme in organismes and r.formation in formations and r.siae in siae | {None}
                           and (r.commune in communes or r.commune is None and r.modalite in ("distanciel", "afest"))),
                self._keep("besoins", lambda r: r.siae in siae and r.formation in formations and r.axe in axes
                           and r.commune in communes | {None} and (r.stagiaire is None or r.effectif == 1)
                           and (not r.apres or r.stagiaire is not None) and all(same_learner(r, a) for a in r.apres)),
                self._keep("montages", lambda r: set(r.axes) <= axes),
                self._keep("financements", lambda r: r.montage in montages),
                self._keep("enveloppes", lambda r: r.axe in axes | {None}),
                self._keep("trajets", lambda r: r.depart in communes and r.arrivee in communes),
                self._keep("fermetures", lambda r: r.code in objects[r.objet]),
                self._keep("sessions_fixees", lambda r: r.offre in offres),
                self._keep("affectations_fixees", lambda r: r.session in fixed and r.besoin in needs and r.montage in montages),
            ])

    def _index(self):
        self.commune = {r.code_insee: r for r in self.communes}
        self.structure = {r.code: r for r in self.siae}
        self.provider = {r.siret: r for r in self.organismes}
        self.course = {r.code: r for r in self.formations}
        self.offer = {r.code: r for r in self.offres}
        self.need = {r.reference: r for r in self.besoins}
        self.axis = {r.code: r for r in self.axes}
        self.funding = {r.code: r for r in self.montages}
        self.envelope = {r.code: r for r in self.enveloppes}
        self.fees = {r.opco: r for r in self.frais}
        self.trip = {(r.depart, r.arrivee): r for r in self.trajets}
        self.steps = {code: sorted((f for f in self.financements if f.montage == code), key=lambda f: f.rang) for code in self.funding}
        self.closed = {}
        for row in self.fermetures:
            self.closed.setdefault((row.objet, row.code), []).append((row.du, row.au))
        self._holidays, self._days, self._starts, self._km = {}, {}, {}, {}
        self.figures, self.payers = {}, {}

    def is_closed(self, objet, code, day):
        return any(du <= day <= au for du, au in self.closed.get((objet, code), ()))

    def departement(self, offer):
        if offer.commune is None:
            return REGION_DEPARTEMENT.get(self.campaign.region, "")
        return offer.commune[:3] if offer.commune.startswith(("97", "98")) else offer.commune[:2]

    def is_working(self, offer, day):
        key = (self.departement(offer), day.year)
        if key not in self._holidays:
            self._holidays[key] = holidays(*key)
        return (day.weekday() < 5 and day not in self._holidays[key] and not self.is_closed("organisme", offer.organisme, day)
                and not (offer.commune and self.is_closed("commune", offer.commune, day)))

    def training_days(self, offer, start):
        """The days of a session, or None where it cannot start that day."""
        if (offer, start) not in self._days:
            self._days[offer, start] = self._walk(offer, start)
        return self._days[offer, start]

    def _walk(self, offer, start):
        if not self.is_working(offer, start):
            return None
        course = self.course[offer.formation]
        wanted, weekly = int(course.jours), int(course.jours_par_semaine or 5)
        days, day, limit = [], start, start + 3650 * DAY
        in_week = 0
        while len(days) < wanted and day < limit:
            if day.weekday() == 0:
                in_week = 0
            if in_week < weekly and self.is_working(offer, day):
                days.append(day)
                in_week += 1
            day += DAY
        return days if len(days) == wanted else None

    def all_starts(self):
        """Every day of the campaign and a year around it."""
        low, high = self.campaign.date_debut - 365 * DAY, self.campaign.date_fin + 365 * DAY
        return [low + i * DAY for i in range((high - low).days + 1)]

    def period(self, offer):
        return (max(offer.date_debut, self.campaign.date_debut, self.first_start), min(offer.date_fin, self.campaign.date_fin))

    def possible_starts(self, offer):
        if offer not in self._starts:
            self._starts[offer] = self._find_starts(offer)
        return self._starts[offer]

    def _find_starts(self, offer):
        low, high = self.period(offer)
        starts, weeks, day = [], set(), low
        while day <= high:
            week = day - day.weekday() * DAY
            if week not in weeks and self.is_working(offer, day):
                weeks.add(week)
                starts.append(day)
            day += DAY
        return starts

    def home(self, need):
        return need.commune or self.structure[need.siae].commune

    def distance(self, offer, need):
        """(km, ticket in euros), km None where the place cannot be reached."""
        if (offer, need) not in self._km:
            self._km[offer, need] = self._measure(offer, need)
        return self._km[offer, need]

    def _measure(self, offer, need):
        if offer.modalite in ("distanciel", "afest"):
            return Fraction(0), Fraction(0)
        here, there = self.home(need), offer.commune
        row = self.trip.get((here, there)) or self.trip.get((there, here))
        if row:
            return row.km, row.cout or Fraction(0)
        if here == there:
            return Fraction(0), Fraction(0)
        a, b = self.commune[here], self.commune[there]
        if a.zone != b.zone:
            return None, None
        p, q = math.radians(float(a.latitude)), math.radians(float(b.latitude))
        turn = math.radians(float(b.longitude) - float(a.longitude))
        h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(turn / 2) ** 2
        return Fraction(math.floor(2 * 6371.0 * math.asin(min(1.0, math.sqrt(h))) * 1.3 * 10 + 0.5), 10), Fraction(0)

    def points(self, need):
        if self.default_points:
            return {1: 8, 2: 4, 3: 2, 4: 1}[int(need.priorite or 3)]
        course, structure = self.course[need.formation], self.structure[need.siae]
        values = {
            "priorite": {str(int(need.priorite or 3))}, "public": set(need.publics), "formation": {need.formation},
            "nature": {course.nature}, "filiere": {course.filiere}, "axe": {need.axe}, "type": {structure.type},
            "zone": {self.commune[self.home(need)].zone},
        }
        return sum(int(r.points) for r in self.priorites if r.valeur in values[r.critere])

    def group_bounds(self, offer):
        course = self.course[offer.formation]
        return (int(offer.effectif_min if offer.effectif_min is not None else course.effectif_min),
                int(offer.effectif_max if offer.effectif_max is not None else course.effectif_max))
