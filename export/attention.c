/* What of a plan needs a decision: see attention.h. */
#include "export/attention.h"

#include "export/french.h"

#define NEARLY_SPENT 95 /* % of an envelope */
#define SOON 30         /* days */
#define NAMED 4         /* subjects named in a sentence; the others are counted */

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
        late == 0 ? g_strdup("") : g_strdup_printf("\u00A0; pour %d, le délai de dépôt est déjà passé", late);
    g_autofree char *count = french_count(soon.n, "session", "sessions");
    g_autofree char *names = soon.n > 0 ? take_subjects(&soon) : NULL;
    return g_strdup_printf("Demandes à déposer dans les %d jours\u00A0: %s%s%s%s%s.", SOON, count,
                           names != NULL ? " (" : "", names != NULL ? names : "", names != NULL ? ")" : "", delayed);
}

static bool is_nearly_spent(const Figures *figures, int32_t enveloppe)
{
    int64_t amount = figures->model->enveloppes[enveloppe].montant;
    return amount > 0 && figures->engage[enveloppe] * 100 >= amount * NEARLY_SPENT;
}

static char *envelopes_spent(const Classeur *classeur)
{
    const Figures *figures = classeur->figures;
    Subjects spent = {0};
    for (int32_t i = 0; i < figures->model->n_enveloppes; i++) {
        const ModelEnveloppe *row = &figures->model->enveloppes[i];
        if (!is_nearly_spent(figures, i))
            continue;
        g_autofree char *left = french_amount(row->montant - figures->engage[i]);
        g_autofree char *name = g_strdup_printf("%s (reste %s)", row->code, left);
        add_subject(&spent, name);
    }
    if (spent.n == 0)
        return NULL;
    g_autofree char *count =
        french_count(spent.n, "enveloppe presque épuisée, engagée", "enveloppes presque épuisées, engagées");
    g_autofree char *names = take_subjects(&spent);
    return g_strdup_printf("%s à %d\u00A0%% ou plus\u00A0: %s.", count, NEARLY_SPENT, names);
}

static gint by_left(gconstpointer a, gconstpointer b, gpointer data)
{
    const Figures *figures = data;
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    int64_t left_x = figures->model->enveloppes[x].montant - figures->engage[x];
    int64_t left_y = figures->model->enveloppes[y].montant - figures->engage[y];
    return left_x != left_y ? (left_x > left_y ? -1 : 1) : x - y;
}

/* Money no session of the plan draws: lost once the envelope takes no more starts. The largest first. */
static char *envelopes_left(const Classeur *classeur)
{
    const Figures *figures = classeur->figures;
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(int32_t));
    Subjects left = {0};
    int64_t amount = 0;
    for (int32_t i = 0; i < figures->model->n_enveloppes; i++)
        if (figures->model->enveloppes[i].montant > 0 && !is_nearly_spent(figures, i))
            g_array_append_val(rows, i);
    if (rows->len == 0)
        return NULL;
    g_array_sort_with_data(rows, by_left, (gpointer)(uintptr_t)figures);
    for (guint r = 0; r < rows->len; r++) {
        int32_t i = g_array_index(rows, int32_t, r);
        const ModelEnveloppe *row = &figures->model->enveloppes[i];
        g_autofree char *money = french_amount(row->montant - figures->engage[i]);
        g_autofree char *day = french_day_short(row->debut_max);
        g_autofree char *name = g_strdup_printf("%s (%s avant le %s)", row->code, money, day);
        amount += row->montant - figures->engage[i];
        add_subject(&left, name);
    }
    g_autofree char *money = french_amount(amount), *names = take_subjects(&left);
    g_autofree char *count = french_count((int64_t)rows->len, "enveloppe expirerait", "enveloppes expireraient");
    return g_strdup_printf("%s avec %s non engagés\u00A0: %s.", count, money, names);
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
    return g_strdup_printf("%s\u00A0: %s.", count, names);
}

/* Learners whom only the size of a group keeps out, most of them that one session of the offer could gather. */
static int64_t most_gathered(const Classeur *classeur, const int64_t *waiting, int32_t offre)
{
    const Model *model = classeur->figures->model;
    const ModelOffre *o = &model->offres[offre];
    const ModelFormation *formation = &model->formations[o->formation];
    int32_t whole = (formation->jours - 1) / formation->jours_par_semaine,
            rest = (formation->jours - 1) % formation->jours_par_semaine;
    int32_t earliest = MAX(
        o->date_debut, MAX(model->campagne.date_debut, classeur->figures->plan->date_plan + model->campagne.gel_jours));
    int64_t most = 0;
    for (int32_t a = 0; a < model->n_besoins; a++) {
        /* the most gather on the earliest day of one of them */
        int32_t start = MAX(earliest, model->besoins[a].date_debut), end = start + 7 * whole + rest;
        int64_t gathered = 0;
        if (waiting[a] == 0 || model->besoins[a].formation != o->formation || start > o->date_fin ||
            start > model->campagne.date_fin)
            continue;
        for (int32_t b = 0; b < model->n_besoins; b++)
            if (waiting[b] > 0 && model->besoins[b].date_debut <= start && model->besoins[b].date_fin >= end &&
                figures_open(model, &model->besoins[b], o))
                gathered += waiting[b];
        most = MAX(most, gathered);
    }
    return most;
}

/* Courses that would open with one learner more, each once. */
static void groups_one_short(const Classeur *classeur, Subjects *subjects)
{
    const Model *model = classeur->figures->model;
    const ModelPlan *plan = classeur->figures->plan;
    g_autofree int64_t *waiting = g_new0(int64_t, model->n_besoins + 1);
    g_autofree bool *wanted = g_new0(bool, model->n_formations + 1);
    for (int32_t i = 0; i < plan->n_non_couverts; i++)
        if (plan->non_couverts[i].motif == MOTIF_GROUPE_INSUFFISANT) {
            waiting[plan->non_couverts[i].besoin] += plan->non_couverts[i].effectif;
            wanted[model->besoins[plan->non_couverts[i].besoin].formation] = true;
        }
    for (int32_t o = 0; o < model->n_offres; o++) {
        const ModelOffre *offre = &model->offres[o];
        if (wanted[offre->formation] && offre->sessions_max > 0 &&
            most_gathered(classeur, waiting, o) == offre->effectif_min - 1) {
            wanted[offre->formation] = false;
            add_subject(subjects, model->formations[offre->formation].intitule);
        }
    }
}

/* Groups that one learner makes or breaks. */
static char *groups_at_one(const Classeur *classeur)
{
    const Figures *figures = classeur->figures;
    Subjects lacking = {0}, fragile = {0};
    groups_one_short(classeur, &lacking);
    for (int32_t i = 0; i < figures->plan->n_sessions; i++) {
        const ModelPlanSession *row = &figures->plan->sessions[i];
        int32_t least = figures->model->offres[row->offre].effectif_min;
        if (least > 1 && row->effectif == least)
            add_subject(&fragile, row->code);
    }
    if (lacking.n + fragile.n == 0)
        return NULL;
    GString *text = g_string_new("À un stagiaire près\u00A0: ");
    if (lacking.n > 0) {
        g_autofree char *count = french_count(lacking.n, "groupe s’ouvrirait", "groupes s’ouvriraient");
        g_autofree char *names = take_subjects(&lacking);
        g_string_append_printf(text, "%s avec un stagiaire de plus (%s)%s", count, names,
                               fragile.n > 0 ? "\u00A0; " : "");
    }
    if (fragile.n > 0) {
        g_autofree char *count = french_count(fragile.n, "session tomberait sous son effectif minimal",
                                              "sessions tomberaient sous leur effectif minimal");
        g_autofree char *names = take_subjects(&fragile);
        g_string_append_printf(text, "%s à la première défection (%s)", count, names);
    }
    g_string_append_c(text, '.');
    return g_string_free(text, FALSE);
}

/* The learners left out, by motif, the largest first. */
char *attention_not_served(const Classeur *classeur)
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
    return total == 0 ? NULL : g_strdup_printf("%s, d’abord pour\u00A0: %s.", count, reasons);
}

GPtrArray *attention_points(const Classeur *classeur)
{
    static char *(*const kinds[])(const Classeur *classeur) = {requests_to_file, envelopes_spent, envelopes_left,
                                                               groups_at_one, siae_without};
    GPtrArray *points = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        char *point = kinds[i](classeur);
        if (point != NULL)
            g_ptr_array_add(points, point);
    }
    return points;
}
