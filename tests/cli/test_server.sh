#!/usr/bin/env bash
# Servers: the embedded one that dies, one that is configured, one that is not there; an ordinary user's.
. "$(dirname "$0")/lib.sh"
bin=$(pg_config --bindir)

"$prisme" run "$region" --sortie "$work/plan" 2>/dev/null
ok "a plan to begin with"
csv_sums "$work/plan" >"$work/sum"

kill_server() { # the postmaster and its backends: all that live in the data folder
    local found
    mapfile -t found < <(find /proc -maxdepth 2 -name cwd -lname "$work/base/data" -printf '%h\n' 2>/dev/null)
    kill -9 "${found[@]#/proc/}"
}

# The embedded server is killed while a run works.
length=$(microseconds "$prisme" run "$region" --sortie "$work/plan")
statuses=
for permille in 50 100 200 300 400 500 600 800; do
    "$prisme" run "$region" --sortie "$work/plan" >/dev/null 2>"$work/err" &
    victim=$!
    after $permille "$length"
    kill_server
    status=0
    wait $victim || status=$?
    statuses+=" $status"
    csv_sums "$work/plan" | cmp -s - "$work/sum" || statuses+="!"
    "$prisme" run "$region" --sortie "$work/plan" 2>"$work/err" || { statuses+="?"; cat "$work/err"; }
done
[[ "$statuses" =~ ^(\ [05])+$ ]] && [[ "$statuses" == *5* ]]
ok "a server that dies: exit 5 or done, outputs whole, the next run succeeds ($statuses )"

# A server somebody else runs.
server=$work/server
install -d -m 700 "$server"
as_server=()
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$server"
    as_server=(setpriv --reuid=postgres --regid=postgres --init-groups --inh-caps=-all --)
fi
"${as_server[@]}" "$bin/initdb" -D "$server/data" -U chef --auth=trust -E UTF8 --locale=C.UTF-8 -N >/dev/null &&
    "${as_server[@]}" "$bin/pg_ctl" -s -w -D "$server/data" -l "$server/log" start \
        -o "-c listen_addresses='' -c unix_socket_directories='$server' -c fsync=off" &&
    "${as_server[@]}" chmod 755 "$server" && createdb -h "$server" -U chef plans
ok "a server of somebody else's"
stop_server() {
    "${as_server[@]}" "$bin/pg_ctl" -s -m immediate -D "$server/data" stop
    clean_up
}
trap stop_server EXIT
export PRISME_DATA=$work/unused
PGHOST=$server PGUSER=chef PGDATABASE=plans expect 0 "a server named by PGHOST" "$prisme" run "$region" --sortie "$work/a"
csv_sums "$work/a" | cmp - "$work/sum"
ok "it gives the same plan"
settings base "connexion = postgresql:///plans?host=$server&user=chef"
expect 0 "a server named by a URI in the settings" "$prisme" etat
says "holds what was stored there" out 'NORM-2026'
settings base "connexion = host=$server user=chef dbname=plans"
expect 0 "a server named by keywords in the settings" "$prisme" etat
settings
printf '[ailleurs]\nhost=%s\nuser=chef\ndbname=plans\n' "$server" >"$work/services"
PGSERVICEFILE=$work/services PGSERVICE=ailleurs expect 0 "a server named by PGSERVICE" "$prisme" etat
[ ! -e "$work/unused" ]
ok "no embedded cluster is made beside a configured server"
PGHOST=$server PGUSER=chef PGDATABASE=absent expect 5 "a database that does not exist" "$prisme" etat
PGHOST=$work PGUSER=chef expect 5 "a server that does not answer" "$prisme" run "$region" --sortie "$work/never"
says "the message names it" err "$work"
PGSERVICEFILE=$work/services PGSERVICE=inconnu expect 5 "a service that is not defined" "$prisme" etat
[ ! -e "$work/never" ]
ok "without a database nothing is written"

# An ordinary user's cluster.
mkdir "$work/user"
cp -r "$prisme" "$region" "$work" # the checkout may be closed to others
cd "$work" || exit
prisme=$work/prisme region=$work/region
[ "$(id -u)" -ne 0 ] || chown nobody "$work/user"
export PRISME_DATA=$work/user/base
expect 0 "an ordinary user's run" as_user "$prisme" run "$region" --sortie "$work/user/plan"
csv_sums "$work/user/plan" | cmp - "$work/sum"
ok "gives the same plan"
mkdir -m 555 "$work/user/closed"
[ "$(id -u)" -ne 0 ] || chown nobody "$work/user/closed"
expect 7 "a --sortie that cannot be written" as_user "$prisme" export --campagne NORM-2026 --sortie "$work/user/closed"
expect 7 "a --sortie that cannot be made" as_user "$prisme" export --campagne NORM-2026 --sortie "$work/user/closed/plan"
as_user touch "$work/user/file"
expect 7 "a --sortie that is a file" as_user "$prisme" export --campagne NORM-2026 --sortie "$work/user/file"
expect 0 "an ordinary user stops the server" as_user "$prisme" arret
long=$work/user/$(printf 'x%.0s' {1..100})
PRISME_DATA=$long expect 0 "a data folder with a path too long for a socket" as_user "$prisme" etat
PRISME_DATA=$long expect 0 "is stopped too" as_user "$prisme" arret
PRISME_DATA=/proc/prisme expect 5 "a data folder that cannot be made" as_user "$prisme" etat
finish
