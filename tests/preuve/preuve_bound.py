"""Lagrange's bound of a plan at given prices, in whole numbers: the best session of each slot, the best counts of them, branches."""

from preuve_slots import cut_of

NOTHING = float("-inf")  # compares below every whole number; never part of a sum


class Refused(Exception):
    """The certificate does not say what it must."""


class Prices:
    """Prices of a stage, as the certificate gives them (checked by preuve_read)."""

    def __init__(self, unit, point, cent):
        self.unit, self.point, self.cent = unit, point, cent
        self.envelope, self.rac, self.cuts = {}, {}, {}
        self.absences, self.presences, self.learners = {}, {}, {}  # owner: {day: price}
        self.pays, self.earns = {}, {}  # need: [(day, price)]

    def worth_of_rules(self, slots):
        """Price x limit over all rules that sessions share."""
        total = sum(price * slots.montant[code] for code, price in self.envelope.items())
        total += sum(price * slots.rac_limit[code] for code, price in self.rac.items())
        for code, cuts in self.cuts.items():
            limit = slots.rac_limit[code]
            total += sum(price * cut_of(divisor, limit, limit) for divisor, price in cuts)
        for days, limits in ((self.absences, slots.absents), (self.presences, slots.sessions), (self.learners, None)):
            total += sum(sum(by_day.values()) * (1 if limits is None else limits[owner]) for owner, by_day in days.items())
        return total  # an order of needs has the limit 0


def days_price(days, owner, start):
    by_day = days.get(owner)
    return sum(by_day.get(day, 0) for day in start.days) if by_day else 0


class Pricing:
    """The best session of a slot, and of a formation's part of plans, at the prices."""

    def __init__(self, slots, prices, seated=()):
        self.slots, self.prices, self.seated = slots, prices, seated
        self.class_price, self.tables, self.offs, self.closer = {}, {}, {}, {}

    # ---- one learner ----

    def price_of(self, link, dispositif, season):
        """The least price of a cent of an enveloppe that may pay; None: there is none."""
        need = link.need
        opco = self.slots.region.structure[need.siae].opco
        key = (opco, dispositif, need.axe, season)
        if key not in self.class_price:
            prices = [self.prices.envelope.get(e.code, 0) for e in self.slots.region.enveloppes
                      if opco is not None and (e.opco, e.dispositif) == (opco, dispositif) and e.axe in (None, need.axe) and e.code in season]
            self.class_price[key] = min(prices, default=None)
        return self.class_price[key]

    def paid_value(self, slot, link, funding, share, season):
        """(value, reste à charge) of a learner at a share, its points and annexes apart; None: it cannot be paid."""
        paid, rac = funding.pay(slot.hours, share, link.annexe)
        limit = self.slots.rac_limit.get(link.siae)
        if limit is not None and rac > limit:
            return None
        value = -(self.prices.cent + self.prices.rac.get(link.siae, 0)) * rac
        for dispositif, cents in paid:
            price = self.price_of(link, dispositif, season)
            if price is None:
                return None
            value -= price * cents
        for divisor, price in self.prices.cuts.get(link.siae, ()):
            value -= price * cut_of(divisor, limit, rac)
        return value, rac

    def best_pay(self, slot, link, fundings, size, season):
        """(best value, least reste à charge) of a learner in a group, at the better share; None: it cannot be paid."""
        low, odd = divmod(slot.pedagogy(size), size)
        options = [self.paid_value(slot, link, funding, share, season) for funding in fundings for share in ((low, low + 1) if odd else (low,))]
        options = [option for option in options if option is not None]
        if not options:
            return None
        return max(value for value, _ in options), min(rac for _, rac in options)

    def worth(self, link):
        """What a learner counts for whatever it pays. Needs that follow earn what they will have to give back."""
        earned = sum(price for _, price in self.prices.earns.get(link.reference, ()))
        return self.prices.point * self.slots.points[link.reference] - self.prices.cent * link.annexe + earned

    def taken_off(self, link, start):
        """What a learner is worth less at a start."""
        prices = self.prices
        off = days_price(prices.absences, link.siae, start)
        if link.learner is not None:
            off += days_price(prices.learners, link.learner, start)
            off += sum(price for day, price in prices.earns.get(link.reference, ()) if start.last >= day)
            off += sum(price for day, price in prices.pays.get(link.reference, ()) if start.first <= day)
        return off

    # ---- one session ----

    def table(self, slot, season, size):
        """(values by link, caps by SIAE, value of forced learners) of a group size; values are None where nobody can pay."""
        key = (slot.name, season, size)
        if key in self.tables:
            return self.tables[key]
        by_kind, values, least = {}, [], {}
        for link in slot.links:
            if link.left > 0:
                if link.kind not in by_kind:
                    by_kind[link.kind] = self.best_pay(slot, link, link.fundings, size, season)
                pay = by_kind[link.kind]
            else:
                pay = None
            values.append(None if pay is None else pay[0] + self.worth(link))
            if pay is not None:
                least[link.siae] = min(least.get(link.siae, pay[1]), pay[1])
        forced = 0
        for link, funding, learners in slot.forced:
            pay = self.best_pay(slot, link, [funding], size, season)
            if pay is None:
                forced = None
                break
            forced += learners * (pay[0] + self.worth(link))
            least[link.siae] = min(least.get(link.siae, pay[1]), pay[1])
        caps = {}
        for siae in {link.siae for link in slot.links}:
            limits = [self.slots.absents[siae]] if siae in self.slots.absents else []
            if siae in self.slots.rac_limit and least.get(siae, 0) > 0:
                limits.append(self.slots.rac_limit[siae] // least[siae])
            if limits:
                caps[siae] = min(limits)
        self.tables[key] = (values, caps, forced)
        return self.tables[key]

    def off(self, slot, at):
        """By link, what a learner is worth less at a start; None: nothing."""
        key = (slot.name, at)
        if key not in self.offs:
            values = [self.taken_off(link, slot.starts[at]) for link in slot.links]
            self.offs[key] = values if any(values) else None
        return self.offs[key]

    def fill(self, slot, seats, caps, size, level):
        """The most that `size` learners, forced ones included, are worth from seats in order of value, with learners of `level` SIAE at
        least and nobody who asks for more; None: there are not so many. Caps are nested, so the best seats first are best."""
        seated, value, taken, of_siae, busy = 0, 0, {}, {}, set()
        for link, _, learners in slot.forced:
            seated += learners
            of_siae[link.siae] = of_siae.get(link.siae, 0) + learners
            if link.learner is not None:
                busy.add(link.learner)
        for one_each in (True, False):
            for worth, i in seats:
                if seated >= size or one_each and len(of_siae) >= level:
                    break
                link = slot.links[i]
                siae = link.siae
                if link.level > level or one_each and siae in of_siae or link.learner in busy:
                    continue
                some = min(1 if one_each else size - seated, link.left - taken.get(i, 0))
                if siae in caps:
                    some = min(some, caps[siae] - of_siae.get(siae, 0))
                if some <= 0:
                    continue
                seated, value = seated + some, value + some * worth
                taken[i] = taken.get(i, 0) + some
                of_siae[siae] = of_siae.get(siae, 0) + some
                if link.learner is not None:
                    busy.add(link.learner)
        return value if seated == size and len(of_siae) >= level else None

    def best_session(self, slot, y, duals):
        """The most that a session of the slot is worth less its learners' y and its rows' multipliers; None: it can hold none."""
        seat_dual, start_dual = duals["besoin"], duals["debut"]
        best, prices = None, self.prices
        forced = sum(learners for _, _, learners in slot.forced)
        least_level = max((link.level for link, _, _ in slot.forced), default=1)
        levels = sorted({1} | {link.level for link in slot.links if link.left > 0 and link.level <= slot.high}
                        | {link.level for link, _, _ in slot.forced})
        levels = [level for level in levels if level >= least_level]
        less = [y.get(link.reference, 0) + seat_dual.get(link.reference, 0) for link in slot.links]
        held = sum(learners * (y.get(link.reference, 0) + seat_dual.get(link.reference, 0)) for link, _, learners in slot.forced)
        most = min(slot.high, forced + sum(link.left for link in slot.links if link.left > 0))
        for season in sorted({start.season for start in slot.starts}, key=sorted):
            for size in range(max(slot.low, forced), most + 1):
                values, caps, base = self.table(slot, season, size)
                if base is None:
                    continue
                base -= held + prices.cent * slot.pedagogy(size) + sum(dual for least, dual in duals["groupe"].items() if size >= least)
                ranked = sorted(((value - less[i], i) for i, value in enumerate(values) if value is not None), key=lambda s: (-s[0], s[1]))
                for at, start in enumerate(slot.starts):
                    if start.season != season:
                        continue
                    found = self.best_at(slot, at, ranked, caps, size, levels)
                    if found is None:
                        continue
                    found += base - start_dual.get(start.first, 0) - days_price(prices.presences, slot.offer.organisme, start)
                    found -= sum(learners * self.taken_off(link, start) for link, _, learners in slot.forced)
                    best = found if best is None else max(best, found)
        return best

    def left_by_others(self, slot, at):
        """{SIAE: learners that those whom every plan seats elsewhere on days of the start leave it}."""
        key = (slot.name, at)
        if key not in self.closer:
            others = [one for one in self.seated if one.slot != slot.name]
            self.closer[key] = {siae: max(0, self.slots.absents[siae] - max(
                sum(one.learners for one in others if one.siae == siae and day in one.days) for day in slot.starts[at].days))
                                for siae in {one.siae for one in others}}
        return self.closer[key]

    def best_at(self, slot, at, ranked, caps, size, levels):
        left = self.left_by_others(slot, at)
        if left:
            caps = {**caps, **{siae: min(n, caps.get(siae, n)) for siae, n in left.items()}}
        off = self.off(slot, at)
        seats = [seat for seat in ranked if at in slot.links[seat[1]].starts]
        if off is not None:
            seats = sorted(((value - off[i], i) for value, i in seats), key=lambda s: (-s[0], s[1]))
        found = [self.fill(slot, seats, caps, size, level) for level in levels]
        return max((value for value in found if value is not None), default=None)

    # ---- a formation ----

    def leaf(self, formation, part, y, multipliers):
        """A bound on every plan of the part: NOTHING when it holds none."""
        if part.empty():
            return NOTHING
        bound = sum(value * self.slots.effectif[reference] for reference, value in y.items())
        rows = {}
        for count, dual in multipliers:
            rows.setdefault(count[:2], []).append((count, dual))
        best, lower, upper = [], [], []
        for slot in self.slots.by_formation[formation]:
            low, high = part.of(slot.name)
            value = None
            if high > 0:
                duals = {"besoin": {}, "debut": {}, "groupe": {}}
                for count, dual in rows.get(slot.name, ()):
                    bound += dual * part.of(count)[1 if dual > 0 else 0]
                    of_kind = duals[count[2]]
                    of_kind[count[3]] = of_kind.get(count[3], 0) + dual
                value = self.best_session(slot, y, duals)
            if value is None and low > 0:
                return NOTHING
            best.append(value)
            lower.append(low)
            upper.append(high if value is not None else 0)
        counts = best_counts(best, lower, upper, part.of(("total",)))
        return NOTHING if counts is None else bound + counts

    def bound(self, formation, node, part):
        """A bound on every plan of a node of the tree: each plan is in one of two children."""
        if node[0] == "leaf":
            return self.leaf(formation, part, *node[1:])
        _, count, below, children = node
        return max(self.bound(formation, children[0], part.within(count, None, below)),
                   self.bound(formation, children[1], part.within(count, below + 1, None)))

    def formation(self, formation, node, part):
        self.tables, self.offs = {}, {}
        return self.bound(formation, node, part)


class Part:
    """Bounds on counts: of all sessions, of a slot's, of those at a start or of a group size, of a need's learners in a slot."""

    def __init__(self, slots, formation, bounds=None):
        self.slots, self.name = slots, formation
        self.bounds = bounds or {}

    def of(self, count):
        return self.bounds[count] if count in self.bounds else self._first(count)

    def _first(self, count):
        """What holds for every plan."""
        if count == ("total",):
            each = [self._first(slot.name) for slot in self.slots.by_formation[self.name]]
            return sum(low for low, _ in each), sum(high for _, high in each)
        slot = self.slots.slot[count[:2]]
        capacity = max(slot.capacity, 0)
        if len(count) == 2:
            return (1 if slot.fixed else 0), capacity
        return 0, self.slots.effectif[count[3]] if count[2] == "besoin" else capacity

    def within(self, count, least, most):
        low, high = self.of(count)
        bounds = dict(self.bounds)
        bounds[count] = (low if least is None else max(low, least), high if most is None else min(high, most))
        return Part(self.slots, self.name, bounds)

    def empty(self):
        return any(low > high for low, high in self.bounds.values())


def best_counts(best, lower, upper, total):
    """The most that counts of sessions are worth, each and all within bounds; None: there are none."""
    count = list(lower)
    if sum(count) > total[1]:
        return None
    room, must = total[1] - sum(count), max(0, total[0] - sum(count))
    worth = sum(n * value for n, value in zip(count, best) if n > 0)
    for value, low, high in sorted(((v, l, h) for v, l, h in zip(best, lower, upper) if v is not None), key=lambda row: -row[0]):
        some = min(high - low, room if value > 0 else min(room, must))
        if some > 0:
            worth, room, must = worth + some * value, room - some, must - some
    return None if must > 0 else worth


class Seated:
    """Learners of a need whom every plan in question seats in sessions of a slot: absent on the days that all of these have."""

    def __init__(self, slot, link, learners):
        self.slot, self.siae, self.learners = slot.name, link.siae, learners
        self.days = frozenset.intersection(*(frozenset(slot.starts[at].days) for at in link.starts))


def all_seated(slots, parts):
    """What the limits of parts say of learners of SIAE with absents_max."""
    found = []
    for part in parts.values():
        for count, (low, _) in part.bounds.items():
            if low < 1 or len(count) < 4 or count[2] != "besoin":
                continue
            slot = slots.slot[count[:2]]
            link = next((link for link in slot.links if link.reference == count[3]), None)
            if link is not None and link.siae in slots.absents:
                found.append(Seated(slot, link, low))
    return found


def lagrangian(slots, prices, trees, parts):
    """Sum of price x limit and of formations' bounds; NOTHING when there is no plan at all. parts: {formation: Part}, where not all
    of its plans are in question."""
    pricing = Pricing(slots, prices, all_seated(slots, parts))
    total = prices.worth_of_rules(slots)
    for formation in slots.by_formation:
        part = parts.get(formation) or Part(slots, formation)
        bound = pricing.formation(formation, trees.get(formation, ("leaf", {}, [])), part)
        if bound == NOTHING:
            return NOTHING
        total += bound
    return total
