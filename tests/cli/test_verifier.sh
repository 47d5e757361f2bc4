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
    ! cmp -s "$work/sample/$1.csv" "$work/forged/$1.csv"
    ok "$2 changes $1.csv"
    expect 1 "the verifier refuses it" verify config/sample "$work/forged"
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

proof=$work/sample/preuve.json
claims() { # STATUS NAME SED-COMMAND: of bilan.csv so changed
    sed "$3" "$work/sample/bilan.csv" >"$work/bilan.csv"
    expect "$1" "$2" timeout 120 tests/preuve/prisme-preuve config/sample "$proof" "$work/bilan.csv"
}
claims 0 "the sample's proof proves its bounds, and no more" ''
bounds() { # the bounds that the last proof was found to prove, as bilan.csv writes them
    sed -nE 's/^points <= ([0-9]+) .*/points_borne;\1/p; s/^weighted cost >= ([0-9.]+) .*/cout_pondere_borne;\1/p' "$work/out"
}
diff <(bounds) <(grep -E '^(points|cout_pondere)_borne;' "$work/sample/bilan.csv")
ok "they are those of bilan.csv to the cent"
points=$(sed -n 's/^points_borne;//p' "$work/sample/bilan.csv") cents=$(sed -n 's/^cout_pondere_borne;//p' "$work/sample/bilan.csv" | tr -d .)
claims 1 "it does not prove one point less" "s/^points_borne;.*/points_borne;$((points - 1))/"
claims 1 "it does not prove a cent more" "s/^cout_pondere_borne;.*/cout_pondere_borne;$(((cents + 1) / 100)).$(printf %02d $(((cents + 1) % 100)))/"
claims 1 "nor anything of the cost of plans with fewer points" 's/^points;.*/points;1/'
claims 0 "it proves a weaker claim" "s/^points_borne;.*/points_borne;$((points + 1))/"
claims 1 "it says nothing of another day" 's/^date_plan;.*/date_plan;2020-01-01/'
claims 2 "a bilan.csv without figures cannot be read" '/^points;/d'
expect 1 "a certificate of another format is refused" tests/preuve/prisme-preuve config/sample <(sed '1s/prisme-preuve 1/prisme-preuve 0/' "$proof")
expect 1 "a negative price is refused" tests/preuve/prisme-preuve config/sample <(sed '0,/"enveloppes":{"[^"]*":/s//&-/' "$proof")
expect 2 "a broken certificate cannot be read" tests/preuve/prisme-preuve config/sample <(head -n 5 "$proof")
expect 2 "another folder is needed" tests/preuve/prisme-preuve "$work/none" "$proof"
claims 1 "it says nothing of other needs" 's/^effectif_demande;.*/effectif_demande;711/'
for name in besoins-S01.csv 'Besoins (2).CSV' siae.xlsx catalogue.xml 'Rapport de S01.xlsx' rejets.xlsx; do
    cp -r config/sample "$work/more"
    touch "$work/more/rejets.csv" "$work/more/preuve.json" "$work/more/rapport-besoins.xlsx" "$work/more/lisez-moi.txt" "$work/more/$name"
    expect 2 "it does not read all that prisme does: $name" tests/preuve/prisme-preuve "$work/more" "$proof"
    says "and says so" err "${name//[()]/.}: only tables of one CSV file each"
    rm "$work/more/$name"
    expect 0 "without $name it does" tests/preuve/prisme-preuve "$work/more" "$proof"
    rm -r "$work/more"
done
expect 0 "install" make -s --no-print-directory BUILD="${BUILD:-build}" DESTDIR="$work/root" PREFIX=/usr install
expect 0 "the installed checker works by itself" env -i PATH=/usr/bin:/bin PYTHONDONTWRITEBYTECODE=1 "$work/root/usr/bin/prisme-preuve" config/sample "$proof"
expect 0 "uninstall" make -s --no-print-directory DESTDIR="$work/root" PREFIX=/usr uninstall
[ -z "$(find "$work/root" -type f -o -type l)" ]
ok "nothing is left of it"

generate=$(realpath "${GENERATE:-${BUILD:-build}/tests/bench/generate}")
if [ ! -x "$generate" ]; then
    skip "made regions" "$generate is not built"
    finish
fi
# Tiny regions name publics of RGPD articles 9 and 10 for single learners too; the contract lets them.
settings ingest 'sensibles_min = 1'
made() { # SEED SIZE OPTION...: a plan of it
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
