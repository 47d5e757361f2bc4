/* What of a plan needs a decision: see attention.h. */
#include "export/attention.h"

#include "export/french.h"

#define NEARLY_SPENT 95 /* % of an envelope */
#define HARDLY_SPENT 50
#define SOON 30 /* days */
#define NAMED 4 /* subjects named in a sentence; the others are counted */

/* Subjects of a sentence, as they are met. */
typedef struct {
    GString *names;
    int n;
} Subjects;

static void add_subject(Subjects *subjects, const char *name)
{
    if (subjects->names == NULL)
        subjects->names = g_string_new(NULL);
    if (subjects->n < NAMED)
        g_string_append_printf(subjects->names, "%s%s", subjects->n > 0 ? ", " : "", name);
    subjects->n++;
}

/* "A, B, C, D et 3 autres", and forgets the subjects. */
static char *take_subjects(Subjects *subjects)
{
    if (subjects->n > NAMED)
        g_string_append_printf(subjects->names, " et %d %s", subjects->n - NAMED,
                               subjects->n - NAMED > 1 ? "autres" : "autre");
    return g_string_free(g_steal_pointer(&subjects->names), FALSE);
}

static char *requests_to_file(const Classeur *classeur)
{
    const ModelPlan *plan = classeur->figures->plan;
    Subjects soon = {0};
    int late = 0;
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        int32_t limit = plan->sessions[i].debut - classeur->settings->depot_jours;
        late += limit < plan->date_plan;
        if (limit >= plan->date_plan && limit < plan->date_plan + SOON)
            add_subject(&soon, plan->sessions[i].code);
    }
    if (soon.n + late == 0)
        return NULL;
    g_autofree char *delayed =
        late == 0 ? g_strdup("") : g_strdup_printf(" ; pour %d, le délai de dépôt est déjà passé", late);
    g_autofree char *count = french_count(soon.n, "session", "sessions");
    g_autofree char *names = soon.n > 0 ? take_subjects(&soon) : NULL;
    return g_strdup_printf("Demandes à déposer dans les %d jours : %s%s%s%s%s.", SOON, count, names != NULL ? " (" : "",
                           names != NULL ? names : "", names != NULL ? ")" : "", delayed);
}

static char *envelopes_spent(const Classeur *classeur)
{
    const Figures *figures = classeur->figures;
    Subjects spent = {0};
    for (int32_t i = 0; i < figures->model->n_enveloppes; i++) {
        const ModelEnveloppe *row = &figures->model->enveloppes[i];
        if (row->montant > 0 && figures->engage[i] * 100 >= row->montant * NEARLY_SPENT)
            add_subject(&spent, row->code);
    }
    if (spent.n == 0)
        return NULL;
    g_autofree char *count = french_count(spent.n, "enveloppe engagée", "enveloppes engagées");
    g_autofree char *names = take_subjects(&spent);
    return g_strdup_printf("%s à %d\u00A0%% ou plus : %s.", count, NEARLY_SPENT, names);
}

static char *envelopes_left(const Classeur *classeur)
{
    const Figures *figures = classeur->figures;
    Subjects left = {0};
    int64_t amount = 0;
    for (int32_t i = 0; i < figures->model->n_enveloppes; i++) {
        const ModelEnveloppe *row = &figures->model->enveloppes[i];
        if (figures->engage[i] * 100 >= row->montant * HARDLY_SPENT || row->montant == 0)
            continue;
        amount += row->montant - figures->engage[i];
        add_subject(&left, row->code);
    }
    if (left.n == 0)
        return NULL;
    g_autofree char *count = french_count(left.n, "enveloppe", "enveloppes"), *money = french_amount(amount);
    g_autofree char *names = take_subjects(&left);
    return g_strdup_printf("%s à moins de %d\u00A0%% engagées, où %s restent à employer : %s.", count, HARDLY_SPENT,
                           money, names);
}

static char *siae_without(const Classeur *classeur)
{
    const Figures *figures = classeur->figures;
    Subjects without = {0};
    for (int32_t i = 0; i < figures->model->n_siae; i++)
        if (figures->siae[i].demande > 0 && figures->siae[i].servi.effectif == 0)
            add_subject(&without, figures->model->siae[i].raison_sociale);
    if (without.n == 0)
        return NULL;
    g_autofree char *count =
        french_count(without.n, "SIAE sans aucun stagiaire servi", "SIAE sans aucun stagiaire servi");
    g_autofree char *names = take_subjects(&without);
    return g_strdup_printf("%s : %s.", count, names);
}

static char *groups_at_minimum(const Classeur *classeur)
{
    const Figures *figures = classeur->figures;
    Subjects fragile = {0};
    for (int32_t i = 0; i < figures->plan->n_sessions; i++) {
        const ModelPlanSession *row = &figures->plan->sessions[i];
        int32_t least = figures->model->offres[row->offre].effectif_min;
        if (least > 1 && row->effectif == least)
            add_subject(&fragile, row->code);
    }
    if (fragile.n == 0)
        return NULL;
    g_autofree char *count = french_count(fragile.n, "session qu’une seule défection ferait tomber",
                                          "sessions qu’une seule défection ferait tomber");
    g_autofree char *names = take_subjects(&fragile);
    return g_strdup_printf("%s sous leur effectif minimal : %s.", count, names);
}

/* The learners left out, by motif, the largest first. */
static char *not_served(const Classeur *classeur)
{
    const int64_t *counts = classeur->figures->not_served;
    int64_t total = 0;
    bool told[MOTIF_N] = {false};
    GString *text = g_string_new(NULL);
    for (int i = 0; i < MOTIF_N; i++)
        total += counts[i];
    for (int n = 0; n < NAMED; n++) {
        int most = -1;
        for (int i = 0; i < MOTIF_N; i++)
            if (!told[i] && counts[i] > 0 && (most < 0 || counts[i] > counts[most]))
                most = i;
        if (most < 0)
            break;
        told[most] = true;
        g_autofree char *label = g_utf8_strdown(french_motif((VocabularyMotif)most)->label, -1);
        g_autofree char *count = french_integer(counts[most]);
        g_string_append_printf(text, "%s%s (%s)", n > 0 ? ", " : "", label, count);
    }
    g_autofree char *reasons = g_string_free(text, FALSE);
    g_autofree char *count =
        french_count(total, "stagiaire demandé n’est pas servi", "stagiaires demandés ne sont pas servis");
    return total == 0 ? NULL : g_strdup_printf("%s, d’abord pour : %s.", count, reasons);
}

GPtrArray *attention_points(const Classeur *classeur)
{
    static char *(*const kinds[])(const Classeur *classeur) = {requests_to_file, envelopes_spent,   not_served,
                                                               siae_without,     groups_at_minimum, envelopes_left};
    GPtrArray *points = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        char *point = kinds[i](classeur);
        if (point != NULL)
            g_ptr_array_add(points, point);
    }
    return points;
}
