#!/usr/bin/python3
"""Judges certificates with the checker's own modules, as they are and mutated: preuve.py FOLDER MUTATIONS (see test_preuve.c)."""

import copy
import datetime
import json
import os
import random
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "preuve"), os.path.join(HERE, "..", "lib")]

from preuve_bound import Refused  # noqa: E402
from preuve_read import Stage, read  # noqa: E402
from preuve_slots import Slots  # noqa: E402
from verify_region import Region  # noqa: E402

UNKNOWN, NONE = -1, -2


class Case:
    """A region, a certificate, and the truth about the region."""

    def __init__(self, folder, line):
        self.name, proof, points, cost = line.split()
        self.points, self.cost = int(points), int(cost)
        self.document = read(os.path.join(folder, f"proof-{proof}"))
        self.own = self.name == proof
        region = Region(os.path.join(folder, f"region-{self.name}"), datetime.date.fromisoformat(self.document["date_plan"]))
        try:
            self.slots = Slots(region)
        except ValueError:  # a fixed session that cannot stand
            self.slots = None

    def bounds(self, document):
        """(points, cost, its target), or None when the checker refuses."""
        if self.slots is None:
            return None
        try:
            points, cost = Stage(self.slots, document["points"], False), Stage(self.slots, document["cout_pondere"], True)
            return points.bound(), cost.bound(), cost.target
        except Refused:
            return None

    def too_strong(self, bounds, target):
        """What the bounds say that is not true; target: of the certificate as written."""
        points, cost, at_least = bounds
        if self.points >= 0 and (points is None or points < self.points):
            return f"{self.name}: points <= {points}, but a plan has {self.points}"
        if self.points != UNKNOWN and self.cost >= 0 and at_least <= target and (cost is None or cost > self.cost):
            return f"{self.name}: cost >= {cost}, but a plan costs {self.cost}"
        return None


def places(node, path=()):
    """Every number and every container below a JSON value, with its path."""
    if isinstance(node, dict):
        items = list(node.items())
    elif isinstance(node, list):
        items = list(enumerate(node))
    else:
        items = []
    for key, value in items:
        yield path + (key,), value
        yield from places(value, path + (key,))


def insert(draw, case, stage):
    """One more price, of any kind, on something of the region."""
    slots, size = case.slots, draw.choice((1, 1000, 10 ** 6, 10 ** 9))
    price = draw.randrange(-1 if draw.random() < 0.1 else 0, size + 1)
    region = slots.region
    day = (region.date_plan + datetime.timedelta(days=draw.randrange(120))).isoformat()
    kind = draw.randrange(7)
    if kind == 0 and slots.montant:
        stage["enveloppes"][draw.choice(sorted(slots.montant))] = price
    elif kind == 1:
        stage["restes_a_charge"][draw.choice(sorted(region.structure))] = price
    elif kind == 2:
        stage["coupes"].append([draw.choice(sorted(region.structure)), draw.randrange(0, 40000), price])
    elif kind == 3:
        stage["absences"].setdefault(draw.choice(sorted(region.structure)), {})[day] = price
    elif kind == 4:
        stage["presences"].setdefault(draw.choice(sorted(region.provider)), {})[day] = price
    elif kind == 5 and slots.learners:
        stage["stagiaires"].append([*draw.choice(sorted(slots.learners)), day, price])
    else:
        pairs = [(need.reference, before) for need in region.besoins for before in need.apres] or [(n.reference, n.reference) for n in region.besoins]
        stage["apres"].append([*draw.choice(pairs), day, price])


def split(draw, case, stage):
    """A leaf becomes a node on some count, its children leaves with multipliers of their own."""
    formations = [code for code in stage["formations"] if case.slots.by_formation[code]]
    if not formations:
        return
    code = draw.choice(formations)
    slot = draw.choice(case.slots.by_formation[code])
    count = list(slot.name)
    if slot.starts and draw.random() < 0.4:
        count += ["debut", draw.choice(slot.starts).first.isoformat()]
    elif slot.links and draw.random() < 0.6:
        count += ["besoin", draw.choice(slot.links).reference]
    elif draw.random() < 0.3:
        count = ["total"]
    leaf = stage["formations"][code]
    children = [copy.deepcopy(leaf), copy.deepcopy(leaf)]
    for child in children:
        if len(count) == 4 and "sur" not in child:
            child.setdefault("multiplicateurs", []).append(count + [draw.randrange(-10 ** 9, 10 ** 9)])
    stage["formations"][code] = {"sur": count, "au_plus": draw.randrange(-1, 4), "oui": children[0], "non": children[1]}


def perturb(draw, stage):
    """A number scaled or shifted, or something left out."""
    spots = [(path, value) for path, value in places(stage) if not isinstance(value, str)]
    path, value = draw.choice(spots)
    holder = stage
    for key in path[:-1]:
        holder = holder[key]
    if isinstance(value, int):
        holder[path[-1]] = draw.choice((0, 1, -value, value + 1, value - 1, value * 2, value // 2, value * draw.randrange(1, 300) // 100))
    elif len(path) > 1:
        del holder[path[-1]]


def mutate(draw, case):
    document = copy.deepcopy(case.document)
    for _ in range(draw.randrange(1, 4)):
        stage = document[draw.choice(("points", "cout_pondere"))]
        try:
            draw.choice((lambda: insert(draw, case, stage), lambda: split(draw, case, stage), lambda: perturb(draw, stage)))()
        except (KeyError, TypeError, AttributeError):
            continue  # an earlier mutation took away what this one is about
    return json.loads(json.dumps(document))


def main():
    folder, mutations = sys.argv[1], int(sys.argv[2])
    with open(os.path.join(folder, "cases.txt"), encoding="utf-8") as handle:
        cases = [Case(folder, line) for line in handle]
    with open(os.path.join(folder, "bilans.txt"), encoding="utf-8") as handle:
        said = {words[0]: tuple(map(int, words[1:])) for words in map(str.split, handle)}
    faults, trees, data, refused, exact = [], 0, 0, 0, 0
    for case in cases:
        bounds, target = case.bounds(case.document), case.document["cout_pondere"]["au_moins"]
        if case.own:
            points, points_borne, cost_borne = said[case.name]
            trees += '"sur"' in json.dumps(case.document)
            if bounds is None or (bounds[0], bounds[1]) != (points_borne, cost_borne) or target > points:
                faults.append(f"{case.name}: proves {bounds}, said were {points_borne}, {cost_borne} at {points} points")
            exact += bounds is not None and bounds[0] == case.points and bounds[1] == case.cost
        else:
            data += 1
        if bounds is None:
            refused += 1
        else:
            faults.append(case.too_strong(bounds, target))
    own, draw, changed = [case for case in cases if case.own], random.Random(20270101), 0
    for _ in range(mutations):
        case = draw.choice(own)
        document = mutate(draw, case)
        bounds = case.bounds(document)
        refused += bounds is None
        changed += bounds is not None and bounds != case.bounds(case.document)
        if bounds is not None:
            faults.append(case.too_strong(bounds, case.document["cout_pondere"]["au_moins"]))
    faults = [fault for fault in faults if fault]
    for fault in faults[:20]:
        print(fault)
    print(f"# {len(own)} certificates ({trees} with trees, {exact} exact), {data} mutated regions, {mutations} mutated certificates: "
          f"{refused} refused, {changed} with other bounds, {len(faults)} faults")
    return 1 if faults or mutations and min(refused, changed, data, exact) < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
