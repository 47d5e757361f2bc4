"""The certificate: preuve.json read, each multiplier checked for its sign and for what it names (format: plan/PREUVE.md)."""

import datetime
import functools
import json
import sys

from preuve_bound import NOTHING, Part, Prices, Refused, lagrangian

PARTED = {"sur", "au_plus", "oui", "non"}

sys.setrecursionlimit(5000)  # a thousand parts within each other; a stack of 8 MB has room for more


def is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def unique(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise Refused("an object names something twice")
    return dict(pairs)


def shallow(function):
    """Refuses what nests deeper than Python's stack."""
    @functools.wraps(function)
    def guarded(*arguments):
        try:
            return function(*arguments)
        except RecursionError:
            raise Refused("parts of parts: nested too deep") from None
    return guarded


@shallow
def read(path):
    """The certificate as JSON, whose first level is sound."""
    with open(path, encoding="utf-8") as handle:
        document = json.load(handle, object_pairs_hook=unique)
    if not isinstance(document, dict) or document.get("format") != "prisme-preuve 1":
        raise Refused("this is no certificate of format 'prisme-preuve 1'")
    for stage in ("points", "cout_pondere"):
        if not isinstance(document.get(stage), dict) or not is_whole(document[stage].get("borne")):
            raise Refused(f"{stage}: no bound")
    return document


def day_of(text):
    try:
        return datetime.date.fromisoformat(text)
    except (TypeError, ValueError):
        raise Refused(f"{text!r} is no day") from None


def whole(value, least):
    if not is_whole(value) or least is not None and value < least:
        raise Refused(f"{value!r} is no whole number{'' if least is None else f' of at least {least}'}")
    return value


def known(name, names):
    try:
        found = name in names
    except TypeError:  # a list or an object is no name
        found = False
    if not found:
        raise Refused(f"{name!r} is unknown, or has no such limit")
    return True


def count_of(slots, formation, words):
    """What branches and multipliers count in a formation."""
    if words == ["total"]:
        return ("total",)
    if not isinstance(words, list) or len(words) not in (2, 4) or not all(isinstance(word, str) for word in words[:3]):
        raise Refused(f"{words!r} names no count")
    name, of = tuple(words[:2]), words[2:]
    known(name, {slot.name for slot in slots.by_formation[formation]})
    if not of:
        return name
    if of[0] == "debut":
        return (*name, "debut", day_of(of[1]))
    if of[0] == "groupe":
        if whole(of[1], 1) > slots.slot[name].high:
            raise Refused(f"{words!r}: no session is so large")
        return (*name, *of)
    known(of[0], ("besoin",))
    if not isinstance(of[1], str) or of[1] not in slots.effectif or slots.region.need[of[1]].formation != formation:
        raise Refused(f"{of[1]!r}: no need of the formation")
    return (*name, *of)


class Stage:
    """One stage of a certificate: borne, target, and what proves it for all plans."""

    @shallow
    def __init__(self, slots, document, cost):
        self.borne = document["borne"]
        self.proof = part_of(slots, {name: value for name, value in document.items() if name != "borne"}, cost)
        targets = self.proof.targets()
        if not targets:
            raise Refused("cout_pondere: no part has a cost")
        self.target = max(targets)  # each part of the cost holds for plans with its au_moins, so all hold from the largest on

    @shallow
    def bound(self):
        """Points of every plan at most, or cents of every plan with the target at least; None: there is no plan at all."""
        return self.proof.bound({}, self.target)


def part_of(slots, document, cost):
    """What proves a stage for a part of the plans: parts of the part, that it holds no plan in question, or multipliers."""
    if not isinstance(document, dict) or "borne" in document:
        raise Refused("a part of a stage is not what it must be")
    forms = PARTED & document.keys()
    if forms and document.keys() == PARTED:
        return Parted(slots, document, cost)
    if cost and document.keys() == {"vide"}:
        return Void(slots, document["vide"])
    if forms or "vide" in document:
        raise Refused(f"a part of a stage with {', '.join(sorted(document))}")
    return Multipliers(slots, document, cost)


class Parted:
    """Two parts: plans in which a count of one slot is at most so much, and all others."""

    def __init__(self, slots, document, cost):
        self.slots, self.cost, words = slots, cost, document["sur"]
        named = isinstance(words, list) and len(words) >= 2 and all(isinstance(word, str) for word in words[:2])
        if not named or tuple(words[:2]) not in slots.slot:
            raise Refused(f"{words!r} names no slot")
        self.formation = slots.slot[tuple(words[:2])].offer.formation
        self.count = count_of(slots, self.formation, words)
        self.below = whole(document["au_plus"], None)
        self.parts = [part_of(slots, document[name], cost) for name in ("oui", "non")]

    def targets(self):
        return self.parts[0].targets() | self.parts[1].targets()

    def bound(self, limits, target):
        """limits: {formation: Part}, where not all of its plans are in question. None: no plan of the part is."""
        here = limits.get(self.formation) or Part(self.slots, self.formation)
        sides = here.within(self.count, None, self.below), here.within(self.count, self.below + 1, None)
        found = [part.bound({**limits, self.formation: side}, target) for part, side in zip(self.parts, sides)]
        found = [bound for bound in found if bound is not None]
        return (min if self.cost else max)(found, default=None)


class Void:
    """A part of the cost stage in which no plan has the target's points."""

    def __init__(self, slots, document):
        self.points = part_of(slots, document, False)

    def targets(self):
        return set()

    def bound(self, limits, target):
        most = self.points.bound(limits, target)
        if most is not None and most >= target:
            raise Refused(f"vide: its plans have {most} points at most, not less than {target}")


class Multipliers:
    """Multipliers of a part's plans: prices, trees by formation."""

    def __init__(self, slots, document, cost):
        self.slots, self.cost = slots, cost
        unit = whole(document.get("unite"), 1)
        self.target = whole(document.get("au_moins"), 0) if cost else 0
        self.prices = Prices(unit, whole(document.get("point"), 0) if cost else unit, unit if cost else 0)
        self._money(document)
        self._days(document)
        self._orders(document)
        formations = self._object(document, "formations")
        self.trees = {code: self._tree(code, node) for code, node in formations.items() if known(code, slots.by_formation)}

    def targets(self):
        return {self.target}

    def bound(self, limits, _):
        """Points of the plans within limits at most, or cents of those with the target at least; None: there are none."""
        value = lagrangian(self.slots, self.prices, self.trees, limits)
        if value == NOTHING:
            return None
        if not self.cost:
            return value // self.prices.unit
        return max(0, -((value - self.prices.point * self.target) // self.prices.unit))

    @staticmethod
    def _object(document, name, kind=dict):
        value = document.get(name, kind())
        if not isinstance(value, kind):
            raise Refused(f"{name}: not what it must be")
        return value

    @staticmethod
    def _row(row, length):
        if not isinstance(row, list) or len(row) != length:
            raise Refused(f"{row!r} does not have {length} cells")
        return row

    def _money(self, document):
        for name, prices, limits in (("enveloppes", self.prices.envelope, self.slots.montant), ("restes_a_charge", self.prices.rac, self.slots.rac_limit)):
            for code, price in self._object(document, name).items():
                known(code, limits)
                prices[code] = whole(price, 0)
        for row in self._object(document, "coupes", list):
            code, divisor, price = self._row(row, 3)
            known(code, self.slots.rac_limit)
            self.prices.cuts.setdefault(code, []).append((whole(divisor, 1), whole(price, 0)))

    def _days(self, document):
        for name, prices, limits in (("absences", self.prices.absences, self.slots.absents), ("presences", self.prices.presences, self.slots.sessions)):
            for code, by_day in self._object(document, name).items():
                known(code, limits)
                if not isinstance(by_day, dict):
                    raise Refused(f"{name}: {code!r} has no days")
                for day, price in by_day.items():
                    self._add_day(prices, code, day, price)
        for row in self._object(document, "stagiaires", list):
            siae, learner, day, price = self._row(row, 4)
            known((siae, learner), self.slots.learners)
            self._add_day(self.prices.learners, (siae, learner), day, price)

    def _add_day(self, prices, owner, day, price):
        by_day = prices.setdefault(owner, {})
        by_day[day_of(day)] = by_day.get(day_of(day), 0) + whole(price, 0)

    def _orders(self, document):
        """A price of an order is paid by the need that comes after, and earned by the one it names."""
        for row in self._object(document, "apres", list):
            after, before, day, price = self._row(row, 4)
            known(after, self.slots.region.need)
            known(before, self.slots.region.need[after].apres)
            self.prices.pays.setdefault(after, []).append((day_of(day), whole(price, 0)))
            self.prices.earns.setdefault(before, []).append((day_of(day), price))

    # ---- trees ----

    def _tree(self, formation, node):
        """("leaf", y, [(count, multiplier)]) or ("split", count, k, (children)): the children are <= k and >= k + 1."""
        if not isinstance(node, dict):
            raise Refused(f"{formation}: no tree")
        if "sur" not in node:
            return "leaf", self._y(formation, node), self._multipliers(formation, node)
        count = count_of(self.slots, formation, node["sur"])
        below = whole(node.get("au_plus"), None)
        return "split", count, below, (self._tree(formation, node.get("oui")), self._tree(formation, node.get("non")))

    def _y(self, formation, node):
        y = self._object(node, "y")
        for reference, value in y.items():
            known(reference, self.slots.effectif)
            if self.slots.region.need[reference].formation != formation:
                raise Refused(f"{reference}: a need of another formation")
            whole(value, 0)
        return y

    def _multipliers(self, formation, node):
        rows = []
        for row in self._object(node, "multiplicateurs", list):
            if not isinstance(row, list) or len(row) != 5:
                raise Refused(f"{row!r}: not a multiplier of a slot's row")
            rows.append((count_of(self.slots, formation, row[:4]), whole(row[4], None)))
        return rows
