/* A filled recensement form (config/formulaire.h) as rows of besoins.csv. */
#ifndef INGEST_FORM_H
#define INGEST_FORM_H

#include "ingest/xlsx.h"

typedef struct Form Form;

/* What a form says of itself; the texts live as long as the form. */
typedef struct {
    const char *campagne, *siae; /* codes */
    int64_t version; /* of two forms of a SIAE the higher replaces the other: by edition, then sending number,
                        then the moment the file was saved */
} FormMark;

/* True when the workbook says it is a form. */
bool form_is(Xlsx *xlsx);

/* Reads the head of a form; NULL with *fault when it is damaged or of a version that is not read. The workbook must
 * outlive it. */
Form *form_open(Xlsx *xlsx, Refusal *fault);
void form_close(Form *form);

const FormMark *form_mark(const Form *form);

/* Goes before the first row, which is a header of besoins.csv's names. Each need is then a row, at the line and in the
 * columns it has in the form, but for what no cell of the form holds: its SIAE, behind the last column. Rows left empty
 * or not to be kept are none. */
void form_start(Form *form);
SourceResult form_next(Form *form, SourceRecord *record);

/* Once read: rows of last year nobody decided on; and whether the SIAE answered (needs, or that it has none). */
int form_undecided(const Form *form);
bool form_answered(const Form *form);

#endif
