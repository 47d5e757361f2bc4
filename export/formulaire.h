/* The recensement forms of a campaign: one workbook a SIAE, to be filled in and sent back (config/formulaire.h). */
#ifndef EXPORT_FORMULAIRE_H
#define EXPORT_FORMULAIRE_H

#include "sql/db.h"
#include "sql/store_formulaire.h"

/* What a form is written from. */
typedef struct {
    const Model *model;
    int32_t edition;       /* the load model comes from */
    int32_t day;           /* the day the form is made */
    const GArray *besoins; /* StoreFormulaireBesoin: what the SIAE asked for in the campaign before */
    const char *before;    /* its code; NULL = none */
} Formulaire;

/* Writes the form of one SIAE to path; scratch: a folder for temporary files. FAULT_OUTPUT. */
bool formulaire_write(const Formulaire *formulaire, int32_t siae, const char *path, const char *scratch,
                      GError **error);

/* The stage: writes formulaire-SIAE-CAMPAGNE.xlsx for each SIAE of the campaign's latest load, or for one (siae: its
 * code; NULL = all), into folder sortie, all of them or none. FAULT_INPUT: unknown campaign or SIAE. FAULT_OUTPUT,
 * FAULT_DATABASE. */
bool formulaire_run(Db *db, const char *campagne, const char *siae, int32_t today, const char *sortie, GError **error);

#endif
