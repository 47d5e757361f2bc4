#!/usr/bin/python3
"""Judges certificates with the checker's own modules, as they are and mutated: preuve.py FOLDER MUTATIONS (see test_preuve.c)."""

import copy
import datetime
import importlib.machinery
import importlib.util
import json
import os
import random
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "preuve"), os.path.join(HERE, "..", "lib")]

from preuve_bound import Refused  # noqa: E402
from preuve_read import Stage, read  # noqa: E402
from preuve_slots import Slots  # noqa: E402
from verify_region import Region  # noqa: E402

UNKNOWN, NONE = -1, -2

def program():
    """prisme-preuve as a module."""
    loader = importlib.machinery.SourceFileLoader("prisme_preuve", os.path.join(HERE, "..", "preuve", "prisme-preuve"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("prisme_preuve", loader))
    loader.exec_module(module)
    return module


class Case:
    """A region, a certificate, and the truth about the region."""

    def __init__(self, folder, line):
        self.name, proof, points, cost = line.split()
        self.points, self.cost = int(points), int(cost)
        self.document = read(os.path.join(folder, f"proof-{proof}"))
        self.own = self.name == proof
        self.region = Region(os.path.join(folder, f"region-{self.name}"), datetime.date.fromisoformat(self.document["date_plan"]))
        try:
            self.slots = Slots(self.region)
        except ValueError:  # a fixed session that cannot stand
            self.slots = None

    def target(self):
        """The points that the certificate as written gives a cost for."""
        return max(value for path, value in places(self.document["cout_pondere"]) if path[-1] == "au_moins")

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


def parts_of(stage):
    """A stage and all its parts, those of what shows a part void included."""
    yield stage
    for name in ("oui", "non", "vide"):
        if name in stage:
            yield from parts_of(stage[name])


def with_multipliers(draw, stage):
    return draw.choice([part for part in parts_of(stage) if "unite" in part])


def insert(draw, case, stage):
    """One more price, of any kind, on something of the region."""
    stage = with_multipliers(draw, stage)
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


def any_count(draw, slot):
    """A count of the slot, and a most of it that may tell plans apart."""
    count, kind = list(slot.name), draw.random()
    if slot.starts and kind < 0.25:
        count += ["debut", draw.choice(slot.starts).first.isoformat()]
    elif kind < 0.5:
        count += ["groupe", draw.randrange(slot.low, slot.high + 1) if draw.random() < 0.9 else draw.choice((0, slot.high + 1))]
    elif slot.links and kind < 0.75:
        count += ["besoin", draw.choice(slot.links).reference]
    return count, draw.randrange(-1, 4)


def split(draw, case, stage):
    """A leaf becomes a node on some count, its children leaves with multipliers of their own."""
    stage = with_multipliers(draw, stage)
    formations = [code for code in stage["formations"] if case.slots.by_formation[code]]
    if not formations:
        return
    code = draw.choice(formations)
    count, below = any_count(draw, draw.choice(case.slots.by_formation[code]))
    if len(count) == 2 and draw.random() < 0.3:
        count = ["total"]
    leaf = stage["formations"][code]
    children = [copy.deepcopy(leaf), copy.deepcopy(leaf)]
    for child in children:
        if len(count) == 4 and "sur" not in child:
            child.setdefault("multiplicateurs", []).append(count + [draw.randrange(-10 ** 9, 10 ** 9)])
    stage["formations"][code] = {"sur": count, "au_plus": below, "oui": children[0], "non": children[1]}


def multiply(draw, case, stage):
    """One more multiplier of a count in a leaf of a tree."""
    stage = with_multipliers(draw, stage)
    code = draw.choice([code for code in stage["formations"] if case.slots.by_formation[code]])
    leaf = stage["formations"][code]
    while "sur" in leaf:
        leaf = leaf[draw.choice(("oui", "non"))]
    count, _ = any_count(draw, draw.choice(case.slots.by_formation[code]))
    if len(count) == 4:
        most = draw.choice((10 ** 6, 10 ** 9, 10 ** 10, 10 ** 11))
        leaf.setdefault("multiplicateurs", []).append(count + [draw.randrange(-most, most)])


def replace(holder, part):
    """What a stage, or a part of one, is made of; an outermost stage keeps its bound."""
    kept = {"borne": holder["borne"]} if "borne" in holder else {}
    holder.clear()
    holder.update(kept, **part)


def members(part):
    return copy.deepcopy({name: value for name, value in part.items() if name != "borne"})


def part(draw, case, stage):
    """What has multipliers is parted by a count of some slot."""
    at = with_multipliers(draw, stage)
    count, below = any_count(draw, draw.choice(sorted(case.slots.slot.values(), key=lambda slot: slot.name)))
    replace(at, {"sur": count, "au_plus": below, "oui": members(at), "non": members(at)})


def turn(draw, case, stage):
    """Parts swap, are dropped, or take their parent's place; a split moves; a part is called void."""
    whole = [at for at in parts_of(stage) if "sur" in at]
    at, kind = draw.choice(whole) if whole else None, draw.randrange(6)
    if kind == 0 or at is None:
        spot = draw.choice([at for at in parts_of(stage) if at is not stage] or [stage])
        points = draw.choice(list(parts_of(case.document["points"])))
        replace(spot, {"vide": members(points if draw.random() < 0.5 or "vide" in spot else spot)})
    elif kind == 1:
        at["oui"], at["non"] = at["non"], at["oui"]
    elif kind == 2:
        del at[draw.choice(("oui", "non"))]
    elif kind == 3:
        replace(at, members(at[draw.choice(("oui", "non"))]))
    elif kind == 4:
        at["au_plus"] += draw.choice((-1, 1, 1000))
    else:
        at["sur"], at["au_plus"] = any_count(draw, draw.choice(sorted(case.slots.slot.values(), key=lambda slot: slot.name)))


def aim(draw, case, stage):
    """A part of the cost stage is proven for other points than the others."""
    if "point" in stage:
        part(draw, case, stage)
    leaf = draw.choice([at for at in parts_of(stage) if "au_moins" in at])
    leaf["au_moins"] += draw.choice((-3, -1, 1, 3, 100))


def resize(draw, _, stage):
    """A count of groups of some size becomes one of another size."""
    counts = [value for _, value in places(stage) if isinstance(value, list) and "groupe" in value[2:3]]
    if counts:
        count = draw.choice(counts)
        count[3] = draw.choice((0, 1, count[3] - 1, count[3] + 1, str(count[3]), 10 ** 9))


def perturb(draw, _, stage):
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
            draw.choice((insert, split, multiply, perturb, part, turn, aim, resize))(draw, case, stage)
        except (KeyError, TypeError, AttributeError, IndexError):
            continue  # an earlier mutation took away what this one is about
    return json.loads(json.dumps(document))


def is_parted(document):
    return any("sur" in document[stage] for stage in ("points", "cout_pondere"))


def deep(count, leaf, levels):
    node = leaf
    for _ in range(levels):
        node = {"sur": count, "au_plus": 0, "oui": node, "non": leaf}
    return node


def forgeries(case):
    """(what is wrong, certificate) by hand. Each claims a cent more than the least cost of plans with the points."""
    points, cost = members(case.document["points"]), members(case.document["cout_pondere"])
    bound, slot = case.document["points"]["borne"], sorted(case.slots.slot)[0]
    high, nothing = case.slots.slot[slot].high, {"unite": 1, "au_moins": 0, "point": 0}
    free = {"unite": 1, "au_moins": 10 ** 9, "point": 10 ** 9}

    def parted(oui, non, below=10 ** 6, sur=slot):
        return {"sur": list(sur) if sur is slot else sur, "au_plus": below, "oui": oui, "non": non}

    def with_tree(tree):
        return {**nothing, "formations": {case.slots.slot[slot].offer.formation: tree}}

    yield "void for points that only an empty part asks for", {}, parted({"vide": points}, free)
    yield "the same below no session", {}, parted(free, {"vide": points}, -1)
    yield "void though it may have the points", {}, parted({"vide": points}, {**nothing, "au_moins": bound})
    yield "nothing but void parts", {}, parted({"vide": points}, {"vide": points})
    yield "void at once", {}, {"vide": points}
    yield "points in void parts", parted({"vide": points}, points), cost
    yield "void and more", {}, parted({"vide": points, "unite": 1}, nothing)
    yield "parted, with multipliers", {}, {**parted(nothing, nothing), "unite": 1}
    yield "a part with a bound", {}, parted({**nothing, "borne": 10 ** 9}, nothing)
    yield "a part of points among costs", {}, parted(nothing, {"unite": 1})
    for name in ("sur", "au_plus", "oui", "non"):
        yield f"without {name}", {}, {key: value for key, value in parted(nothing, nothing).items() if key != name}
    for below in (0.5, "1", None, True, [0]):
        yield f"au_plus {below!r}", {}, parted(nothing, nothing, below)
    for part_of in (None, [], 0, "x"):
        yield f"a part {part_of!r}", {}, parted(nothing, part_of)
    other = next((n.reference for n in case.region.besoins if n.formation != case.slots.slot[slot].offer.formation), "?")
    for count in (["total"], [], "offre", None, ["offre"], ["offre", "?"], [slot[0], [slot[1]]], [*slot, "groupe"], [*slot, "?", 1], [*slot, "groupe", 0],
                  [*slot, "groupe", high + 1], [*slot, "groupe", "1"], [*slot, "groupe", 1.0], [*slot, "groupe", True], [*slot, "debut", 1],
                  [*slot, "debut", "31/12"], [*slot, "besoin", "?"], [*slot, "besoin", other], [*slot, "besoin", []], [*slot, "groupe", 1, 0]):
        yield f"parted by {count!r}", {}, parted(nothing, nothing, 0, count)
        if count != ["total"]:
            yield f"a tree by {count!r}", {}, with_tree(parted({}, {}, 0, count))
    for name in sorted(case.slots.slot):
        if case.slots.slot[name].offer.formation != case.slots.slot[slot].offer.formation:
            yield "a tree by a slot of another formation", {}, with_tree(parted({}, {}, 0, list(name)))
    yield "parts nested too deep", {}, deep(list(slot), nothing, 5000)
    yield "a tree nested too deep", {}, with_tree(deep(list(slot), {}, 5000))


def judge_forged(case):
    """Forged certificates must be refused, whatever they claim."""
    judge, said = program().judge, []
    claims = {"points_borne": case.document["points"]["borne"], "points": case.target(), "cout_pondere_borne": case.cost + 1}
    accepted = []
    for wrong, points, cost in forgeries(case):
        document = {"points": {"borne": claims["points_borne"], **(points or members(case.document["points"]))},
                    "cout_pondere": {"borne": claims["cout_pondere_borne"], **cost}}
        try:
            good = judge(case.region, document, claims, said.append)
        except Refused:
            continue
        # hand-made parts are judged by their form, so whatever the claim they must not get as far as a bound
        if good or not wrong.startswith(("void for", "the same")):
            accepted.append(f"{case.name}: takes a forgery: {wrong}")
    return accepted


def judge_deep_text(case):
    """JSON that nests deeper than any parser's stack."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "preuve.json")
        with open(path, "w", encoding="utf-8") as handle:
            handle.write('{"format":"prisme-preuve 1","points":' + '{"oui":' * 100000 + "1" + "}" * 100001)
        try:
            read(path)
        except Refused:
            return []
    return [f"{case.name}: reads what nests too deep"]


def judge_written(cases, said, tally):
    """The certificates as written, on their own regions and on mutated ones; returns what is false."""
    faults = []
    for case in cases:
        bounds = case.bounds(case.document)
        if case.own:
            points, points_borne, cost_borne = said[case.name]
            tally["trees"] += '"sur"' in json.dumps(case.document)
            tally["parted"] += is_parted(case.document)
            if bounds is None or (bounds[0], bounds[1]) != (points_borne, cost_borne) or case.target() > points:
                faults.append(f"{case.name}: proves {bounds}, said were {points_borne}, {cost_borne} at {points} points")
            tally["exact"] += bounds is not None and bounds[0] == case.points and bounds[1] == case.cost
        else:
            tally["data"] += 1
        if bounds is None:
            tally["refused"] += 1
        else:
            faults.append(case.too_strong(bounds, case.target()))
    return faults


def judge_mutated(cases, mutations, tally):
    """Half of the mutated certificates are of those with parts, where there are any."""
    faults, draw = [], random.Random(20270101)
    parted = [case for case in cases if is_parted(case.document)] or cases
    own = {}
    for i in range(mutations):
        case = draw.choice((cases, parted)[i % 2])
        document = mutate(draw, case)
        bounds = case.bounds(document)
        if bounds is None:
            tally["refused"] += 1
            continue
        if case.name not in own:
            own[case.name] = case.bounds(case.document)
        tally["changed"] += bounds != own[case.name]
        tally["parts"] += is_parted(document) and bounds != own[case.name]
        tally["void"] += '"vide"' in json.dumps(document)
        faults.append(case.too_strong(bounds, case.target()))
    return faults


def main():
    folder, mutations = sys.argv[1], int(sys.argv[2])
    with open(os.path.join(folder, "cases.txt"), encoding="utf-8") as handle:
        cases = [Case(folder, line) for line in handle]
    with open(os.path.join(folder, "bilans.txt"), encoding="utf-8") as handle:
        said = {words[0]: tuple(map(int, words[1:])) for words in map(str.split, handle)}
    tally = dict.fromkeys(("trees", "parted", "exact", "data", "refused", "changed", "parts", "void"), 0)
    own = [case for case in cases if case.own]
    faults = judge_written(cases, said, tally) + judge_mutated(own, mutations, tally)
    forged = [case for case in own if case.cost > 0 and case.slots is not None and len(set(n.formation for n in case.region.besoins)) > 1][:3]
    for case in forged:
        faults += judge_forged(case) + judge_deep_text(case)
    faults = [fault for fault in faults if fault]
    for fault in faults[:20]:
        print(fault)
    print(f"# {len(own)} certificates ({tally['trees']} with trees, {tally['parted']} parted, {tally['exact']} exact), {tally['data']} mutated regions, "
          f"{mutations} mutated certificates: {tally['refused']} refused, {tally['changed']} with other bounds ({tally['parts']} parted), "
          f"{tally['void']} with void parts, {len(forged)} regions with forged ones, {len(faults)} faults")
    needed = ["refused", "changed", "parts", "void"] + (["data", "exact"] if tally["data"] else [])
    return 1 if faults or mutations and (not forged or tally["parted"] == 0 or min(tally[what] for what in needed) < 10) else 0


if __name__ == "__main__":
    sys.exit(main())
