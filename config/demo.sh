#!/usr/bin/env bash
# The demonstration: plans the sample region on a PostgreSQL of its own and says where the results are: demo.sh PRISME
set -euo pipefail
cd "$(dirname "$0")/.."
prisme=$1
data=$PWD/demo/data
# Under root the server runs as user postgres, who must be able to pass the folders above its data.
if [ "$(id -u)" -eq 0 ] && ! setpriv --reuid=postgres --regid=postgres --clear-groups test -x "$PWD"; then
    data=/var/tmp/prisme-demo-0
    echo "demo: user postgres cannot pass $PWD; the database goes to $data"
fi
mkdir -p demo
rm -rf demo/plan
export PRISME_DATA=$data
"$prisme" --verbose run config/sample --sortie demo/plan
"$prisme" etat
"$prisme" arret
regional=(demo/plan/plan-*.xlsx) page=(demo/plan/plan-*.html) opco=(demo/plan/opco-*.xlsx) siae=(demo/plan/siae-*.xlsx)
echo
echo "The regional workbook:                 $PWD/${regional[0]}"
echo "The plan as a web page:                $PWD/${page[0]}"
echo "${#opco[@]} workbooks for one OPCO each, ${#siae[@]} for one SIAE each, and the CSV files: $PWD/demo/plan"
echo "To look at the database:               PRISME_DATA=$data ./prisme etat"
