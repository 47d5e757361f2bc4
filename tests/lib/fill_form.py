#!/usr/bin/python3
"""Fills forms as a referent does, in LibreOffice driven headless.

fill_form.py FORM.xlsx OUT.xlsx CELL=VALUE... [-- FORM.xlsx OUT.xlsx CELL=VALUE...]...

The cells are on the first sheet ("C10"); a value is typed as into the cell (dates jj/mm/aaaa, numbers). A locked cell is a
failure. Prints nothing."""
import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue


def prop(name, value):
    it = PropertyValue()
    it.Name, it.Value = name, value
    return it


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.1)
    sys.exit("fill_form: soffice does not answer")


def fill(desktop, source, target, cells):
    url = uno.systemPathToFileUrl
    book = desktop.loadComponentFromURL(url(os.path.abspath(source)), "_blank", 0, (prop("Hidden", True),))
    sheet = book.Sheets.getByIndex(0)
    if not sheet.isProtected():
        sys.exit("fill_form: the sheet is not protected")
    for cell in cells:
        place, value = cell.split("=", 1)
        at = sheet.getCellRangeByName(place)
        if at.CellProtection.IsLocked:
            sys.exit(f"fill_form: {place} is locked")
        at.FormulaLocal = value
        if at.getError() != 0:
            sys.exit(f"fill_form: {place}: error")
    book.storeToURL(url(os.path.abspath(target)), (prop("FilterName", "Calc MS Excel 2007 XML"),))
    book.close(True)


def main():
    jobs, job = [], []
    for word in sys.argv[1:] + ["--"]:
        if word != "--":
            job.append(word)
        elif job:
            jobs.append(job)
            job = []
    with tempfile.TemporaryDirectory() as home:
        pipe = f"prisme{os.getpid()}"
        office = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;",
             f"-env:UserInstallation=file://{home}/profile"],
            env=dict(os.environ, HOME=home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            context = connect(pipe)
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            for source, target, *cells in jobs:
                fill(desktop, source, target, cells)
            try:
                desktop.terminate()
            except Exception:
                pass
            office.wait(60)
        finally:
            if office.poll() is None:
                office.kill()


main()
