/* The checker, part 3: contract, Place and Group, rules 1, 2, 4 and 5 — who may sit in which session. */
#include "plan/check_state.h"

#include <math.h>
#include <string.h>

/* The row of trajets.csv from one commune to the other, or NULL. */
static const ModelTrajet *listed(const Model *model, int32_t depart, int32_t arrivee)
{
    int32_t low = 0, high = model->n_trajets;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const ModelTrajet *at = &model->trajets[middle];
        if (at->depart == depart && at->arrivee == arrivee)
            return at;
        if (at->depart < depart || (at->depart == depart && at->arrivee < arrivee))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Tenths of km between two communes: great circle x 1.3, rounded. */
static int32_t great_circle(const ModelCommune *a, const ModelCommune *b)
{
    const double radian = G_PI / 180.0;
    double north = sin((b->latitude - a->latitude) * radian / 2),
           east = sin((b->longitude - a->longitude) * radian / 2);
    double h = north * north + cos(a->latitude * radian) * cos(b->latitude * radian) * east * east;
    return (int32_t)floor(2 * 6371.0 * asin(sqrt(fmin(1.0, h))) * 1.3 * 10 + 0.5);
}

/* Fills km and ticket of a row; km stays MODEL_NONE where the session is out of reach. */
static void measure(const Model *model, const ModelOffre *offre, CheckRow *row)
{
    int32_t from = model->besoins[row->besoin].commune, to = offre->commune;
    row->billet = 0;
    if (offre->modalite == MODALITE_DISTANCIEL || offre->modalite == MODALITE_AFEST) {
        row->km = 0;
        return;
    }
    row->km = MODEL_NONE;
    if (from == MODEL_NONE || to == MODEL_NONE)
        return;
    const ModelTrajet *trajet = listed(model, from, to);
    if (trajet == NULL)
        trajet = listed(model, to, from);
    if (trajet != NULL) {
        row->km = trajet->km;
        row->billet = trajet->cout;
    } else if (from == to) {
        row->km = 0;
    } else if (strcmp(model->communes[from].zone, model->communes[to].zone) == 0) {
        row->km = great_circle(&model->communes[from], &model->communes[to]);
    }
}

static void verify_place(CheckState *state, CheckRow *row)
{
    const Model *model = state->model;
    const ModelOffre *offre = state->sessions[row->session].offre;
    const ModelBesoin *besoin = &model->besoins[row->besoin];
    int32_t stated = state->plan->affectations[row->position].km;
    measure(model, offre, row);
    if (row->km == MODEL_NONE) {
        check_state_fault(state, CHECK_PLACE, row->session, row->besoin,
                          "la commune %s ne peut être atteinte depuis %s",
                          offre->commune == MODEL_NONE ? "(aucune)" : model->communes[offre->commune].code_insee,
                          besoin->commune == MODEL_NONE ? "(aucune)" : model->communes[besoin->commune].code_insee);
        return;
    }
    if (stated != row->km)
        check_state_fault(state, CHECK_PLACE, row->session, row->besoin, "%d dixièmes de km attendus, %d trouvés",
                          row->km, stated);
    if (besoin->rayon_km != MODEL_NONE && row->km > besoin->rayon_km)
        check_state_fault(state, CHECK_PLACE, row->session, row->besoin,
                          "%d dixièmes de km, au-delà du rayon de %d dixièmes", row->km, besoin->rayon_km);
}

static void verify_offer(CheckState *state, const CheckRow *row)
{
    const Model *model = state->model;
    const CheckSession *session = &state->sessions[row->session];
    const ModelBesoin *besoin = &model->besoins[row->besoin];
    const ModelSiae *siae = &model->siae[besoin->siae];
    const ModelOffre *offre = session->offre;
    if (besoin->formation != offre->formation)
        check_state_fault(state, CHECK_NEED, row->session, row->besoin, "formation %s demandée, %s dispensée",
                          model->formations[besoin->formation].code, session->formation->code);
    if (offre->siae != MODEL_NONE && offre->siae != besoin->siae)
        check_state_fault(state, CHECK_OFFER, row->session, row->besoin,
                          "offre %s réservée à la SIAE %s, stagiaires de %s", offre->code,
                          model->siae[offre->siae].code, siae->code);
    if (offre->opco[0] != '\0' && strcmp(offre->opco, siae->opco) != 0)
        check_state_fault(state, CHECK_OFFER, row->session, row->besoin,
                          "offre %s réservée à l'OPCO %s, stagiaires de « %s »", offre->code, offre->opco, siae->opco);
}

static void verify_calendar(CheckState *state, const CheckRow *row)
{
    const Model *model = state->model;
    const CheckSession *session = &state->sessions[row->session];
    const ModelBesoin *besoin = &model->besoins[row->besoin];
    char day[CHECK_DAY_MAX], first[CHECK_DAY_MAX], last[CHECK_DAY_MAX];
    const int32_t *days = check_state_days(state, session);
    CheckClosures closures = check_state_closures(model, OBJET_SIAE, besoin->siae);
    for (int32_t i = 0; i < session->n_days; i++)
        if (days[i] < besoin->date_debut || days[i] > besoin->date_fin) {
            check_state_fault(state, CHECK_PERIOD, row->session, row->besoin, "formation le %s, hors de %s à %s",
                              check_state_day(days[i], day), check_state_day(besoin->date_debut, first),
                              check_state_day(besoin->date_fin, last));
            break;
        }
    for (int32_t i = 0; closures.first < closures.end && i < session->n_days; i++)
        if (check_state_closed(model, closures, days[i])) {
            check_state_fault(state, CHECK_CLOSURE, row->session, row->besoin, "formation le %s, SIAE %s fermée",
                              check_state_day(days[i], day), model->siae[besoin->siae].code);
            break;
        }
}

static int compare_positions(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

/* Counts the SIAE of a session and holds them against min_siae of each need's axe (rule 5). */
static void verify_pooling(CheckState *state, CheckSession *session, GArray *siae)
{
    const Model *model = state->model;
    g_array_set_size(siae, 0);
    for (int32_t i = 0; i < session->n_rows; i++)
        g_array_append_val(siae, model->besoins[state->rows[session->first_row + i].besoin].siae);
    g_array_sort(siae, compare_positions);
    session->nb_siae = 0;
    for (guint i = 0; i < siae->len; i++)
        if (i == 0 || g_array_index(siae, int32_t, i) != g_array_index(siae, int32_t, i - 1))
            session->nb_siae++;
    for (int32_t i = 0; i < session->n_rows; i++) {
        const CheckRow *row = &state->rows[session->first_row + i];
        int32_t axe = model->besoins[row->besoin].axe;
        if (axe != MODEL_NONE && session->nb_siae < model->axes[axe].min_siae)
            check_state_fault(state, CHECK_POOLING, row->session, row->besoin,
                              "l'axe %s demande %d SIAE dans la session, %d trouvées", model->axes[axe].code,
                              model->axes[axe].min_siae, session->nb_siae);
    }
}

static void verify_size(CheckState *state, int32_t position)
{
    const CheckSession *session = &state->sessions[position];
    if (session->effectif < session->offre->effectif_min || session->effectif > session->offre->effectif_max)
        check_state_fault(state, CHECK_GROUP, position, MODEL_NONE,
                          "%" G_GINT64_FORMAT " stagiaires, l'offre %s en demande de %d à %d", session->effectif,
                          session->offre->code, session->offre->effectif_min, session->offre->effectif_max);
}

static void verify_sessions_max(CheckState *state)
{
    const Model *model = state->model;
    g_autofree int32_t *n = g_new0(int32_t, (gsize)model->n_offres + 1);
    for (int32_t i = 0; i < state->plan->n_sessions; i++) {
        const ModelOffre *offre = state->sessions[i].offre;
        if (offre != NULL && ++n[offre - model->offres] == offre->sessions_max + 1)
            check_state_fault(state, CHECK_OFFER, i, MODEL_NONE, "plus de %d sessions de l'offre %s",
                              offre->sessions_max, offre->code);
    }
}

void check_group_verify(CheckState *state)
{
    const Model *model = state->model;
    g_autoptr(GArray) siae = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t i = 0; i < state->n_rows; i++) {
        verify_offer(state, &state->rows[i]);
        verify_place(state, &state->rows[i]);
        verify_calendar(state, &state->rows[i]);
    }
    for (int32_t i = 0; i < state->plan->n_sessions; i++) {
        if (state->sessions[i].offre == NULL)
            continue;
        verify_size(state, i);
        verify_pooling(state, &state->sessions[i], siae);
    }
    verify_sessions_max(state);
    for (int32_t i = 0; i < model->n_besoins; i++)
        if (state->served[i] > model->besoins[i].effectif)
            check_state_fault(state, CHECK_NEED, MODEL_NONE, i, "%d stagiaires demandés, %" G_GINT64_FORMAT " servis",
                              model->besoins[i].effectif, state->served[i]);
}
