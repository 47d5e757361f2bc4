#!/usr/bin/env bash
# The lint itself: each of its checks has nothing to say of the tree as it is, and names what is planted against it.
. "$(dirname "$0")/lib.sh"
tree=$work/tree
export PRISME=$prisme BUILD=$tree/build

mkdir "$tree"
cp -r config sql ingest plan export tests prisme.c Makefile README.md .ci .clang-format .shellcheckrc "$tree"

lint() { # STATUS NAME CHECK
    expect "$1" "$2" bash "$tree/tests/lint.sh" "$3"
}

planted() { # CHECK FILE NAMED TEXT: one more line of the file, escapes as printf has them, is found
    local file=$tree/$2 kept=$work/kept
    rm -f "$kept"
    [ ! -e "$file" ] || cp -p "$file" "$kept"
    printf '%b\n' "$4" >>"$file"
    lint 1 "$1 refuses '$4' in $2" "$1"
    says "and names $3" out "^# .*$3"
    if [ -e "$kept" ]; then mv "$kept" "$file"; else rm "$file"; fi
}
plant() { # each line of standard input: CHECK|FILE|NAMED|TEXT
    local check file named text
    while IFS='|' read -r check file named text; do
        planted "$check" "$file" "$named" "$text"
    done
}

# Words the lint forbids everywhere stand here with one letter as its octal code.
cat >"$work/cases" <<'CASES'
include_directions|sql/db.h|sql/db\.h|#include "plan/plan.h"
include_directions|plan/plan.h|plan/plan\.h|#include "ingest/ingest.h"
include_directions|config/money.h|absent\.h|#include "config/absent.h"
library_homes|prisme.c|prisme\.c|#include <libpq-fe.h>
library_homes|ingest/csv_read.c|csv_read\.c|#include <csv.h>
library_homes|plan/plan.c|plan\.c|#include <glpk.h>
library_homes|export/map.c|map\.c|#include <xlsxwriter.h>
library_homes|ingest/ingest.c|ingest\.c|#include <zip.h>
library_homes|ingest/ingest.c|ingest\.c|#include <expat.h>
library_homes|ingest/ingest.c|ingest\.c|#include <json-glib/json-glib.h>
no_sql_in_c|sql/db.c|sql/db\.c|static const char *q = "select 1";
no_sql_in_c|export/map.c|map\.c|static const char *q = "  INSERT INTO x";
c_style|config/money.h|config/money\.h|  int   x ;
forbidden_words|plan/plan.c|plan\.c|/* T\0117DO */
forbidden_words|README.md|README\.md|F\0111XME: later
forbidden_words|tests/lint.sh|tests/lint\.sh|# X\0130X
forbidden_words|config/GUIDE.md|GUIDE\.md|see /\0150ome/someone/notes
forbidden_words|tests/run.sh|tests/run\.sh|cp "/\0162oot/x"
forbidden_words|Makefile|Makefile|# in /\0125sers/someone
forbidden_words|sql/db.c|sql/db\.c|/* /\0167ork/main */
forbidden_words|sql/db.c|sql/db\.c|/* `/\0167orkspace/main` */
forbidden_words|tests/cli/lib.sh|cli/lib\.sh|log=/\0164mp/log
sql_heads|sql/query/zz.sql|zz\.sql|select 1
readme_commands|README.md|dream|## Commands\n| `prisme dream` | x |
readme_exit_codes|README.md|9 dream|## Exit codes\n| 9 | dream |
readme_settings|README.md|dream|## Settings\n| `dream` | x | x |
readme_settings|README.md|effort 3|## Settings\n| `effort` | 3 | x |
readme_files|README.md|plan/absent\.h|## Tour\n`plan/absent.h`
guide_motifs|config/GUIDE.md|dream|| motif | x |\n| `dream` | x |
CASES
while read -r check; do
    lint 0 "$check has nothing to say of the tree" "$check"
    says "it was run" out '^1\.\.1$'
done < <(cut -d'|' -f1 "$work/cases" | sort -u)
plant <"$work/cases"
yes x | head -n 651 >"$tree/sql/query/long.sql"
lint 1 "lengths refuses a file of 651 lines" lengths
says "and names it" out 'sql/query/long\.sql: 651 lines'
sed -i 1d "$tree/sql/query/long.sql"
lint 0 "lengths takes one of 650" lengths

# What takes long has little to look at.
find "$tree" -name '*.[ch]' -delete
find "$tree/tests" -name 'test_*.sh' -delete
lint 0 "scripts has nothing to say of the tree" scripts
plant <<'CASES'
scripts|config/demo.sh|demo\.sh|cd $1
scripts|.ci/run|run|cd $1
CASES
mkdir -p "$BUILD/config"
code() { # TEXT: of config/money.c and of its header
    printf '%s\n' "$1" | tee "$tree/config/money.c" >"$tree/config/money.h"
    gcc -c -o "$BUILD/config/money.o" "$tree/config/money.c" 2>/dev/null
}
echo 'int main(void) { return 0; }' >"$tree/prisme.c"
code 'extern int money_x; int money_x;'
for check in extern_names headers_alone clang_warnings; do
    lint 0 "$check has nothing to say of such a name" $check
done
code 'extern int coin_x; int coin_x;'
lint 1 "extern_names refuses a name of another file's" extern_names
says "and names it" out 'config/money\.o: coin_x'
code 'extern size_t money_x;'
lint 1 "headers_alone refuses a header that needs another before" headers_alone
says "and says why" out 'size_t'
code 'int money_x(void); int money_x(void) { }'
lint 1 "clang_warnings refuses what clang warns of" clang_warnings
says "and says where" out 'config/money\.c:1'
finish
