/* Workbooks as a source of rows: xlsx and form behind source.h. */
#ifndef INGEST_SOURCE_XLSX_H
#define INGEST_SOURCE_XLSX_H

#include "ingest/source.h"

/* A filled recensement form is one table, named besoins, which tells whose it is. */
extern const SourceForm source_xlsx_form;

#endif
