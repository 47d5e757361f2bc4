#!/usr/bin/env bash
# kill -9 at many points of a run: the database and the output folder are wholly before or wholly after, and the next run
# succeeds. KILLS: how many points (16).
. "$(dirname "$0")/lib.sh"
KILLS=${KILLS:-16}

# A cluster killed while it is made is made by the next.
for delay in 0.05 0.3 0.6 0.9 1.2; do
    rm -rf "$work/young"
    PRISME_DATA=$work/young "$prisme" etat >/dev/null 2>&1 &
    sleep $delay
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
    PRISME_DATA=$work/young expect 0 "the run after one killed $delay s into the cluster's making" "$prisme" etat
    PRISME_DATA=$work/young "$prisme" arret
done

copy_region "$work/small" OLD
sed -i '/^B0[56];/d' "$work/small/besoins.csv"
"$prisme" run "$work/small" --sortie "$work/old" 2>/dev/null
ok "a plan to begin with"
copy_region "$work/in" NEW
length=$(microseconds "$prisme" run "$work/in" --sortie "$work/new")
[ -e "$work/new/bilan.csv" ]
ok "a plan to end with"
csv_sums "$work/old" >"$work/old.sum"
csv_sums "$work/new" >"$work/new.sum"
! cmp -s "$work/old.sum" "$work/new.sum"
ok "the two differ"

killed=0 old=0 new=0
for ((i = 1; i <= KILLS; i++)); do
    code=K$i
    copy_region "$work/in" $code
    mkdir "$work/k$i"
    cp -r "$work/old" "$work/k$i/plan"
    "$prisme" run "$work/in" --sortie "$work/k$i/plan" >/dev/null 2>&1 &
    victim=$!
    after $((1500 * i / KILLS)) "$length"
    kill -9 $victim 2>/dev/null && killed=$((killed + 1))
    wait $victim 2>/dev/null
    wrong=
    csv_sums "$work/k$i/plan" >"$work/now.sum"
    workbooks=$(find "$work/k$i/plan" -name "*-$code-*.xlsx" | wc -l)
    if cmp -s "$work/now.sum" "$work/old.sum" && [ "$workbooks" -eq 0 ]; then
        old=$((old + 1))
    elif cmp -s "$work/now.sum" "$work/new.sum" && [ "$workbooks" -eq 7 ]; then
        new=$((new + 1))
    else
        wrong+=" the folder is a mix;"
    fi
    status=0
    "$prisme" export --campagne $code --sortie "$work/k$i/export" 2>/dev/null || status=$?
    case $status in
    0) csv_sums "$work/k$i/export" | cmp -s - "$work/new.sum" || wrong+=" the stored plan is another;" ;;
    6) ;; # killed before the plan was saved
    *) wrong+=" export exits $status;" ;;
    esac
    rm -rf "$work/k$i/export"
    "$prisme" run "$work/in" --sortie "$work/k$i/plan" >/dev/null 2>"$work/err" || wrong+=" the next run exits $?;"
    csv_sums "$work/k$i/plan" | cmp -s - "$work/new.sum" || wrong+=" the next run's plan is another;"
    [ "$(ls -A "$work/k$i")" = plan ] || wrong+=" left behind: $(ls -A "$work/k$i");"
    [ "$(find "$work/k$i/plan" -name '.*' -mindepth 1 | wc -l)" -eq 0 ] || wrong+=" left behind in the folder;"
    [ -z "$wrong" ]
    ok "killed at $i of $KILLS points of a run" || { echo "#$wrong"; sed 's/^/# /' "$work/err"; }
done
echo "# $killed killed in time; the folder was $old times before, $new times after"
[ $killed -ge $((KILLS / 3)) ]
ok "a good part of the kills came in time"
finish
