#!/usr/bin/env bash
# Recensement forms, filled as a referent does, in LibreOffice driven headless: from an empty campaign to a plan.
. "$(dirname "$0")/lib.sh"

fill=(/usr/bin/python3 "$PWD/tests/lib/fill_form.py")
in=$work/in forms=$work/forms plan=$work/plan
mkdir -p "$in" "$work/later"

# The cells of a form without needs of last year: the answer, the sending number, then the rows from 10 on.
answer=C7 sending=G7
clea='Socle de compétences CléA [CLEA]' sst='Sauveteur secouriste du travail [SST]'
socle='Compétences de base [SOCLE]' metier='Compétences transférables [METIER]'

# ---- a campaign without needs ----
copy_region "$in"
sed -i 1q "$in/besoins.csv"
expect 0 "a campaign is loaded before its needs are known" "$prisme" ingest "$in" --sortie "$work/rejets"
says "it says how to collect them" err 'no need yet; `prisme formulaire`'
expect 4 "there is nothing to plan yet" "$prisme" plan --campagne NORM-2026
expect 0 "formulaire writes a form for each SIAE" "$prisme" formulaire --campagne NORM-2026 --sortie "$forms" --aujourdhui 2026-01-05
[ "$(cd "$forms" && echo ./*)" = "./formulaire-ACI-1-NORM-2026.xlsx ./formulaire-EI-1-NORM-2026.xlsx ./formulaire-ETTI-1-NORM-2026.xlsx" ]
ok "they are named by SIAE and campaign"
sums=$(sha256sum "$forms"/*)
"$prisme" formulaire --campagne NORM-2026 --sortie "$forms" --aujourdhui 2026-01-05
[ "$sums" = "$(sha256sum "$forms"/*)" ]
ok "the same forms are the same bytes"
expect 0 "formulaire writes the form of one SIAE" "$prisme" formulaire --campagne NORM-2026 --siae EI-1 --sortie "$work/one"
[ "$(find "$work/one" -name '*.xlsx' | wc -l)" -eq 1 ]
ok "and no other"
expect 4 "an unknown SIAE is refused" "$prisme" formulaire --campagne NORM-2026 --siae EI-9 --sortie "$work/one"
expect 4 "an unknown campaign is refused" "$prisme" formulaire --campagne NORM-2030 --sortie "$work/one"

# ---- filled and sent back ----
form() { # SIAE
    echo "$forms/formulaire-$1-NORM-2026.xlsx"
}
expect 0 "LibreOffice fills them" "${fill[@]}" \
    "$(form ACI-1)" "$in/retour des Jardins.xlsx" "B10=$clea" C10=5 "D10=$socle" E10=1 "I10=Bénéficiaire du RSA [RSA]" \
        "B12=$sst" C12=4 "D12=$metier" F12=2026-03-02 G12=2026-10-30 "N12=oui" -- \
    "$(form EI-1)" "$in/besoins recycle v3 (1).xlsx" "$answer=Voici nos besoins" "B10=$clea" C10=3 "D10=$socle" -- \
    "$(form ETTI-1)" "$in/etti.xlsx" "$answer=Aucun besoin cette année" -- \
    "$(form ACI-1)" "$work/later/a.xlsx" $sending=2 "B10=$clea" C10=6 "D10=$socle" -- \
    "$(form ACI-1)" "$work/later/same.xlsx" $sending=2 "B10=$clea" C10=6 "D10=$socle" -- \
    "$(form EI-1)" "$work/later/contradiction.xlsx" $sending=7 "$answer=Aucun besoin cette année" "B10=$clea" C10=3 "D10=$socle"
expect 0 "filled forms are read and planned" "$prisme" run "$in" --sortie "$plan"
silent "without a word"
diff <(cut -d ';' -f 2,4 "$plan/affectations.csv" | sort) - <<'PLANNED'
ACI-1-F01;5
EI-1-F01;3
besoin;effectif
PLANNED
ok "their needs are planned"
grep -q '^ACI-1-F03;4;' "$plan/non_couverts.csv"
ok "or explained"
expect 0 "check reads the forms too" "$prisme" check "$in" "$plan"

cp "$region/besoins.csv" "$in"
expect 1 "needs of a SIAE in another file too" "$prisme" check "$in" "$plan"
says "add to those of its form, which is told" err "retour des Jardins.*portent aussi [0-9] besoins de cette SIAE"
sed -i 1q "$in/besoins.csv"
expect 0 "etat tells how many answered" "$prisme" etat --campagne NORM-2026
says "three of three SIAE" out 'formulaires : 3 / 3 SIAE ont répondu \(100,0 %\)'
says "and whose answer is that there is no need" out 'ETTI-1 .* oui +0 +0 +etti\.xlsx'
says "or how many" out 'ACI-1 .* oui +2 +0 +retour des Jardins\.xlsx'

# ---- sent again ----
cp "$work/later/a.xlsx" "$in/0 correction.xlsx"
expect 0 "a form sent again is read" "$prisme" run "$in" --sortie "$plan"
says "the earlier sending is told to be replaced" err 'retour des Jardins\.xlsx.*remplacée par 0 correction\.xlsx'
diff <(cat "$plan"/{affectations,non_couverts}.csv | grep -o 'ACI-1-[A-Z][0-9]*' | sort -u) <(echo ACI-1-F01)
ok "of its needs none is left"
learners=$(awk -F ';' '$2 == "ACI-1-F01" { n += $4 } $1 == "ACI-1-F01" { n += $2 } END { print n }' \
    "$plan"/{affectations,non_couverts}.csv)
[ "$learners" -eq 6 ]
ok "those of the new one are planned"
cp "$in/0 correction.xlsx" "$in/copie.xlsx"
expect 0 "the same sending twice" "$prisme" ingest "$in" --sortie "$plan"
says "counts once" err 'le même envoi est aussi dans'
rm "$in/copie.xlsx"

# ---- refused, and nobody else's fault ----
cp "$work/later/contradiction.xlsx" "$in"
expect 0 "a form that contradicts itself stops no other" "$prisme" ingest "$in" --sortie "$plan"
says "and is told" err 'contradiction\.xlsx.*Aucun besoin cette année'
"$prisme" etat --campagne NORM-2026 >"$work/out"
says "it is no answer" out 'formulaires : 2 / 3 SIAE ont répondu \(66,7 %\)'
rm "$in/contradiction.xlsx"
copy_region "$work/next" NORM-2027
cp "$(form ACI-1)" "$work/next"
expect 0 "a form of another campaign stops nothing" "$prisme" ingest "$work/next" --sortie "$plan"
says "and is refused" err 'formulaire de la campagne NORM-2026, dans le dossier de la campagne NORM-2027'

# ---- last year's needs ----
copy_region "$work/year" NORM-2028
sed -i '2s/2026-01-05;2026-12-18/2028-01-05;2028-12-18/' "$work/year/campagne.csv"
sed -i 1q "$work/year/besoins.csv"
"$prisme" ingest "$work/year" --sortie "$plan" 2>"$work/err"
expect 0 "the next campaign's forms begin with this one's needs" "$prisme" formulaire --campagne NORM-2028 --sortie "$forms"
expect 0 "they can be kept or not" "${fill[@]}" \
    "$forms/formulaire-ACI-1-NORM-2028.xlsx" "$work/year/a.xlsx" B10=oui B11=non "C12=$clea" D12=2 "E12=$socle"
"$prisme" ingest "$work/year" --sortie "$plan" 2>"$work/err"
"$prisme" plan --campagne NORM-2028
"$prisme" export --campagne NORM-2028 --sortie "$work/plan-year"
diff <(cat "$work/plan-year"/{affectations,non_couverts}.csv | grep -o 'ACI-1-F[0-9]*' | sort -u) <(printf 'ACI-1-F%s\n' 01 03)
ok "what is kept counts, with what is new"

finish
