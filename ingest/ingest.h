/* The ingest stage: a folder of files becomes a Model, and the Model a load in the database. */
#ifndef INGEST_INGEST_H
#define INGEST_INGEST_H

#include "config/settings.h"
#include "sql/db.h"
#include "sql/model.h"
#include "sql/rapport.h"
#include "sql/store_campaign.h"

#include <stdio.h>

typedef struct IngestReport IngestReport; /* every reject and warning of a folder, and its sources */
void ingest_report_free(IngestReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IngestReport, ingest_report_free)

/* Reads and checks every file of folder in one pass. Wrong rows, and rows that depend on them, are set aside in *report
 * (never an error). NULL with FAULT_INPUT when a file is missing or refused as a whole or more than seuil_rejets % of a
 * file's rows are rejected; *report then still tells everything found. Needs no database. */
Model *ingest_read(const char *folder, int32_t seuil_rejets, IngestReport **report, GError **error);

/* The same within all that the settings say of [ingest]. */
Model *ingest_read_settled(const char *folder, const Settings *settings, IngestReport **report, GError **error);

/* The rejects, counted, and as the lines of rejets.csv (fichier;ligne;colonne;valeur;probleme;remede;gravite;code). */
int ingest_report_count(const IngestReport *report);
bool ingest_report_write(const IngestReport *report, const char *path, GError **error);

/* Says on stderr one line a file that has something, then its first lines or, whole, all of them. Silent when there is
 * nothing. */
void ingest_report_say(IngestReport *report, bool whole);

/* Shows what the sender of one file is told: puts its report into folder sortie, or removes an earlier one. */
typedef bool (*IngestTell)(const RapportFichier *fichier, const char *sortie, GError **error);

/* The stage: reads folder, writes rejets.csv into sortie when there is anything to report and lets tell (may be NULL)
 * write to the senders, loads into db; what the load before held and this one does not is reported too. sortie NULL:
 * into folder itself, and where that takes no file the whole report goes to stderr instead. The report is also said on
 * stderr, but not again where the files are those of the latest load and rejets.csv held all of it before. *campagne:
 * the campaign's code (caller frees). FAULT_INPUT, FAULT_OUTPUT (of sortie only), FAULT_DATABASE. */
bool ingest_run(Db *db, const Settings *settings, const char *folder, const char *sortie, IngestTell tell,
                char **campagne, GError **error);

/* Reads a plan given as the contract's output CSV files in sortie, against model (whose codes it names). What cannot be
 * read as a plan of that model (an unknown code, a bad number) is a line in *faults (French sentences, owned strings),
 * never an error. NULL with FAULT_INPUT only when a file is missing or unreadable. */
ModelPlan *ingest_read_plan(const char *sortie, const Model *model, GPtrArray **faults, GError **error);

#endif
