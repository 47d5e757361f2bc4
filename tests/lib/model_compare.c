/* Comparing Models: see model_compare.h. Each Model is written out as text, one line a field, and the texts compared:
 * a field forgotten here is found by the size assertions below. */
#include "tests/lib/model_compare.h"

#include <string.h>

/* When a row type grows, these stop the build: add the field to its describe_* function, then the new size here. */
#define SIZE(Row, expected) G_STATIC_ASSERT(sizeof(Row) == (expected))
SIZE(ModelCampagne, 32);
SIZE(ModelCommune, 40);
SIZE(ModelSiae, 72);
SIZE(ModelOrganisme, 32);
SIZE(ModelFormation, 72);
SIZE(ModelOffre, 72);
SIZE(ModelBesoin, 88);
SIZE(ModelAxe, 24);
SIZE(ModelMontage, 64);
SIZE(ModelFrais, 40);
SIZE(ModelFinancement, 40);
SIZE(ModelEnveloppe, 64);
SIZE(ModelPriorite, 24);
SIZE(ModelTrajet, 24);
SIZE(ModelFermeture, 16);
SIZE(ModelSessionFixee, 16);
SIZE(ModelAffectationFixee, 16);

typedef struct {
    GString *out;
    const char *table;
    int32_t row;
} Writer;

static void put(Writer *w, const char *field, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void put(Writer *w, const char *field, const char *format, ...)
{
    g_string_append_printf(w->out, "%s[%d].%s: ", w->table, w->row, field);
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(w->out, format, arguments);
    va_end(arguments);
    g_string_append_c(w->out, '\n');
}

#define TEXT(field) put(w, #field, "'%s'", r->field)
#define NUMBER(field) put(w, #field, "%" G_GINT64_FORMAT, (gint64)r->field)
#define REAL(field) put(w, #field, "%a", r->field)

static void list(Writer *w, const char *field, const int32_t *numbers, int32_t n)
{
    GString *text = g_string_new(NULL);
    for (int32_t i = 0; i < n; i++)
        g_string_append_printf(text, " %d", numbers[i]);
    put(w, field, "%d:%s", n, text->str);
    g_string_free(text, TRUE);
}

static void describe_communes(Writer *w, const ModelCommune *r)
{
    TEXT(code_insee), TEXT(nom), REAL(latitude), REAL(longitude), TEXT(zone);
}

static void describe_frais(Writer *w, const ModelFrais *r)
{
    TEXT(opco), NUMBER(bareme_km), NUMBER(forfait_jour), NUMBER(forfait_nuit), NUMBER(nuit_km);
}

static void describe_siae(Writer *w, const ModelSiae *r)
{
    TEXT(code), TEXT(siret), TEXT(raison_sociale), NUMBER(type), TEXT(opco), NUMBER(commune), NUMBER(effectif);
    NUMBER(absents_max), NUMBER(reste_a_charge_max), TEXT(idcc);
}

static void describe_organismes(Writer *w, const ModelOrganisme *r)
{
    TEXT(siret), TEXT(nda), TEXT(raison_sociale), NUMBER(qualiopi), NUMBER(sessions_simultanees);
}

static void describe_formations(Writer *w, const ModelFormation *r)
{
    TEXT(code), TEXT(intitule), TEXT(domaine), TEXT(filiere), NUMBER(nature), NUMBER(heures), NUMBER(jours);
    NUMBER(jours_par_semaine), NUMBER(effectif_min), NUMBER(effectif_max), TEXT(certification), TEXT(formacode);
}

static void describe_axes(Writer *w, const ModelAxe *r)
{
    TEXT(code), TEXT(libelle), NUMBER(min_siae);
}

static void describe_offres(Writer *w, const ModelOffre *r)
{
    TEXT(code), NUMBER(organisme), NUMBER(formation), NUMBER(commune), NUMBER(modalite), NUMBER(cout_groupe);
    NUMBER(cout_stagiaire), NUMBER(effectif_min), NUMBER(effectif_max), NUMBER(date_debut), NUMBER(date_fin);
    NUMBER(sessions_max), NUMBER(siae), TEXT(opco);
}

static void describe_besoins(Writer *w, const ModelBesoin *r)
{
    TEXT(reference), NUMBER(siae), NUMBER(formation), NUMBER(axe), NUMBER(effectif), NUMBER(priorite);
    NUMBER(statut), NUMBER(attestation), NUMBER(date_debut), NUMBER(date_fin), NUMBER(commune), NUMBER(rayon_km);
    TEXT(stagiaire), list(w, "apres", r->apres, r->n_apres);
    g_autofree char *publics = g_strjoinv("|", (char **)(uintptr_t)r->publics);
    put(w, "publics", "'%s'", publics);
}

static void describe_montages(Writer *w, const ModelMontage *r)
{
    TEXT(code), TEXT(opco), NUMBER(types), NUMBER(natures), NUMBER(statuts), NUMBER(effectif_min);
    NUMBER(effectif_max), list(w, "axes", r->axes, r->n_axes), NUMBER(salaire_horaire);
}

static void describe_financements(Writer *w, const ModelFinancement *r)
{
    NUMBER(montage), NUMBER(rang), TEXT(dispositif), NUMBER(taux_pedagogie), NUMBER(taux_annexes);
    NUMBER(taux_salaire), NUMBER(plafond_horaire);
}

static void describe_enveloppes(Writer *w, const ModelEnveloppe *r)
{
    TEXT(code), TEXT(opco), TEXT(dispositif), NUMBER(axe), NUMBER(montant), NUMBER(montant_acquis);
    NUMBER(debut_min), NUMBER(debut_max), NUMBER(fin_max);
}

static void describe_priorites(Writer *w, const ModelPriorite *r)
{
    NUMBER(critere), TEXT(valeur), NUMBER(points);
}

static void describe_trajets(Writer *w, const ModelTrajet *r)
{
    NUMBER(depart), NUMBER(arrivee), NUMBER(km), NUMBER(cout);
}

static void describe_fermetures(Writer *w, const ModelFermeture *r)
{
    NUMBER(objet), NUMBER(sujet), NUMBER(du), NUMBER(au);
}

static void describe_sessions_fixees(Writer *w, const ModelSessionFixee *r)
{
    TEXT(session), NUMBER(offre), NUMBER(date_debut);
}

static void describe_affectations_fixees(Writer *w, const ModelAffectationFixee *r)
{
    NUMBER(session), NUMBER(besoin), NUMBER(montage), NUMBER(effectif);
}

static void describe_campagne(Writer *w, const ModelCampagne *r)
{
    TEXT(code), TEXT(region), NUMBER(date_debut), NUMBER(date_fin), NUMBER(date_plan), NUMBER(gel_jours);
}

static char *describe(const Model *model)
{
    Writer writer = {.out = g_string_new(NULL), .table = "campagne"};
    describe_campagne(&writer, &model->campagne);
    put(&writer, "has_priorites", "%d", model->has_priorites);
#define DESCRIBE(name, Row, order)                                                                                     \
    writer.table = #name;                                                                                              \
    for (writer.row = 0; writer.row < model->n_##name; writer.row++)                                                   \
        describe_##name(&writer, &model->name[writer.row]);                                                            \
    put(&writer, "end", "-");
    MODEL_TABLES(DESCRIBE)
#undef DESCRIBE
    return g_string_free(writer.out, FALSE);
}

/* The line of text that holds offset. */
static char *line_at(const char *text, size_t offset)
{
    if (text[offset] == '\0' && (offset == 0 || text[offset - 1] == '\n'))
        return g_strdup("(nothing)");
    size_t start = offset;
    while (start > 0 && text[start - 1] != '\n')
        start--;
    return g_strndup(text + start, strcspn(text + start, "\n"));
}

char *model_compare(const Model *a, const Model *b)
{
    g_autofree char *text_a = describe(a), *text_b = describe(b);
    size_t i = 0;
    while (text_a[i] != '\0' && text_a[i] == text_b[i])
        i++;
    if (text_a[i] == text_b[i])
        return NULL;
    g_autofree char *line_a = line_at(text_a, i), *line_b = line_at(text_b, i);
    return g_strdup_printf("%s / %s", line_a, line_b);
}
