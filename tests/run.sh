#!/usr/bin/env bash
# Runs test programs that speak TAP, two at a time, and sums them up: run.sh PROGRAM...
# The last line is alone `N passed, N failed` (and `, N skipped`). JOBS=n: that many at a time; VERBOSE=1: all output.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
export LC_ALL=C CHARSET=UTF-8 # GTest prints what it says in the latter
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
mkdir "$out/tmp"
export TMPDIR=$out/tmp # so that a test that fails or is killed leaves nothing behind

run_one() { # PROGRAM: its output and status below $out
    local base=$out/${1//\//_} begin=$SECONDS status=0 option=()
    [[ $1 == *.sh ]] || option=(--tap)
    timeout -k 10 "${TEST_TIMEOUT:-1800}" "$1" "${option[@]}" </dev/null >"$base.tap" 2>"$base.err" || status=$?
    echo "$status" >"$base.status"
    printf '%4d s  %s\n' $((SECONDS - begin)) "$1"
}
export -f run_one
export out

# xargs waits for each program by itself, so a slow one holds nobody up.
# shellcheck disable=SC2016
[ $# -eq 0 ] || printf '%s\0' "$@" | xargs -0 -r -n 1 -P "${JOBS:-2}" bash -c 'run_one "$1"' run_one

passed=0 failed=0 skipped=0
for program in "$@"; do
    base=$out/${program//\//_}
    status=$(cat "$base.status" 2>/dev/null || echo lost)
    # GTest indents the results of nested suites no deeper than column 0; messages start with '#'.
    read -r ok not_ok skip planned < <(awk '
        /^ok .*# *SKIP/ { skip++; next }
        /^ok/ { ok++ }
        /^not ok/ { bad++ }
        /^1\.\.[0-9]+/ { plan = substr($1, 4) }
        END { printf "%d %d %d %d\n", ok, bad, skip, plan }' "$base.tap" 2>/dev/null)
    # A program that died, or ran fewer tests than it planned, has failed once more.
    if [ "$not_ok" -eq 0 ] && { [ "$status" != 0 ] || [ $((ok + skip)) -eq 0 ] || [ $((ok + skip)) -ne "$planned" ]; }; then
        not_ok=1
        echo "not ok - $program: exit status $status, $((ok + skip)) of $planned tests" >>"$base.tap"
    fi
    passed=$((passed + ok)) failed=$((failed + not_ok)) skipped=$((skipped + skip))
    if [ "$not_ok" -gt 0 ] || [ "${VERBOSE:-0}" = 1 ]; then
        echo "---- $program (exit status $status)"
        grep -v '^ok' "$base.tap"
        tail -n 100 "$base.err"
    fi
    grep -h '^ok .*# *SKIP' "$base.tap" | sed "s|^ok [0-9]*|skipped: ${program##*/}|"
done

[ "$skipped" -eq 0 ] && tail='' || tail=", $skipped skipped"
echo "$passed passed, $failed failed$tail"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
