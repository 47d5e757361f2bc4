#!/usr/bin/env bash
# Installs the packages of packages.txt that are missing: setup.sh ROLE... (build, run, test). Does nothing when none is.
set -euo pipefail
export LC_ALL=C
list=$(dirname "$0")/packages.txt

if ! command -v dpkg-query >/dev/null; then
    echo "setup: not a Debian system; these packages, or their like, are needed:" >&2
    grep -v '^#' "$list" >&2
    exit 0
fi

missing=()
while read -r package role; do
    [[ " $* " == *" $role "* ]] || continue
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || :)
    [ "$state" = installed ] || missing+=("$package")
done < <(grep -v '^#' "$list")
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "setup: sudo or root is needed to install: ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
fi
echo "setup: installing ${missing[*]}"

# Debian's package would make and start a cluster of its own, which prisme does not use.
createcluster=/etc/postgresql-common/createcluster.conf
if [[ " ${missing[*]} " == *" postgresql-15 "* ]] && [ ! -e $createcluster ]; then
    "${as_root[@]}" mkdir -p "$(dirname $createcluster)"
    echo 'create_main_cluster = false' | "${as_root[@]}" tee $createcluster >/dev/null
fi

apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300
    -o Dpkg::Options::=--force-confold)
"${apt[@]}" update </dev/null
"${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null
