#!/usr/bin/env bash
# Turns queries, migrations, the default settings and the web page's style and script into texts.c and texts.h: embed.sh BUILD FILE...
# query/NAME.sql becomes text_query_NAME, schema/NNNN_NAME.sql a row of text_migrations, prisme.conf text_prisme_conf, and
# so on for page.css and page.js.
set -euo pipefail
export LC_ALL=C
build=$1
shift
literal() { # a file as C string literals, one a line
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/    "/' -e 's/$/\\n"/' "$1"
}
{
    echo '/* Made by sql/embed.sh from the files named at each text. */'
    echo '#ifndef TEXTS_H'
    echo '#define TEXTS_H'
    echo 'typedef struct { int version; const char *name, *sql; } TextMigration;'
    echo 'extern const TextMigration text_migrations[]; /* ends with version 0 */'
    for file in "$@"; do
        name=$(basename "$file")
        case $file in
        */query/*.sql) echo "extern const char text_query_${name%.sql}[];" ;;
        *.conf | *.css | *.js) echo "extern const char text_${name//./_}[];" ;;
        esac
    done
    echo '#endif'
} >"$build/texts.h.new"
{
    echo '#include "texts.h"'
    echo '#include <stddef.h>'
    for file in "$@"; do
        name=$(basename "$file")
        case $file in
        */query/*.sql) printf 'const char text_query_%s[] = /* %s */\n' "${name%.sql}" "$file" ;;
        */schema/*.sql) printf 'static const char text_migration_%s[] = /* %s */\n' "${name%%_*}" "$file" ;;
        *) printf 'const char text_%s[] = /* %s */\n' "${name//./_}" "$file" ;;
        esac
        literal "$file"
        echo '    "";'
    done
    echo 'const TextMigration text_migrations[] = {'
    for file in "$@"; do
        name=$(basename "$file" .sql)
        case $file in
        */schema/*.sql) echo "    {$((10#${name%%_*})), \"$name\", text_migration_${name%%_*}}," ;;
        esac
    done
    echo '    {0, NULL, NULL}};'
} >"$build/texts.c.new"
mv "$build/texts.h.new" "$build/texts.h"
mv "$build/texts.c.new" "$build/texts.c"
