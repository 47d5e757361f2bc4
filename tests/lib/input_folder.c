/* A clean folder of input files and its verdict: see input_folder.h. */
#include "tests/lib/input_folder.h"

#include "ingest/reject.h"

#include <glib/gstdio.h>
#include <string.h>

static const struct {
    const char *name, *text;
} clean[] = {
    {"campagne.csv", "code;region;date_debut;date_fin;date_plan;gel_jours\n"
                     "G27;01;2027-01-04;2027-12-31;2026-12-01;7\n"},
    {"communes.csv", "code_insee;nom;latitude;longitude;zone\n"
                     "97105;Basse-Terre;15,9985;-61,7258;GT\n"
                     "97120;Pointe-à-Pitre;16,2412;-61,5331;GT\n"
                     "97110;La Désirade;16,3167;-61,0500;DES\n"},
    {"frais.csv", "opco;bareme_km;forfait_jour;forfait_nuit;nuit_km\n"
                  ";0,3500;10;;\n"
                  "UNIF;0,4;12,50;60;80\n"},
    {"siae.csv", "code;siret;raison_sociale;type;opco;commune;effectif;absents_max;reste_a_charge_max;idcc\n"
                 "S1;90000000100017;Les Jardins;ACI;UNIF;97105;12,5;3;1000;1518\n"
                 "S2;90000000200015;Bâti Plus;EI;AKTO;97120;;;;\n"
                 "S3;90000000100017;Les Jardins intérim;ETTI;UNIF;97110;4;;;IDCC 2378\n"},
    {"organismes.csv", "siret;nda;raison_sociale;qualiopi;sessions_simultanees\n"
                       "90000000300013;01973000000;Forma;oui;2\n"
                       "90000000400011;01973000001;Apprendre;non;\n"},
    {"formations.csv", "code;intitule;domaine;filiere;nature;heures;jours;jours_par_semaine;effectif_min;effectif_max;"
                       "certification;formacode\n"
                       "F1;CACES R489;Logistique;LOG;certifiante;21;3;;2;10;RS5057;31768\n"
                       "F2;SST;Sécurité;;obligation;14;2;5;1;12;;\n"},
    {"axes.csv", "code;libelle;min_siae\n"
                 "A1;Socle;\n"
                 "A2;Mutualisation;2\n"},
    {"offres.csv", "code;organisme;formation;commune;modalite;cout_groupe;cout_stagiaire;effectif_min;effectif_max;"
                   "date_debut;date_fin;sessions_max;siae;opco\n"
                   "OF1;90000000300013;F1;97105;presentiel;1000;50;;;2027-02-01;2027-06-30;2;;\n"
                   "OF2;90000000300013;F2;;distanciel;0;80,50;1;5;2027-01-04;2027-12-31;1;;UNIF\n"
                   "OF3;90000000400011;F1;97120;mixte;900;0;2;8;2027-02-01;2027-06-30;1;S1;\n"},
    {"besoins.csv", "reference;siae;formation;effectif;priorite;axe;statut;attestation;date_debut;date_fin;commune;"
                    "rayon_km;publics;stagiaire;apres\n"
                    "B1;S1;F1;2;1;A1;parcours;oui;2027-01-04;2027-12-31;97120;20,5;RSA|QPV;;\n"
                    "B2;S1;F1;1;;A2;;;2027-01-04;2027-12-31;;;;P1;\n"
                    "B3;S1;F2;1;;A1;;oui;2027-01-04;2027-12-31;;;;P1;B2\n"
                    "B4;S3;F2;3;4;A1;permanent;oui;2027-01-04;2027-12-31;;;;;\n"
                    "B5;S2;F1;4;2;A1;;;2027-01-04;2027-12-31;;;;;\n"},
    {"montages.csv", "code;opco;types;effectif_min;effectif_max;natures;statuts;axes;salaire_horaire\n"
                     "M1;;;;;;;;\n"
                     "M2;UNIF;ACI|EI;5;50;certifiante|base;parcours;A1|A2;13,02\n"
                     "M3;UNIF;;;;;;;\n"},
    {"financements.csv", "montage;rang;dispositif;taux_pedagogie;plafond_horaire;taux_annexes;taux_salaire\n"
                         "M2;1;PIC;100 %;15;50;20\n"
                         "M2;2;PDC;50;;0;\n"
                         "M3;1;PDC;80;;0;0\n"},
    {"enveloppes.csv", "code;opco;dispositif;axe;montant;montant_acquis;debut_min;debut_max;fin_max\n"
                       "E1;UNIF;PIC;A1;10 000,00 €;8000;2027-01-01;2027-12-31;2028-06-30\n"
                       "E2;UNIF;PDC;;5000;;2027-01-01;2027-12-31;\n"},
    {"priorites.csv", "critere;valeur;points\n"
                      "priorite;1;8\npublic;RSA;2\nnature;base;1\naxe;A1;1\nfiliere;LOG;1\nformation;F1;1\nzone;GT;1\n"
                      "type;ACI;1\n"},
    {"trajets.csv", "depart;arrivee;km;cout\n"
                    "97120;97110;25,5;30\n"},
    {"fermetures.csv", "objet;code;du;au\n"
                       "siae;S1;2027-08-01;2027-08-15\n"
                       "organisme;90000000300013;2027-05-10;2027-05-14\n"
                       "commune;97105;2027-05-18;2027-05-18\n"},
    {"sessions_fixees.csv", "session;offre;date_debut\n"
                            "X1;OF1;2027-03-01\n"
                            "X2;OF2;2027-03-02\n"},
    {"affectations_fixees.csv", "session;besoin;effectif;montage\n"
                                "X1;B1;1;M2\n"
                                "X2;B4;2;M3\n"},
};

void input_folder_put(const InputFolder *folder, const char *file, const char *bytes, gssize n)
{
    g_autofree char *path = g_build_filename(folder->path, file, NULL);
    g_remove(path); /* GLib would leave the end of a longer file in place */
    g_assert_true(g_file_set_contents_full(path, bytes, n, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
}

InputFolder *input_folder_new(void)
{
    InputFolder *folder = g_new0(InputFolder, 1);
    folder->path = g_dir_make_tmp("prisme-input-XXXXXX", NULL);
    g_assert_nonnull(folder->path);
    for (size_t i = 0; i < G_N_ELEMENTS(clean); i++)
        input_folder_put(folder, clean[i].name, clean[i].text, -1);
    return folder;
}

void input_folder_free(InputFolder *folder)
{
    if (folder == NULL)
        return;
    g_autoptr(GDir) dir = g_dir_open(folder->path, 0, NULL);
    for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;)
        input_folder_remove(folder, name);
    g_rmdir(folder->path);
    g_free(folder->path);
    g_free(folder);
}

void input_folder_remove(const InputFolder *folder, const char *file)
{
    g_autofree char *path = g_build_filename(folder->path, file, NULL);
    g_assert_cmpint(g_remove(path), ==, 0);
}

char *input_folder_get(const InputFolder *folder, const char *file)
{
    g_autofree char *path = g_build_filename(folder->path, file, NULL);
    char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}

/* The cells of a file, line by line; cells hold no delimiter. */
static GPtrArray *cells_of(const InputFolder *folder, const char *file)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    g_autofree char *text = input_folder_get(folder, file);
    g_auto(GStrv) rows = g_strsplit(g_strchomp(text), "\n", -1);
    for (char **row = rows; *row != NULL; row++)
        g_ptr_array_add(lines, g_strsplit(*row, ";", -1));
    return lines;
}

static int column_of(const GPtrArray *lines, const char *column)
{
    char **header = lines->pdata[0];
    for (int c = 0; header[c] != NULL; c++)
        if (strcmp(header[c], column) == 0)
            return c;
    g_error("no column %s", column);
}

/* Writes lines back without column `without` (-1: whole). */
static void put_cells(const InputFolder *folder, const char *file, const GPtrArray *lines, int without)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < lines->len; i++) {
        char **cells = lines->pdata[i];
        bool first = true;
        for (int c = 0; cells[c] != NULL; c++)
            if (c != without) {
                g_string_append_printf(text, "%s%s", first ? "" : ";", cells[c]);
                first = false;
            }
        g_string_append_c(text, '\n');
    }
    input_folder_put(folder, file, text->str, -1);
}

void input_folder_set(const InputFolder *folder, const char *file, int line, const char *column, const char *value)
{
    g_autoptr(GPtrArray) lines = cells_of(folder, file);
    char **cells = lines->pdata[line - 1];
    int c = column_of(lines, column);
    g_free(cells[c]);
    cells[c] = g_strdup(value);
    put_cells(folder, file, lines, -1);
}

void input_folder_drop_column(const InputFolder *folder, const char *file, const char *column)
{
    g_autoptr(GPtrArray) lines = cells_of(folder, file);
    put_cells(folder, file, lines, column_of(lines, column));
}

void input_folder_add(const InputFolder *folder, const char *file, const char *line)
{
    g_autofree char *text = input_folder_get(folder, file), *longer = g_strconcat(text, line, "\n", NULL);
    input_folder_put(folder, file, longer, -1);
}

char *input_folder_verdict(const InputFolder *folder, int32_t seuil_rejets, Model **model)
{
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(Model) read = ingest_read(folder->path, seuil_rejets, &report, &error);
    GString *text = g_string_new(NULL);
    int n;
    const RejectLine *lines = reject_lines(report, &n);
    for (int i = 0; i < n; i++) {
        const RejectPlace *place = &lines[i].place;
        g_autofree char *problem = reject_problem(&lines[i]), *remedy = reject_remedy(&lines[i]);
        g_assert_true(*problem != '\0' && *remedy != '\0');
        g_string_append_printf(text, "%s%s:%d:%s%c", i > 0 ? " " : "", reject_file_at(report, place->file)->name,
                               (int)place->line, place->column, constat_is_warning(lines[i].constat) ? '?' : '!');
    }
    if (read == NULL)
        g_string_append_printf(text, " -> %d", error->code);
    g_assert_true((read == NULL) == (error != NULL));
    if (model != NULL)
        *model = g_steal_pointer(&read);
    return g_string_free(text, FALSE);
}
