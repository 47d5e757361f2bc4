#!/usr/bin/env bash
# Plans against a verifier written from the data contract alone, in another language: the sample, made regions, all plans of tiny ones.
. "$(dirname "$0")/lib.sh"

verify() { # FOLDER SORTIE OPTION...
    timeout 120 python3 tests/lib/verify.py "$@" --aujourdhui 2027-01-01
}

expect 0 "run the sample" "$prisme" run config/sample --sortie "$work/sample"
expect 0 "the sample's plan keeps every rule of the contract" verify config/sample "$work/sample"
says "the verifier saw its sessions" out '^# [1-9][0-9]* sessions, 0 faults'

forge() { # FILE SED-COMMAND RULE: a plan so changed is found faulty
    rm -rf "$work/forged"
    cp -r "$work/sample" "$work/forged"
    sed -i "$2" "$work/forged/$1.csv"
    ! cmp -s "$work/sample/$1.csv" "$work/forged/$1.csv" && expect 1 "the verifier refuses $1.csv after $2" verify config/sample "$work/forged" &&
        says "and names $3" out "^$3:"
}
forge sessions '2s/;non$/;faux/' format
forge seances 2d seances
forge affectations '2s/;[0-9.]*$/;99999.99/' affectations
forge charges 2d charges
forge enveloppes '2s/[0-9]$/x/' format
forge non_couverts 2d non_couverts
forge non_couverts '2s/;[a-z_]*;/;inconnu;/' non_couverts
forge bilan 's/^points_borne;.*/points_borne;1/' bilan
forge bilan '1s/cle/cles/' fichier

generate=$(realpath "${GENERATE:-${BUILD:-build}/tests/bench/generate}")
if [ ! -x "$generate" ]; then
    skip "made regions" "$generate is not built"
    finish
fi
# Made regions name publics of RGPD articles 9 and 10 for single learners too; the contract lets them.
settings ingest 'sensibles_min = 1'
made() { # SEED SIZE OPTION...: a plan of it, and of the same files in another order
    local folder=$work/$2$1
    "$generate" "$1" "$2" "$folder"
    expect 0 "run $2 region $1" "$prisme" --quiet run "$folder" --sortie "$folder.plan"
    expect 0 "the plan of $2 region $1 keeps every rule of the contract" verify "$folder" "$folder.plan" "${@:3}"
}
for seed in 2 6 17 29 54 84 91 101; do # motifs of several kinds, chains, fixed sessions, envelopes
    made $seed tiny --motifs --exhaustif 20000
done
made 1 small

printf '[plan]\neffort = 1\nfils = 2\n' >"$work/two.conf"
"$generate" 1 small "$work/permuted" 7
expect 0 "run the small region with rows and columns in another order" "$prisme" --config "$work/two.conf" run "$work/permuted" --sortie "$work/permuted.plan"
[ "$(csv_sums "$work/permuted.plan")" = "$(csv_sums "$work/small1.plan")" ]
ok "the plan is the same to the byte"
finish
