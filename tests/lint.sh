#!/usr/bin/env bash
# What no compiler checks: who includes whom, names, lengths, style, scripts, and that README tells the truth. Speaks TAP.
# A check is a function that prints what is wrong, and nothing when all is well: lint.sh [CHECK...] runs those named, else all.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
export LC_ALL=C
prisme=${PRISME:-./prisme}
build=${BUILD:-build}
mapfile -t files < <(git ls-files 2>/dev/null || find . -type f -not -path './.git/*' -not -path './build*' -not -path './demo/*' -not -path ./prisme | sed 's|^\./||')
for i in "${!files[@]}"; do [ -f "${files[i]}" ] || unset "files[i]"; done

listed() { # EXTENDED-REGEX: the files whose path matches
    printf '%s\n' "${files[@]}" | grep -E "$1" || :
}
product() { # sources of the program
    listed '^(prisme\.c|(config|sql|ingest|plan|export)/.*\.[ch])$'
}

include_directions() {
    local -A may=([config]="config" [sql]="sql config" [ingest]="ingest sql config" [plan]="plan sql config"
        [export]="export sql config")
    local file folder line target
    while IFS=: read -r file line; do
        folder=${file%%/*}
        target=$(sed 's/.*"\(.*\)".*/\1/' <<<"$line")
        [ "$file" = prisme.c ] && folder=prisme.c may[prisme.c]="export plan ingest sql config"
        case $target in
        texts.h) continue ;;
        */*) [[ " ${may[$folder]} " == *" ${target%%/*} "* ]] && [ -f "$target" ] && continue ;;
        esac
        echo "$file includes \"$target\""
    done < <(product | xargs grep -H '^ *# *include *"')
}

library_homes() { # each library is known in one place
    local library home
    while read -r library home; do
        product | grep -vE "^($home)$" | xargs grep -Hn "include *<$library>"
    done <<'HOMES'
libpq-fe.h sql/[a-z_]*\.[ch]
csv.h ingest/csv\.c
glpk.h plan/lp\.c
xlsxwriter.h export/sheet_private\.h
zip.h ingest/xlsx_zip\.c
expat.h ingest/xml\.c
json-glib/json-glib.h ingest/source_geo\.c
HOMES
}

no_sql_in_c() {
    local verbs='select|insert +into|update +[a-z_.]+ +set|delete +from|create +(table|schema|database|role|index|view)|alter +(table|role|database)|drop +(table|schema|database|role|index)|truncate|copy +[a-z_.%]+( *\(| +(from|to))|with +[a-z_]+ +as|lock +table'
    product | xargs grep -HniE "\"[ \\n(]*($verbs)\b" | grep -vE '^[^:]*:[0-9]*: *(/\*|\*)'
}

lengths() {
    listed '\.(c|h|sh|sql)$' | xargs wc -l | awk '$2 != "total" && $1 > 650 { print $2 ": " $1 " lines, at most 650" }'
}

extern_names() { # csv.c and csv_read.c define csv_..., or what their folder promises: ingest_...
    local object stem folder
    while read -r object; do
        stem=$(basename "$object" .o) folder=$(basename "$(dirname "$object")")
        [ -f "$build/$object" ] || { echo "$object is not built"; continue; }
        nm -g --defined-only "$build/$object" | awk -v pattern="^(${stem%%_*}|$folder)(_|$)" -v object="$object" \
            '$2 ~ /[TDBRGSCV]/ && $3 !~ pattern && $3 !~ /^__/ { print object ": " $3 }'
    done < <(listed '^(config|sql|ingest|plan|export|tests/lib)/.*\.c$' | sed 's/\.c$/.o/')
}

headers_alone() {
    local flags
    eval "flags=($(make -s flags))"
    # shellcheck disable=SC2016
    listed '\.h$' | xargs -P 2 -I{} bash -c 'printf "#include \"%s\"\n" "$1" | gcc "${@:2}" -fsyntax-only -x c - 2>&1' \
        one {} "${flags[@]}"
}

clang_warnings() {
    make -s -k -j2 CC=clang-14 BUILD=build-clang OPT=-O1 WERROR=1 objects 2>&1 | grep -vE '^(make|  (CC|LD) )' | head -n 60
}

c_style() {
    listed '\.[ch]$' | xargs clang-format-14 --dry-run -Werror 2>&1 | grep 'error:' | sed 's/: error.*//' | cut -d: -f1 | sort |
        uniq -c | awk '{ print $2 ": " $1 " places (make format)" }'
}

scripts() {
    { listed '\.sh$'; listed '^\.ci/run$'; } | xargs shellcheck -x
}

forbidden_words() { # marks of unfinished work; places of one machine: below a home, a working folder, another's temporary one
    printf '%s\n' "${files[@]}" | grep -vE '\.(png|xlsx)$' |
        xargs -d '\n' grep -IHnP '\b(T[O]DO|F[I]XME|X[X]X)\b|(?<![\w.}~-])/(home|root|Users|work(spaces?)?)/|/tmp/(?!prisme-)\w'
}

sql_heads() { # a query says in its first line what it asks
    local file
    while read -r file; do
        head -n 1 "$file" | grep -q '^-- ' || echo "$file: the first line is no comment"
    done < <(listed '^sql/(query|schema)/.*\.sql$')
}

readme_commands() {
    diff <("$prisme" --help | sed -n '/^Commands/,/^$/s/^  \([a-z]*\) .*/\1/p' | sort) \
        <(sed -n '/^## Commands/,/^## /s/^| `prisme \([a-z]*\).*/\1/p' README.md | sort)
}

readme_exit_codes() {
    diff <("$prisme" --help | sed -n '/^Exit codes/,$s/^  \([0-9]\) *\(.*\)/\1 \2/p') \
        <(sed -n '/^## Exit codes/,/^## /s/^| \([0-9]\) | \(.*[^ ]\) *|$/\1 \2/p' README.md)
}

readme_settings() {
    diff <(env -i PATH="$PATH" PRISME_CONFIG=/dev/null "$prisme" config | sed -n 's/^\([a-z_]*\) = .*/\1/p' | sort) \
        <(sed -n '/^## Settings/,/^## /s/^| `\([a-z_]*\)`.*/\1/p' README.md | sort)
    diff <(env -i PATH="$PATH" PRISME_CONFIG=/dev/null "$prisme" config | sed -n 's/^\([a-z_]*\) = \(-*[0-9]*\).*/\1 \2/p' |
        grep ' [0-9]' | sort) \
        <(sed -n '/^## Settings/,/^## /s/^| `\([a-z_]*\)` | \([0-9]*\) .*/\1 \2/p' README.md | grep ' [0-9]' | sort)
}

readme_files() { # every path README names in the tour exists
    sed -n '/^## Tour/,/^## /s/`\([a-z_./]*\)`/\n\1\n/gp' README.md | grep -E '^[a-z_.]+(/[a-z_.]*)+$|^[a-z_]+\.[a-z]+$' |
        sort -u | while read -r path; do [ -e "$path" ] || echo "README names '$path', which does not exist"; done
}

guide_motifs() { # the coordinator's guide explains each motif
    diff <(sed -n '/^VOCABULARY(motif/,/;/p' config/vocabulary.c | grep -o '"[a-z_]*"' | tr -d '"' | sort) \
        <(sed -n '/^| motif/,/^$/s/^| `\([a-z_]*\)`.*/\1/p' config/GUIDE.md | sort)
}

checks=(
    "include_directions|includes point down only: stages, sql, config"
    "library_homes|each library's header is included in its one home"
    "no_sql_in_c|no SQL text in C files"
    "lengths|no file is longer than 650 lines"
    "extern_names|extern names begin with their file's name"
    "headers_alone|every header compiles alone"
    "clang_warnings|clang compiles everything without a warning"
    "c_style|C files are as clang-format writes them"
    "scripts|shellcheck has nothing to say"
    "forbidden_words|no unfinished work, no private path"
    "sql_heads|every query and migration opens with a comment"
    "readme_commands|README lists the commands of prisme --help"
    "readme_exit_codes|README lists the exit codes of prisme --help"
    "readme_settings|README lists the settings and defaults of prisme config"
    "guide_motifs|the guide explains each motif"
    "readme_files|the paths of README's tour exist"
)
if [ $# -gt 0 ]; then
    mapfile -t checks < <(printf '%s\n' "${checks[@]}" | grep -E "^($(IFS='|'; echo "$*"))\|")
fi
echo "1..${#checks[@]}"
n=0 status=0
for check in "${checks[@]}"; do
    n=$((n + 1))
    wrong=$("${check%%|*}" 2>&1)
    if [ -z "$wrong" ]; then
        echo "ok $n - ${check#*|}"
    else
        echo "not ok $n - ${check#*|}"
        sed 's/^/# /' <<<"$wrong"
        status=1
    fi
done
exit $status
