/* The recensement form, as far as who writes it (export) and who reads it back (ingest) must agree. A change that an
 * older form cannot follow takes the next FORMULAIRE_VERSION. */
#ifndef CONFIG_FORMULAIRE_H
#define CONFIG_FORMULAIRE_H

#include <stdbool.h>

#define FORMULAIRE_VERSION 1

/* Its sheets: the one to fill in, the help, and two hidden ones: the lists, and what the form is. The names are none a
 * table has. */
#define FORMULAIRE_SHEET "Vos besoins"
#define FORMULAIRE_HELP "Mode d’emploi"
#define FORMULAIRE_LISTS "Listes"
#define FORMULAIRE_MARK "_prisme"

/* The rows of FORMULAIRE_MARK: a key in column A, its value as a text in column B, in this order. */
typedef enum {
    FORMULAIRE_KEY_VERSION,  /* FORMULAIRE_VERSION; its row is the first of the sheet */
    FORMULAIRE_KEY_CAMPAGNE, /* code */
    FORMULAIRE_KEY_SIAE,     /* code */
    FORMULAIRE_KEY_EDITION,  /* the load of the campaign it was made from, 1...: a later edition replaces an earlier */
    FORMULAIRE_KEY_DEBUT,    /* the campaign's days, AAAA-MM-JJ: what an empty date stands for */
    FORMULAIRE_KEY_FIN,
    FORMULAIRE_KEY_N
} FormulaireKey;
extern const char *const formulaire_keys[FORMULAIRE_KEY_N];

/* Two questions above the table: a cell with the label, then the answer in the next filled cell of the row. */
#define FORMULAIRE_ANSWER "Votre réponse"
#define FORMULAIRE_SENDING "Envoi n°" /* 1...; of one edition the higher replaces the lower */
#define FORMULAIRE_SENDING_MOST 4000
#define FORMULAIRE_ANSWER_NEEDS "Voici nos besoins"
#define FORMULAIRE_ANSWER_NONE "Aucun besoin cette année"

/* What the column of last year's needs says of a row. Only FORMULAIRE_KEEP counts; a row without a word does too. */
#define FORMULAIRE_KEEP "oui"
#define FORMULAIRE_DROP "non"
#define FORMULAIRE_UNDECIDED "à décider"

/* The columns of the table to fill in, in this order. */
typedef enum {
    FORMULAIRE_NUMERO,
    FORMULAIRE_GARDER, /* only in forms that begin with last year's needs */
    FORMULAIRE_FORMATION,
    FORMULAIRE_EFFECTIF,
    FORMULAIRE_AXE,
    FORMULAIRE_PRIORITE,
    FORMULAIRE_DEBUT,
    FORMULAIRE_FIN,
    FORMULAIRE_STATUT,
    FORMULAIRE_PUBLIC_1,
    FORMULAIRE_PUBLIC_2,
    FORMULAIRE_PUBLIC_3,
    FORMULAIRE_RAYON,
    FORMULAIRE_COMMUNE,
    FORMULAIRE_ATTESTATION,
    FORMULAIRE_N
} FormulaireColumnId;

typedef struct {
    const char *title;
    const char *column; /* of besoins.csv it becomes; NULL: of none */
    bool listed;        /* its cells hold "name [code]", of which the code counts */
    bool must;          /* a row cannot do without */
    const char *help;   /* the comment on the header */
} FormulaireColumn;
extern const FormulaireColumn formulaire_columns[FORMULAIRE_N];

/* "name [code]". Caller frees. */
char *formulaire_label(const char *name, const char *code);

/* The code in a label, or the whole text when it is none; static within text, which is cut behind the code. */
char *formulaire_code(char *text);

#endif
