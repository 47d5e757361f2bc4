/* Old binary workbooks (.xls), and new ones closed by a password: compound files, which are told apart and refused. */
#ifndef INGEST_XLS_H
#define INGEST_XLS_H

#include "ingest/source.h"

extern const SourceForm xls_form;

#endif
