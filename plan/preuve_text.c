/* Proofs as JSON: see preuve.h; the format is plan/PREUVE.md. */
#include "plan/preuve.h"

#include "config/calendar.h"

/* Text under construction. */
typedef struct {
    const Problem *problem;
    GString *text;
    bool first; /* nothing yet in the list or object at hand */
} Writer;

static void put_quoted(Writer *w, const char *text)
{
    g_string_append_c(w->text, '"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            g_string_append_printf(w->text, "\\%c", *c);
        else if ((unsigned char)*c < 0x20)
            g_string_append_printf(w->text, "\\u%04x", (unsigned)*c);
        else
            g_string_append_c(w->text, *c);
    }
    g_string_append_c(w->text, '"');
}

static void put_comma(Writer *w)
{
    if (!w->first)
        g_string_append_c(w->text, ',');
    w->first = false;
}

static void put_open(Writer *w, char bracket)
{
    g_string_append_c(w->text, bracket);
    w->first = true;
}

static void put_close(Writer *w, char bracket)
{
    g_string_append_c(w->text, bracket);
    w->first = false;
}

static void put_key(Writer *w, const char *key)
{
    put_comma(w);
    put_quoted(w, key);
    g_string_append_c(w->text, ':');
}

static void put_word(Writer *w, const char *word)
{
    put_comma(w);
    put_quoted(w, word);
}

static void put_number(Writer *w, int64_t number)
{
    put_comma(w);
    g_string_append_printf(w->text, "%" G_GINT64_FORMAT, number);
}

static void put_pair(Writer *w, const char *key, int64_t number)
{
    put_key(w, key);
    g_string_append_printf(w->text, "%" G_GINT64_FORMAT, number);
}

static void day_text(int32_t day, char text[16])
{
    int year, month, date;
    calendar_split(day, &year, &month, &date);
    g_snprintf(text, 16, "%04d-%02d-%02d", year, month, date);
}

static void put_day(Writer *w, int32_t day)
{
    char text[16];
    day_text(day, text);
    put_word(w, text);
}

/* A member of the object at hand, on a line of its own. */
static void put_member(Writer *w, const char *key, char bracket)
{
    put_comma(w);
    g_string_append(w->text, "\n  ");
    w->first = true;
    put_key(w, key);
    put_open(w, bracket);
}

/* ---- prices ---- */

static const char *siae_code(const Problem *p, int32_t siae)
{
    return p->model->siae[siae].code;
}

static const char *organisme_code(const Problem *p, int32_t organisme)
{
    return p->model->organismes[organisme].siret;
}

/* {"owner":{"day":price}}; days are in order of owner. */
static void put_days(Writer *w, const char *key, const PricingDays *days, const char *(*code)(const Problem *, int32_t))
{
    put_member(w, key, '{');
    for (int32_t i = 0; i < days->n; i++) {
        const PricingDay *day = &days->days[i];
        char text[16];
        if (i == 0 || day->owner != day[-1].owner) {
            put_key(w, code(w->problem, day->owner));
            put_open(w, '{');
        }
        day_text(day->day, text);
        put_pair(w, text, day->price);
        if (i + 1 == days->n || day->owner != day[1].owner)
            put_close(w, '}');
    }
    put_close(w, '}');
}

static void put_stagiaires(Writer *w, const PricingDays *days)
{
    const Problem *p = w->problem;
    put_member(w, "stagiaires", '[');
    for (int32_t i = 0; i < days->n; i++) {
        const PricingDay *day = &days->days[i];
        const ModelBesoin *b = &p->model->besoins[p->besoins_by_stagiaire[p->stagiaire_besoins[day->owner].first]];
        put_comma(w);
        put_open(w, '[');
        put_word(w, siae_code(p, b->siae));
        put_word(w, b->stagiaire);
        put_day(w, day->day);
        put_number(w, day->price);
        put_close(w, ']');
    }
    put_close(w, ']');
}

static void put_steps(Writer *w, const PricingSteps *steps)
{
    const Model *m = w->problem->model;
    put_member(w, "apres", '[');
    for (int32_t i = 0; i < steps->n; i++) {
        const PricingStep *step = &steps->steps[i];
        if (step->earns)
            continue; /* said with the besoin that pays */
        put_comma(w);
        put_open(w, '[');
        put_word(w, m->besoins[step->besoin].reference);
        put_word(w, m->besoins[step->other].reference);
        put_day(w, step->day);
        put_number(w, step->price);
        put_close(w, ']');
    }
    put_close(w, ']');
}

static void put_cuts(Writer *w, const PricingCuts *cuts)
{
    put_member(w, "coupes", '[');
    for (int32_t i = 0; i < cuts->n; i++) {
        put_comma(w);
        put_open(w, '[');
        put_word(w, siae_code(w->problem, cuts->cuts[i].siae));
        put_number(w, cuts->cuts[i].divisor);
        put_number(w, cuts->cuts[i].price);
        put_close(w, ']');
    }
    put_close(w, ']');
}

static void put_prices(Writer *w, const PricingPrices *prices)
{
    const Model *m = w->problem->model;
    put_member(w, "enveloppes", '{');
    for (int32_t e = 0; e < m->n_enveloppes; e++)
        if (prices->enveloppe[e] != 0)
            put_pair(w, m->enveloppes[e].code, prices->enveloppe[e]);
    put_close(w, '}');
    put_member(w, "restes_a_charge", '{');
    for (int32_t s = 0; s < m->n_siae; s++)
        if (prices->rac_price[s] != 0)
            put_pair(w, m->siae[s].code, prices->rac_price[s]);
    put_close(w, '}');
    put_cuts(w, &prices->cuts);
    put_days(w, "absences", &prices->absences, siae_code);
    put_days(w, "presences", &prices->presences, organisme_code);
    put_stagiaires(w, &prices->stagiaires);
    put_steps(w, &prices->steps);
}

/* ---- formations ---- */

static void put_count(Writer *w, const PreuveCount *count)
{
    const Problem *p = w->problem;
    const Model *m = p->model;
    if (count->slot == MODEL_NONE) {
        put_word(w, "total");
        return;
    }
    const ProblemSlot *slot = &p->slots[count->slot];
    put_word(w, slot->fixee == MODEL_NONE ? "offre" : "session");
    put_word(w, slot->fixee == MODEL_NONE ? m->offres[slot->offre].code : m->sessions_fixees[slot->fixee].session);
    if (count->start != MODEL_NONE) {
        put_word(w, "debut");
        put_day(w, slot->starts[count->start].debut);
    } else if (count->link != MODEL_NONE) {
        put_word(w, "besoin");
        put_word(w, m->besoins[slot->links[count->link].besoin].reference);
    } else if (count->size != MODEL_NONE) {
        put_word(w, "groupe");
        put_number(w, count->size);
    }
}

static void put_leaf(Writer *w, int32_t formation, const int64_t *y, const GArray *duals)
{
    const Problem *p = w->problem;
    ProblemSlice besoins = p->formation_besoins[formation];
    put_key(w, "y");
    put_open(w, '{');
    for (int32_t i = 0; i < besoins.n && y != NULL; i++)
        if (y[i] != 0)
            put_pair(w, p->model->besoins[p->besoins_by_formation[besoins.first + i]].reference, y[i]);
    put_close(w, '}');
    if (duals == NULL || duals->len == 0)
        return;
    put_key(w, "multiplicateurs");
    put_open(w, '[');
    for (guint i = 0; i < duals->len; i++) {
        put_comma(w);
        put_open(w, '[');
        put_count(w, &g_array_index(duals, PreuveDual, i).count);
        put_number(w, g_array_index(duals, PreuveDual, i).dual);
        put_close(w, ']');
    }
    put_close(w, ']');
}

static void put_node(Writer *w, int32_t formation, const PreuveNode *node)
{
    put_open(w, '{');
    if (node->children[0] == NULL) {
        put_leaf(w, formation, node->y, node->duals);
    } else {
        put_key(w, "sur");
        put_open(w, '[');
        put_count(w, &node->count);
        put_close(w, ']');
        put_pair(w, "au_plus", node->below);
        for (int32_t i = 0; i < 2; i++) {
            put_key(w, i == 0 ? "oui" : "non");
            put_node(w, formation, node->children[i]);
        }
    }
    put_close(w, '}');
}

static void put_formations(Writer *w, const PreuveStage *stage)
{
    const Problem *p = w->problem;
    put_member(w, "formations", '{');
    for (int32_t f = 0; f < p->model->n_formations; f++) {
        ProblemSlice besoins = p->formation_besoins[f];
        if (besoins.n == 0 || (stage->formations != NULL && stage->formations[f] == NULL))
            continue;
        put_comma(w);
        g_string_append(w->text, "\n    ");
        w->first = true;
        put_key(w, p->model->formations[f].code);
        if (stage->formations != NULL) {
            put_node(w, f, stage->formations[f]);
            continue;
        }
        g_autofree int64_t *y = g_new(int64_t, besoins.n + 1);
        for (int32_t i = 0; i < besoins.n; i++)
            y[i] = stage->prices->y[p->besoins_by_formation[besoins.first + i]];
        put_open(w, '{');
        put_leaf(w, f, y, NULL);
        put_close(w, '}');
    }
    put_close(w, '}');
}

/* The members of a stage without parts. */
static void put_multipliers(Writer *w, const PreuveStage *stage)
{
    put_pair(w, "unite", stage->prices->unit);
    if (stage->cost) {
        put_pair(w, "au_moins", stage->target);
        put_pair(w, "point", stage->prices->w_points);
    }
    put_prices(w, stage->prices);
    put_formations(w, stage);
}

static void put_split(Writer *w, const PreuveStage *stage)
{
    put_key(w, "sur");
    put_open(w, '[');
    put_count(w, &stage->count);
    put_close(w, ']');
    put_pair(w, "au_plus", stage->below);
}

/* The members of a points stage: parts only where they are needed to prove `enough`. */
static void put_points(Writer *w, const PreuveStage *stage, int64_t enough)
{
    if (stage->bound <= MAX(enough, preuve_stage_bound(stage))) {
        put_multipliers(w, stage);
        return;
    }
    put_split(w, stage);
    for (int32_t i = 0; i < 2; i++) {
        put_member(w, i == 0 ? "oui" : "non", '{');
        put_points(w, stage->children[i], enough);
        put_close(w, '}');
    }
}

/* The members of a cost stage: parts only where they are needed to prove `enough`; of a part without plans why. */
static void put_cost(Writer *w, const PreuveStage *stage, int64_t target, int64_t enough)
{
    if (stage->empty != NULL) {
        put_member(w, "vide", '{');
        put_points(w, stage->empty, target - 1);
        put_close(w, '}');
        return;
    }
    if (stage->bound >= enough || stage->children[0] == NULL) {
        put_multipliers(w, stage);
        return;
    }
    put_split(w, stage);
    for (int32_t i = 0; i < 2; i++) {
        put_member(w, i == 0 ? "oui" : "non", '{');
        put_cost(w, stage->children[i], target, enough);
        put_close(w, '}');
    }
}

static void open_stage(Writer *w, const char *key, int64_t bound)
{
    put_comma(w);
    g_string_append_c(w->text, '\n');
    w->first = true;
    put_key(w, key);
    put_open(w, '{');
    put_pair(w, "borne", bound);
}

char *preuve_text(const Problem *problem, const PreuveStage *points, const PreuveStage *cost)
{
    Writer w = {problem, g_string_new(NULL), true};
    put_open(&w, '{');
    put_key(&w, "format");
    put_quoted(&w, "prisme-preuve 1");
    put_key(&w, "campagne");
    put_quoted(&w, problem->model->campagne.code);
    char date[16];
    day_text(problem->date_plan, date);
    put_key(&w, "date_plan");
    put_quoted(&w, date);
    open_stage(&w, "points", preuve_stage_bound(points));
    put_points(&w, points, preuve_stage_bound(points));
    put_close(&w, '}');
    open_stage(&w, "cout_pondere", preuve_stage_bound(cost));
    put_cost(&w, cost, cost->target, preuve_stage_bound(cost));
    put_close(&w, '}');
    put_close(&w, '}');
    g_string_append_c(w.text, '\n');
    return g_string_free(w.text, FALSE);
}
