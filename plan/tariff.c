/* The clauses of Money and Points: see tariff.h. */
#include "plan/tariff.h"

#include "config/money.h"

#include <string.h>

static const ModelFrais *find_frais(const Model *model, const char *opco)
{
    const ModelFrais *other = NULL;
    for (int32_t i = 0; i < model->n_frais; i++) {
        if (strcmp(model->frais[i].opco, opco) == 0)
            return &model->frais[i];
        if (model->frais[i].opco[0] == '\0')
            other = &model->frais[i];
    }
    g_assert(other != NULL); /* ingest and the schema refuse a SIAE without one */
    return other;
}

int64_t tariff_annexe(const Model *model, int32_t siae, int32_t offre, int32_t km, int64_t ticket)
{
    const ModelOffre *o = &model->offres[offre];
    int64_t jours = model->formations[o->formation].jours;
    const ModelFrais *frais = find_frais(model, model->siae[siae].opco);
    if (o->modalite == MODALITE_DISTANCIEL)
        return 0;
    if (o->modalite == MODALITE_AFEST)
        return jours * frais->forfait_jour;
    /* 2 x km x bareme_km comes in thousandths of a cent */
    int64_t journey = 2 * (int64_t)km * frais->bareme_km + ticket * 1000;
    bool sleeps = frais->nuit_km != MODEL_NONE && km > frais->nuit_km;
    int64_t thousandths = sleeps ? journey + (jours - 1) * frais->forfait_nuit * 1000 : journey * jours;
    return money_half_up(thousandths + jours * frais->forfait_jour * 1000, 1000);
}

static bool has_axe(const ModelMontage *m, int32_t axe)
{
    for (int32_t i = 0; i < m->n_axes; i++)
        if (m->axes[i] == axe)
            return true;
    return m->n_axes == 0;
}

static bool has_financements(const Model *model, int32_t montage)
{
    for (int32_t i = 0; i < model->n_financements; i++)
        if (model->financements[i].montage == montage)
            return true;
    return false;
}

static bool in_mask(uint32_t mask, int value)
{
    return mask == 0 || (mask >> value & 1U) != 0;
}

bool tariff_is_payable(const Model *model, int32_t besoin, bool qualiopi)
{
    const ModelBesoin *b = &model->besoins[besoin];
    return qualiopi && (model->formations[b->formation].nature != NATURE_OBLIGATION || b->attestation);
}

bool tariff_montage_holds(const Model *model, int32_t montage, int32_t besoin, bool payable)
{
    const ModelMontage *m = &model->montages[montage];
    const ModelBesoin *b = &model->besoins[besoin];
    const ModelSiae *s = &model->siae[b->siae];
    VocabularyNature nature = model->formations[b->formation].nature;
    if (m->opco[0] != '\0' && strcmp(m->opco, s->opco) != 0)
        return false;
    if (!in_mask(m->types, (int)s->type) || !in_mask(m->natures, (int)nature) || !in_mask(m->statuts, (int)b->statut) ||
        !has_axe(m, b->axe))
        return false;
    if (m->effectif_min != MODEL_NONE && (s->effectif == MODEL_NONE || s->effectif < m->effectif_min))
        return false;
    if (m->effectif_max != MODEL_NONE && (s->effectif == MODEL_NONE || s->effectif > m->effectif_max))
        return false;
    return payable || !has_financements(model, montage);
}

void tariff_pedagogy(const ModelFinancement *financements, int32_t n, int32_t heures, int64_t share, int64_t *paid)
{
    int64_t left = share;
    for (int32_t i = 0; i < n; i++) {
        const ModelFinancement *f = &financements[i];
        paid[i] = MIN(left, money_capped_rate(share, f->plafond_horaire, heures, f->taux_pedagogie));
        left -= paid[i];
    }
}

void tariff_extras(const ModelFinancement *financements, int32_t n, int64_t annexe, int64_t salaire, int64_t *paid,
                   int64_t *wage)
{
    int64_t left_annexe = annexe, left_salaire = salaire;
    for (int32_t i = 0; i < n; i++) {
        int64_t a = MIN(left_annexe, money_rate(annexe, financements[i].taux_annexes));
        wage[i] = MIN(left_salaire, money_rate(salaire, financements[i].taux_salaire));
        paid[i] = a + wage[i];
        left_annexe -= a;
        left_salaire -= wage[i];
    }
}

static bool has_public(const ModelBesoin *b, const char *code)
{
    for (const char *const *p = b->publics; *p != NULL; p++)
        if (strcmp(*p, code) == 0)
            return true;
    return false;
}

static bool priority_matches(const Model *model, const ModelPriorite *p, const ModelBesoin *b)
{
    const ModelFormation *f = &model->formations[b->formation];
    switch (p->critere) {
    case CRITERE_PRIORITE:
        return p->valeur[0] == (char)('0' + b->priorite) && p->valeur[1] == '\0';
    case CRITERE_PUBLIC:
        return has_public(b, p->valeur);
    case CRITERE_NATURE:
        return strcmp(p->valeur, vocabulary_word(&vocabulary_nature, (int)f->nature)) == 0;
    case CRITERE_AXE:
        return strcmp(p->valeur, model->axes[b->axe].code) == 0;
    case CRITERE_FILIERE:
        return strcmp(p->valeur, f->filiere) == 0;
    case CRITERE_FORMATION:
        return strcmp(p->valeur, f->code) == 0;
    case CRITERE_ZONE:
        return strcmp(p->valeur, model->communes[b->commune].zone) == 0;
    case CRITERE_TYPE:
        return strcmp(p->valeur, vocabulary_word(&vocabulary_type, (int)model->siae[b->siae].type)) == 0;
    case CRITERE_N:
    default:
        g_assert_not_reached();
    }
}

int64_t tariff_points(const Model *model, int32_t besoin)
{
    static const int64_t by_default[] = {8, 4, 2, 1};
    const ModelBesoin *b = &model->besoins[besoin];
    if (!model->has_priorites)
        return by_default[b->priorite - 1];
    int64_t points = 0;
    for (int32_t i = 0; i < model->n_priorites; i++)
        if (priority_matches(model, &model->priorites[i], b))
            points += model->priorites[i].points;
    return points;
}
