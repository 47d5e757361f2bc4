#!/usr/bin/env bash
# Runs each fuzz target for some seconds, from the small region's files as seeds: run.sh FOLDER-OF-TARGETS SECONDS
set -euo pipefail
cd "$(dirname "$0")/../.."
targets=$1 seconds=$2
work=$(mktemp -d /tmp/prisme-fuzz-XXXXXX)
trap 'rm -rf "$work" /dev/shm/prisme-fuzz-*' EXIT
mkdir -p "$work"/seeds/{fuzz_settings,fuzz_ingest}

sed 's/^#\([a-z_]* =\)/\1/' config/prisme.conf >"$work/seeds/fuzz_settings/all"
n=0
for name in campagne communes siae organismes formations offres besoins axes montages frais enveloppes financements \
    priorites trajets fermetures sessions_fixees affectations_fixees; do # the order of fuzz_ingest.c
    [ ! -e "tests/cli/region/$name.csv" ] ||
        { printf '%b' "\\x$(printf %02x $((2 * n)))"; cat "tests/cli/region/$name.csv"; } >"$work/seeds/fuzz_ingest/$name"
    n=$((n + 1))
done

# A plan of the small region, whose files are fuzzed too.
export PRISME_DATA=$work/base FUZZ_PLAN=$work/plan
chmod 755 "$work"
printf '[plan]\neffort = 1\n' >"$work/prisme.conf"
./prisme --config "$work/prisme.conf" run tests/cli/region --sortie "$FUZZ_PLAN"
./prisme arret
n=0
for name in sessions seances affectations charges non_couverts enveloppes bilan; do # the order of fuzz_ingest.c
    { printf '%b' "\\x$(printf %02x $((2 * n + 1)))"; cat "$FUZZ_PLAN/$name.csv"; } >"$work/seeds/fuzz_ingest/plan-$name"
    n=$((n + 1))
done

for target in "$targets"/fuzz_*; do
    [[ $target != *.* ]] || continue
    name=$(basename "$target")
    mkdir -p "$work/$name" "$work/seeds/$name"
    [ ! -d "tests/fuzz/corpus/$name" ] || cp -n "tests/fuzz/corpus/$name"/* "$work/seeds/$name"
    echo "fuzz: $name, $seconds s"
    "$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix=./fuzz-found- "$work/$name" "$work/seeds/$name" 2>&1 | grep -vE '^(INFO|#|"|[[:space:]]*NEW_)' | tail -n 40
done
