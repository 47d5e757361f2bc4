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
    X(XLSX_ABIME, "E-XLSX-ABIME", "classeur abîmé ({1})",                                                              \
      "l'ouvrir dans le tableur et l'enregistrer de nouveau au format .xlsx")                                          \
    X(XLSX_PROTEGE, "E-XLSX-PROTEGE", "classeur protégé par un mot de passe d'ouverture",                              \
      "l'enregistrer sans mot de passe (Fichier, Informations, Protéger le classeur)")                                 \
    X(XLSX_ANCIEN, "E-XLSX-ANCIEN", "ancien classeur Excel (.xls)",                                                    \
      "l'enregistrer au format « Classeur Excel (.xlsx) »")                                                            \
    X(XLSX_AUTRE, "E-XLSX-AUTRE", "ce n'est pas un classeur Excel .xlsx ({1})",                                        \
      "l'enregistrer au format « Classeur Excel (.xlsx) », ou en CSV UTF-8")                                           \
    X(XLSX_DEMESURE, "E-XLSX-DEMESURE", "contenu démesuré une fois décompressé ({1}) : la lecture est arrêtée",        \
      "ne garder que les feuilles et les lignes utiles, ou envoyer la table en CSV")                                   \
    X(XLSX_DTD, "E-XLSX-DTD", "déclaration de type de document dans {1} : refusée par sécurité",                       \
      "ouvrir le classeur dans le tableur et l'enregistrer de nouveau au format .xlsx")                                \
    X(XLSX_COLONNES, "E-XLSX-COLONNES", "cellule remplie au-delà de la 1 000e colonne ({1})",                          \
      "effacer ce qui se trouve à droite du tableau")                                                                  \
    X(CELLULE_ERREUR, "E-CELLULE-ERREUR", "la formule de cette cellule donne une erreur",                              \
      "corriger la formule, ou taper la valeur")                                                                       \
    X(CELLULE_FORMULE, "E-CELLULE-FORMULE", "formule dont le résultat n'est pas enregistré",                           \
      "ouvrir le classeur dans le tableur et l'enregistrer, ou taper la valeur")                                       \
    X(CELLULE_CHIFFRES, "E-CELLULE-CHIFFRES", "nombre de plus de 15 chiffres : le tableur a perdu les derniers",       \
      "mettre la cellule au format Texte et taper de nouveau le code")                                                 \
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
