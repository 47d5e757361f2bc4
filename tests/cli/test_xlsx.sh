#!/usr/bin/env bash
# Workbooks as LibreOffice really writes them: a whole region, one workbook a table, gives what its CSV files give.
. "$(dirname "$0")/lib.sh"

office() { # ARGUMENTS...
    HOME=$work soffice --headless --norestore "-env:UserInstallation=file://$work/profile" "$@" >/dev/null 2>&1
}

in=$work/in
copy_region "$work/csv"
mkdir "$in"
# CSV as LibreOffice opens it: `;`, UTF-8, what looks like a date or a number becomes one.
office --infilter='CSV:59,34,76,1,,1033,false,true' --convert-to xlsx --outdir "$in" "$work/csv"/*.csv
[ "$(find "$in" -name '*.xlsx' | wc -l)" -eq "$(find "$work/csv" -name '*.csv' | wc -l)" ]
ok "LibreOffice saves each table as a workbook"

expect 0 "the CSV files are planned" "$prisme" run "$work/csv" --sortie "$work/plan-csv"
expect 0 "the workbooks are planned" "$prisme" run "$in" --sortie "$work/plan-xlsx"
[ -n "$(csv_sums "$work/plan-csv")" ] && [ "$(csv_sums "$work/plan-csv")" = "$(csv_sums "$work/plan-xlsx")" ]
ok "both give the same plan"

# ---- packages written as a stream: sizes stand behind each part, as the web's programs leave them ----
/usr/bin/python3 - "$in" "$work/stream" <<'STREAM'
import io, os, sys, zipfile
class Stream(io.RawIOBase):
    def __init__(self, path): self.file = open(path, "wb")
    def writable(self): return True
    def write(self, data): return self.file.write(data)
    def close(self): self.file.close()
os.mkdir(sys.argv[2])
for name in os.listdir(sys.argv[1]):
    with zipfile.ZipFile(os.path.join(sys.argv[1], name)) as old, \
            zipfile.ZipFile(Stream(os.path.join(sys.argv[2], name)), "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        assert all(part.flag_bits & 8 for part in new.infolist())
STREAM
expect 0 "workbooks written as a stream are planned" "$prisme" run "$work/stream" --sortie "$work/plan-stream"
[ "$(csv_sums "$work/plan-csv")" = "$(csv_sums "$work/plan-stream")" ]
ok "and give the same plan too"

# ---- one workbook for everything ----
/usr/bin/python3 - "$in" "$work/one" <<'MERGE'
import os, sys
from openpyxl import Workbook, load_workbook
book = Workbook()
book.remove(book.active)
for name in sorted(os.listdir(sys.argv[1])):
    source = load_workbook(os.path.join(sys.argv[1], name)).active
    sheet = book.create_sheet(name[:-5].capitalize())
    sheet.merge_cells("A1:D1")
    sheet["A1"] = "Table " + name
    for row in source.iter_rows():
        for cell in row:
            other = sheet.cell(cell.row + 2, cell.column, cell.value)
            other.number_format = cell.number_format
notes = book.create_sheet("Notes internes", 0)
notes["A1"] = "à relire"
lists = book.create_sheet("Listes")
lists["A1"], lists.sheet_state = "oui", "hidden"
os.mkdir(sys.argv[2])
book.save(os.path.join(sys.argv[2], "campagne Normandie.xlsx"))
MERGE
office --convert-to xlsx --outdir "$work/again" "$work/one/campagne Normandie.xlsx"
for who in one again; do
    expect 0 "a workbook of all tables is planned ($who)" "$prisme" run "$work/$who" --sortie "$work/plan-$who"
    says "the sheet of no table is told" err 'feuille au nom d.aucune table.*Notes internes'
    says "so is the hidden one" err 'feuille masquée.*Listes'
    [ "$(csv_sums "$work/plan-csv")" = "$(csv_sums "$work/plan-$who")" ]
    ok "and gives the same plan ($who)"
done

# ---- what cannot be read ----
copy_region "$work/bad"
printf '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1%s' 'Workbook' >"$work/bad/besoins.xls"
rm "$work/bad/besoins.csv"
expect 4 "an old workbook in a table's place stops the load" "$prisme" ingest "$work/bad"
says "and is told apart" err 'ancien classeur Excel \(\.xls\)'
copy_region "$work/bad"
rm "$work/bad/besoins.xls"
cp "$in/besoins.xlsx" "$work/bad/besoins.csv"
expect 0 "a workbook is known by its content, not by its name" "$prisme" ingest "$work/bad"
head -c 3000 "$in/besoins.xlsx" >"$work/bad/besoins.csv"
expect 4 "a workbook cut short stops the load" "$prisme" ingest "$work/bad"
says "and says what to do" err 'classeur abîmé.*enregistrer de nouveau'

finish
