/* A Model as the contract's input files: one writer of cells a table, in the order of its header. */
#include "tests/lib/model_csv.h"

#include "config/calendar.h"
#include "config/fault.h"
#include "tests/lib/region_random.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The cells of the row being written, and how lists are ordered. */
typedef struct {
    GPtrArray *cells;
    RegionRandom *random; /* NULL: everything in its own order */
} Line;

static void put(Line *line, const char *text)
{
    g_ptr_array_add(line->cells, g_strdup(text));
}

static void put_int(Line *line, int64_t value)
{
    g_ptr_array_add(line->cells, value == MODEL_NONE ? g_strdup("") : g_strdup_printf("%" G_GINT64_FORMAT, value));
}

static void put_day(Line *line, int32_t day)
{
    char text[CALENDAR_TEXT_MAX];
    put(line, day == MODEL_NONE ? "" : calendar_text(day, text));
}

/* value / 10^decimals, without useless zeros. value >= 0 or MODEL_NONE. */
static void put_decimal(Line *line, int64_t value, int decimals)
{
    int64_t unit = 1;
    for (int i = 0; i < decimals; i++)
        unit *= 10;
    if (value == MODEL_NONE) {
        put(line, "");
        return;
    }
    GString *text = g_string_new(NULL);
    g_string_printf(text, "%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT, value / unit, decimals, value % unit);
    while (text->str[text->len - 1] == '0')
        g_string_truncate(text, text->len - 1);
    if (text->str[text->len - 1] == '.')
        g_string_truncate(text, text->len - 1);
    g_ptr_array_add(line->cells, g_string_free(text, FALSE));
}

#define put_cents(line, value) put_decimal(line, value, 2)
#define put_km(line, value) put_decimal(line, value, 1)

/* The shortest text that reads back as the same double. */
static void put_degrees(Line *line, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];
    for (int digits = 4; digits <= 17; digits++) {
        g_snprintf(format, sizeof format, "%%.%dg", digits);
        g_ascii_formatd(text, sizeof text, format, value);
        if (memcmp(&(double){g_ascii_strtod(text, NULL)}, &value, sizeof value) == 0)
            break;
    }
    put(line, text);
}

static void put_bool(Line *line, bool value)
{
    put(line, value ? "oui" : "non");
}

static void put_list(Line *line, const GPtrArray *words)
{
    int32_t n = (int32_t)words->len;
    g_autofree int32_t *order = g_new(int32_t, (gsize)n + 1);
    for (int32_t i = 0; i < n; i++)
        order[i] = i;
    if (line->random != NULL)
        region_random_shuffle(line->random, order, n);
    GString *text = g_string_new(NULL);
    for (int32_t i = 0; i < n; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "|" : "", (const char *)words->pdata[order[i]]);
    g_ptr_array_add(line->cells, g_string_free(text, FALSE));
}

static void put_set(Line *line, const Vocabulary *vocabulary, uint32_t set)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (int i = 0; i < vocabulary->n; i++)
        if (set & (1U << i))
            g_ptr_array_add(words, (gpointer)(uintptr_t)vocabulary->words[i]);
    put_list(line, words);
}

/* The key of a row, or nothing. */
#define KEY(m, table, key, position) ((position) == MODEL_NONE ? "" : (m)->table[position].key)

static void put_campagne(Line *line, const Model *m, int32_t i)
{
    const ModelCampagne *c = &m->campagne + i;
    put(line, c->code);
    put(line, c->region);
    put_day(line, c->date_debut);
    put_day(line, c->date_fin);
    put_day(line, c->date_plan);
    put_int(line, c->gel_jours);
}

static void put_commune(Line *line, const Model *m, int32_t i)
{
    const ModelCommune *c = &m->communes[i];
    put(line, c->code_insee);
    put(line, c->nom);
    put_degrees(line, c->latitude);
    put_degrees(line, c->longitude);
    put(line, c->zone);
}

static void put_siae(Line *line, const Model *m, int32_t i)
{
    const ModelSiae *s = &m->siae[i];
    put(line, s->code);
    put(line, s->siret);
    put(line, s->raison_sociale);
    put(line, vocabulary_word(&vocabulary_type, (int)s->type));
    put(line, s->opco);
    put(line, KEY(m, communes, code_insee, s->commune));
    put_decimal(line, s->effectif, 2);
    put_int(line, s->absents_max);
    put_cents(line, s->reste_a_charge_max);
}

static void put_organisme(Line *line, const Model *m, int32_t i)
{
    const ModelOrganisme *o = &m->organismes[i];
    put(line, o->siret);
    put(line, o->nda);
    put(line, o->raison_sociale);
    put_bool(line, o->qualiopi);
    put_int(line, o->sessions_simultanees);
}

static void put_formation(Line *line, const Model *m, int32_t i)
{
    const ModelFormation *f = &m->formations[i];
    put(line, f->code);
    put(line, f->intitule);
    put(line, f->domaine);
    put(line, f->filiere);
    put(line, vocabulary_word(&vocabulary_nature, (int)f->nature));
    put_decimal(line, f->heures, 2);
    put_int(line, f->jours);
    put_int(line, f->jours_par_semaine);
    put_int(line, f->effectif_min);
    put_int(line, f->effectif_max);
    put(line, f->certification);
    put(line, f->formacode);
}

static void put_offre(Line *line, const Model *m, int32_t i)
{
    const ModelOffre *o = &m->offres[i];
    put(line, o->code);
    put(line, KEY(m, organismes, siret, o->organisme));
    put(line, KEY(m, formations, code, o->formation));
    put(line, KEY(m, communes, code_insee, o->commune));
    put(line, vocabulary_word(&vocabulary_modalite, (int)o->modalite));
    put_cents(line, o->cout_groupe);
    put_cents(line, o->cout_stagiaire);
    put_int(line, o->effectif_min);
    put_int(line, o->effectif_max);
    put_day(line, o->date_debut);
    put_day(line, o->date_fin);
    put_int(line, o->sessions_max);
    put(line, KEY(m, siae, code, o->siae));
    put(line, o->opco);
}

static void put_besoin(Line *line, const Model *m, int32_t i)
{
    const ModelBesoin *b = &m->besoins[i];
    g_autoptr(GPtrArray) publics = g_ptr_array_new(), apres = g_ptr_array_new();
    for (int p = 0; b->publics[p] != NULL; p++)
        g_ptr_array_add(publics, (gpointer)(uintptr_t)b->publics[p]);
    for (int32_t a = 0; a < b->n_apres; a++)
        g_ptr_array_add(apres, (gpointer)(uintptr_t)m->besoins[b->apres[a]].reference);
    put(line, b->reference);
    put(line, KEY(m, siae, code, b->siae));
    put(line, KEY(m, formations, code, b->formation));
    put_int(line, b->effectif);
    put_int(line, b->priorite);
    put(line, KEY(m, axes, code, b->axe));
    put(line, vocabulary_word(&vocabulary_statut, (int)b->statut));
    put_bool(line, b->attestation);
    put_day(line, b->date_debut);
    put_day(line, b->date_fin);
    put(line, b->commune == m->siae[b->siae].commune ? "" : KEY(m, communes, code_insee, b->commune));
    put_km(line, b->rayon_km);
    put_list(line, publics);
    put(line, b->stagiaire);
    put_list(line, apres);
}

static void put_axe(Line *line, const Model *m, int32_t i)
{
    const ModelAxe *a = &m->axes[i];
    put(line, a->code);
    put(line, a->libelle);
    put_int(line, a->min_siae);
}

static void put_montage(Line *line, const Model *m, int32_t i)
{
    const ModelMontage *g = &m->montages[i];
    g_autoptr(GPtrArray) axes = g_ptr_array_new();
    for (int32_t a = 0; a < g->n_axes; a++)
        g_ptr_array_add(axes, (gpointer)(uintptr_t)m->axes[g->axes[a]].code);
    put(line, g->code);
    put(line, g->opco);
    put_set(line, &vocabulary_type, g->types);
    put_decimal(line, g->effectif_min, 2);
    put_decimal(line, g->effectif_max, 2);
    put_set(line, &vocabulary_nature, g->natures);
    put_set(line, &vocabulary_statut, g->statuts);
    put_list(line, axes);
    put_cents(line, g->salaire_horaire);
}

static void put_frais(Line *line, const Model *m, int32_t i)
{
    const ModelFrais *f = &m->frais[i];
    put(line, f->opco);
    put_decimal(line, f->bareme_km, 4);
    put_cents(line, f->forfait_jour);
    put_cents(line, f->forfait_nuit);
    put_km(line, f->nuit_km);
}

static void put_financement(Line *line, const Model *m, int32_t i)
{
    const ModelFinancement *f = &m->financements[i];
    put(line, KEY(m, montages, code, f->montage));
    put_int(line, f->rang);
    put(line, f->dispositif);
    put_decimal(line, f->taux_pedagogie, 2);
    put_cents(line, f->plafond_horaire);
    put_decimal(line, f->taux_annexes, 2);
    put_decimal(line, f->taux_salaire, 2);
}

static void put_enveloppe(Line *line, const Model *m, int32_t i)
{
    const ModelEnveloppe *e = &m->enveloppes[i];
    put(line, e->code);
    put(line, e->opco);
    put(line, e->dispositif);
    put(line, KEY(m, axes, code, e->axe));
    put_cents(line, e->montant);
    put_cents(line, e->montant_acquis);
    put_day(line, e->debut_min);
    put_day(line, e->debut_max);
    put_day(line, e->fin_max);
}

static void put_priorite(Line *line, const Model *m, int32_t i)
{
    const ModelPriorite *p = &m->priorites[i];
    put(line, vocabulary_word(&vocabulary_critere, (int)p->critere));
    put(line, p->valeur);
    put_int(line, p->points);
}

static void put_trajet(Line *line, const Model *m, int32_t i)
{
    const ModelTrajet *t = &m->trajets[i];
    put(line, KEY(m, communes, code_insee, t->depart));
    put(line, KEY(m, communes, code_insee, t->arrivee));
    put_km(line, t->km);
    put_cents(line, t->cout);
}

static void put_fermeture(Line *line, const Model *m, int32_t i)
{
    const ModelFermeture *f = &m->fermetures[i];
    const char *sujet = f->objet == OBJET_SIAE        ? m->siae[f->sujet].code
                        : f->objet == OBJET_ORGANISME ? m->organismes[f->sujet].siret
                                                      : m->communes[f->sujet].code_insee;
    put(line, vocabulary_word(&vocabulary_objet, (int)f->objet));
    put(line, sujet);
    put_day(line, f->du);
    put_day(line, f->au);
}

static void put_session_fixee(Line *line, const Model *m, int32_t i)
{
    put(line, m->sessions_fixees[i].session);
    put(line, KEY(m, offres, code, m->sessions_fixees[i].offre));
    put_day(line, m->sessions_fixees[i].date_debut);
}

static void put_affectation_fixee(Line *line, const Model *m, int32_t i)
{
    const ModelAffectationFixee *a = &m->affectations_fixees[i];
    put(line, KEY(m, sessions_fixees, session, a->session));
    put(line, KEY(m, besoins, reference, a->besoin));
    put_int(line, a->effectif);
    put(line, KEY(m, montages, code, a->montage));
}

static const struct {
    const char *file, *header;
    void (*put_row)(Line *line, const Model *model, int32_t row);
    size_t n_offset; /* of the number of rows in a Model; 0: the campaign's one row */
} FILES[] = {
#define AT(table) G_STRUCT_OFFSET(Model, n_##table)
    {"campagne.csv", "code;region;date_debut;date_fin;date_plan;gel_jours", put_campagne, 0},
    {"communes.csv", "code_insee;nom;latitude;longitude;zone", put_commune, AT(communes)},
    {"siae.csv", "code;siret;raison_sociale;type;opco;commune;effectif;absents_max;reste_a_charge_max", put_siae,
     AT(siae)},
    {"organismes.csv", "siret;nda;raison_sociale;qualiopi;sessions_simultanees", put_organisme, AT(organismes)},
    {"formations.csv",
     "code;intitule;domaine;filiere;nature;heures;jours;jours_par_semaine;effectif_min;effectif_max;certification;"
     "formacode",
     put_formation, AT(formations)},
    {"offres.csv",
     "code;organisme;formation;commune;modalite;cout_groupe;cout_stagiaire;effectif_min;effectif_max;date_debut;"
     "date_fin;sessions_max;siae;opco",
     put_offre, AT(offres)},
    {"besoins.csv",
     "reference;siae;formation;effectif;priorite;axe;statut;attestation;date_debut;date_fin;commune;rayon_km;publics;"
     "stagiaire;apres",
     put_besoin, AT(besoins)},
    {"axes.csv", "code;libelle;min_siae", put_axe, AT(axes)},
    {"montages.csv", "code;opco;types;effectif_min;effectif_max;natures;statuts;axes;salaire_horaire", put_montage,
     AT(montages)},
    {"frais.csv", "opco;bareme_km;forfait_jour;forfait_nuit;nuit_km", put_frais, AT(frais)},
    {"financements.csv", "montage;rang;dispositif;taux_pedagogie;plafond_horaire;taux_annexes;taux_salaire",
     put_financement, AT(financements)},
    {"enveloppes.csv", "code;opco;dispositif;axe;montant;montant_acquis;debut_min;debut_max;fin_max", put_enveloppe,
     AT(enveloppes)},
    {"priorites.csv", "critere;valeur;points", put_priorite, AT(priorites)},
    {"trajets.csv", "depart;arrivee;km;cout", put_trajet, AT(trajets)},
    {"fermetures.csv", "objet;code;du;au", put_fermeture, AT(fermetures)},
    {"sessions_fixees.csv", "session;offre;date_debut", put_session_fixee, AT(sessions_fixees)},
    {"affectations_fixees.csv", "session;besoin;effectif;montage", put_affectation_fixee, AT(affectations_fixees)},
#undef AT
};

static void append_cell(GString *text, const char *cell)
{
    if (strpbrk(cell, ";\"\r\n") == NULL) {
        g_string_append(text, cell);
        return;
    }
    g_string_append_c(text, '"');
    for (const char *c = cell; *c != '\0'; c++) {
        if (*c == '"')
            g_string_append_c(text, '"');
        g_string_append_c(text, *c);
    }
    g_string_append_c(text, '"');
}

static int32_t rows_of(const Model *model, size_t file)
{
    size_t offset = FILES[file].n_offset;
    return offset == 0 ? 1 : *(const int32_t *)(const void *)((const char *)model + offset);
}

/* The text of one file. cells: all of them, row after row. */
static GString *file_text(const Model *model, size_t file, RegionRandom *random)
{
    g_auto(GStrv) names = g_strsplit(FILES[file].header, ";", -1);
    int32_t n_columns = (int32_t)g_strv_length(names), n_rows = rows_of(model, file), n_shown = 0;
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    Line line = {cells, random};
    for (int32_t i = 0; i < n_rows; i++)
        FILES[file].put_row(&line, model, i);
    g_assert_cmpint((int32_t)cells->len, ==, n_rows * n_columns);

    g_autofree int32_t *rows = g_new(int32_t, (gsize)n_rows + 1), *columns = g_new(int32_t, (gsize)n_columns + 1);
    for (int32_t i = 0; i < n_rows; i++)
        rows[i] = i;
    for (int32_t c = 0; c < n_columns; c++)
        columns[c] = c;
    if (random != NULL) {
        region_random_shuffle(random, rows, n_rows);
        region_random_shuffle(random, columns, n_columns);
        for (int32_t c = 0; c < n_columns; c++) {
            bool said = n_rows == 0;
            for (int32_t i = 0; i < n_rows && !said; i++)
                said = ((const char *)cells->pdata[i * n_columns + columns[c]])[0] != '\0';
            if (said)
                columns[n_shown++] = columns[c];
        }
    } else {
        n_shown = n_columns;
    }
    GString *text = g_string_new(NULL);
    for (int32_t i = -1; i < n_rows; i++)
        for (int32_t c = 0; c < n_shown; c++) {
            append_cell(text, i < 0 ? names[columns[c]] : cells->pdata[rows[i] * n_columns + columns[c]]);
            g_string_append_c(text, c + 1 < n_shown ? ';' : '\n');
        }
    return text;
}

static bool is_absent(const Model *model, size_t file)
{
    return strcmp(FILES[file].file, "priorites.csv") == 0 && !model->has_priorites;
}

static bool write_files(const Model *model, const char *folder, RegionRandom *random, GError **error)
{
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        g_set_error(error, FAULT, FAULT_OUTPUT, "cannot make folder \"%s\": %s", folder, g_strerror(errno));
        return false;
    }
    for (size_t f = 0; f < G_N_ELEMENTS(FILES); f++) {
        if (is_absent(model, f))
            continue;
        g_autoptr(GError) cause = NULL;
        g_autofree char *path = g_build_filename(folder, FILES[f].file, NULL);
        GString *text = file_text(model, f, random);
        bool written = g_file_set_contents(path, text->str, (gssize)text->len, &cause);
        g_string_free(text, TRUE);
        if (!written) {
            g_set_error(error, FAULT, FAULT_OUTPUT, "cannot write \"%s\": %s", path, cause->message);
            return false;
        }
    }
    return true;
}

bool model_csv_write(const Model *model, const char *folder, GError **error)
{
    return write_files(model, folder, NULL, error);
}

bool model_csv_write_permuted(const Model *model, const char *folder, uint64_t seed, GError **error)
{
    RegionRandom random = {seed};
    return write_files(model, folder, &random, error);
}

char *model_csv_text(const Model *model)
{
    GString *all = g_string_new(NULL);
    for (size_t f = 0; f < G_N_ELEMENTS(FILES); f++) {
        if (is_absent(model, f))
            continue;
        GString *text = file_text(model, f, NULL);
        g_string_append_printf(all, "%s\n%s", FILES[f].file, text->str);
        g_string_free(text, TRUE);
    }
    return g_string_free(all, FALSE);
}
