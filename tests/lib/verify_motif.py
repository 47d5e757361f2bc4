"""What the plan could still do: would lifting what a motif names let one more learner in; on tiny regions, the best plan of all."""

from collections import Counter
from itertools import islice, product

from verify_rules import Lift, STRICT, Session, all_faults, montage_faults, plan_faults, session_faults, session_money

MIXES = 200


class Growing(Lift):
    """As another lift, while the group of a new session is still being gathered."""

    def holds(self, name, need=None):
        return name not in ("groupe_insuffisant", "mutualisation_impossible", "reste_a_charge", "enveloppe_epuisee") and super().holds(name, need)


def rest_of(region, sessions):
    """Learners each need still waits for."""
    rest = {need.reference: int(need.effectif) for need in region.besoins}
    for session in sessions:
        for (reference, _), count in session.learners.items():
            rest[reference] -= count
    return rest


def possible(region, sessions, money, changed, lift):
    """May this session stand in place of the one of the same code?"""
    if next(session_faults(region, changed, lift), None):
        return False
    plan = [session for session in sessions if session.code != changed.code] + [changed]
    figures = {session: money[session] for session in plan if session is not changed}
    figures[changed] = session_money(region, changed)
    return next(plan_faults(region, plan, figures, lift), None) is None


def with_one_more(region, session, need, lift, first=None):
    """The session with one more learner of the need, under each montage, `first` tried first."""
    for code in sorted(region.funding, key=lambda code: (code != first, code)):
        if not lift.holds("ineligible", need.reference) or not list(montage_faults(region, session.offer, need, code)):
            learners = dict(session.learners)
            learners[need.reference, code] = learners.get((need.reference, code), 0) + 1
            yield Session(region, session.code, session.offer, session.start, learners, session.fixed)


def stands(region, sessions, money, session, lift):
    """May this group stand, each need under whichever montage?"""
    if possible(region, sessions, money, session, lift):
        return True
    if session.size < region.group_bounds(session.offer)[0] and lift.holds("groupe_insuffisant"):
        return False
    counts = Counter()
    for (reference, _), count in session.learners.items():
        counts[reference] += count
    open_to = [[code for code in sorted(region.funding) if not lift.holds("ineligible", reference)
                or not list(montage_faults(region, session.offer, region.need[reference], code))] for reference in counts]
    for codes in islice(product(*open_to), MIXES):
        learners = dict(zip(zip(counts, codes), counts.values()))
        if possible(region, sessions, money, Session(region, session.code, session.offer, session.start, learners), lift):
            return True
    return False


def gathered(region, sessions, money, empty, need, lift, rest):
    """Can a group stand around one learner of the need, filled with whoever waits and fits, one of each need in turn?"""
    growing = Growing(lift.names, lift.need)
    high = region.group_bounds(empty.offer)[1]
    others = [n for n in region.besoins if n.formation == need.formation and rest[n.reference] > 0]
    others.sort(key=lambda n: n.siae == need.siae)
    for session in with_one_more(region, empty, need, lift):
        if not possible(region, sessions, money, session, growing):
            continue
        (_, montage), = session.learners
        left = dict(rest)
        left[need.reference] -= 1
        waiting = others
        while not stands(region, sessions, money, session, lift):
            grew = []
            for other in waiting:
                if left[other.reference] == 0 or session.size >= high and lift.holds("capacite"):
                    continue
                choices = with_one_more(region, session, other, lift, montage)
                wider = next((s for s in choices if possible(region, sessions, money, s, growing)), None)
                if wider is not None:
                    session = wider
                    left[other.reference] -= 1
                    grew.append(other)
                    if stands(region, sessions, money, session, lift):
                        return True
            if not grew:
                break
            waiting = grew
        else:
            return True
    return False


def starts_of(region, offer, lift):
    if lift.holds("hors_periode"):
        return region.possible_starts(offer)
    return [day for day in region.all_starts() if region.training_days(offer, day)]


def joined(region, sessions, money, need):
    """Where the need could be served if newcomers, who pay for themselves, filled the group."""
    for offer in region.offres:
        if offer.formation == need.formation:
            low = region.group_bounds(offer)[0]
            for start in region.possible_starts(offer):
                empty = Session(region, "?", offer, start, {})
                for one in with_one_more(region, empty, need, STRICT):
                    one.guests = low - 1
                    if possible(region, sessions, money, one, STRICT):
                        return f"a session of {offer.code} on {start} with {one.guests} newcomers"
    return None


def room(region, sessions, money, need, lift=STRICT):
    """Where one more learner of the need could sit, the rest of the plan as it is; None when nowhere was found."""
    rest = rest_of(region, sessions)
    if rest[need.reference] <= 0:
        return None
    for session in sessions:
        if session.offer.formation == need.formation:
            for wider in with_one_more(region, session, need, lift):
                if possible(region, sessions, money, wider, lift):
                    return session.code
    for offer in region.offres:
        if offer.formation == need.formation:
            for start in starts_of(region, offer, lift):
                empty = Session(region, "?", offer, start, {})
                if empty.days and gathered(region, sessions, money, empty, need, lift, rest):
                    return f"a new session of {offer.code} on {start}"
    return None


class TooMany(Exception):
    """The region is not tiny."""


def best_plans(region, fixed, limit):
    """Every plan that keeps the rules, as (points, weighted cost, sessions); fixed sessions are grown like new ones."""
    places = [(s.code, s.offer, s.start, s.learners) for s in fixed]
    for offer in region.offres:
        runs = int(offer.sessions_max) - sum(1 for s in fixed if s.offer is offer)
        places += [(f"{offer.code} {start} {run}", offer, start, None) for start in region.possible_starts(offer) for run in range(max(0, runs))]
    wanted = [(need, code) for need in region.besoins for code in sorted(region.funding)]
    steps = [0]

    def fillings(offer, start, base, rest):
        keys = [(n.reference, code) for n, code in wanted if n.formation == offer.formation
                and (rest[n.reference] > 0)
                and not [r for r, _ in session_faults(region, Session(region, "?", offer, start, {(n.reference, code): 1}),
                                                     Lift({"groupe_insuffisant", "mutualisation_impossible"}))
                         if r not in ("min_siae", "debut")]]

        def go(i, learners, left):
            steps[0] += 1
            if steps[0] > limit:
                raise TooMany
            if i == len(keys):
                yield learners
                return
            for count in range(left[keys[i][0]] + 1):
                grown = dict(learners)
                if count:
                    grown[keys[i]] = grown.get(keys[i], 0) + count
                yield from go(i + 1, grown, {**left, keys[i][0]: left[keys[i][0]] - count})

        yield from go(0, base or {}, rest)

    def plans(i, chosen, rest):
        if i == len(places):
            faults, money = all_faults(region, chosen)
            if not faults:
                points = sum(region.points(region.need[r]) * c for s in chosen for (r, _), c in s.learners.items())
                cost = sum(row["pedagogie"] + row["annexe"] + row["reste"] for by in money.values() for row in by.values())
                yield points, cost, chosen
            return
        code, offer, start, base = places[i]
        if base is None:
            yield from plans(i + 1, chosen, rest)
        for learners in fillings(offer, start, base, rest):
            if learners:
                session = Session(region, code, offer, start, learners, base is not None)
                if next(session_faults(region, session), None):
                    continue
                new = {r: rest[r] - sum(c for (q, _), c in learners.items() if q == r) + sum(c for (q, _), c in (base or {}).items() if q == r)
                       for r in rest}
                yield from plans(i + 1, chosen + [session], new)

    start_rest = rest_of(region, fixed)
    yield from plans(0, [], start_rest)
