#!/usr/bin/env bash
# Faults by loop: the n-th call of a kind fails, or the process dies at it, for FAULT_POINTS (12) n among all that come
# (FAULT_POINTS=1000000: each). Whatever happens the output folder is wholly before or after, and a run without faults succeeds.
. "$(dirname "$0")/../cli/lib.sh"
FAULT_POINTS=${FAULT_POINTS:-12}
shim=$PWD/${BUILD:-build}/tests/fault/shim.so

copy_region "$work/small" OLD
sed -i '/^B0[56];/d' "$work/small/besoins.csv"
"$prisme" run "$work/small" --sortie "$work/old" 2>/dev/null &&
    "$prisme" run "$region" --sortie "$work/new" 2>/dev/null
ok "two plans to choose from"
csv_sums "$work/old" >"$work/old.sum"
csv_sums "$work/new" >"$work/new.sum"
! cmp -s "$work/old.sum" "$work/new.sum"
ok "the two differ"

# Runs a command once with the n-th call failing. FAULT_AT=1000000: none does.
run_with() { # AT HOW CALLS COMMAND...
    local at=$1 how=$2 calls=$3
    shift 3
    rm -rf "$work/mark" "$work/x"
    mkdir "$work/x"
    cp -r "$work/old" "$work/x/plan"
    status=0
    # In a subshell, lest this shell tell of each death.
    (
        LD_PRELOAD=$shim FAULT_CALLS=$calls FAULT_AT=$at FAULT_HOW=$how FAULT_MARK=$work/mark FAULT_COUNT=$work/count \
            "$@" --sortie "$work/x/plan" >/dev/null 2>"$work/err" </dev/null
        exit $?
    ) 2>/dev/null || status=$?
    csv_sums "$work/x/plan" >"$work/now.sum"
}

# Fails FAULT_POINTS calls of a kind, spread from the first to the last; each run must end with one of the statuses.
loop() { # NAME STATUSES HOW CALLS COMMAND...
    local name=$1 statuses=$2 how=$3 calls=$4 total k at before=0 fired=0 wrong=
    shift 4
    run_with 1000000 28 "$calls" "$@"
    total=$(cat "$work/count")
    [ "$status" -eq 0 ] && cmp -s "$work/now.sum" "$work/new.sum" || wrong+=" untouched: exit $status;"
    for ((k = 1; k <= FAULT_POINTS && before < total; k++)); do
        at=$(((k * total + FAULT_POINTS - 1) / FAULT_POINTS))
        [ $at -gt $before ] || continue
        before=$at
        run_with $at "$how" "$calls" "$@"
        cmp -s "$work/now.sum" "$work/old.sum" || cmp -s "$work/now.sum" "$work/new.sum" || wrong+=" call $at: a mix;"
        [ -e "$work/mark" ] || continue
        fired=$((fired + 1))
        [[ " $statuses " == *" $status "* ]] || wrong+=" call $at: exit $status ($(tail -n 1 "$work/err"));"
        [ "$how" = kill ] || [ $status -eq 0 ] || grep -q '^prisme: ' "$work/err" || wrong+=" call $at: not a word;"
        ! grep -qv '^prisme: ' "$work/err" || wrong+=" call $at: not our words ($(grep -v '^prisme: ' "$work/err"));"
        if [ "$how" = kill ]; then
            "$@" --sortie "$work/x/plan" >/dev/null 2>"$work/err" ||
                wrong+=" after call $at: exit $? ($(tail -n 1 "$work/err"));"
            csv_sums "$work/x/plan" | cmp -s - "$work/new.sum" || wrong+=" after call $at: another plan;"
            [ "$(ls -A "$work/x")" = plan ] || wrong+=" after call $at: left behind $(ls -A "$work/x");"
        fi
    done
    [ $fired -gt 0 ] || wrong+=" no call came;"
    [ -z "$wrong" ]
    ok "$name ($fired of $total calls)" || tr ';' '\n' <<<"$wrong" | sed 's/^/#/'
}

one_line() { # NAME: the last command said one thing on stderr
    [ "$(wc -l <"$work/err")" -eq 1 ] && grep -q '^prisme: ' "$work/err"
    ok "$1" || sed 's/^/# /' "$work/err"
}

folders='mkdir rename renameat2 link unlink fsync'
export_new=("$prisme" export --campagne NORM-2026)
files='open fopen fopen64 tmpfile'
loop "export, a folder cannot be changed" "7 5 0" 28 "$folders" "${export_new[@]}"
loop "export, killed where a folder is changed" 137 kill "$folders" "${export_new[@]}"
loop "export, a file cannot be opened" "7 5 3 0" 24 "$files" "${export_new[@]}"
loop "export, the disk is full at a file's end" "7 0" 28 "fclose fflush" "${export_new[@]}"
loop "export, the disk is full" "7 0" 28 "write fwrite" "${export_new[@]}"
loop "export, the server is lost" "5 0" 104 "send recv" "${export_new[@]}"
loop "run, the server is lost" "5 0" 104 "send recv" "$prisme" run "$region"
loop "run, killed while it talks to the server" 137 kill "send recv" "$prisme" run "$region"
loop "run, a file cannot be opened" "3 4 5 7 0" 24 "$files" "$prisme" run "$region"

# A limit on the size of files, the way a quota shows itself, and a file system that is really full.
rm -rf "$work/x/plan"
expect 7 "files may not grow past 4 KiB" bash -c 'trap "" XFSZ; ulimit -f 4; exec "$@"' limited "${export_new[@]}" \
    --sortie "$work/x/plan"
[ ! -e "$work/x/plan/sessions.csv" ]
ok "no file of the set is shown"
one_line "it is told in one line"
mkdir "$work/full"
if mount -t tmpfs -o size=24k none "$work/full" 2>/dev/null; then
    expect 7 "a full disk" "${export_new[@]}" --sortie "$work/full/plan"
    one_line "a full disk is told in one line"
    [ -z "$(find "$work/full" -type f)" ]
    ok "a full disk keeps nothing of the set"
    umount "$work/full"
else
    skip "a full disk" "mounting is not permitted here"
fi
finish
