/* The sample region: read without a reject, as large and as rich as LISEZMOI.md says. */
#include "config/calendar.h"
#include "ingest/ingest.h"
#include "plan/check.h"
#include "tests/lib/first_come.h"
#include "tests/lib/region.h"

#include <string.h>

#define FOLDER "config/sample"

static Model *sample;

static void test_reads_clean(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(Model) model = ingest_read(FOLDER, 0, &report, &error);
    g_assert_no_error(error);
    g_assert_cmpint(ingest_report_count(report), ==, 0);
    g_autoptr(GPtrArray) faults = region_validate(model);
    for (guint i = 0; i < faults->len; i++)
        g_test_message("%s", (const char *)faults->pdata[i]);
    g_assert_cmpuint(faults->len, ==, 0);
}

static int siae_of_type(VocabularyType type)
{
    int n = 0;
    for (int32_t i = 0; i < sample->n_siae; i++)
        n += sample->siae[i].type == type;
    return n;
}

static void test_counts(void)
{
    int64_t learners = 0;
    for (int32_t i = 0; i < sample->n_besoins; i++)
        learners += sample->besoins[i].effectif;
    g_assert_cmpstr(sample->campagne.code, ==, "GUA-2027");
    g_assert_cmpint(sample->campagne.date_plan, ==, calendar_day(2027, 1, 4));
    g_assert_cmpint(sample->n_communes, ==, 32);
    g_assert_cmpint(sample->n_siae, ==, 38);
    g_assert_cmpint(siae_of_type(TYPE_ACI), ==, 26);
    g_assert_cmpint(siae_of_type(TYPE_ETTI), ==, 10);
    g_assert_cmpint(siae_of_type(TYPE_AI), ==, 1);
    g_assert_cmpint(siae_of_type(TYPE_EI), ==, 1);
    g_assert_cmpint(sample->n_formations, ==, 40);
    g_assert_cmpint(sample->n_axes, ==, 3);
    g_assert_cmpint(sample->n_organismes, ==, 13);
    g_assert_cmpint(sample->n_offres, >=, 80);
    g_assert_cmpint(sample->n_offres, <=, 120);
    g_assert_cmpint(sample->n_besoins, >=, 240);
    g_assert_cmpint(sample->n_besoins, <=, 270);
    g_assert_cmpint(learners, >=, 670);
    g_assert_cmpint(learners, <=, 730);
    g_assert_cmpint(sample->n_sessions_fixees, ==, 4);
}

static void test_zones(void)
{
    static const struct {
        const char *zone;
        int communes;
    } ZONES[] = {{"Guadeloupe continentale", 26}, {"La Désirade", 1}, {"Les Saintes", 2}, {"Marie-Galante", 3}};
    for (gsize z = 0; z < G_N_ELEMENTS(ZONES); z++) {
        int n = 0;
        for (int32_t i = 0; i < sample->n_communes; i++)
            n += strcmp(sample->communes[i].zone, ZONES[z].zone) == 0;
        g_assert_cmpint(n, ==, ZONES[z].communes);
    }
}

/* Eleven OPCO, each with frais of its own, a SIAE, and money for one montage its SIAE may use. */
static void test_opco(void)
{
    int n = 0;
    for (int32_t f = 0; f < sample->n_frais; f++) {
        const char *opco = sample->frais[f].opco;
        if (opco[0] == '\0')
            continue;
        int siae = 0, enveloppes = 0;
        for (int32_t i = 0; i < sample->n_siae; i++)
            siae += strcmp(sample->siae[i].opco, opco) == 0;
        for (int32_t e = 0; e < sample->n_enveloppes; e++)
            for (int32_t g = 0; g < sample->n_financements; g++) {
                const ModelMontage *montage = &sample->montages[sample->financements[g].montage];
                enveloppes += strcmp(sample->enveloppes[e].opco, opco) == 0 &&
                              strcmp(sample->enveloppes[e].dispositif, sample->financements[g].dispositif) == 0 &&
                              (montage->opco[0] == '\0' || strcmp(montage->opco, opco) == 0);
            }
        g_test_message("%s: %d SIAE", opco, siae);
        g_assert_cmpint(siae, >, 0);
        g_assert_cmpint(enveloppes, >, 0);
        n++;
    }
    g_assert_cmpint(n, ==, 11);
}

/* Nearly every need is too small for a group of its own: the sample is about sharing. */
static void test_needs_want_company(void)
{
    int small = 0, chains = 0;
    for (int32_t i = 0; i < sample->n_besoins; i++) {
        const ModelBesoin *b = &sample->besoins[i];
        small += b->effectif < sample->formations[b->formation].effectif_min;
        chains += b->n_apres > 0;
    }
    g_assert_cmpint(small * 100, >, sample->n_besoins * 65);
    g_assert_cmpint(chains, >=, 10);
}

static bool offered(int32_t formation)
{
    for (int32_t i = 0; i < sample->n_offres; i++)
        if (sample->offres[i].formation == formation)
            return true;
    return false;
}

/* What the page tells of its corners: courses nobody offers, courses nobody asks for, an organisme without Qualiopi,
 * two SIAE of one SIRET, a need of a permanent, envelopes not yet certain. */
static void test_corners(void)
{
    int without_offer = 0, without_need = 0, without_qualiopi = 0, shared = 0, permanents = 0, uncertain = 0;
    for (int32_t f = 0; f < sample->n_formations; f++) {
        bool asked = false;
        for (int32_t i = 0; i < sample->n_besoins; i++)
            asked |= sample->besoins[i].formation == f;
        without_need += !asked;
        without_offer += !offered(f);
    }
    for (int32_t i = 0; i < sample->n_organismes; i++)
        without_qualiopi += !sample->organismes[i].qualiopi;
    for (int32_t i = 0; i < sample->n_siae; i++)
        for (int32_t j = 0; j < i; j++)
            shared += strcmp(sample->siae[i].siret, sample->siae[j].siret) == 0;
    for (int32_t i = 0; i < sample->n_besoins; i++)
        permanents += sample->besoins[i].statut == STATUT_PERMANENT;
    for (int32_t i = 0; i < sample->n_enveloppes; i++)
        uncertain += sample->enveloppes[i].montant_acquis < sample->enveloppes[i].montant;
    g_assert_cmpint(without_offer, ==, 3);
    g_assert_cmpint(without_need, ==, 0);
    g_assert_cmpint(without_qualiopi, ==, 1);
    g_assert_cmpint(shared, ==, 1);
    g_assert_cmpint(permanents, >, 0);
    g_assert_cmpint(uncertain, >, 0);
}

static void test_fixed_stand(void)
{
    g_autoptr(ModelPlan) plan = first_come_plan(sample);
    g_assert_nonnull(plan);
    g_autoptr(GPtrArray) violations = check_plan(sample, plan);
    for (guint i = 0; i < violations->len; i++)
        g_test_message("%s", (const char *)violations->pdata[i]);
    g_assert_cmpuint(violations->len, ==, 0);
    g_test_message("first come: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " learners in %" G_GINT64_FORMAT " sessions",
                   plan->bilan.effectif_servi, plan->bilan.effectif_demande, plan->bilan.sessions);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(GError) error = NULL;
    sample = ingest_read(FOLDER, 100, &report, &error);
    g_assert_no_error(error);
    g_test_add_func("/sample/it is read without a reject or a warning", test_reads_clean);
    g_test_add_func("/sample/it has the announced sizes", test_counts);
    g_test_add_func("/sample/it has the mainland and three archipelagos", test_zones);
    g_test_add_func("/sample/each of the eleven OPCO has SIAE, frais and money", test_opco);
    g_test_add_func("/sample/needs want company", test_needs_want_company);
    g_test_add_func("/sample/it has the corners its page tells of", test_corners);
    g_test_add_func("/sample/its fixed sessions can stand", test_fixed_stand);
    int status = g_test_run();
    model_free(sample);
    return status;
}
