/* What the sender of one file is told: plain data that the reading stage fills and the writing stage shows. No
 * database.
 */
#ifndef SQL_RAPPORT_H
#define SQL_RAPPORT_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* One thing that is wrong. The texts belong to whoever made the report. */
typedef struct {
    int64_t ligne;       /* 1..., 0 = the whole table */
    int32_t cellule;     /* column of the sender's table, 1 = A; 0 = the whole row */
    const char *colonne; /* its name, "" = none */
    const char *valeur;  /* "" where it must not be repeated */
    const char *code;    /* E-..., A-... */
    char *probleme, *remede;
    bool avertissement;
} RapportConstat;

/* A row of the sender's table, as it was sent. */
typedef struct {
    int64_t ligne;
    char **cellules; /* NULL-ended */
} RapportLigne;

typedef struct {
    const char *nom;  /* of the sheet, NULL when the file holds one table */
    GArray *constats; /* RapportConstat, by line */
    GArray *lignes;   /* RapportLigne, by line; empty when nothing of the table may be repeated */
    bool abregee;     /* a long table: only the rows something is wrong with, and those up to the header */
} RapportTable;

typedef struct {
    const char *fichier; /* of the sender, "besoins-S01.csv" */
    char *nom;           /* of the report without its ending, "rapport-besoins-S01" */
    GPtrArray *tables;   /* RapportTable */
    int n_constats;      /* 0: nothing is wrong; an earlier report is no longer true */
} RapportFichier;

RapportFichier *rapport_new(const char *fichier, const char *nom);
/* A table more, owned by the report. */
RapportTable *rapport_table(RapportFichier *fichier, const char *nom);
void rapport_free(RapportFichier *fichier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RapportFichier, rapport_free)

#endif
