# What the tests of the command line share: a scratch folder, an embedded cluster of their own, TAP. Sourced.
# shellcheck shell=bash
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
export LC_ALL=C
prisme=$(realpath "${PRISME:-./prisme}")
region=$PWD/tests/cli/region
unset "${!PG@}" "${!PRISME_@}" DATABASE_URL XDG_CONFIG_HOME
work=$(mktemp -d "${TMPDIR:-/tmp}/prisme-cli-XXXXXX")
chmod 755 "$work" # under root the server is user postgres, who must pass
export PRISME_DATA=$work/base PRISME_CONFIG=$work/prisme.conf PRISME_TEST_NO_FSYNC=1

settings() { # GROUP LINE: the settings of what follows; the search is short
    printf '[plan]\neffort = 1\n' >"$PRISME_CONFIG"
    [ $# -eq 0 ] || printf '[%s]\n%s\n' "$@" >>"$PRISME_CONFIG"
}
settings
n=0 failures=0

clean_up() {
    local pid_file
    while read -r pid_file; do # .../data/postmaster.pid
        PRISME_DATA=$(dirname "$(dirname "$pid_file")") "$prisme" arret
    done < <(find "$work" -name postmaster.pid) >/dev/null 2>&1
    rm -rf "$work"
}
trap clean_up EXIT

ok() { # NAME: the last command was true
    local true=$? # must stay first
    n=$((n + 1))
    [ $true -eq 0 ] && { echo "ok $n - $1"; return 0; }
    echo "not ok $n - $1"
    failures=$((failures + 1))
    return 1
}

# Runs a command; ok when its status is STATUS. Its words are in $work/out and $work/err.
expect() { # STATUS NAME COMMAND...
    local wanted=$1 name=$2 status=0
    shift 2
    "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
    [ "$status" -eq "$wanted" ]
    ok "$name" && return
    { echo "exit status $status, not $wanted, of: $*"; tail -n 20 "$work/out" "$work/err"; } | sed 's/^/# /'
    return 1
}

says() { # NAME FILE REGEX: the last command said so in out or err
    grep -qE -- "$3" "$work/$2"
    ok "$1" || sed 's/^/# /' "$work/$2"
}

silent() { # NAME: the last command said nothing at all
    [ ! -s "$work/out" ] && [ ! -s "$work/err" ]
    ok "$1" || sed 's/^/# /' "$work/out" "$work/err"
}

skip() { # NAME REASON
    n=$((n + 1))
    echo "ok $n - $1 # SKIP $2"
}

copy_region() { # FOLDER [CODE]: the small region, under another campaign's code
    mkdir -p "$1"
    cp "$region"/*.csv "$1"
    [ -z "${2:-}" ] || sed -i "2s/^[^;]*/$2/" "$1/campagne.csv"
}

as_user() { # COMMAND...: as an ordinary user when we are root
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=nobody --regid=nogroup --clear-groups --inh-caps=-all -- "$@"
    else
        "$@"
    fi
}

csv_sums() { # FOLDER: names and sums of a plan's CSV files and of its proof, but for the names of plan and campaign
    (
        cd "$1" 2>/dev/null || exit
        for file in *.csv; do
            [[ ! -e $file || $file == rejets.csv || $file == rapport-*.csv ]] || echo "$file $(sed -E '/^(plan|campagne);/d' "$file" | sha256sum)"
        done
        [ ! -e preuve.json ] || echo "preuve.json $(sed '1s/"campagne":"[^"]*"//' preuve.json | sha256sum)"
    )
}

after() { # PERMILLE MICROSECONDS: sleeps for that part of a length
    sleep "$(awk "BEGIN { print $1 * $2 / 1e9 }")"
}

microseconds() { # COMMAND...: how long it takes at best, in silence
    local begin length best=0
    for _ in 1 2 3 4 5; do
        begin=$(date +%s%N)
        "$@" >/dev/null 2>&1
        length=$((($(date +%s%N) - begin) / 1000))
        [ $best -ne 0 ] && [ $length -ge $best ] || best=$length
    done
    echo $best
}

finish() {
    echo "1..$n"
    [ $failures -eq 0 ]
    exit
}
