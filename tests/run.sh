#!/usr/bin/env bash
# Runs test programs that speak TAP, two at a time, and sums them up: run.sh PROGRAM...
# The last line is alone `N passed, N failed` (and `, N skipped`). JOBS=n: that many at a time; VERBOSE=1: all output;
# VALGRIND=1: each under valgrind, which counts its findings and its leaks as failures.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
export LC_ALL=C CHARSET=UTF-8 # GTest prints what it says in the latter
out=$(mktemp -d /tmp/prisme-tests-XXXXXX)
chmod 755 "$out" # under root, servers are another user's
trap 'rm -rf "$out"' EXIT
mkdir "$out/tmp"
export TMPDIR=$out/tmp # so that a test that fails or is killed leaves nothing behind

left_running() { # INDEX: processes that live on in the program's temporary folder
    find /proc -maxdepth 2 -name cwd -lname "$out/$1/*" -printf '%h\n' 2>/dev/null
}

run_one() { # INDEX PROGRAM: its output and status in $out/INDEX.*, its temporary files below $out/INDEX
    local base=$out/$1 begin=$SECONDS status=0 option=() under=() left
    [[ $2 == *.sh ]] || option=(--tap)
    if [ "${VALGRIND:-0}" = 1 ]; then
        under=(env G_SLICE=always-malloc PRISME_TEST_SHORT=1 valgrind -q --leak-check=full
            --errors-for-leak-kinds=definite --error-exitcode=99)
    fi
    mkdir -m 1777 "$base"
    chmod 1777 "$base"
    TMPDIR=$base timeout -k 10 "${TEST_TIMEOUT:-1800}" "${under[@]}" "$2" "${option[@]}" </dev/null >"$base.tap" 2>"$base.err" || status=$?
    mapfile -t left < <(left_running "$1")
    if [ ${#left[@]} -gt 0 ]; then
        echo "left ${#left[@]} processes running" >>"$base.err"
        kill -9 "${left[@]#/proc/}" 2>/dev/null
        status=$((status ? status : 125))
    fi
    echo "$status" >"$base.status"
    printf '%4d s  %s\n' $((SECONDS - begin)) "$2"
}
export -f run_one left_running
export out

index=0
for program in "$@"; do
    printf '%d\0%s\0' $((index++)) "$program"
done | xargs -0 -r -n 2 -P "${JOBS:-2}" bash -c 'run_one "$1" "$2"' run_one

passed=0 failed=0 skipped=0 index=0
for program in "$@"; do
    base=$out/$((index++))
    status=$(cat "$base.status" 2>/dev/null || echo lost)
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
    sed -n "s|^ok [0-9]*\(.*# *SKIP.*\)|skipped: ${program##*/}\1|p" "$base.tap"
done

[ "$skipped" -eq 0 ] && tail='' || tail=", $skipped skipped"
echo "$passed passed, $failed failed$tail"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
