/* A workbook (classeur) of a plan: who it is for, its name, its pages. */
#ifndef EXPORT_CLASSEUR_H
#define EXPORT_CLASSEUR_H

#include "config/settings.h"
#include "export/controls.h"
#include "export/figures.h"
#include "export/sheet_table.h"

#define CLASSEUR_REGION (-1)

/* The plan before, as far as the workbooks compare with it. */
typedef struct {
    int32_t numero, n_besoins;
    ModelBilan bilan;
} ClasseurPrevious;

/* What every page is written from. */
typedef struct {
    const Figures *figures;
    const Settings *settings;
    const ClasseurPrevious *previous; /* NULL = none */
    const Controls *controls;         /* the CSV files, already written */
    int32_t opco; /* position in figures->opcos: the pages tell of its learners only; or CLASSEUR_REGION */
    int32_t siae; /* position in the model's siae: the pages tell of its learners only; or MODEL_NONE */
} Classeur;

typedef struct {
    const char *name; /* of the sheet */
    void (*write)(const Classeur *classeur, Sheet *sheet);
} ClasseurPage;

/* The pages of the three kinds of workbook, in order; each list ends with a name of NULL. */
extern const ClasseurPage regional_pages[];
extern const ClasseurPage opco_pages[];
extern const ClasseurPage siae_pages[];

/* The workbooks of a plan: the region's, then one of each OPCO with learners in the plan or envelopes, then one of each
 * SIAE that asked for something. */
typedef struct {
    Classeur classeur;
    const ClasseurPage *pages;
    char *file; /* plan-REGION-CAMPAGNE-vN.xlsx, opco-NAME-..., siae-NAME-...: letters, digits, - and . only; unique */
} ClasseurFile;

/* A name for files everywhere: ASCII letters, digits and single dashes, "sans-nom" where nothing is left. Owned by the
 * caller. */
char *classeur_file_safe(const char *text);

/* Array of ClasseurFile, which owns their names. previous may be NULL; all four must outlive the list. */
GArray *classeur_list(const Figures *figures, const Settings *settings, const ClasseurPrevious *previous,
                      const Controls *controls);

/* Writes one of them to path; scratch: a folder for temporary files. FAULT_OUTPUT. */
bool classeur_write(const ClasseurFile *file, const char *path, const char *scratch, GError **error);

/* The head of a page: its title and a line that says which plan it is, on rows 0 and 1. Tables begin on row 3. */
#define CLASSEUR_TABLE_ROW 3
void classeur_head(const Classeur *classeur, Sheet *sheet, const char *title, const char *note);

/* Whether an affectation or a charge of this need belongs to the workbook. */
bool classeur_holds(const Classeur *classeur, int32_t besoin);

/* The affectations the workbook of an OPCO or a SIAE tells of: n ascending positions, owned by the figures. */
const int32_t *classeur_rows(const Classeur *classeur, int32_t *n);

/* The OPCO's name, "sans OPCO" where a SIAE has none. */
const char *classeur_opco_name(const char *opco);

/* Three cells: asked, served, the share of it. */
void classeur_share(SheetTable *table, const FiguresShare *share);

/* An amount for each of n, halves up; an empty cell for none. */
void classeur_mean(SheetTable *table, int64_t amount, int64_t n);

/* Cents for one hour of one learner, halves up: cost / (heures x learners); heures in hundredths. 0 for no learners. */
int64_t classeur_hourly(int64_t cost, int32_t heures, int64_t learners);

/* Name of the place of an offer: its commune, or its modalité where it has none. */
const char *classeur_place(const Model *model, const ModelOffre *offre);

#endif
