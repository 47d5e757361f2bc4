/* The catalogue's texts: see constat.h. */
#include "ingest/constat.h"

#include <glib.h>
#include <string.h>

/* A code beginning with A- warns, with E- rejects. {1} and {2} stand for what the finder adds (a file, a value, ...).
 */
static const struct {
    const char *code, *problem, *remedy;
} constats[CONSTAT_N] = {
    /* files */
    [CONSTAT_FICHIER_ABSENT] = {"E-FICHIER-ABSENT", "fichier absent",
                                "l'ajouter au dossier (voir le modèle de fichier)"},
    [CONSTAT_FICHIER_DOUBLE] = {"E-FICHIER-DOUBLE", "deux fichiers pour la même table, à la casse près : {1}",
                                "n'en garder qu'un, ou les nommer {2}-EXPEDITEUR"},
    [CONSTAT_FICHIER_ILLISIBLE] = {"E-FICHIER-ILLISIBLE", "fichier illisible ({1})",
                                   "vérifier que c'est un fichier, et que prisme a le droit de le lire"},
    [CONSTAT_FICHIER_INCONNU] = {"A-FICHIER-INCONNU", "fichier inconnu : il n'est pas lu",
                                 "vérifier son nom, ou le retirer du dossier"},
    [CONSTAT_FICHIER_VIDE] = {"E-FICHIER-VIDE", "fichier vide", "y mettre au moins la ligne d'en-tête"},
    [CONSTAT_FICHIER_TROP_LONG] = {"E-FICHIER-TROP-LONG", "plus de 50 millions de lignes", "découper la campagne"},
    [CONSTAT_FORMAT_INCONNU] = {"E-FORMAT-INCONNU", "ce n'est pas un tableau que prisme sait lire ({1})",
                                "enregistrer le tableau au format CSV UTF-8, sous le même nom"},
    [CONSTAT_ENCODAGE_MELANGE] = {"A-ENCODAGE-MELANGE", "deux encodages mêlés : des lettres accentuées sont fausses",
                                  "enregistrer de nouveau le fichier en CSV UTF-8"},
    [CONSTAT_SEUIL_DEPASSE] = {"E-SEUIL-DEPASSE",
                               "plus de {1} % de lignes rejetées : le fichier est mis de côté en entier",
                               "corriger les lignes signalées et renvoyer le fichier"},
    [CONSTAT_FICHIER_REMPLACE] = {"A-FICHIER-REMPLACE", "version plus ancienne : remplacée par {1}, elle n'est pas lue",
                                  "la retirer du dossier"},
    [CONSTAT_CONSTATS_TUS] = {"E-CONSTATS-TUS", "{1} autres constats sur ce fichier",
                              "corriger d'abord ceux qui sont détaillés"},
    [CONSTAT_DISPARU] = {"A-DISPARU", "présent dans le chargement précédent, absent de celui-ci",
                         "vérifier que c'est voulu : un fichier complet remplace le précédent"},
    /* personal data */
    [CONSTAT_PERSONNEL_COLONNE] =
        {"E-PERSONNEL-COLONNE", "donnée personnelle : rien de nominatif sur les salariés n'a sa place ici (RGPD)",
         "supprimer cette colonne, employer un pseudonyme dans « stagiaire », renvoyer le fichier"},
    [CONSTAT_PERSONNEL_NIR] =
        {"E-PERSONNEL-NIR",
         "numéro de sécurité sociale (NIR) dans une cellule : fichier refusé, rien n'en est gardé (RGPD)",
         "effacer cette donnée, employer un pseudonyme dans « stagiaire », renvoyer le fichier"},
    [CONSTAT_PERSONNEL_COURRIEL] =
        {"E-PERSONNEL-COURRIEL", "adresse électronique dans une cellule : fichier refusé, rien n'en est gardé (RGPD)",
         "effacer cette donnée, employer un pseudonyme dans « stagiaire », renvoyer le fichier"},
    [CONSTAT_PERSONNEL_TELEPHONE] =
        {"E-PERSONNEL-TELEPHONE", "numéro de téléphone dans une cellule : fichier refusé, rien n'en est gardé (RGPD)",
         "effacer cette donnée, employer un pseudonyme dans « stagiaire », renvoyer le fichier"},
    [CONSTAT_PERSONNEL_NAISSANCE] =
        {"E-PERSONNEL-NAISSANCE", "date de naissance dans une cellule : fichier refusé, rien n'en est gardé (RGPD)",
         "effacer cette donnée, employer un pseudonyme dans « stagiaire », renvoyer le fichier"},
    [CONSTAT_PUBLIC_SENSIBLE] =
        {"E-PUBLIC-SENSIBLE",
         "public sensible (santé, justice, séjour) sur une seule personne (RGPD, articles 9 et 10)",
         "regrouper les stagiaires du besoin, retirer ce public, ou abaisser le réglage sensibles_min"},
    /* CSV */
    [CONSTAT_CSV_GUILLEMET_OUVERT] = {"E-CSV-GUILLEMET-OUVERT",
                                      "guillemet ouvert et jamais refermé (constaté ligne {1})",
                                      "refermer le guillemet de cette ligne"},
    [CONSTAT_CSV_GUILLEMET_PLACE] = {"E-CSV-GUILLEMET-PLACE", "guillemet mal placé (constaté ligne {1})",
                                     "entourer toute la cellule de guillemets et doubler ceux du texte (\"\")"},
    [CONSTAT_CSV_CELLULE_LONGUE] =
        {"E-CSV-CELLULE-LONGUE",
         "cellule de plus de 64 Kio, ou guillemet ouvert et jamais refermé (constaté ligne {1})",
         "refermer le guillemet, ou raccourcir la cellule"},
    [CONSTAT_CSV_LIGNE_LONGUE] = {"E-CSV-LIGNE-LONGUE", "ligne de plus de 1 Mio",
                                  "vérifier les guillemets de cette ligne"},
    [CONSTAT_CSV_OCTET_NUL] = {"E-CSV-OCTET-NUL",
                               "octet nul dans la ligne (fichier abîmé, ou UTF-16 sans marque d'ordre)",
                               "enregistrer de nouveau le fichier au format CSV UTF-8"},
    /* workbooks */
    [CONSTAT_XLSX_ABIME] = {"E-XLSX-ABIME", "classeur abîmé ({1})",
                            "l'ouvrir dans le tableur et l'enregistrer de nouveau au format .xlsx"},
    [CONSTAT_XLSX_PROTEGE] = {"E-XLSX-PROTEGE", "classeur protégé par un mot de passe d'ouverture",
                              "l'enregistrer sans mot de passe (Fichier, Informations, Protéger le classeur)"},
    [CONSTAT_XLSX_ANCIEN] = {"E-XLSX-ANCIEN", "ancien classeur Excel (.xls)",
                             "l'enregistrer au format « Classeur Excel (.xlsx) »"},
    [CONSTAT_XLSX_AUTRE] = {"E-XLSX-AUTRE", "ce n'est pas un classeur Excel .xlsx ({1})",
                            "l'enregistrer au format « Classeur Excel (.xlsx) », ou en CSV UTF-8"},
    [CONSTAT_XLSX_DEMESURE] = {"E-XLSX-DEMESURE",
                               "contenu démesuré une fois décompressé ({1}) : la lecture est arrêtée",
                               "ne garder que les feuilles et les lignes utiles, ou envoyer la table en CSV"},
    [CONSTAT_XLSX_DTD] = {"E-XLSX-DTD", "déclaration de type de document dans {1} : refusée par sécurité",
                          "ouvrir le classeur dans le tableur et l'enregistrer de nouveau au format .xlsx"},
    [CONSTAT_XLSX_COLONNES] = {"E-XLSX-COLONNES", "cellule remplie au-delà de la 1 000e colonne ({1})",
                               "effacer ce qui se trouve à droite du tableau"},
    [CONSTAT_FEUILLE_MASQUEE] = {"A-FEUILLE-MASQUEE", "feuille masquée : elle n'est pas lue ({1})",
                                 "si c'est une table, lui donner le nom de la table"},
    [CONSTAT_FEUILLE_INCONNUE] = {"A-FEUILLE-INCONNUE", "feuille au nom d'aucune table : elle n'est pas lue ({1})",
                                  "si c'est une table, lui donner le nom de la table"},
    [CONSTAT_FEUILLE_AMBIGUE] = {"E-FEUILLE-AMBIGUE", "plusieurs feuilles peuvent être cette table ({1})",
                                 "donner à la bonne le nom de la table"},
    [CONSTAT_CELLULE_ERREUR] = {"E-CELLULE-ERREUR", "la formule de cette cellule donne une erreur",
                                "corriger la formule, ou taper la valeur"},
    [CONSTAT_CELLULE_FORMULE] = {"E-CELLULE-FORMULE", "formule dont le résultat n'est pas enregistré",
                                 "ouvrir le classeur dans le tableur et l'enregistrer, ou taper la valeur"},
    [CONSTAT_CELLULE_CHIFFRES] = {"E-CELLULE-CHIFFRES",
                                  "nombre de plus de 15 chiffres : le tableur a perdu les derniers",
                                  "mettre la cellule au format Texte et taper de nouveau le code"},
    /* public lists and catalogues */
    [CONSTAT_LHEO_ABIME] = {"E-LHEO-ABIME", "catalogue LHEO abîmé ({1})", "demander un nouvel export au Carif-Oref"},
    [CONSTAT_LHEO_DTD] = {"E-LHEO-DTD", "déclaration de type de document dans {1} : refusée par sécurité",
                          "demander un export LHEO sans DTD"},
    [CONSTAT_COMPLETE] = {"A-COMPLETE", "{1} cellules vides remplies d'après une liste ou un complément du dossier",
                          "vérifier que la liste est à jour"},
    [CONSTAT_INCOMPLET] = {"A-INCOMPLET", "ligne incomplète, gardée sans être planifiée ; il manque : {1}",
                           "donner ce qui manque dans {2}, à la même clé"},
    [CONSTAT_INCOMPLET_REMPLACE] = {"A-INCOMPLET-REMPLACE", "ligne d'un catalogue, aussi dans {1}, qui l'emporte",
                                    "rien, si c'est voulu"},
    [CONSTAT_COMPLEMENT_INCONNU] = {"A-COMPLEMENT-INCONNU", "aucune ligne de {1} n'a cette clé : rien n'est complété",
                                    "corriger la clé, ou retirer la ligne"},
    /* forms */
    [CONSTAT_FORM_ABIME] = {"E-FORM-ABIME", "formulaire abîmé : il y manque ({1})",
                            "recopier les besoins dans un formulaire neuf (prisme formulaire)"},
    [CONSTAT_FORM_VERSION] = {"E-FORM-VERSION", "formulaire d'une autre version de prisme ({1})",
                              "recopier les besoins dans un formulaire neuf (prisme formulaire)"},
    [CONSTAT_FORM_CAMPAGNE] = {"E-FORM-CAMPAGNE", "formulaire de la campagne {1}, dans le dossier de la campagne {2}",
                               "le retirer du dossier et demander à la SIAE celui de cette campagne"},
    [CONSTAT_FORM_SIAE] = {"E-FORM-SIAE", "formulaire d'une SIAE qui n'est pas, ou plus, dans la table siae ({1})",
                           "corriger la table siae, ou retirer le formulaire"},
    [CONSTAT_FORM_CONTRADICTION] = {"E-FORM-CONTRADICTION",
                                    "la réponse est « Aucun besoin cette année », mais des lignes sont remplies",
                                    "effacer ces lignes, ou répondre « Voici nos besoins », et renvoyer le formulaire"},
    [CONSTAT_FORM_GARDER] = {"E-FORM-GARDER", "« À garder ? » n'est ni oui, ni non, ni à décider",
                             "choisir dans la liste"},
    [CONSTAT_FORM_DOUBLE] = {"E-FORM-DOUBLE",
                             "envois différents du même formulaire, aucun plus récent que l'autre : {1}",
                             "garder le bon, ou y ajouter 1 à « Envoi n° »"},
    [CONSTAT_FORM_IDENTIQUE] = {"A-FORM-IDENTIQUE", "le même envoi est aussi dans {1} : il compte une fois",
                                "n'en garder qu'un"},
    [CONSTAT_FORM_A_DECIDER] = {"A-FORM-A-DECIDER",
                                "lignes de la campagne précédente encore « à décider » : elles ne comptent pas",
                                "demander à la SIAE de choisir oui ou non, et de renvoyer le formulaire"},
    [CONSTAT_FORM_VIDE] = {"A-FORM-VIDE", "formulaire sans réponse ni besoin : il ne compte pas comme réponse",
                           "relancer la SIAE"},
    [CONSTAT_FORM_EN_PLUS] =
        {"A-FORM-EN-PLUS", "d'autres fichiers portent aussi {1} besoins de cette SIAE : ils s'ajoutent au formulaire",
         "les retirer s'ils disent la même chose"},
    /* header and shape */
    [CONSTAT_EN_TETE_ABSENT] = {"E-EN-TETE-ABSENT", "ligne d'en-tête introuvable parmi les {1} premières lignes",
                                "mettre les noms de colonnes sur une ligne (voir le modèle de fichier)"},
    [CONSTAT_COLONNE_ABSENTE] = {"E-COLONNE-ABSENTE", "colonne obligatoire absente",
                                 "ajouter cette colonne (voir le modèle de fichier)"},
    [CONSTAT_COLONNE_DOUBLE] = {"E-COLONNE-DOUBLE", "colonne présente deux fois", "n'en garder qu'une"},
    [CONSTAT_COLONNE_INCONNUE] = {"A-COLONNE-INCONNUE", "colonne inconnue : elle n'est pas lue",
                                  "vérifier son nom, ou l'ignorer"},
    [CONSTAT_CELLULES_EN_TROP] = {"E-CELLULES-EN-TROP", "plus de cellules que de colonnes",
                                  "vérifier les séparateurs et les guillemets de cette ligne"},
    [CONSTAT_LIGNE_COUPEE] = {"E-LIGNE-COUPEE", "dernière ligne incomplète : le fichier semble coupé",
                              "demander de nouveau le fichier entier à l'expéditeur"},
    [CONSTAT_LIGNE_TOTAL] = {"A-LIGNE-TOTAL", "ligne de total : elle n'est pas lue", "la supprimer du fichier"},
    [CONSTAT_CELLULE_VIDE] = {"E-CELLULE-VIDE", "cellule obligatoire vide", "la remplir"},
    /* keys and references */
    [CONSTAT_LIGNE_REPETEE] = {"A-LIGNE-REPETEE", "ligne répétée à l'identique (lignes {1}) : comptée une fois",
                               "supprimer la répétition"},
    [CONSTAT_CLE_REPETEE] = {"E-CLE-REPETEE", "même clé sur plusieurs lignes qui diffèrent (lignes {1})",
                             "garder la bonne ligne, supprimer les autres"},
    [CONSTAT_LIGNE_REMPLACEE] = {"A-LIGNE-REMPLACEE", "remplacée par la ligne de même clé de {1}",
                                 "supprimer la ligne de l'ancien fichier"},
    [CONSTAT_REFERENCE_INCONNUE] = {"E-REFERENCE-INCONNUE", "inconnu dans {1}",
                                    "corriger le code, ou ajouter la ligne à {1}"},
    [CONSTAT_REFERENCE_REJETEE] = {"E-REFERENCE-REJETEE", "nomme une ligne rejetée ({1}, ligne {2})",
                                   "corriger d'abord cette ligne"},
    [CONSTAT_REFERENCE_INCOMPLETE] = {"E-REFERENCE-INCOMPLETE", "nomme une ligne incomplète ({1}, ligne {2})",
                                      "compléter d'abord cette ligne par un fichier complement-TABLE.csv"},
    /* texts and codes */
    [CONSTAT_TEXTE_LONG] = {"E-TEXTE-LONG", "texte trop long", "raccourcir à {1} caractères au plus"},
    [CONSTAT_CARACTERE_COMMANDE] = {"E-CARACTERE-COMMANDE", "caractère de commande invisible", "retaper la cellule"},
    [CONSTAT_CARACTERE_PERDU] = {"E-CARACTERE-PERDU", "caractère perdu (�) dans un code",
                                 "retaper le code et enregistrer en CSV UTF-8"},
    [CONSTAT_LETTRE_PERDUE] = {"A-LETTRE-PERDUE", "caractère perdu (�) : le fichier a changé d'encodage en route",
                               "retaper la cellule et enregistrer le fichier en CSV UTF-8"},
    [CONSTAT_CODE_BARRE] = {"E-CODE-BARRE", "« | » dans un code : il sépare les éléments d'une liste",
                            "choisir un code sans « | »"},
    [CONSTAT_CODE_SCIENTIFIQUE] = {"E-CODE-SCIENTIFIQUE",
                                   "code abrégé par le tableur (notation scientifique) : des chiffres sont perdus",
                                   "mettre la colonne au format Texte et retaper le code"},
    [CONSTAT_CODE_DATE] = {"E-CODE-DATE", "code changé en date par le tableur",
                           "mettre la colonne au format Texte et retaper le code"},
    [CONSTAT_APOSTROPHE] = {"A-APOSTROPHE", "apostrophe de tableur devant le code : « {1} » lu « {2} »",
                            "vérifier, et retirer l'apostrophe"},
    [CONSTAT_ZERO_PERDU] = {"A-ZERO-PERDU", "zéro de tête perdu : « {1} » lu « {2} »",
                            "vérifier, et mettre la colonne au format Texte"},
    [CONSTAT_MOT_INCONNU] = {"E-MOT-INCONNU", "mot inconnu", "écrire l'un des mots : {1}"},
    [CONSTAT_OUI_NON] = {"E-OUI-NON", "ni oui ni non", "écrire oui ou non"},
    /* identifiers */
    [CONSTAT_SIRET_SCIENTIFIQUE] =
        {"E-SIRET-SCIENTIFIQUE", "SIRET abrégé par le tableur (notation scientifique) : des chiffres sont perdus",
         "recopier les 14 chiffres du SIRET (avis de situation Sirene), colonne au format Texte"},
    [CONSTAT_SIRET_FORME] = {"E-SIRET-FORME", "SIRET avec autre chose que des chiffres",
                             "recopier les 14 chiffres du SIRET (avis de situation Sirene), colonne au format Texte"},
    [CONSTAT_SIRET_LONG] = {"E-SIRET-LONG", "SIRET de plus de 14 chiffres",
                            "recopier les 14 chiffres du SIRET (avis de situation Sirene), colonne au format Texte"},
    [CONSTAT_SIRET_COURT] = {"E-SIRET-COURT", "SIRET de moins de 14 chiffres",
                             "recopier les 14 chiffres du SIRET (avis de situation Sirene), colonne au format Texte"},
    [CONSTAT_SIRET_CLE] = {"E-SIRET-CLE", "clé du SIRET fausse (un chiffre est erroné)",
                           "recopier les 14 chiffres du SIRET (avis de situation Sirene), colonne au format Texte"},
    [CONSTAT_SIREN_SEUL] = {"E-SIREN-SEUL", "SIREN de 9 chiffres : il manque les 5 de l'établissement",
                            "recopier les 14 chiffres du SIRET (avis de situation Sirene), colonne au format Texte"},
    [CONSTAT_NDA_FORME] = {"E-NDA-FORME", "numéro de déclaration d'activité mal formé",
                           "écrire ses 11 chiffres (liste publique des organismes de formation)"},
    [CONSTAT_INSEE_FORME] = {"E-INSEE-FORME", "code INSEE de commune mal formé",
                             "écrire le code INSEE à 5 caractères (97105, 2A004), pas le code postal ni le nom"},
    [CONSTAT_REGION_FORME] = {"E-REGION-FORME", "code de région mal formé",
                              "écrire le code INSEE à 2 chiffres (01 Guadeloupe, 28 Normandie)"},
    [CONSTAT_CERTIFICATION_FORME] =
        {"A-CERTIFICATION-FORME", "numéro RNCP ou RS mal formé",
         "écrire RNCP ou RS puis le numéro (RNCP35551, RS5087), ou l'intitulé sans RNCP ni RS"},
    [CONSTAT_FORMACODE_FORME] = {"A-FORMACODE-FORME", "Formacode mal formé",
                                 "écrire ses 5 chiffres (31768), plusieurs séparés par « | »"},
    [CONSTAT_IDCC_FORME] = {"A-IDCC-FORME", "IDCC mal formé",
                            "écrire les 4 chiffres de la convention collective (1518), ou laisser vide"},
    /* numbers and days */
    [CONSTAT_NOMBRE_ILLISIBLE] = {"E-NOMBRE-ILLISIBLE", "nombre illisible",
                                  "écrire par exemple 1234,50 : ni lettre, ni séparateur de milliers"},
    [CONSTAT_NOMBRE_AMBIGU] = {"E-NOMBRE-AMBIGU", "point ou virgule suivi de trois chiffres : milliers ou décimales ?",
                               "écrire 1234 ou 1,23 : sans séparateur de milliers"},
    [CONSTAT_NOMBRE_SCIENTIFIQUE] = {"E-NOMBRE-SCIENTIFIQUE", "notation scientifique : des chiffres sont perdus",
                                     "écrire le nombre en entier (format Nombre ou Texte dans le tableur)"},
    [CONSTAT_NOMBRE_ENTIER] = {"E-NOMBRE-ENTIER", "nombre à virgule", "écrire un nombre entier"},
    [CONSTAT_NOMBRE_DECIMALES] = {"E-NOMBRE-DECIMALES", "trop de décimales", "arrondir : au plus {1}"},
    [CONSTAT_NOMBRE_BORNES] = {"E-NOMBRE-BORNES", "valeur hors limites", "écrire un nombre entre {1} et {2}"},
    [CONSTAT_COORDONNEE_ILLISIBLE] = {"E-COORDONNEE-ILLISIBLE", "coordonnée illisible",
                                      "écrire des degrés décimaux, par exemple 16,2412"},
    [CONSTAT_COORDONNEE_BORNES] = {"E-COORDONNEE-BORNES", "coordonnée hors limites",
                                   "écrire des degrés entre {1} et {2}"},
    [CONSTAT_DATE_ILLISIBLE] = {"E-DATE-ILLISIBLE", "date illisible ou inexistante",
                                "écrire AAAA-MM-JJ ou JJ/MM/AAAA, entre 2000-01-01 et 2099-12-31"},
    [CONSTAT_DATE_AMBIGUE] = {"E-DATE-AMBIGUE", "date ambiguë : {1} ou {2} ?",
                              "écrire l'année en quatre chiffres, AAAA-MM-JJ ou JJ/MM/AAAA"},
    [CONSTAT_DATE_AMERICAINE] = {"E-DATE-AMERICAINE", "date écrite mois/jour/année", "écrire AAAA-MM-JJ ou JJ/MM/AAAA"},
    [CONSTAT_DATE_SERIE] = {"E-DATE-SERIE", "numéro de jour du tableur au lieu d'une date",
                            "mettre la colonne au format Date (JJ/MM/AAAA) et enregistrer de nouveau"},
    /* rules of a row */
    [CONSTAT_DATES_INVERSEES] = {"E-DATES-INVERSEES", "date antérieure à {1}", "remettre les deux dates dans l'ordre"},
    [CONSTAT_EFFECTIFS_INVERSES] = {"E-EFFECTIFS-INVERSES",
                                    "effectif_max inférieur à effectif_min (vide : celui de la formation)",
                                    "corriger l'un des deux"},
    [CONSTAT_MONTANT_ACQUIS] = {"E-MONTANT-ACQUIS", "montant_acquis supérieur à montant", "corriger l'un des deux"},
    [CONSTAT_COMMUNE_OBLIGATOIRE] = {"E-COMMUNE-OBLIGATOIRE", "commune obligatoire en présentiel et en mixte",
                                     "indiquer le code INSEE du lieu de formation"},
    [CONSTAT_FRAIS_ABSENTS] = {"E-FRAIS-ABSENTS", "OPCO sans ligne dans frais.csv, et pas de ligne par défaut",
                               "ajouter à frais.csv la ligne de cet OPCO, ou une ligne à opco vide"},
    [CONSTAT_FRAIS_REJETES] = {"E-FRAIS-REJETES", "les frais de cet OPCO sont sur une ligne rejetée",
                               "corriger d'abord frais.csv"},
    [CONSTAT_SIAE_REPETEE] = {"E-SIAE-REPETEE", "plusieurs SIAE de même SIRET et de même type",
                              "garder une ligne par SIRET et type"},
    [CONSTAT_STAGIAIRE_EFFECTIF] = {"E-STAGIAIRE-EFFECTIF", "un stagiaire nommé, mais un effectif autre que 1",
                                    "une ligne par stagiaire, effectif 1, ou laisser stagiaire vide"},
    [CONSTAT_STAGIAIRE_PERSONNEL] = {"E-STAGIAIRE-PERSONNEL", "donnée personnelle à la place d'un pseudonyme",
                                     "employer un pseudonyme, par exemple P01"},
    [CONSTAT_APRES_SANS_STAGIAIRE] = {"E-APRES-SANS-STAGIAIRE", "« apres » sans stagiaire",
                                      "donner le pseudonyme du stagiaire, ou vider « apres »"},
    [CONSTAT_APRES_INCONNU] = {"E-APRES-INCONNU", "« apres » nomme un besoin inconnu",
                               "nommer des besoins de la même SIAE et du même stagiaire"},
    [CONSTAT_APRES_SOI] = {"E-APRES-SOI", "un besoin ne peut venir après lui-même",
                           "nommer des besoins de la même SIAE et du même stagiaire"},
    [CONSTAT_APRES_AUTRUI] = {"E-APRES-AUTRUI", "« apres » nomme le besoin d'un autre stagiaire",
                              "nommer des besoins de la même SIAE et du même stagiaire"},
    [CONSTAT_APRES_REJETE] = {"E-APRES-REJETE", "vient après un besoin rejeté", "corriger d'abord ce besoin"},
    [CONSTAT_APRES_BOUCLE] = {"E-APRES-BOUCLE",
                              "boucle : ce besoin finit par venir après lui-même, ou suit une telle boucle",
                              "retirer une référence de « apres »"},
    [CONSTAT_FINANCEMENT_REJETE] = {"E-FINANCEMENT-REJETE", "un de ses financements est rejeté ({1}, ligne {2})",
                                    "corriger d'abord cette ligne"},
    [CONSTAT_MONTAGE_REJETE] = {"E-MONTAGE-REJETE", "son montage est rejeté à cause d'un autre financement",
                                "corriger d'abord ce financement"},
    [CONSTAT_CAMPAGNE_UNIQUE] = {"E-CAMPAGNE-UNIQUE", "il faut exactement une campagne, sur une seule ligne juste",
                                 "corriger campagne.csv"},
    [CONSTAT_SESSION_JOUR] = {"E-SESSION-JOUR", "la session commence {1}",
                              "donner le premier jour de formation, un jour ouvré"},
    [CONSTAT_AFFECTATION_IMPOSSIBLE] = {"E-AFFECTATION-IMPOSSIBLE", "{1}",
                                        "corriger l'affectation, ou la retirer pour laisser prisme choisir"},
    [CONSTAT_AFFECTATION_EXCES] = {"E-AFFECTATION-EXCES", "plus d'apprenants fixés que le besoin n'en demande",
                                   "réduire les effectifs fixés de ce besoin"},
};

const char *constat_code(ConstatId id)
{
    g_assert((int)id >= 0 && id < CONSTAT_N);
    return constats[id].code;
}

bool constat_is_warning(ConstatId id)
{
    return *constat_code(id) == 'A';
}

const char *constat_problem(ConstatId id)
{
    g_assert((int)id >= 0 && id < CONSTAT_N);
    return constats[id].problem;
}

const char *constat_remedy(ConstatId id)
{
    g_assert((int)id >= 0 && id < CONSTAT_N);
    return constats[id].remedy;
}

char *constat_fill(const char *text, const char *first, const char *second)
{
    GString *filled = g_string_new(NULL);
    for (; *text != '\0'; text++) {
        bool one = strncmp(text, "{1}", 3) == 0, two = strncmp(text, "{2}", 3) == 0;
        if (!one && !two) {
            g_string_append_c(filled, *text);
            continue;
        }
        const char *added = one ? first : second;
        g_string_append(filled, added != NULL ? added : "");
        text += 2;
    }
    return g_string_free(filled, FALSE);
}
