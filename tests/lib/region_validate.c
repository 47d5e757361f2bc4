/* The invariants of sql/model.h and the contract's input rules, asked of a Model. */
#include "config/calendar.h"
#include "tests/lib/region.h"

#include <string.h>

typedef struct {
    const Model *model;
    GPtrArray *faults;
} Validation;

static void G_GNUC_PRINTF(3, 4) require(Validation *v, bool holds, const char *format, ...)
{
    if (holds)
        return;
    va_list args;
    va_start(args, format);
    g_ptr_array_add(v->faults, g_strdup_vprintf(format, args));
    va_end(args);
}

static bool within(int32_t position, int32_t n)
{
    return position >= 0 && position < n;
}

static bool within_or_none(int32_t position, int32_t n)
{
    return position == MODEL_NONE || within(position, n);
}

static bool none_or_at_least(int64_t value, int64_t least)
{
    return value == MODEL_NONE || value >= least;
}

static bool day(int32_t value)
{
    return value >= CALENDAR_FIRST && value <= CALENDAR_LAST;
}

static bool period(int32_t from, int32_t to)
{
    return day(from) && day(to) && from <= to;
}

/* Every row of these tables begins with its key. */
static void keys(Validation *v, const char *table, const void *rows, int32_t n, size_t size)
{
    for (int32_t i = 1; i < n; i++) {
        const char *before = *(const char *const *)(const void *)((const char *)rows + (size_t)(i - 1) * size);
        const char *key = *(const char *const *)(const void *)((const char *)rows + (size_t)i * size);
        require(v, strcmp(before, key) < 0, "%s: key \"%s\" does not follow \"%s\"", table, key, before);
    }
}

/* The words of rows without a text key: ascending, distinct, as model.h orders them. */
static void pairs(Validation *v, const char *table, int32_t i, const int32_t *before, const int32_t *row, int n)
{
    int at = 0;
    while (at < n && before[at] == row[at])
        at++;
    require(v, at < n && before[at] < row[at], "%s: row %d does not follow row %d", table, i, i - 1);
}

static bool ascending(const int32_t *list, int32_t n, int32_t n_rows)
{
    for (int32_t i = 0; i < n; i++)
        if (!within(list[i], n_rows) || (i > 0 && list[i] <= list[i - 1]))
            return false;
    return true;
}

static bool digits(const char *text, size_t n)
{
    return strlen(text) == n && strspn(text, "0123456789") == n;
}

/* Luhn: the keys of SIREN (9 digits) and SIRET (14). */
static bool luhn(const char *text, size_t n)
{
    int sum = 0;
    for (size_t i = 0; i < n; i++) {
        int digit = text[n - 1 - i] - '0';
        digit = i % 2 == 1 ? digit * 2 : digit;
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
}

static bool siret(const char *text)
{
    return digits(text, 14) && luhn(text, 9) && luhn(text, 14);
}

static bool has_frais(const Model *m, const char *opco)
{
    for (int32_t i = 0; i < m->n_frais; i++)
        if (m->frais[i].opco[0] == '\0' || strcmp(m->frais[i].opco, opco) == 0)
            return true;
    return false;
}

static void structures(Validation *v)
{
    const Model *m = v->model;
    for (int32_t i = 0; i < m->n_communes; i++) {
        const ModelCommune *c = &m->communes[i];
        require(v, strlen(c->code_insee) == 5, "commune \"%s\": not 5 characters", c->code_insee);
        require(v, c->latitude >= -90 && c->latitude <= 90 && c->longitude >= -180 && c->longitude <= 180,
                "commune \"%s\": not on Earth", c->code_insee);
    }
    for (int32_t i = 0; i < m->n_siae; i++) {
        const ModelSiae *s = &m->siae[i];
        require(v, siret(s->siret), "SIAE \"%s\": bad SIRET \"%s\"", s->code, s->siret);
        require(v, within(s->commune, m->n_communes), "SIAE \"%s\": no such commune", s->code);
        require(v,
                none_or_at_least(s->effectif, 0) && none_or_at_least(s->absents_max, 1) &&
                    none_or_at_least(s->reste_a_charge_max, 0),
                "SIAE \"%s\": a number out of range", s->code);
        require(v, has_frais(m, s->opco), "SIAE \"%s\": no frais for opco \"%s\"", s->code, s->opco);
        for (int32_t j = 0; j < i; j++)
            require(v, s->type != m->siae[j].type || strcmp(s->siret, m->siae[j].siret) != 0,
                    "SIAE \"%s\": siret and type of \"%s\"", s->code, m->siae[j].code);
    }
    for (int32_t i = 0; i < m->n_organismes; i++) {
        const ModelOrganisme *o = &m->organismes[i];
        require(v, siret(o->siret), "organisme \"%s\": bad SIRET", o->siret);
        require(v, digits(o->nda, 11), "organisme \"%s\": bad NDA \"%s\"", o->siret, o->nda);
        require(v, none_or_at_least(o->sessions_simultanees, 1), "organisme \"%s\": no session at a time", o->siret);
    }
    for (int32_t i = 0; i < m->n_frais; i++)
        require(v,
                m->frais[i].bareme_km >= 0 && m->frais[i].forfait_jour >= 0 && m->frais[i].forfait_nuit >= 0 &&
                    none_or_at_least(m->frais[i].nuit_km, 0),
                "frais \"%s\": a number out of range", m->frais[i].opco);
    for (int32_t i = 0; i < m->n_trajets; i++) {
        const ModelTrajet *t = &m->trajets[i];
        require(v, within(t->depart, m->n_communes) && within(t->arrivee, m->n_communes) && t->km >= 0 && t->cout >= 0,
                "trajet %d: out of range", i);
        if (i > 0)
            pairs(v, "trajets", i, (int32_t[]){t[-1].depart, t[-1].arrivee}, (int32_t[]){t->depart, t->arrivee}, 2);
    }
    const int32_t subjects[OBJET_N] = {
        [OBJET_SIAE] = m->n_siae, [OBJET_ORGANISME] = m->n_organismes, [OBJET_COMMUNE] = m->n_communes};
    for (int32_t i = 0; i < m->n_fermetures; i++) {
        const ModelFermeture *f = &m->fermetures[i];
        require(v, within(f->sujet, subjects[f->objet]) && period(f->du, f->au), "fermeture %d: out of range", i);
        if (i > 0)
            pairs(v, "fermetures", i, (int32_t[]){(int32_t)f[-1].objet, f[-1].sujet, f[-1].du, f[-1].au},
                  (int32_t[]){(int32_t)f->objet, f->sujet, f->du, f->au}, 4);
    }
}

static void courses(Validation *v)
{
    const Model *m = v->model;
    for (int32_t i = 0; i < m->n_formations; i++) {
        const ModelFormation *f = &m->formations[i];
        require(v,
                f->heures > 0 && f->jours >= 1 && f->jours_par_semaine >= 1 && f->jours_par_semaine <= 5 &&
                    f->effectif_min >= 1 && f->effectif_max >= f->effectif_min,
                "formation \"%s\": a number out of range", f->code);
    }
    for (int32_t i = 0; i < m->n_offres; i++) {
        const ModelOffre *o = &m->offres[i];
        require(v,
                within(o->organisme, m->n_organismes) && within(o->formation, m->n_formations) &&
                    within_or_none(o->commune, m->n_communes) && within_or_none(o->siae, m->n_siae),
                "offre \"%s\": names something unknown", o->code);
        require(v, o->commune != MODEL_NONE || o->modalite == MODALITE_DISTANCIEL || o->modalite == MODALITE_AFEST,
                "offre \"%s\": nowhere", o->code);
        require(v,
                o->cout_groupe >= 0 && o->cout_stagiaire >= 0 && o->effectif_min >= 1 &&
                    o->effectif_max >= o->effectif_min && o->sessions_max >= 0 && period(o->date_debut, o->date_fin),
                "offre \"%s\": a number out of range", o->code);
    }
    for (int32_t i = 0; i < m->n_axes; i++)
        require(v, m->axes[i].min_siae >= 1, "axe \"%s\": min_siae under 1", m->axes[i].code);
}

static void needs(Validation *v)
{
    const Model *m = v->model;
    for (int32_t i = 0; i < m->n_besoins; i++) {
        const ModelBesoin *b = &m->besoins[i];
        require(v,
                within(b->siae, m->n_siae) && within(b->formation, m->n_formations) && within(b->axe, m->n_axes) &&
                    within(b->commune, m->n_communes),
                "besoin \"%s\": names something unknown", b->reference);
        require(v,
                b->effectif >= 1 && b->priorite >= 1 && b->priorite <= 4 && none_or_at_least(b->rayon_km, 0) &&
                    period(b->date_debut, b->date_fin),
                "besoin \"%s\": a number out of range", b->reference);
        for (int p = 0; b->publics[p] != NULL; p++)
            require(v, p == 0 || strcmp(b->publics[p - 1], b->publics[p]) < 0, "besoin \"%s\": publics not sorted",
                    b->reference);
        require(v, b->stagiaire[0] == '\0' ? b->n_apres == 0 : b->effectif == 1,
                "besoin \"%s\": stagiaire and apres want effectif 1", b->reference);
        require(v, ascending(b->apres, b->n_apres, m->n_besoins), "besoin \"%s\": apres not ascending", b->reference);
        for (int32_t a = 0; a < b->n_apres; a++) {
            const ModelBesoin *named = &m->besoins[b->apres[a]];
            require(v, named != b && named->siae == b->siae && strcmp(named->stagiaire, b->stagiaire) == 0,
                    "besoin \"%s\": apres \"%s\" is of another stagiaire", b->reference, named->reference);
        }
    }
}

static void money(Validation *v)
{
    const Model *m = v->model;
    for (int32_t i = 0; i < m->n_montages; i++) {
        const ModelMontage *g = &m->montages[i];
        require(v,
                ascending(g->axes, g->n_axes, m->n_axes) && g->salaire_horaire >= 0 && g->types >> TYPE_N == 0 &&
                    g->natures >> NATURE_N == 0 && g->statuts >> STATUT_N == 0 &&
                    none_or_at_least(g->effectif_min, 0) && none_or_at_least(g->effectif_max, MAX(g->effectif_min, 0)),
                "montage \"%s\": out of range", g->code);
    }
    for (int32_t i = 0; i < m->n_financements; i++) {
        const ModelFinancement *f = &m->financements[i];
        const int32_t rates[] = {f->taux_pedagogie, f->taux_annexes, f->taux_salaire};
        bool fine = within(f->montage, m->n_montages) && f->rang >= 0 && none_or_at_least(f->plafond_horaire, 0) &&
                    f->dispositif[0] != '\0';
        for (gsize r = 0; r < G_N_ELEMENTS(rates); r++)
            fine &= rates[r] >= 0 && rates[r] <= 10000;
        require(v, fine, "financement %d: out of range", i);
        if (i > 0)
            pairs(v, "financements", i, (int32_t[]){f[-1].montage, f[-1].rang}, (int32_t[]){f->montage, f->rang}, 2);
    }
    for (int32_t i = 0; i < m->n_enveloppes; i++) {
        const ModelEnveloppe *e = &m->enveloppes[i];
        require(v,
                e->opco[0] != '\0' && e->dispositif[0] != '\0' && within_or_none(e->axe, m->n_axes) &&
                    e->montant >= 0 && e->montant_acquis >= 0 && e->montant_acquis <= e->montant &&
                    period(e->debut_min, e->debut_max) &&
                    (e->fin_max == MODEL_NONE || period(e->debut_min, e->fin_max)),
                "enveloppe \"%s\": out of range", e->code);
    }
    require(v, m->has_priorites || m->n_priorites == 0, "priorites without a file");
    for (int32_t i = 0; i < m->n_priorites; i++) {
        const ModelPriorite *p = &m->priorites[i];
        require(v, p->valeur[0] != '\0' && p->points >= 0, "priorite %d: out of range", i);
        if (i == 0)
            continue;
        int by = strcmp(p[-1].valeur, p->valeur);
        require(v,
                p[-1].critere < p->critere ||
                    (p[-1].critere == p->critere && (by < 0 || (by == 0 && p[-1].points < p->points))),
                "priorites: row %d does not follow row %d", i, i - 1);
    }
}

static void fixed(Validation *v)
{
    const Model *m = v->model;
    g_autofree int32_t *left = g_new(int32_t, (gsize)m->n_besoins + 1);
    g_autofree int32_t *seated = g_new0(int32_t, (gsize)m->n_sessions_fixees + 1);
    for (int32_t i = 0; i < m->n_besoins; i++)
        left[i] = m->besoins[i].effectif;
    for (int32_t i = 0; i < m->n_affectations_fixees; i++) {
        const ModelAffectationFixee *a = &m->affectations_fixees[i];
        if (i > 0)
            pairs(v, "affectations_fixees", i, (int32_t[]){a[-1].session, a[-1].besoin, a[-1].montage},
                  (int32_t[]){a->session, a->besoin, a->montage}, 3);
        if (!within(a->session, m->n_sessions_fixees) || !within(a->besoin, m->n_besoins) ||
            !within(a->montage, m->n_montages) || a->effectif < 1) {
            require(v, false, "affectation fixée %d: out of range", i);
            continue;
        }
        left[a->besoin] -= a->effectif;
        seated[a->session] += a->effectif;
        require(v, m->besoins[a->besoin].formation == m->offres[m->sessions_fixees[a->session].offre].formation,
                "affectation fixée %d: another formation", i);
        require(v, left[a->besoin] >= 0, "affectation fixée %d: more learners than the need has", i);
    }
    for (int32_t i = 0; i < m->n_sessions_fixees; i++) {
        const ModelSessionFixee *s = &m->sessions_fixees[i];
        require(v, within(s->offre, m->n_offres) && day(s->date_debut), "session fixée \"%s\": out of range",
                s->session);
        require(v, seated[i] >= m->offres[s->offre].effectif_min && seated[i] <= m->offres[s->offre].effectif_max,
                "session fixée \"%s\": %d learners", s->session, seated[i]);
    }
}

GPtrArray *region_validate(const Model *model)
{
    Validation v = {model, g_ptr_array_new_with_free_func(g_free)};
    const ModelCampagne *c = &model->campagne;
    require(&v,
            c->code[0] != '\0' && strlen(c->region) == 2 && period(c->date_debut, c->date_fin) && c->gel_jours >= 0 &&
                (c->date_plan == MODEL_NONE || day(c->date_plan)),
            "campagne \"%s\": out of range", c->code);
#define KEYS(table) keys(&v, #table, model->table, model->n_##table, sizeof *model->table)
    KEYS(communes);
    KEYS(frais);
    KEYS(siae);
    KEYS(organismes);
    KEYS(formations);
    KEYS(axes);
    KEYS(offres);
    KEYS(besoins);
    KEYS(montages);
    KEYS(enveloppes);
    KEYS(sessions_fixees);
#undef KEYS
    structures(&v);
    courses(&v);
    needs(&v);
    money(&v);
    fixed(&v);
    return v.faults;
}
