"""The hard rules and the money of a plan, from the data contract; each rule can be lifted to test what a motif says."""

from collections import Counter, defaultdict
from fractions import Fraction
from itertools import combinations

from verify_region import half_up


class Session:
    """One run of an offer: learners = {(need reference, montage code): count}; guests are learners of no need, one of a SIAE each."""

    def __init__(self, region, code, offer, start, learners, fixed=False, guests=0):
        self.code, self.offer, self.start, self.fixed, self.guests = code, offer, start, fixed, guests
        self.learners = dict(learners)
        self.days = region.training_days(offer, start)

    @property
    def size(self):
        return sum(self.learners.values()) + self.guests


class Lift:
    """Rules not to look at; need = the only need for which the learner's own rules are lifted."""

    def __init__(self, names=(), need=None):
        self.names, self.need = frozenset(names), need

    def holds(self, name, need=None):
        return name not in self.names or (need is not None and need != self.need)


STRICT = Lift()


def annexe(region, offer, need):
    """Ancillary cost of a learner in cents; a place that cannot be reached counts as near."""
    course = region.course[offer.formation]
    opco = region.structure[need.siae].opco
    fees = region.fees.get(opco) or region.fees[None]
    if offer.modalite == "distanciel":
        return 0
    meals = course.jours * fees.forfait_jour
    if offer.modalite == "afest":
        return half_up(100 * meals)
    km, ticket = region.distance(offer, need)
    km, ticket = km or 0, ticket or 0
    if fees.nuit_km is not None and km > fees.nuit_km:
        total = 2 * km * fees.bareme_km + (course.jours - 1) * (fees.forfait_nuit or 0) + ticket
    else:
        total = 2 * km * course.jours * fees.bareme_km + ticket * course.jours
    return half_up(100 * (total + meals))


def learner_money(region, offer, need, montage, share):
    """(pedagogy paid, annexe paid, wage paid, annexe, {dispositif: cents}) of one learner."""
    key = (offer.code, need.reference, montage, share)
    if key not in region.figures:
        region.figures[key] = compute_money(region, offer, need, montage, share)
    return region.figures[key]


def compute_money(region, offer, need, montage, share):
    course = region.course[offer.formation]
    cost = annexe(region, offer, need)
    wage = half_up(100 * course.heures * (region.funding[montage].salaire_horaire or 0))
    left = [share, cost, wage]
    paid_by = Counter()
    for step in region.steps[montage]:
        base = Fraction(share)
        if step.plafond_horaire is not None:
            base = min(base, 100 * step.plafond_horaire * course.heures)
        wanted = (half_up(step.taux_pedagogie * base / 100), half_up(step.taux_annexes * cost / 100),
                  half_up((step.taux_salaire or 0) * wage / 100))
        for i in range(3):
            paid = min(left[i], wanted[i])
            left[i] -= paid
            paid_by[step.dispositif] += paid
    return share - left[0], cost - left[1], wage - left[2], cost, paid_by


def session_money(region, session):
    """{(need, montage): dictionary of cents}, learners in order of reference then montage."""
    pedagogy = half_up(100 * (session.offer.cout_groupe + session.offer.cout_stagiaire * session.size))
    low, odd = divmod(pedagogy, session.size)
    result, place = {}, 0
    for key in sorted(session.learners, key=lambda k: (k[0].encode(), k[1].encode())):
        row = Counter()
        row["dispositifs"] = Counter()
        for share in [low + (place + i < odd) for i in range(session.learners[key])]:
            paid, back, wage, cost, by = learner_money(region, session.offer, region.need[key[0]], key[1], share)
            row["pedagogie"] += share
            row["annexe"] += cost
            row["remuneration"] += wage
            row["finance"] += paid + back + wage
            row["reste"] += share - paid + cost - back
            row["dispositifs"] += by
        place += session.learners[key]
        result[key] = row
    return result


def montage_faults(region, offer, need, montage):
    row, structure, course = region.funding[montage], region.structure[need.siae], region.course[need.formation]
    if row.opco is not None and row.opco != structure.opco:
        yield "opco"
    for field, value in (("types", structure.type), ("natures", course.nature), ("statuts", need.statut or "parcours"), ("axes", need.axe)):
        if row[field] and value not in row[field]:
            yield field
    if row.effectif_min is not None and (structure.effectif is None or structure.effectif < row.effectif_min):
        yield "effectif_min"
    if row.effectif_max is not None and (structure.effectif is None or structure.effectif > row.effectif_max):
        yield "effectif_max"
    if region.steps[montage]:
        if course.nature == "obligation" and (need.attestation or "non") != "oui":
            yield "attestation"
        if (region.provider[offer.organisme].qualiopi or "oui") != "oui":
            yield "qualiopi"


def session_faults(region, session, lift=STRICT):
    """What one session breaks on its own."""
    offer, structures = session.offer, set()
    if session.days is None:
        yield "jours", f"{session.code} cannot start on {session.start}"
        return
    low, high = region.group_bounds(offer)
    if session.size < low and lift.holds("groupe_insuffisant"):
        yield "groupe", f"{session.code} holds {session.size} < {low}"
    if session.size > high and lift.holds("capacite"):
        yield "groupe", f"{session.code} holds {session.size} > {high}"
    if not session.fixed and session.start not in region.possible_starts(offer) and lift.holds("hors_periode"):
        yield "debut", f"{session.code} starts on {session.start}, which no new session of {offer.code} may"
    for reference, montage in session.learners:
        need = region.need[reference]
        structure = region.structure[need.siae]
        structures.add(need.siae)
        where = f"{session.code}, {reference}"
        if need.formation != offer.formation:
            yield "formation", f"{where}: other course"
        if lift.holds("ineligible", reference):
            if offer.siae not in (None, need.siae) or offer.opco not in (None, structure.opco):
                yield "reserve", f"{where}: {offer.code} is reserved"
            for fault in montage_faults(region, offer, need, montage):
                yield "montage", f"{where}: {montage} refuses ({fault})"
        km, _ = region.distance(offer, need)
        if (km is None or need.rayon_km is not None and km > need.rayon_km) and lift.holds("hors_rayon", reference):
            yield "rayon", f"{where}: {km} km"
        if lift.holds("hors_periode", reference):
            if session.days[0] < need.date_debut or session.days[-1] > need.date_fin:
                yield "periode", f"{where}: outside {need.date_debut}..{need.date_fin}"
            if any(region.is_closed("siae", need.siae, day) for day in session.days):
                yield "fermeture", f"{where}: {need.siae} is closed"
    for reference, _ in session.learners:
        wanted = int(region.axis[region.need[reference].axe].min_siae or 1)
        if len(structures) + session.guests < wanted and lift.holds("mutualisation_impossible"):
            yield "min_siae", f"{session.code}, {reference}: {len(structures)} SIAE < {wanted}"


def admissible(region, session, need, dispositif):
    """The envelopes that may pay for a learner of the need in the session."""
    key = (session.offer.code, session.start, need.reference, dispositif)
    if key not in region.payers:
        region.payers[key] = find_payers(region, session, need, dispositif)
    return region.payers[key]


def find_payers(region, session, need, dispositif):
    opco = region.structure[need.siae].opco
    return frozenset(e.code for e in region.enveloppes
                     if opco is not None and (e.opco, e.dispositif) == (opco, dispositif) and e.axe in (None, need.axe)
                     and e.debut_min <= session.start <= e.debut_max and (e.fin_max is None or e.fin_max >= session.days[-1]))


def envelope_faults(region, sessions, money, lift=STRICT):
    """Hall's condition over the envelopes of one opco and dispositif: splitting is allowed."""
    demand = Counter()
    for session in sessions:
        for (reference, _), row in money[session].items():
            for dispositif, cents in row["dispositifs"].items():
                if cents:
                    usable = admissible(region, session, region.need[reference], dispositif)
                    if not usable:
                        if lift.holds("enveloppe_epuisee"):
                            yield "enveloppe", f"{session.code}, {reference}: no envelope of {dispositif}"
                    else:
                        demand[usable] += cents
    if not lift.holds("enveloppe_epuisee"):
        return
    groups = defaultdict(set)
    for usable in demand:
        for code in usable:
            groups[region.envelope[code].opco, region.envelope[code].dispositif].add(code)
    for codes in groups.values():
        for size in range(1, len(codes) + 1):
            for some in combinations(sorted(codes), size):
                due = sum(cents for usable, cents in demand.items() if usable <= set(some))
                if due > sum(int(100 * region.envelope[code].montant) for code in some):
                    yield "enveloppe", f"{'+'.join(some)} overdrawn"


def plan_faults(region, sessions, money, lift=STRICT):
    """What sessions break together."""
    runs, absent, busy, learner_days, reste, served = Counter(), Counter(), Counter(), Counter(), Counter(), Counter()
    serving = defaultdict(list)
    for session in sessions:
        runs[session.offer] += 1
        for day in session.days:
            busy[session.offer.organisme, day] += 1
        for (reference, montage), count in session.learners.items():
            need = region.need[reference]
            served[reference] += count
            serving[reference].append(session)
            reste[need.siae] += money[session][reference, montage]["reste"]
            for day in session.days:
                absent[need.siae, day] += count
                if need.stagiaire is not None:
                    learner_days[need.siae, need.stagiaire, day] += count
    for offer, count in runs.items():
        if count > offer.sessions_max and lift.holds("capacite"):
            yield "sessions_max", f"{offer.code}: {count} sessions"
    for (siae, day), count in absent.items():
        limit = region.structure[siae].absents_max
        if limit is not None and count > limit and lift.holds("siae_saturee"):
            yield "absents_max", f"{siae} on {day}: {count} > {limit}"
    for (organisme, day), count in busy.items():
        limit = region.provider[organisme].sessions_simultanees
        if limit is not None and count > limit and lift.holds("organisme_sature"):
            yield "sessions_simultanees", f"{organisme} on {day}: {count} > {limit}"
    for (siae, who, day), count in learner_days.items():
        if count > 1 and lift.holds("stagiaire_occupe"):
            yield "stagiaire", f"{siae} {who} sits in {count} sessions on {day}"
    for siae, cents in reste.items():
        limit = region.structure[siae].reste_a_charge_max
        if limit is not None and cents > 100 * limit and lift.holds("reste_a_charge"):
            yield "reste_a_charge", f"{siae}: {cents} > {100 * limit} cents"
    for reference, count in served.items():
        need = region.need[reference]
        if count > need.effectif:
            yield "effectif", f"{reference}: {count} > {need.effectif} served"
        for before in need.apres:
            if not lift.holds("apres_non_servi", reference):
                continue
            if not serving[before]:
                yield "apres", f"{reference}: {before} is not served"
            elif max(s.days[-1] for s in serving[before]) >= min(s.start for s in serving[reference]):
                yield "apres", f"{reference} starts before {before} ends"
    yield from envelope_faults(region, sessions, money, lift)


def fixed_faults(region, sessions):
    by_code = {s.code: s for s in sessions}
    wanted = Counter()
    for row in region.affectations_fixees:
        wanted[row.session, row.besoin, row.montage] += int(row.effectif)
    for row in region.sessions_fixees:
        session = by_code.get(row.session)
        if session is None or not session.fixed:
            yield "fixee", f"{row.session} is missing or not marked fixed"
        elif (session.offer.code, session.start) != (row.offre, row.date_debut):
            yield "fixee", f"{row.session} was moved"
    for (code, reference, montage), count in wanted.items():
        session = by_code.get(code)
        if session and session.learners.get((reference, montage), 0) < count:
            yield "fixee", f"{code}: {reference} has lost learners under {montage}"
    for session in sessions:
        if session.fixed and session.code not in {r.session for r in region.sessions_fixees}:
            yield "fixee", f"{session.code} is not fixed"


def all_faults(region, sessions):
    """(faults, money) of a whole plan."""
    faults = [fault for session in sessions for fault in session_faults(region, session)]
    if any(s.days is None or not s.learners for s in sessions) or any(rule in ("rayon", "formation") for rule, _ in faults):
        return faults or [("groupe", "an empty session")], None
    money = {session: session_money(region, session) for session in sessions}
    return faults + list(plan_faults(region, sessions, money)) + list(fixed_faults(region, sessions)), money
