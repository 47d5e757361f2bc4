/* A draft carried over to a problem with more offres: see explain_offre.h. */
#include "plan/explain_offre.h"

#include <string.h>

#define MANY 100000 /* sessions: no limit */

struct ExplainOffre {
    Model model; /* borrows all but its organismes and offres */
    ModelOrganisme *organismes;
    ModelOffre *offres;
    Problem *problem;
    Draft *draft;
    ExplainProver *prover; /* NULL when the draft could not be carried over */
};

static bool is_open(const Model *m, const ModelOffre *o, int32_t besoin)
{
    const ModelBesoin *b = &m->besoins[besoin];
    return o->formation == b->formation && (o->siae == MODEL_NONE || o->siae == b->siae) &&
           (o->opco[0] == '\0' || strcmp(o->opco, m->siae[b->siae].opco) == 0);
}

bool explain_offre_open(const Model *model, int32_t besoin)
{
    for (int32_t o = 0; o < model->n_offres; o++)
        if (is_open(model, &model->offres[o], besoin))
            return true;
    return false;
}

/* The learners an axe may want together: a larger group serves nobody more where sessions cost nothing. */
static int32_t most_wanted(const Model *m)
{
    int32_t most = 1;
    for (int32_t a = 0; a < m->n_axes; a++)
        most = MAX(most, m->axes[a].min_siae);
    return most;
}

static void add_offre(Model *m, ModelOffre *offres, int32_t formation)
{
    offres[m->n_offres++] = (ModelOffre){.code = "",
                                         .organisme = m->n_organismes - 1,
                                         .formation = formation,
                                         .commune = MODEL_NONE,
                                         .modalite = MODALITE_DISTANCIEL,
                                         .effectif_min = 1,
                                         .effectif_max = most_wanted(m),
                                         .date_debut = m->campagne.date_debut,
                                         .date_fin = m->campagne.date_fin,
                                         .sessions_max = MANY,
                                         .siae = MODEL_NONE,
                                         .opco = ""};
}

static void add_offres(ExplainOffre *offre, const Draft *draft)
{
    const Model *m = draft->problem->model;
    g_autofree bool *wanted = g_new0(bool, m->n_formations + 1);
    for (int32_t b = 0; b < m->n_besoins; b++)
        if (draft->left[b] > 0 && !explain_offre_open(m, b))
            wanted[m->besoins[b].formation] = true;
    offre->organismes = g_new0(ModelOrganisme, m->n_organismes + 1);
    offre->offres = g_new0(ModelOffre, m->n_offres + m->n_formations + 1);
    if (m->n_organismes > 0)
        memcpy(offre->organismes, m->organismes, sizeof *m->organismes * (size_t)m->n_organismes);
    if (m->n_offres > 0)
        memcpy(offre->offres, m->offres, sizeof *m->offres * (size_t)m->n_offres);
    offre->organismes[m->n_organismes] = (ModelOrganisme){"", "", "", true, MODEL_NONE};
    offre->model = *m;
    offre->model.n_organismes++;
    offre->model.organismes = offre->organismes;
    offre->model.offres = offre->offres;
    for (int32_t f = 0; f < m->n_formations; f++)
        if (wanted[f])
            add_offre(&offre->model, offre->offres, f);
}

static int compare_starts(const void *a, const void *b, void *user)
{
    const Draft *draft = user;
    const DraftSession *x = draft_session(draft, *(const int32_t *)a), *y = draft_session(draft, *(const int32_t *)b);
    int32_t first = draft->problem->slots[x->slot].starts[x->start].debut,
            second = draft->problem->slots[y->slot].starts[y->start].debut;
    return (first > second) - (first < second);
}

/* Inserts the draft's sessions, the earliest first: `apres` wants it so. */
static bool carry_over(const Draft *from, Draft *to)
{
    int32_t added = to->problem->model->n_offres - from->problem->model->n_offres;
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t place = 0; place < (int32_t)from->sessions->len; place++)
        if (draft_session(from, place)->slot != MODEL_NONE)
            g_array_append_val(places, place);
    g_array_sort_with_data(places, compare_starts, (gpointer)(uintptr_t)from);
    for (guint i = 0; i < places->len; i++) {
        const DraftSession *s = draft_session(from, g_array_index(places, int32_t, i));
        int32_t slot = s->slot + (s->slot >= from->problem->model->n_offres ? added : 0);
        if (draft_insert(to, slot, s->start, s->seats, s->n_seats) == MODEL_NONE)
            return false;
    }
    return true;
}

ExplainOffre *explain_offre_new(const Draft *draft)
{
    ExplainOffre *offre = g_new0(ExplainOffre, 1);
    add_offres(offre, draft);
    offre->problem = problem_new(&offre->model, draft->problem->date_plan, NULL);
    if (offre->problem == NULL)
        return offre;
    offre->draft = draft_new(offre->problem);
    if (carry_over(draft, offre->draft))
        offre->prover = explain_prover_new(offre->draft);
    return offre;
}

void explain_offre_free(ExplainOffre *offre)
{
    if (offre == NULL)
        return;
    if (offre->prover != NULL)
        explain_prover_free(offre->prover);
    draft_free(offre->draft);
    problem_free(offre->problem);
    g_free(offre->organismes);
    g_free(offre->offres);
    g_free(offre);
}

bool explain_offre_serves(ExplainOffre *offre, int32_t besoin)
{
    ExplainSession session;
    if (offre->prover == NULL || !explain_prove(offre->prover, besoin, 0, EXPLAIN_STRICT, &session))
        return false;
    explain_session_clear(&session);
    return true;
}
