#!/usr/bin/env bash
# The command line itself: help, version, wrong words, settings, standard output.
. "$(dirname "$0")/lib.sh"

mapfile -t commands < <("$prisme" --help | sed -n '/^Commands/,/^$/s/^  \([a-z]*\) .*/\1/p')
[ ${#commands[@]} -ge 8 ]
ok "--help lists the commands"
for command in "${commands[@]}"; do
    expect 0 "$command --help" "$prisme" "$command" --help
    says "$command --help shows its usage" out "^  $(basename "$prisme") \[OPTION.*\] $command"
done
expect 0 "--version" "$prisme" --version
says "--version is one line" out '^prisme [0-9]+\.[0-9]+\.[0-9]+$'

while IFS='|' read -r name words; do
    read -ra arguments <<<"$words"
    expect 2 "refused as usage: $name" "$prisme" "${arguments[@]}"
    says "  said on stderr: $name" err '^prisme: '
done <<'CASES'
nothing at all|
an unknown command|plane
an unknown option|etat --campaign X
an option of another command|etat --sortie X
a missing argument|run --sortie X
an argument too many|run A B --sortie X
a missing --sortie|run A
a missing --campagne|plan
a plan that is no number|export --campagne A --sortie B --plan x
plan 0|export --campagne A --sortie B --plan 0
a day that does not exist|plan --campagne A --aujourdhui 2026-02-30
a day in another form|plan --campagne A --aujourdhui 01/02/2026
points that are no number|plan --campagne A --mps F --points x
points without --mps|plan --campagne A --points 3
an option without its value|plan --campagne
quiet and verbose|plan --campagne A -q -v
CASES
expect 2 "an empty --campagne is refused" "$prisme" plan --campagne ''
expect 2 "a --campagne that is not UTF-8 is refused" "$prisme" plan --campagne $'\xe9'
expect 2 "a word with control characters is refused" "$prisme" $'pl\e[31m\nprisme: \xff\xc2\x9bdone'
[ "$(head -n 1 "$work/err")" = "prisme: unknown command 'pl?[31m?prisme: "$'\xef\xbf\xbd'"?done'" ] && [ "$(wc -l <"$work/err")" -eq 2 ]
ok "and shown on one line, without them"
mkdir "$work/in"
ln -s in "$work/same"
expect 2 "--sortie that is the input folder is refused" "$prisme" run "$work/in" --sortie "$work/same/."
[ ! -e "$PRISME_DATA" ]
ok "no refused command line made a cluster"

expect 0 "global options stand before the command too" "$prisme" --config /dev/null config
expect 0 "config with defaults" "$prisme" config
says "config tells values and where they come from" out '^seuil_rejets = 50 % +# default;'
says "config tells the environment's values" out "^dossier = $PRISME_DATA +# PRISME_DATA;"
printf '[plan]\neffort = many\nspeed = 1\n[base]\nconnexion = x\nconnexion = y\n' >"$work/bad.conf"
expect 3 "wrong settings" "$prisme" --config "$work/bad.conf" config
says "the first fault is told" err 'line 2: '
says "the second fault is told" err 'line 3: '
says "the third fault is told" err 'line 6: '
expect 3 "wrong settings stop the other commands too" "$prisme" etat --config "$work/bad.conf"
expect 3 "settings that do not exist" "$prisme" config --config "$work/absent.conf"
expect 3 "settings that are a folder" "$prisme" config --config "$work"

expect 7 "a full standard output" bash -c '"$0" config >/dev/full' "$prisme"
says "it is said" err 'prisme: could not write standard output: No space left on device'
expect 7 "a closed standard output" bash -c '"$0" config >&-' "$prisme"
expect 7 "a reader that went away" bash -c '{ sleep 0.2; "$0" config; echo $? >"$1"; } | true; exit "$(cat "$1")"' "$prisme" "$work/status"
expect 0 "closed standard input and error do no harm" bash -c '"$0" config <&- 2>&-' "$prisme"
finish
