#!/usr/bin/env bash
# Times of each command on the sample region (median and worst of ROUNDS, 5) and once on the made regions of SIZES (small):
# wall seconds and peak memory of prisme itself. GENERATE: the program that makes regions.
set -euo pipefail
cd "$(dirname "$0")/../.."
prisme=${PRISME:-$PWD/prisme}
work=$(mktemp -d /tmp/prisme-bench-XXXXXX)
chmod 755 "$work"
export PRISME_DATA=$work/base PRISME_CONFIG=/dev/null
trap '"$prisme" arret; rm -rf "$work"' EXIT

measure() { # NAME COMMAND...
    python3 - "${ROUNDS:-5}" "$@" <<'MEASURE'
import os, statistics, subprocess, sys, time
rounds, name, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
seconds, peak = [], 0
for _ in range(rounds):
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds.append(time.monotonic() - begin)
    peak = max(peak, usage.ru_maxrss)
    if status != 0:
        sys.exit(f"bench: {' '.join(command)}: status {status}")
print(f"{name:32} {statistics.median(seconds):8.2f} s {max(seconds):8.2f} s {peak / 1024:8.1f} MB")
MEASURE
}

printf '%-32s %10s %10s %11s\n' command median worst memory
ROUNDS=1 measure "first run: makes the cluster" "$prisme" etat
measure "start of a stopped cluster" bash -c '"$0" arret && "$0" etat' "$prisme"
measure "ingest, new files" bash -c 'cp -r config/sample "$1/in-$$" && sed -i "2s/^[^;]*/B$$/" "$1/in-$$/campagne.csv" &&
    exec "$0" ingest "$1/in-$$"' "$prisme" "$work"
measure "ingest, unchanged files" "$prisme" ingest config/sample --sortie "$work"
code=$(sed -n '2s/;.*//p' config/sample/campagne.csv)
measure "plan" "$prisme" plan --campagne "$code"
measure "export" "$prisme" export --campagne "$code" --sortie "$work/plan"
measure "check" "$prisme" check config/sample "$work/plan"
measure "run" "$prisme" run config/sample --sortie "$work/plan"

ROUNDS=1
for size in ${SIZES-small}; do
    "$GENERATE" 1 "$size" "$work/$size"
    code=$(sed -n '2s/;.*//p' "$work/$size/campagne.csv")
    measure "$size: ingest" "$prisme" ingest "$work/$size"
    measure "$size: plan" "$prisme" plan --campagne "$code"
    measure "$size: export" "$prisme" export --campagne "$code" --sortie "$work/$size-plan"
done
