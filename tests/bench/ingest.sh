#!/usr/bin/env bash
# NEEDS (1,000,000) needs ingested by prisme, against psql's \copy of the same rows into a table with the same keys,
# references, checks and indexes, on one embedded server: seconds of each of ROUNDS (1), their ratio, prisme's peak memory; and
# the same in seconds of CPU of client and server, which other work on the machine moves less. Bounds: 1.2 times \copy, 250 MB.
set -euo pipefail
cd "$(dirname "$0")/../.."
prisme=${PRISME:-$PWD/prisme} needs=${NEEDS:-1000000}
work=$(mktemp -d /tmp/prisme-bench-XXXXXX)
chmod 755 "$work"
export PRISME_DATA=$work/base PRISME_CONFIG=/dev/null
trap '"$prisme" arret; rm -rf "$work"' EXIT
connection=(-X -q -v ON_ERROR_STOP=1 -h "$work/base" -U prisme)
psql() { command psql "${connection[@]}" "$@" prisme; }
measure() { # COMMAND...: its seconds, those of CPU with the server's, and its peak memory in MB
    python3 - "$work/base/data/postmaster.pid" "$@" <<'MEASURE'
import os, subprocess, sys, time
def server(): # CPU of the server's processes that have ended
    time.sleep(0.5)
    with open(f"/proc/{open(sys.argv[1]).readline().strip()}/stat") as stat:
        return sum(map(int, stat.read().rpartition(")")[2].split()[13:15])) / os.sysconf("SC_CLK_TCK")
before, begin = server(), time.monotonic()
_, status, usage = os.wait4(subprocess.Popen(sys.argv[2:]).pid, 0)
seconds = time.monotonic() - begin
if status != 0:
    sys.exit(f"bench: {' '.join(sys.argv[2:])}: status {status}")
print(f"{seconds:.2f} {usage.ru_utime + usage.ru_stime + server() - before:.2f} {usage.ru_maxrss / 1024:.1f}")
MEASURE
}

cp -r tests/cli/region "$work/in"
python3 - "$work/in/besoins.csv" "$needs" <<'MAKE'
import sys
path, needs = sys.argv[1], int(sys.argv[2])
siae, formations = ("ACI-1", "EI-1", "ETTI-1"), ("CLEA", "SST", "CACES")
with open(path, "w") as out:
    out.write("reference;siae;formation;effectif;priorite;axe;statut;attestation;date_debut;date_fin;commune;rayon_km;stagiaire\n")
    for i in range(needs):
        out.write(f"BESOIN-2026-{i:07d};{siae[i % 3]};{formations[i % 7 % 3]};{1 + i % 12};{1 + i % 4};SOCLE;parcours;1;"
                  f"2026-0{1 + i % 9}-05;2026-12-1{i % 8};{('14118', '14327', '14366')[i % 5 % 3]};{20 + i % 60};\n")
MAKE
size=$(stat -c %s "$work/in/besoins.csv")
printf '%s needs, %s MB\n' "$needs" $((size / 1000000))

"$prisme" ingest tests/cli/region
psql <<'SQL'
create table bench (like prisme.besoin including all);
alter table bench alter chargement_id set default 1,
    add foreign key (chargement_id) references prisme.chargement,
    add foreign key (chargement_id, siae) references prisme.siae,
    add foreign key (chargement_id, formation) references prisme.formation,
    add foreign key (chargement_id, axe) references prisme.axe,
    add foreign key (chargement_id, commune) references prisme.commune;
SQL
psql -c "alter table bench alter chargement_id set default $(psql -At -c 'select max(id) from prisme.chargement')"
columns='reference,siae,formation,effectif,priorite,axe,statut,attestation,date_debut,date_fin,commune,rayon_km,stagiaire'
take="\\copy bench ($columns) from '$work/in/besoins.csv' (format csv, delimiter ';', header, force_not_null (stagiaire))"
psql -c 'alter system set autovacuum = off' -c 'select pg_reload_conf()' >/dev/null # it would work beside either of them
for ((round = 1; round <= ${ROUNDS:-1}; round++)); do
    psql -c 'truncate bench' -c checkpoint
    read -r copy copy_cpu _ < <(measure psql "${connection[@]}" -c "$take" -c 'analyze bench' prisme)
    sed -i "2s/^[^;]*/NORM-$round/" "$work/in/campagne.csv"
    psql -c checkpoint
    read -r ingest ingest_cpu memory < <(measure "$prisme" ingest "$work/in")
    printf '\\copy %7s s   ingest %7s s   ratio %5.2f   CPU %6s and %6s s   ratio %5.2f   memory %6s MB\n' "$copy" "$ingest" \
        "$(bc -l <<<"$ingest / $copy")" "$copy_cpu" "$ingest_cpu" "$(bc -l <<<"$ingest_cpu / $copy_cpu")" "$memory"
done
