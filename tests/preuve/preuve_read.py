"""The certificate: preuve.json read, each multiplier checked for its sign and for what it names (format: plan/PREUVE.md)."""

import datetime
import json

from preuve_bound import NOTHING, Prices, Refused, lagrangian


def is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def unique(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise Refused("an object names something twice")
    return dict(pairs)


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


class Stage:
    """One stage of a certificate: borne, target, prices, trees by formation."""

    def __init__(self, slots, document, cost):
        self.slots, self.cost = slots, cost
        self.borne = document["borne"]
        unit = self._whole(document.get("unite"), 1)
        self.target = self._whole(document.get("au_moins"), 0) if cost else 0
        self.prices = Prices(unit, self._whole(document.get("point"), 0) if cost else unit, unit if cost else 0)
        self._money(document)
        self._days(document)
        self._orders(document)
        formations = self._object(document, "formations")
        self.trees = {code: self._tree(code, node) for code, node in formations.items() if self._known(code, slots.by_formation)}

    def bound(self):
        """Points of every plan at most, or cents of every plan with the target at least; None: there is no plan at all."""
        value = lagrangian(self.slots, self.prices, self.trees)
        if value == NOTHING:
            return None
        if not self.cost:
            return value // self.prices.unit
        return max(0, -((value - self.prices.point * self.target) // self.prices.unit))

    @staticmethod
    def _whole(value, least):
        if not is_whole(value) or least is not None and value < least:
            raise Refused(f"{value!r} is no whole number{'' if least is None else f' of at least {least}'}")
        return value

    @staticmethod
    def _known(name, names):
        if name not in names:
            raise Refused(f"{name!r} is unknown, or has no such limit")
        return True

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
                self._known(code, limits)
                prices[code] = self._whole(price, 0)
        for row in self._object(document, "coupes", list):
            code, divisor, price = self._row(row, 3)
            self._known(code, self.slots.rac_limit)
            self.prices.cuts.setdefault(code, []).append((self._whole(divisor, 1), self._whole(price, 0)))

    def _days(self, document):
        for name, prices, limits in (("absences", self.prices.absences, self.slots.absents), ("presences", self.prices.presences, self.slots.sessions)):
            for code, by_day in self._object(document, name).items():
                self._known(code, limits)
                if not isinstance(by_day, dict):
                    raise Refused(f"{name}: {code!r} has no days")
                for day, price in by_day.items():
                    self._add_day(prices, code, day, price)
        for row in self._object(document, "stagiaires", list):
            siae, learner, day, price = self._row(row, 4)
            self._known((siae, learner), self.slots.learners)
            self._add_day(self.prices.learners, (siae, learner), day, price)

    def _add_day(self, prices, owner, day, price):
        by_day = prices.setdefault(owner, {})
        by_day[day_of(day)] = by_day.get(day_of(day), 0) + self._whole(price, 0)

    def _orders(self, document):
        """A price of an order is paid by the need that comes after, and earned by the one it names."""
        for row in self._object(document, "apres", list):
            after, before, day, price = self._row(row, 4)
            self._known(after, self.slots.region.need)
            self._known(before, self.slots.region.need[after].apres)
            self.prices.pays.setdefault(after, []).append((day_of(day), self._whole(price, 0)))
            self.prices.earns.setdefault(before, []).append((day_of(day), price))

    # ---- trees ----

    def _tree(self, formation, node):
        """("leaf", y, [(count, multiplier)]) or ("split", count, k, (children)): the children are <= k and >= k + 1."""
        if not isinstance(node, dict):
            raise Refused(f"{formation}: no tree")
        if "sur" not in node:
            return "leaf", self._y(formation, node), self._multipliers(formation, node)
        count = self._count(formation, node["sur"])
        below = self._whole(node.get("au_plus"), None)
        return "split", count, below, (self._tree(formation, node.get("oui")), self._tree(formation, node.get("non")))

    def _y(self, formation, node):
        y = self._object(node, "y")
        for reference, value in y.items():
            self._known(reference, self.slots.effectif)
            if self.slots.region.need[reference].formation != formation:
                raise Refused(f"{reference}: a need of another formation")
            self._whole(value, 0)
        return y

    def _multipliers(self, formation, node):
        rows = []
        for row in self._object(node, "multiplicateurs", list):
            if not isinstance(row, list) or len(row) != 5:
                raise Refused(f"{row!r}: not a multiplier of a slot's row")
            rows.append((self._count(formation, row[:4]), self._whole(row[4], None)))
        return rows

    def _count(self, formation, words):
        if words == ["total"]:
            return ("total",)
        if not isinstance(words, list) or len(words) not in (2, 4) or not all(isinstance(word, str) for word in words):
            raise Refused(f"{words!r} names no count")
        self._known(tuple(words[:2]), {slot.name for slot in self.slots.by_formation[formation]})
        if len(words) == 4 and words[2] == "debut":
            return (*words[:3], day_of(words[3]))
        if len(words) == 4:
            self._known(words[2], ("besoin",))
            self._known(words[3], self.slots.effectif)
        return tuple(words)
