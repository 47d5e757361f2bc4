/* Header cells → columns, and the columns no file may have: see header.h. */
#include "ingest/header.h"

#include <string.h>

/* Folded names that are personal data wherever they stand in a name ("num_secu_salarie"). */
static const char *const personal_parts[] = {"prenom",   "naissance", "securitesociale", "numsecu",   "nosecu",
                                             "nomusuel", "nomusage",  "nompatronymique", "nomcomplet"};
/* Folded names that are, alone or beside a word for a learner ("nom_stagiaire", not "nom_commune"). */
static const char *const personal_names[] = {"nom", "noms",     "nir",  "nin",         "ssn",
                                             "ddn", "civilite", "sexe", "nationalite", "patronyme"};
/* How to reach somebody: of no consequence for a structure, personal for anybody else. */
static const char *const contacts[] = {"email", "emails", "mail",     "mails",   "courriel",     "telephone",  "tel",
                                       "gsm",   "mobile", "portable", "adresse", "adresseemail", "adressemail"};
static const char *const learner_words[] = {"salarie",  "stagiaire", "apprenant", "participant", "beneficiaire",
                                            "personne", "candidat",  "demandeur", "employe",     "agent"};

static bool is_among(const char *folded, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(folded, names[i]) == 0)
            return true;
    return false;
}
#define IS_AMONG(folded, names) is_among(folded, names, G_N_ELEMENTS(names))

/* A structure's or a place's contacts are no personal data; in a file about learners they are. */
static bool contacts_are_of_structures(const TablesFile *table, bool address)
{
    if (table == tables_file(TABLES_SIAE) || table == tables_file(TABLES_ORGANISMES))
        return true;
    return address && table != tables_file(TABLES_BESOINS) && table != tables_file(TABLES_AFFECTATIONS_FIXEES);
}

bool header_is_personal(const TablesFile *table, const char *name)
{
    g_autofree char *folded = field_fold(name);
    for (int i = 0; i < table->n_columns; i++) {
        g_autofree char *known = field_fold(table->columns[i].name);
        if (strcmp(known, folded) == 0)
            return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(personal_parts); i++)
        if (strstr(folded, personal_parts[i]) != NULL)
            return true;
    g_autoptr(GString) spaced = g_string_new(name);
    g_string_replace(spaced, "’", " ", 0);
    g_auto(GStrv) words = g_strsplit_set(spaced->str, "-_.'/() \t\r\n", -1);
    bool learner = false, named = false, contact = IS_AMONG(folded, contacts);
    for (char **word = words; *word != NULL; word++) {
        g_autofree char *one = field_fold(*word);
        learner = learner || IS_AMONG(one, learner_words) ||
                  (g_str_has_suffix(one, "s") && (one[strlen(one) - 1] = '\0', IS_AMONG(one, learner_words)));
        named = named || IS_AMONG(one, personal_names);
        contact = contact || IS_AMONG(one, contacts);
    }
    if (IS_AMONG(folded, personal_names) || (named && learner))
        return true;
    return contact && (learner || !contacts_are_of_structures(table, strcmp(folded, "adresse") == 0));
}

static void refuse_personal(const TablesFile *table, char *const *cells, int n, int64_t line, IngestReport *report,
                            int32_t file)
{
    for (int i = 0; i < n; i++)
        if (header_is_personal(table, cells[i]))
            reject_refuse(report, file, line, cells[i],
                          "donnée personnelle : rien de nominatif sur les salariés n'a sa place ici (RGPD)",
                          "supprimer cette colonne, employer un pseudonyme dans « stagiaire », renvoyer le fichier");
}

bool header_match(const TablesFile *table, char *const *cells, int n, int64_t line, IngestReport *report, int32_t file,
                  int *columns)
{
    g_autofree bool *seen = g_new0(bool, (gsize)table->n_columns);
    refuse_personal(table, cells, n, line, report, file);
    for (int i = 0; i < n; i++) {
        g_autofree char *folded = field_fold(cells[i]);
        columns[i] = -1;
        for (int c = 0; c < table->n_columns && columns[i] < 0; c++) {
            g_autofree char *known = field_fold(table->columns[c].name);
            if (strcmp(known, folded) == 0)
                columns[i] = c;
        }
        if (columns[i] >= 0 && seen[columns[i]])
            reject_refuse(report, file, line, cells[i], "colonne présente deux fois", "n'en garder qu'une");
        else if (columns[i] >= 0)
            seen[columns[i]] = true;
        else if (*folded != '\0' && !header_is_personal(table, cells[i]))
            reject_add(report, file, line, REJECT_WARNING, cells[i], "", "colonne inconnue : elle n'est pas lue",
                       "vérifier son nom, ou l'ignorer");
    }
    for (int c = 0; c < table->n_columns; c++)
        if (!seen[c] && !table->columns[c].optional)
            reject_refuse(report, file, line, table->columns[c].name, "colonne obligatoire absente",
                          "ajouter cette colonne (voir le modèle de fichier)");
    return !reject_file_at(report, file)->refused;
}
