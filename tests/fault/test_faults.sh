#!/usr/bin/env bash
# Faults by loop: the n-th call of a kind fails, or the process dies at it, for n = 1, 2, ... until a run passes untouched.
# Whatever happens the output folder is wholly before or after, and a run without faults succeeds.
. "$(dirname "$0")/../cli/lib.sh"
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

# Fails the calls of a kind one after the other (every STEP-th); each run must end with one of the statuses.
loop() { # NAME STATUSES HOW STEP CALLS COMMAND...
    local name=$1 statuses=$2 how=$3 step=$4 calls=$5 at=1 fired=0 wrong=
    shift 5
    while [ $at -lt 100000 ]; do
        rm -rf "$work/mark" "$work/x"
        mkdir "$work/x"
        cp -r "$work/old" "$work/x/plan"
        local status=0
        LD_PRELOAD=$shim FAULT_CALLS=$calls FAULT_AT=$at FAULT_HOW=$how FAULT_MARK=$work/mark \
            "$@" --sortie "$work/x/plan" >/dev/null 2>"$work/err" </dev/null || status=$?
        csv_sums "$work/x/plan" >"$work/now.sum"
        cmp -s "$work/now.sum" "$work/old.sum" || cmp -s "$work/now.sum" "$work/new.sum" || wrong+=" call $at: a mix;"
        [ -e "$work/mark" ] || break
        fired=$((fired + 1))
        [[ " $statuses " == *" $status "* ]] || wrong+=" call $at: exit $status ($(tail -n 1 "$work/err"));"
        [ "$how" = kill ] || [ $status -eq 0 ] || grep -q '^prisme: ' "$work/err" || wrong+=" call $at: not a word;"
        if [ "$how" = kill ]; then
            "$@" --sortie "$work/x/plan" 2>"$work/err" || wrong+=" after call $at: exit $? ($(tail -n 1 "$work/err"));"
            [ "$(ls -A "$work/x")" = plan ] || wrong+=" after call $at: left behind $(ls -A "$work/x");"
        fi
        at=$((at + step))
    done
    [ "$status" -eq 0 ] && cmp -s "$work/now.sum" "$work/new.sum" || wrong+=" untouched: exit $status;"
    [ $fired -gt 0 ] || wrong+=" no call came;"
    [ -z "$wrong" ]
    ok "$name ($fired calls)" || tr ';' '\n' <<<"$wrong" | sed 's/^/#/'
}

folders='mkdir rename renameat2 link unlink fsync'
export_new=("$prisme" export --campagne NORM-2026)
loop "export, the folder cannot be changed" "7 0" 28 1 "$folders" "${export_new[@]}"
loop "export, killed where the folder is changed" 137 kill 1 "$folders" "${export_new[@]}"
loop "export, a file cannot be opened" "7 5 0" 24 1 "open fopen fopen64 tmpfile" "${export_new[@]}"
loop "export, the disk is full at a file's end" "7 0" 28 1 "fclose fflush" "${export_new[@]}"
loop "export, the disk is full" "7 0" 28 "${FAULT_STEP:-29}" "write fwrite" "${export_new[@]}"
loop "export, the server is lost" "5 0" 104 3 "send recv" "${export_new[@]}"
loop "run, the server is lost" "5 0" 104 5 "send recv" "$prisme" run "$region"
loop "run, killed while it talks to the server" 137 kill 5 "send recv" "$prisme" run "$region"
loop "run, a file cannot be opened" "4 5 7 0" 24 3 "open fopen fopen64 tmpfile" "$prisme" run "$region"

# A limit on the size of files, the way a quota shows itself, and a file system that is really full.
rm -rf "$work/x/plan"
expect 7 "files may not grow past 4 KiB" bash -c 'trap "" XFSZ; ulimit -f 4; exec "$@"' limited "${export_new[@]}" \
    --sortie "$work/x/plan"
[ ! -e "$work/x/plan/sessions.csv" ]
ok "no file of the set is shown"
mkdir "$work/full"
if mount -t tmpfs -o size=24k none "$work/full" 2>/dev/null; then
    expect 7 "a full disk" "${export_new[@]}" --sortie "$work/full/plan"
    [ -z "$(find "$work/full" -type f)" ]
    ok "a full disk keeps nothing of the set"
    umount "$work/full"
else
    skip "a full disk" "mounting is not permitted here"
fi
finish
