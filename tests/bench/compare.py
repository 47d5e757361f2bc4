#!/usr/bin/env python3
"""prisme beside other solvers and two plain plans on made regions: Markdown tables of points, cost, bounds, time, memory.

compare.py [--size SIZE] [--seeds 1,2] [--seconds 900] [--solvers first,greedy,glpsol,cbc,highs,prisme] [--keep FOLDER]
compare.py --growth 30,60,120

Every solver gets the model of `prisme plan --mps`, first for points, then (`--points`) for the cost at the points it has
reached, each time for so many seconds. Every plan is verified by `prisme check`. A solver that is not there is left out:
CBC is Debian's coinor-cbc, glpsol glpk-utils, HiGHS the npm package `highs`, found through NODE_PATH. Seconds are of CPU
(glpsol: limited by the clock), without PostgreSQL's; memory is the largest resident set. Environment: PRISME, GENERATE, RIVAL name the programs.
"""
import argparse
import csv
import json
import math
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
PRISME, GENERATE, RIVAL = (os.environ.get(name, default) for name, default in (
    ("PRISME", "./prisme"), ("GENERATE", "build/tests/bench/generate"), ("RIVAL", "build/tests/bench/rival")))
PATIENCE = 8  # seconds of the clock for one of CPU, on a machine that others use


def run(command, seconds=None):
    """Standard output, CPU seconds and MB of a command; None instead of the output when it failed or was ended."""
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen([str(word) for word in command], stdout=out, stderr=subprocess.STDOUT)
        guard = threading.Timer(1e6 if seconds is None else PATIENCE * seconds + 60, process.kill)
        guard.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        except BaseException:
            process.kill()
            raise
        finally:
            guard.cancel()
        out.seek(0)
        text = out.read()
    if process.returncode != 0:
        print(f"compare: {' '.join(map(str, command))}: status {process.returncode}\n{text[-2000:]}", file=sys.stderr)
        text = None
    return text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def columns_of(model):
    """Names of the columns of an MPS file, in order."""
    names = {}
    with open(model, encoding="utf-8") as lines:
        inside = False
        for line in lines:
            if line[0] != " ":
                inside = line.startswith("COLUMNS")
            elif inside and "'MARKER'" not in line:
                names[line.split(None, 1)[0]] = None
    return list(names)


def highs(model, seconds, solution):
    text, _, _ = run(["node", f"{HERE}/highs.cjs", model, seconds, solution], seconds)
    if text is None:
        return None
    said = json.loads(text.strip().splitlines()[-1])
    found = os.path.exists(solution)
    return (said["objective"] if found else None), said["bound"], said["cpu"], said["memory"]


def cbc(model, seconds, solution):
    raw = solution + ".raw"
    text, cpu, memory = run(["cbc", model, "-sec", seconds, "-ratio", 0, "-allow", 0, "-solve", "-solu", raw], seconds)
    if text is None:
        return None
    number = r"\s+(-?[\d.e+]+)"
    objective = re.search(r"^Objective value:" + number, text, re.M)
    bound = re.search(r"^Lower bound:" + number, text, re.M)
    found = objective is not None and "No feasible solution found" not in text
    if found:
        with open(raw, encoding="utf-8") as lines, open(solution, "w", encoding="utf-8") as out:
            for words in (line.split() for line in list(lines)[1:]):
                out.write(f"{words[-3]} {words[-2]}\n")
    proven = float(bound.group(1)) if bound else float(objective.group(1)) if "Optimal solution found" in text else None
    return (float(objective.group(1)) if found else None), proven, cpu, memory


def glpsol(model, seconds, solution):
    raw = solution + ".raw"
    text, cpu, memory = run(["glpsol", "--freemps", model, "--tmlim", seconds, "--cuts", "--fpump", "-w", raw], seconds)
    if text is None:
        return None
    told = re.findall(r"mip =\s+(\S+|not found yet) +(?:>=|<=) +(\S+)", text)
    names, objective = columns_of(model), None
    with open(raw, encoding="utf-8") as lines, open(solution, "w", encoding="utf-8") as out:
        for words in (line.split() for line in lines):
            if words[0] == "s" and words[4] in "fo":
                objective = float(words[5])
            if words[0] == "j" and objective is not None and float(words[2]) != 0:
                out.write(f"{names[int(words[1]) - 1]} {words[2]}\n")
    bound = objective if "INTEGER OPTIMAL SOLUTION FOUND" in text else None
    if bound is None and told and "inf" not in told[-1][1]:
        bound = float(told[-1][1])
    return objective, bound, cpu, memory


def highs_version():
    text = subprocess.run(["node", "-e", 'require("highs")().then((h) => console.log(h.version.string))'],
                          capture_output=True, text=True, check=False)
    return f"HiGHS {text.stdout.strip()} (WebAssembly)" if text.returncode == 0 else None


def program_version(command, pattern):
    if shutil.which(command[0]) is None:
        return None
    text = subprocess.run(command, capture_output=True, text=True, check=False, input="").stdout
    return re.search(pattern, text).group(1)


SOLVERS = {
    "glpsol": (glpsol, lambda: program_version(["glpsol", "--version"], r"(GLP\S+ [\d.]+|GLPK\D+[\d.]+)")),
    "cbc": (cbc, lambda: "CBC " + program_version(["cbc", "-quit"], r"Version: (\S+)") if shutil.which("cbc") else None),
    "highs": (highs, lambda: highs_version() if shutil.which("node") else None),
}


def bilan(sortie):
    with open(f"{sortie}/bilan.csv", encoding="utf-8") as rows:
        return {row["cle"]: row["valeur"] for row in csv.DictReader(rows, delimiter=";")}


def valid(folder, sortie):
    return run([PRISME, "-q", "check", folder, sortie])[0] is not None


def percent(part, whole):
    return "–" if not whole else f"{100 * part / whole:.2f} %"


def row(who, figures, bounds, cpu, memory):
    """A line of the table: figures (points, weighted cost) and bounds, None where there is none."""
    (points, cost), (most, least) = figures, bounds
    say = lambda value, form: "–" if value is None else format(value, form)
    gaps = [percent(most - points, most) if None not in (points, most) else "–",
            percent(cost - least, least) if None not in (cost, least) else "–"]
    print(f"| {who} | {say(points, 'd')} | {say(most, 'd')} | {gaps[0]} | {say(cost, '.2f')} | {say(least, '.2f')} | {gaps[1]} "
          f"| {cpu:.1f} | {memory:.0f} |", flush=True)


def plain(name, folder, work):
    sortie = f"{work}/{name}"
    text, cpu, memory = run([RIVAL, name, folder, sortie])
    if text is None or not valid(folder, sortie):
        return None
    points, cost = text.split()[:2]
    return (int(points), float(cost)), (None, None), cpu, memory


def campaign_code(text):
    return next(csv.DictReader(text.splitlines(), delimiter=";"))["code"]


def campaign(folder):
    with open(f"{folder}/campagne.csv", encoding="utf-8") as rows:
        return campaign_code(rows.read())


def ours(folder, work):
    code, sortie = campaign(folder), f"{work}/prisme"
    text, cpu, memory = run([PRISME, "-q", "plan", "--campagne", code])
    if text is None or run([PRISME, "-q", "export", "--campagne", code, "--sortie", sortie])[0] is None:
        return None
    if not valid(folder, sortie):
        return None
    figures = bilan(sortie)
    return ((int(figures["points"]), float(figures["cout_pondere"])),
            (int(figures["points_borne"]), float(figures["cout_pondere_borne"])), cpu, memory)


def stage(solve, folder, work, name, seconds, points=None):
    """One model solved: figures of the verified plan (None: no plan), the bound, CPU seconds, MB; None: it failed."""
    kind = "points" if points is None else "cost"
    model, solution, sortie = f"{work}/{kind}-{name}.mps", f"{work}/{name}-{kind}.sol", f"{work}/{name}-{kind}"
    asked = [] if points is None else ["--points", points]
    if run([PRISME, "-q", "plan", "--campagne", campaign(folder), "--mps", model, *asked])[0] is None:
        return None
    answer = solve(model, seconds, solution)
    if answer is None:
        return None
    objective, bound, cpu, memory = answer
    if objective is None:
        return None, bound, cpu, memory
    text, _, _ = run([RIVAL, "solver", folder, sortie, solution, kind,
                      (0 if bound is None else bound) if points is not None else 10**9 if bound is None else -bound])
    if text is None or not valid(folder, sortie):
        return None
    reached, cost = text.split()[:2]
    return (int(reached), float(cost)), bound, cpu, memory


def theirs(name, folder, work, seconds):
    solve = SOLVERS[name][0]
    first = stage(solve, folder, work, name, seconds)
    if first is None:
        return None
    figures, most, cpu, memory = first
    most = None if most is None or math.isinf(most) else math.floor(-most + 1e-6)  # points are whole
    if figures is None:
        return (None, None), (most, None), cpu, memory
    second = stage(solve, folder, work, name, seconds, figures[0])
    if second is None:
        return figures, (most, None), cpu, memory
    cheaper, least, more, larger = second
    if cheaper is not None and (cheaper[0] > figures[0] or cheaper[1] < figures[1]):
        figures = cheaper
    return figures, (most, least), cpu + more, max(memory, larger)


def region(seed, size, work):
    """A made region, ingested as a campaign of its own: prisme keeps to the campaign's latest plan where it can."""
    folder = f"{work}/in"
    if run([GENERATE, seed, size, folder])[0] is None:
        sys.exit(1)
    path = f"{folder}/campagne.csv"
    with open(path, encoding="utf-8") as rows:
        text = rows.read()
    with open(path, "w", encoding="utf-8") as rows:
        rows.write(text.replace(campaign_code(text), f"{size}-{seed}", 1))
    if run([PRISME, "-q", "ingest", folder, "--sortie", work])[0] is None:
        sys.exit(1)
    return folder


def ratios(seed, lines):
    """prisme against the best of the others: points, cost at those points, time."""
    others = {who: line for who, line in lines.items() if who != "prisme" and line is not None and line[0][0] is not None}
    if lines.get("prisme") is None or not others:
        return
    best = max(others, key=lambda who: (others[who][0][0], -others[who][0][1]))
    (points, cost), (rival_points, rival_cost) = lines["prisme"][0], others[best][0]
    ratio = lambda ours_is, theirs_is: f"{ours_is / theirs_is:.4f}" if theirs_is else "–"
    at_equal = f", cost {ratio(cost, rival_cost)}" if points == rival_points else ""
    print(f"seed {seed}: prisme / best other ({best}): points {ratio(points, rival_points)}{at_equal}, "
          f"CPU {ratio(lines['prisme'][2], others[best][2])}")


def compare(arguments, home):
    names = {name: SOLVERS[name][1]() for name in SOLVERS}
    names.update(first="first come", greedy="greedy", prisme="**prisme**")
    print(f"{arguments.size} regions; solvers: {arguments.seconds} s for points, {arguments.seconds} s for cost\n")
    print("| seed, plan | points | bound | gap | weighted cost | bound | gap | CPU s | MB |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    results = {}
    for seed in arguments.seeds.split(","):
        work = f"{home}/{arguments.size}-{seed}"
        os.makedirs(work)
        folder = region(seed, arguments.size, work)
        results[seed] = {}
        for name in arguments.solvers.split(","):
            if names.get(name) is None:
                print(f"compare: {name} is not there: left out", file=sys.stderr)
                continue
            line = (plain(name, folder, work) if name in ("first", "greedy") else ours(folder, work) if name == "prisme"
                    else theirs(name, folder, work, arguments.seconds))
            results[seed][name] = line
            if line is None:
                print(f"| {seed}, {names[name]} | failed | | | | | | | |", flush=True)
            else:
                row(f"{seed}, {names[name]}", *line)
    print()
    for seed, lines in results.items():
        ratios(seed, lines)


def growth(arguments, home):
    print("| SIAE | besoins | learners | points | bound | gap | cost gap | CPU s | MB | CPU ms a besoin |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for size in arguments.growth.split(","):
        work = f"{home}/{size}"
        os.makedirs(work)
        folder = region(1, size, work)
        with open(f"{folder}/besoins.csv", encoding="utf-8") as rows:
            effectifs = [int(need["effectif"]) for need in csv.DictReader(rows, delimiter=";")]
        line = ours(folder, work)
        if line is None:
            print(f"| {size} | {len(effectifs)} | {sum(effectifs)} | failed | | | | | | |", flush=True)
            continue
        (points, cost), (most, least), cpu, memory = line
        print(f"| {size} | {len(effectifs)} | {sum(effectifs)} | {points} | {most} | {percent(most - points, most)} "
              f"| {percent(cost - least, least)} | {cpu:.1f} | {memory:.0f} | {1000 * cpu / len(effectifs):.1f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="small")
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--seconds", type=int, default=900)
    parser.add_argument("--solvers", default="first,greedy,glpsol,cbc,highs,prisme")
    parser.add_argument("--growth")
    parser.add_argument("--keep", help="folder for models, solutions and plans (default: none is kept)")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="prisme-compare-") as scratch:
        os.chmod(scratch, 0o755)
        home = arguments.keep or scratch
        os.makedirs(home, exist_ok=True)
        os.environ.update(PRISME_DATA=f"{scratch}/base", PRISME_CONFIG="/dev/null")
        try:
            (growth if arguments.growth else compare)(arguments, home)
        finally:
            run([PRISME, "-q", "arret"])


if __name__ == "__main__":
    main()
