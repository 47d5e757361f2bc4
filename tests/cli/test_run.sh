#!/usr/bin/env bash
# The whole job on a small region: outputs, silence, repetition, neighbours, refusals, two at once.
. "$(dirname "$0")/lib.sh"

names=(sessions seances affectations charges non_couverts enveloppes bilan)

settings base "dossier = $work/base"
expect 0 "run from cron's bare environment" \
    env -i PATH=/usr/bin:/bin "$prisme" --config "$work/prisme.conf" run "$region" --sortie "$work/plan"
silent "cron hears nothing of a run without rejects"
for name in "${names[@]}"; do
    [ -s "$work/plan/$name.csv" ]
    ok "run writes $name.csv"
done
[ "$(find "$work/plan" -name '*.xlsx' | wc -l)" -eq 7 ]
ok "run writes the regional workbook and one for each of three OPCO and three SIAE"
head -n 1 "$work"/plan/plan-28-NORM-2026-v1.html | grep -qx '<!DOCTYPE html>' && [ "$(find "$work/plan" -name '*.html' | wc -l)" -eq 1 ]
ok "run writes the web page of the plan"
expect 0 "run writes what proves the plan's bounds" tests/preuve/prisme-preuve "$region" "$work/plan/preuve.json" "$work/plan/bilan.csv"
[ ! -e "$work/plan/rejets.csv" ]
ok "no rejets.csv where nothing is rejected"
diff <(for name in "${names[@]}"; do head -n 1 "$work/plan/$name.csv"; done) - <<'HEADERS'
session;offre;formation;organisme;commune;date_debut;date_fin;effectif;nb_siae;cout_pedagogique;cout_annexe;remuneration;fixee
session;date
session;besoin;montage;effectif;km;cout_pedagogique;cout_annexe;remuneration;finance;reste_a_charge
session;besoin;enveloppe;montant
besoin;effectif;motif;detail
code;montant;engage;disponible
cle;valeur
HEADERS
ok "the CSV files have the contract's columns"
[ "$(find "$work/plan" -mindepth 1 -printf '%f\n' | grep -cvE '\.(csv|xlsx|html)$|^preuve\.json$')" -eq 0 ]
ok "nothing else is written to --sortie"

/usr/bin/python3 tests/integration/regional.py "$work/plan" "$region" >"$work/cells"
ok "the regional workbook tells what the CSV files and the database do ($(head -c 200 "$work/cells"))"
/usr/bin/python3 tests/integration/xlsx.py "$work"/plan/plan-*.xlsx Contrôles >"$work/cells"
grep -qP '^Sessions\t[0-9]+\t[0-9]+\t[0-9]+\t[0-9]+\t0\tConforme' "$work/cells"
ok "its controls have the database's totals"
/usr/bin/python3 tests/integration/xlsx.py "$work"/plan/siae-Recycle-*.xlsx Synthèse >"$work/cells"
grep -qP '^2.*stagiaires demandés ne sont pas servis.*changerait\. Jamais plus de 4 de vos salariés' "$work/cells"
ok "a SIAE's workbook tells what is missing, and that its absents_max is kept"
contents() { # FOLDER: the tables of a plan's load, each with the checksum and the number of its rows
    /usr/bin/python3 tests/integration/xlsx.py "$1"/plan-*-v1.xlsx Hypothèses | grep -P '^[a-z_]+\.csv\t[0-9a-f]{64}\t[0-9]+$' |
        sed '/^axes/,/^trajets/!d'
}
contents "$work/plan" >"$work/contents"
diff <(cut -f 1,3 "$work/contents") <(cd "$region" && for file in *.csv; do printf '%s\t%d\n' "$file" $(($(grep -c . "$file") - 1)); done)
ok "its hypotheses have every table of the load, with its rows"

PRISME_DATA=$work/none expect 0 "check accepts the plan, without a database" "$prisme" check "$region" "$work/plan"
silent "check has nothing to say of a good plan"
[ ! -e "$work/none" ]
ok "check makes no cluster"
cp -r "$work/plan" "$work/forged"
sed -i '2s/;[0-9.]*$/;99999.99/' "$work/forged/affectations.csv"
expect 1 "check finds a forged amount" "$prisme" check "$region" "$work/forged"
says "the violation is told on standard output" out '[^ ]'
expect 4 "check of a folder without a plan" "$prisme" check "$region" "$region"

expect 0 "etat" "$prisme" etat
says "etat tells the campaign" out 'NORM-2026'
expect 0 "a second ingest of the same files" "$prisme" --verbose ingest "$region"
says "says that nothing changed" err 'nothing to do'
csv_sums "$work/plan" >"$work/before"
expect 0 "a second run" "$prisme" run "$region" --sortie "$work/plan"
csv_sums "$work/plan" | cmp - "$work/before"
ok "a second run gives the same plan"
expect 0 "export of an old plan" "$prisme" export --campagne NORM-2026 --plan 1 --sortie "$work/again"
csv_sums "$work/again" | cmp - "$work/before"
ok "an old plan is never overwritten"
expect 6 "export of a plan that does not exist" "$prisme" export --campagne NORM-2026 --plan 99 --sortie "$work/never"
expect 6 "export of a campaign that does not exist" "$prisme" export --campagne NORM-2027 --sortie "$work/never"
[ ! -e "$work/never" ]
ok "nothing to export makes no folder"
expect 4 "plan of a campaign that does not exist" "$prisme" plan --campagne NORM-2027

plans=$("$prisme" etat)
expect 0 "the exact model of a campaign" "$prisme" plan --campagne NORM-2026 --mps "$work/model.mps"
[ "$(sed -n '$p' "$work/model.mps")" = ENDATA ]
ok "plan --mps writes it whole"
expect 0 "the model of its cost" "$prisme" plan --campagne NORM-2026 --mps "$work/cost.mps" --points 3
grep -q '^ RHS PTS 3$' "$work/cost.mps"
ok "which asks for the points given"
expect 7 "a model into a folder that does not exist" "$prisme" plan --campagne NORM-2026 --mps "$work/absent/model.mps"
mkfifo "$work/fifo"
expect 7 "a model in the place of what is no file" "$prisme" plan --campagne NORM-2026 --mps "$work/fifo"
[ -p "$work/fifo" ]
ok "which stays what it was"
expect 4 "the model of a campaign that does not exist" "$prisme" plan --campagne NORM-2027 --mps "$work/never.mps"
[ ! -e "$work/never.mps" ] && [ "$plans" = "$("$prisme" etat)" ]
ok "plan --mps makes no plan"

copy_region "$work/other" BRET-2026
sed -i '/^B0[56];/d' "$work/other/besoins.csv"
expect 0 "a second campaign beside the first" "$prisme" run "$work/other" --sortie "$work/other-plan"
! csv_sums "$work/other-plan" | cmp -s - "$work/before"
ok "it has a plan of its own"
[ "$(diff <(contents "$work/other-plan") "$work/contents" | grep -oP '^[<>] \K[a-z_]+' | uniq)" = besoins ]
ok "of its tables the checksum of the needs alone is another"
expect 0 "the first campaign is exported as before" "$prisme" export --campagne NORM-2026 --sortie "$work/again"
csv_sums "$work/again" | cmp - "$work/before"
ok "the first campaign's plan is untouched by the second"

# The same words in another order, in a database of its own.
mkdir "$work/shuffled"
for file in "$region"/*.csv; do
    python3 - "$file" "$work/shuffled/${file##*/}" <<'SHUFFLE'
import csv, random, sys
random.seed(sys.argv[1].rsplit("/", 1)[1])
head, *rows = csv.reader(open(sys.argv[1], newline="", encoding="utf-8"), delimiter=";")
columns = random.sample(range(len(head)), len(head))
random.shuffle(rows)
out = csv.writer(open(sys.argv[2], "w", newline="", encoding="utf-8"), delimiter=";", lineterminator="\r\n")
out.writerow(head[c].upper().replace("_", " ") for c in columns)
out.writerows([row[c] for c in columns] for row in rows)
SHUFFLE
done
! cmp -s "$work/shuffled/besoins.csv" "$region/besoins.csv"
ok "rows and columns can be shuffled"
PRISME_DATA=$work/base2 expect 0 "run of shuffled rows and columns" \
    "$prisme" run "$work/shuffled" --sortie "$work/shuffled-plan"
PRISME_DATA=$work/base2 expect 0 "arret stops the embedded server" "$prisme" arret
PRISME_DATA=$work/base2 expect 0 "arret of a stopped server" "$prisme" arret
csv_sums "$work/shuffled-plan" | cmp - "$work/before"
ok "shuffled rows and columns change no byte of the CSV files"
expect 0 "the first plan's workbooks" "$prisme" export --campagne NORM-2026 --plan 1 --sortie "$work/first"
books() { # FOLDER: what is there of workbooks and web pages, and its sums
    (cd "$1" && sha256sum ./*.xlsx ./*.html)
}
diff <(books "$work/first") <(books "$work/shuffled-plan")
ok "nor of a workbook, nor of the web page"

# Rows and files that are wrong.
copy_region "$work/bad"
sed -i '2s/;5;1;/;cinq;1;/' "$work/bad/besoins.csv"
settings ingest 'seuil_rejets = 10'
expect 4 "too many rejected rows in a file" "$prisme" run "$work/bad" --sortie "$work/bad-plan"
says "the file, line and column are told" err 'besoins\.csv .*2.*effectif'
head -n 1 "$work/bad-plan/rejets.csv" | grep -qx 'fichier;ligne;colonne;valeur;probleme;remede;gravite;code'
ok "rejets.csv has its columns"
grep -q '^besoins.csv;2;effectif;cinq;' "$work/bad-plan/rejets.csv"
ok "rejets.csv names file, line, column and value"
settings ingest 'seuil_rejets = 20'
mkfifo "$work/bad-plan/.rejets.csv.tmp"
echo kept >"$work/victim"
for aside in .rapport-besoins.csv.tmp .rapport-besoins.xlsx.tmp; do
    ln -s "$work/victim" "$work/bad-plan/$aside"
done
expect 0 "fewer rejects than the threshold" timeout 60 "$prisme" ingest "$work/bad" --sortie "$work/bad-plan" --aujourdhui 2026-01-05
says "cron hears of the rejects" err 'warning'
[ "$(cat "$work/victim")" = kept ] && [ -z "$(find "$work/bad-plan" -name '.*' -mindepth 1)" ]
ok "what others put in the place of its temporary files is not written through"
again() { # STATUS NAME
    expect "$1" "$2" "$prisme" ingest "$work/bad" --sortie "$work/bad-plan" --aujourdhui 2026-01-05
}
again 0 "the same delivery the night after"
silent "cron does not hear of the same rejects again"
echo 'a;b' >"$work/bad/besion.csv"
again 0 "and a file of a name that is none"
says "is heard of" err 'besion\.csv'
again 0 "only once"
silent "since rejets.csv says it"
rm "$work/bad-plan/rejets.csv"
again 0 "when that is gone"
says "all is told again" err 'cinq'
settings ingest 'seuil_rejets = 10'
again 4 "a refused delivery"
says "is told with its reasons each time" err 'cinq'
"$prisme" etat >"$work/etat-before"
while IFS='|' read -r name edit; do
    rm -rf "$work/bad"
    copy_region "$work/bad"
    (cd "$work/bad" && eval "$edit")
    expect 4 "$name" "$prisme" run "$work/bad" --sortie "$work/bad-plan"
    says "  said on stderr: $name" err '^prisme: '
done <<'DAMAGES'
a missing file|rm besoins.csv
a missing column|sed -i 's/^[^;]*;//' siae.csv
an empty file|: >besoins.csv
a file of another format|head -c 3000 /dev/urandom >besoins.csv
a file cut in a quoted cell|printf 'B99;"ACI-1;CLEA' >>besoins.csv
a column of personal data|sed -i '1s/$/;nom/; 2,$s/$/;X/' besoins.csv
DAMAGES
expect 4 "a folder that does not exist" "$prisme" ingest "$work/nowhere"
"$prisme" etat | cmp - "$work/etat-before"
ok "no refused delivery changed the database"
settings

# Fixed sessions that cannot stand: two of an offer that runs once.
copy_region "$work/fixed" FIXE-2026
sed -i '/^B06;/s/;25;/;;/' "$work/fixed/besoins.csv" # no radius
printf 'session;offre;date_debut\nF1;O-CACES;2026-03-02\nF2;O-CACES;2026-03-09\n' >"$work/fixed/sessions_fixees.csv"
printf 'session;besoin;effectif;montage\nF1;B05;1;PROPRE\nF1;B06;1;PROPRE\nF2;B05;1;PROPRE\nF2;B06;1;PROPRE\n' \
    >"$work/fixed/affectations_fixees.csv"
expect 6 "fixed sessions that break a rule" "$prisme" run "$work/fixed" --sortie "$work/fixed-plan"
says "the rule is named" err 'sessions_max'
[ ! -e "$work/fixed-plan/sessions.csv" ]
ok "no plan, no output"

# Two at once: the first is held still somewhere on its way; wherever it holds the lock the second must leave.
statuses=
length=$(microseconds "$prisme" run "$region" --sortie "$work/plan")
for permille in 150 300 450 600 750; do
    "$prisme" run "$region" --sortie "$work/plan" >/dev/null 2>&1 &
    first=$!
    after $permille "$length"
    kill -STOP $first 2>/dev/null
    status=0
    timeout 60 "$prisme" run "$region" --sortie "$work/plan" >/dev/null 2>"$work/err" || status=$?
    kill -CONT $first 2>/dev/null
    wait $first || status=first-$?
    statuses+=" $status"
done
[[ "$statuses" == *" 8"* ]] && [[ "$statuses" =~ ^(\ (0|8))+$ ]]
ok "of two runs at once the second exits 8, and the first is not disturbed ($statuses )"
csv_sums "$work/plan" | cmp - "$work/before"
ok "runs that meet leave the right plan"
finish
