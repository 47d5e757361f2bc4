/* The catalogue of what can be wrong with a file, a row or a cell: one stable code each, with its words in French.
 * `config/GUIDE.md` repeats it for the coordinator; a test keeps the two equal. */
#ifndef INGEST_CONSTAT_H
#define INGEST_CONSTAT_H

/* id, code: E- rejects (a cell, a row or a file), A- only warns; problem; remedy. {1} and {2} stand for what the finder
 * adds (a file, a value, ...). Codes are never given another meaning: senders and their scripts know them. */
#define CONSTATS(X)                                                                                                    \
    X(FICHIER_VIDE, "E-FICHIER-VIDE", "fichier vide", "y mettre au moins la ligne d'en-tête")                          \
    X(FICHIER_ILLISIBLE, "E-FICHIER-ILLISIBLE", "fichier illisible",                                                   \
      "vérifier que c'est un fichier, et que prisme a le droit de le lire")                                            \
    X(FORMAT_INCONNU, "E-FORMAT-INCONNU", "ce n'est pas un tableau que prisme sait lire ({1})",                        \
      "enregistrer le tableau au format CSV UTF-8, sous le même nom")                                                  \
    X(CSV_GUILLEMET_OUVERT, "E-CSV-GUILLEMET-OUVERT", "guillemet ouvert et jamais refermé",                            \
      "refermer le guillemet de cette ligne")                                                                          \
    X(CSV_GUILLEMET_PLACE, "E-CSV-GUILLEMET-PLACE", "guillemet mal placé",                                             \
      "entourer toute la cellule de guillemets et doubler ceux du texte (\"\")")                                       \
    X(CSV_CELLULE_LONGUE, "E-CSV-CELLULE-LONGUE", "cellule de plus de 64 Kio, ou guillemet ouvert et jamais refermé",  \
      "refermer le guillemet, ou raccourcir la cellule")                                                               \
    X(CSV_LIGNE_LONGUE, "E-CSV-LIGNE-LONGUE", "ligne de plus de 1 Mio", "vérifier les guillemets de cette ligne")      \
    X(CSV_OCTET_NUL, "E-CSV-OCTET-NUL", "octet nul dans la ligne (fichier abîmé, ou UTF-16 sans marque d'ordre)",      \
      "enregistrer de nouveau le fichier au format CSV UTF-8")                                                         \
    X(ENCODAGE_MELANGE, "A-ENCODAGE-MELANGE", "deux encodages mêlés : des lettres accentuées sont fausses",            \
      "enregistrer de nouveau le fichier en CSV UTF-8")

#define CONSTAT_ID(id, code, problem, remedy) CONSTAT_##id,
typedef enum { CONSTATS(CONSTAT_ID) CONSTAT_N } ConstatId;
#undef CONSTAT_ID

const char *constat_code(ConstatId id);
/* As in the catalogue, with {1} and {2}. */
const char *constat_problem(ConstatId id);
const char *constat_remedy(ConstatId id);

#endif
