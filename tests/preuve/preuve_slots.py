"""What the bounds of a plan are worked out on, from the input folder: slots, their possible days, who may sit there at which price in cents."""

from verify_rules import annexe, montage_faults


def whole(value, times, what):
    """value x times, which must be a whole number."""
    result = value * times
    if result.denominator != 1:
        raise ValueError(f"{what}: {float(value)} has too many decimals")
    return int(result)


def rounded(rate, base, divisor):
    """rate x base / divisor, rounded half up."""
    return (2 * rate * base + divisor) // (2 * divisor)


class Funding:
    """A montage: what each of its financements pays of a share, of annexes and of wages."""

    def __init__(self, region, code):
        self.code = code
        self.salary = whole(region.funding[code].salaire_horaire or 0, 100, "salaire_horaire")
        self.steps = []
        for row in region.steps[code]:
            ceiling = None if row.plafond_horaire is None else whole(row.plafond_horaire, 100, "plafond_horaire")
            rates = [whole(rate or 0, 100, "taux") for rate in (row.taux_pedagogie, row.taux_annexes, row.taux_salaire)]
            self.steps.append((row.dispositif, ceiling, *rates))

    def pay(self, hours, share, ancillary):
        """([(dispositif, cents)], reste à charge) of a learner; hours in hundredths."""
        wage = rounded(self.salary, hours, 100)
        left, left_ancillary, left_wage, paid = share, ancillary, wage, []
        for dispositif, ceiling, pedagogy, extra, salary in self.steps:
            base = 100 * share if ceiling is None else min(100 * share, ceiling * hours)
            some = min(left, rounded(pedagogy, base, 1000000))
            more = min(left_ancillary, rounded(extra, ancillary, 10000))
            back = min(left_wage, rounded(salary, wage, 10000))
            left, left_ancillary, left_wage = left - some, left_ancillary - more, left_wage - back
            if some + more + back:
                paid.append((dispositif, some + more + back))
        return paid, left + left_ancillary


class Start:
    """A possible first day of a slot. season: the codes of the enveloppes open to it."""

    def __init__(self, region, days):
        self.first, self.last, self.days = days[0], days[-1], days
        self.season = frozenset(e.code for e in region.enveloppes
                                if e.debut_min <= self.first <= e.debut_max and (e.fin_max is None or e.fin_max >= self.last))


class Link:
    """A need that may sit in a slot."""

    def __init__(self, region, offer, need, fundings, starts):
        self.need, self.reference, self.siae = need, need.reference, need.siae
        self.annexe = annexe(region, offer, need)
        self.fundings, self.starts = fundings, starts
        self.level = int(region.axis[need.axe].min_siae or 1)
        self.learner = None if need.stagiaire is None else (need.siae, need.stagiaire)
        self.kind = (need.siae, need.axe, self.annexe, tuple(f.code for f in fundings))
        self.left = int(need.effectif)  # less those promised to fixed sessions: set once these are known


class Slot:
    """An offre (capacity: the new sessions it may hold) or a fixed session (which must be held once)."""

    def __init__(self, name, offer, capacity, bounds, starts, hours):
        self.name, self.offer, self.capacity, self.starts, self.hours = name, offer, capacity, starts, hours
        self.low, self.high = bounds
        self.fixed = name[0] == "session"
        self.links, self.forced = [], []  # forced: (link, funding, learners)
        self.group, self.each = whole(offer.cout_groupe, 100, "cout_groupe"), whole(offer.cout_stagiaire, 100, "cout_stagiaire")

    def pedagogy(self, size):
        return self.group + self.each * size


class Slots:
    """All slots of a region, by formation; limits in whole learners, sessions and cents."""

    def __init__(self, region):
        self.region = region
        self.funding = {code: Funding(region, code) for code in region.funding}
        self.points = {n.reference: region.points(n) for n in region.besoins}
        self.effectif = {n.reference: int(n.effectif) for n in region.besoins}
        self.montant = {e.code: whole(e.montant, 100, "montant") for e in region.enveloppes}
        self.rac_limit = {s.code: whole(s.reste_a_charge_max, 100, "reste_a_charge_max") for s in region.siae if s.reste_a_charge_max is not None}
        self.absents = {s.code: int(s.absents_max) for s in region.siae if s.absents_max is not None}
        self.sessions = {o.siret: int(o.sessions_simultanees) for o in region.organismes if o.sessions_simultanees is not None}
        self.learners = {(n.siae, n.stagiaire) for n in region.besoins if n.stagiaire is not None}
        self._profiles = {}
        self._needs = {}
        for need in region.besoins:
            self._needs.setdefault(need.formation, []).append(need)
        self.by_formation = {code: [] for code in region.course}
        for offer in region.offres:
            held = sum(row.offre == offer.code for row in region.sessions_fixees)
            self._add(("offre", offer.code), offer, int(offer.sessions_max) - held, region.possible_starts(offer))
        for row in region.sessions_fixees:
            self._add(("session", row.session), region.offer[row.offre], 1, [row.date_debut])
        self._force()
        self.slot = {slot.name: slot for slots in self.by_formation.values() for slot in slots}

    def _add(self, name, offer, capacity, starts):
        region = self.region
        needs = self._needs.get(offer.formation, ())
        last = max((need.date_fin for need in needs), default=None)
        runs = [region.training_days(offer, day) for day in starts if last is not None and day <= last]
        runs = [Start(region, days) for days in runs if days and days[-1] <= last]
        slot = Slot(name, offer, capacity, region.group_bounds(offer), runs, whole(region.course[offer.formation].heures, 100, "heures"))
        for need in needs:
            link = self._link(offer, need, runs)
            if link is not None:
                slot.links.append(link)
        self.by_formation[offer.formation].append(slot)

    def _link(self, offer, need, runs):
        region = self.region
        if offer.siae not in (None, need.siae) or offer.opco not in (None, region.structure[need.siae].opco):
            return None
        km, _ = region.distance(offer, need)
        if km is None or need.rayon_km is not None and km > need.rayon_km:
            return None
        closed = region.closed.get(("siae", need.siae), ())
        starts = frozenset(i for i, run in enumerate(runs) if need.date_debut <= run.first and run.last <= need.date_fin
                           and not any(du <= day <= au for du, au in closed for day in run.days))
        fundings = self._fundings(offer, need)
        return Link(region, offer, need, fundings, starts) if starts and fundings else None

    def _fundings(self, offer, need):
        key = (need.reference, self.region.provider[offer.organisme].qualiopi)
        if key not in self._profiles:
            self._profiles[key] = [f for f in self.funding.values() if not any(montage_faults(self.region, offer, need, f.code))]
        return self._profiles[key]

    def _force(self):
        """Learners of fixed sessions: their seats are taken."""
        sessions = {slot.name[1]: slot for slots in self.by_formation.values() for slot in slots if slot.fixed}
        promised = dict.fromkeys(self.effectif, 0)
        for row in self.region.affectations_fixees:
            slot = sessions[row.session]
            link = next((link for link in slot.links if link.reference == row.besoin), None)
            if link is None or row.montage not in [f.code for f in link.fundings]:
                raise ValueError(f"fixed session {row.session}: need {row.besoin} may not sit in it so")
            slot.forced.append((link, self.funding[row.montage], int(row.effectif)))
            promised[row.besoin] += int(row.effectif)
        for slots in self.by_formation.values():
            for slot in slots:
                for link in slot.links:
                    link.left = self.effectif[link.reference] - promised[link.reference]


def cut_of(divisor, limit, cents):
    """Mixed-integer rounding (Gomory): the sum of it over a SIAE's learners is at most that of its limit."""
    rest = limit % divisor
    return cents // divisor * (divisor - rest) + max(0, cents % divisor - rest)
