/* The contract's CSV outputs: see csv_plan.h. Rows keep the order of the plan, which is that of their keys. */
#include "export/csv_plan.h"

static const char *commune_code(const Model *model, int32_t commune)
{
    return commune == MODEL_NONE ? "" : model->communes[commune].code_insee;
}

static void sessions(CsvWrite *csv, const Figures *figures)
{
    const Model *model = figures->model;
    for (int32_t i = 0; i < figures->plan->n_sessions; i++) {
        const ModelPlanSession *row = &figures->plan->sessions[i];
        const ModelOffre *offre = &model->offres[row->offre];
        csv_write_code(csv, row->code);
        csv_write_code(csv, offre->code);
        csv_write_code(csv, model->formations[offre->formation].code);
        csv_write_code(csv, model->organismes[offre->organisme].siret);
        csv_write_code(csv, commune_code(model, offre->commune));
        csv_write_day(csv, row->debut);
        csv_write_day(csv, row->fin);
        csv_write_integer(csv, row->effectif);
        csv_write_integer(csv, row->nb_siae);
        csv_write_amount(csv, row->cout_pedagogique);
        csv_write_amount(csv, row->cout_annexe);
        csv_write_amount(csv, row->remuneration);
        csv_write_yes(csv, row->fixee != MODEL_NONE);
        csv_write_end(csv);
    }
}

static void seances(CsvWrite *csv, const Figures *figures)
{
    for (int32_t i = 0; i < figures->plan->n_sessions; i++) {
        const ModelPlanSession *row = &figures->plan->sessions[i];
        for (int32_t j = 0; j < row->n_jours; j++) {
            csv_write_code(csv, row->code);
            csv_write_day(csv, row->jours[j]);
            csv_write_end(csv);
        }
    }
}

static void affectations(CsvWrite *csv, const Figures *figures)
{
    for (int32_t i = 0; i < figures->plan->n_affectations; i++) {
        const ModelPlanAffectation *row = &figures->plan->affectations[i];
        csv_write_code(csv, figures->plan->sessions[row->session].code);
        csv_write_code(csv, figures->model->besoins[row->besoin].reference);
        csv_write_code(csv, figures->model->montages[row->montage].code);
        csv_write_integer(csv, row->effectif);
        csv_write_tenths(csv, row->km);
        csv_write_amount(csv, row->cout_pedagogique);
        csv_write_amount(csv, row->cout_annexe);
        csv_write_amount(csv, row->remuneration);
        csv_write_amount(csv, row->finance);
        csv_write_amount(csv, row->reste_a_charge);
        csv_write_end(csv);
    }
}

static void charges(CsvWrite *csv, const Figures *figures)
{
    for (int32_t i = 0; i < figures->plan->n_charges; i++) {
        const ModelPlanCharge *row = &figures->plan->charges[i];
        csv_write_code(csv, figures->plan->sessions[row->session].code);
        csv_write_code(csv, figures->model->besoins[row->besoin].reference);
        csv_write_code(csv, figures->model->enveloppes[row->enveloppe].code);
        csv_write_amount(csv, row->montant);
        csv_write_end(csv);
    }
}

static void non_couverts(CsvWrite *csv, const Figures *figures)
{
    for (int32_t i = 0; i < figures->plan->n_non_couverts; i++) {
        const ModelPlanNonCouvert *row = &figures->plan->non_couverts[i];
        csv_write_code(csv, figures->model->besoins[row->besoin].reference);
        csv_write_integer(csv, row->effectif);
        csv_write_code(csv, vocabulary_word(&vocabulary_motif, (int)row->motif));
        csv_write_text(csv, row->detail);
        csv_write_end(csv);
    }
}

static void enveloppes(CsvWrite *csv, const Figures *figures)
{
    for (int32_t i = 0; i < figures->model->n_enveloppes; i++) {
        const ModelEnveloppe *row = &figures->model->enveloppes[i];
        csv_write_code(csv, row->code);
        csv_write_amount(csv, row->montant);
        csv_write_amount(csv, figures->engage[i]);
        csv_write_amount(csv, row->montant - figures->engage[i]);
        csv_write_end(csv);
    }
}

/* The contract's keys in its order, then what tells which plan this is. */
static void bilan(CsvWrite *csv, const Figures *figures)
{
    const ModelBilan *b = &figures->plan->bilan;
    const struct {
        const char *key;
        void (*write)(CsvWrite *csv, int64_t value);
        int64_t value;
    } numbers[] = {
        {"points", csv_write_integer, b->points},
        {"points_borne", csv_write_integer, b->points_borne},
        {"cout", csv_write_amount, b->cout},
        {"reste_a_charge", csv_write_amount, b->reste_a_charge},
        {"cout_pondere", csv_write_amount, b->cout_pondere},
        {"cout_pondere_borne", csv_write_amount, b->cout_pondere_borne},
        {"remuneration", csv_write_amount, b->remuneration},
        {"effectif_demande", csv_write_integer, b->effectif_demande},
        {"effectif_servi", csv_write_integer, b->effectif_servi},
        {"sessions", csv_write_integer, b->sessions},
    };
    const struct {
        const char *key, *value;
    } codes[] = {
        {"campagne", figures->model->campagne.code},
        {"region", figures->model->campagne.region},
        {"version", PRISME_VERSION},
        {"arret", figures->plan->arret},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        csv_write_code(csv, numbers[i].key);
        numbers[i].write(csv, numbers[i].value);
        csv_write_end(csv);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        csv_write_code(csv, codes[i].key);
        csv_write_code(csv, codes[i].value);
        csv_write_end(csv);
    }
    csv_write_code(csv, "date_plan");
    csv_write_day(csv, figures->plan->date_plan);
    csv_write_end(csv);
}

const CsvPlan csv_plan_outputs[] = {
    {"sessions.csv",
     "session;offre;formation;organisme;commune;date_debut;date_fin;effectif;nb_siae;cout_pedagogique;cout_annexe;"
     "remuneration;fixee",
     sessions},
    {"seances.csv", "session;date", seances},
    {"affectations.csv",
     "session;besoin;montage;effectif;km;cout_pedagogique;cout_annexe;remuneration;finance;reste_a_charge",
     affectations},
    {"charges.csv", "session;besoin;enveloppe;montant", charges},
    {"non_couverts.csv", "besoin;effectif;motif;detail", non_couverts},
    {"enveloppes.csv", "code;montant;engage;disponible", enveloppes},
    {"bilan.csv", "cle;valeur", bilan},
    {NULL, NULL, NULL},
};

bool csv_plan_write(const CsvPlan *output, const Figures *figures, const char *path, GError **error)
{
    CsvWrite *csv = csv_write_open(path, output->columns, error);
    if (csv == NULL)
        return false;
    output->rows(csv, figures);
    return csv_write_close(csv, error);
}
