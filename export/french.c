/* French numbers, days and words: see french.h. */
#include "export/french.h"

#include "config/calendar.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

#define SPACE "\u00A0"

char *french_integer(int64_t value)
{
    g_autofree char *digits = g_strdup_printf("%" PRIu64, value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value);
    size_t n = strlen(digits);
    GString *text = g_string_new(value < 0 ? "-" : "");
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            g_string_append(text, SPACE);
        g_string_append_c(text, digits[i]);
    }
    return g_string_free(text, FALSE);
}

char *french_amount(int64_t cents)
{
    int64_t size = cents < 0 ? -cents : cents;
    g_autofree char *euros = french_integer(size / 100);
    return g_strdup_printf("%s%s,%02d" SPACE "€", cents < 0 ? "-" : "", euros, (int)(size % 100));
}

char *french_ratio(int64_t part, int64_t whole)
{
    if (whole <= 0)
        return g_strdup("—");
    int64_t thousandths = (part * 2000 + whole) / (2 * whole);
    if (part < whole && thousandths >= 1000)
        thousandths = 999;
    g_autofree char *units = french_integer(thousandths / 10);
    return g_strdup_printf("%s,%d" SPACE "%%", units, (int)(thousandths % 10));
}

static const char *const months[] = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                     "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
static const char *const short_months[] = {"janv.", "févr.", "mars",  "avr.", "mai",  "juin",
                                           "juil.", "août",  "sept.", "oct.", "nov.", "déc."};

char *french_day(int32_t day)
{
    int year, month, date;
    calendar_split(day, &year, &month, &date);
    return g_strdup_printf("%d%s" SPACE "%s" SPACE "%d", date, date == 1 ? "er" : "", months[month - 1], year);
}

char *french_day_short(int32_t day)
{
    int year, month, date;
    calendar_split(day, &year, &month, &date);
    return g_strdup_printf("%02d/%02d/%04d", date, month, year);
}

const char *french_weekday(int32_t day)
{
    static const char *const names[] = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"};
    return names[calendar_weekday(day)];
}

char *french_month(int year, int month)
{
    g_assert(month >= 1 && month <= 12);
    return year == 0 ? g_strdup(short_months[month - 1]) : g_strdup_printf("%s %d", short_months[month - 1], year);
}

char *french_month_title(int year, int month)
{
    g_assert(month >= 1 && month <= 12);
    g_autofree char *first = g_utf8_substring(months[month - 1], 0, 1);
    g_autofree char *capital = g_utf8_strup(first, -1);
    return g_strdup_printf("%s%s %d", capital, g_utf8_next_char(months[month - 1]), year);
}

char *french_shorten(const char *text, int most)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    if (g_utf8_strlen(valid, -1) <= most)
        return g_steal_pointer(&valid);
    g_autofree char *begin = g_utf8_substring(valid, 0, most - 1);
    return g_strconcat(begin, "…", NULL);
}

char *french_count(int64_t n, const char *one, const char *many)
{
    g_autofree char *number = french_integer(n);
    return g_strconcat(number, SPACE, n > -2 && n < 2 ? one : many, NULL);
}

const char *french_region(const char *code)
{
    static const struct {
        const char *code, *name;
    } regions[] = {
        {"01", "Guadeloupe"},
        {"02", "Martinique"},
        {"03", "Guyane"},
        {"04", "La Réunion"},
        {"06", "Mayotte"},
        {"11", "Île-de-France"},
        {"24", "Centre-Val de Loire"},
        {"27", "Bourgogne-Franche-Comté"},
        {"28", "Normandie"},
        {"32", "Hauts-de-France"},
        {"44", "Grand Est"},
        {"52", "Pays de la Loire"},
        {"53", "Bretagne"},
        {"75", "Nouvelle-Aquitaine"},
        {"76", "Occitanie"},
        {"84", "Auvergne-Rhône-Alpes"},
        {"93", "Provence-Alpes-Côte d’Azur"},
        {"94", "Corse"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(regions); i++)
        if (strcmp(regions[i].code, code) == 0)
            return regions[i].name;
    return code;
}

/* The criteria of the IAE, as the Plateforme de l'inclusion codes them. */
const char *french_public(const char *code)
{
    static const struct {
        const char *code, *name;
    } publics[] = {
        {"AAH", "Bénéficiaire de l’allocation aux adultes handicapés"},
        {"ASE", "Sortant de l’aide sociale à l’enfance"},
        {"ASS", "Bénéficiaire de l’allocation de solidarité spécifique"},
        {"CAP_BEP", "Niveau d’étude 3 (CAP, BEP) ou infra"},
        {"DELD", "Demandeur d’emploi de longue durée (12 à 24 mois)"},
        {"DETENTION_MJ", "Sortant de détention ou personne placée sous main de justice"},
        {"DETLD", "Demandeur d’emploi de très longue durée (24 mois et plus)"},
        {"FLE", "Maîtrise de la langue française"},
        {"JEUNE", "Jeune de moins de 26 ans"},
        {"PI", "Primo-arrivant"},
        {"PM", "Problème de mobilité"},
        {"PSH_PR", "Personne sans hébergement ou hébergée, ou ayant un parcours de rue"},
        {"QPV", "Résident d’un quartier prioritaire de la politique de la ville"},
        {"REF_DA", "Réfugié, protégé temporaire ou subsidiaire, demandeur d’asile"},
        {"RSA", "Bénéficiaire du RSA"},
        {"SENIOR", "Senior (50 ans et plus)"},
        {"TH", "Travailleur handicapé"},
        {"ZRR", "Résident d’une zone de revitalisation rurale"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(publics); i++)
        if (strcmp(publics[i].code, code) == 0)
            return publics[i].name;
    return "";
}

const char *french_modalite(VocabularyModalite modalite)
{
    static const char *const words[MODALITE_N] = {"Présentiel", "Mixte", "À distance", "AFEST"};
    return words[modalite];
}

const char *french_nature(VocabularyNature nature)
{
    static const char *const words[NATURE_N] = {"Certifiante", "Compétences de base", "Compétences transférables",
                                                "Obligation de l’employeur", "Sensibilisation"};
    return words[nature];
}

const char *french_critere(VocabularyCritere critere)
{
    static const char *const words[CRITERE_N] = {
        "Priorité du besoin", "Public",     "Nature de formation", "Axe", "Filière",
        "Formation",          "Territoire", "Type de SIAE"};
    return words[critere];
}

const FrenchMotif *french_motif(VocabularyMotif motif)
{
    static const FrenchMotif motifs[MOTIF_N] = {
        [MOTIF_AUCUNE_OFFRE] = {"Aucune offre", "Aucun organisme ne propose cette formation à cette SIAE.",
                                "Obtenir une offre d’un organisme pour cette formation."},
        [MOTIF_INELIGIBLE] =
            {"Aucun montage possible",
             "Aucun montage financier n’accepte ce besoin (OPCO, type, effectif, nature, statut ou axe).",
             "Ouvrir un montage à ce cas, ou fournir l’attestation de l’employeur."},
        [MOTIF_HORS_PERIODE] = {"Hors période",
                                "Aucune date d’une offre ne tient dans la période demandée, jours fermés exclus.",
                                "Élargir la période du besoin, ou obtenir une offre à d’autres dates."},
        [MOTIF_HORS_RAYON] = {"Trop loin", "Tous les lieux proposés sont plus loin que la distance acceptée.",
                              "Accepter un trajet plus long, ou ouvrir un lieu plus proche."},
        [MOTIF_GROUPE_INSUFFISANT] = {"Groupe insuffisant",
                                      "Trop peu de stagiaires peuvent se réunir au même endroit "
                                      "aux mêmes dates pour ouvrir un groupe.",
                                      "Trouver d’autres stagiaires, ou obtenir un effectif minimal plus bas."},
        [MOTIF_MUTUALISATION_IMPOSSIBLE] = {"Mutualisation impossible",
                                            "L’axe exige un groupe de plusieurs SIAE, et aucune autre SIAE ne peut s’y "
                                            "joindre.",
                                            "Associer une autre SIAE, ou rattacher le besoin à un autre axe."},
        [MOTIF_CAPACITE] = {"Places épuisées", "Toutes les sessions que l’offre permet sont déjà pleines.",
                            "Obtenir de l’organisme une session ou des places de plus."},
        [MOTIF_ORGANISME_SATURE] = {"Organisme saturé",
                                    "L’organisme anime déjà tout ce qu’il peut aux dates possibles.",
                                    "Obtenir de l’organisme une session simultanée de plus, ou un autre organisme."},
        [MOTIF_SIAE_SATUREE] = {"Trop d’absents le même jour",
                                "La SIAE aurait, ces jours-là, plus de salariés absents qu’elle ne l’accepte.",
                                "Accepter davantage d’absents le même jour."},
        [MOTIF_STAGIAIRE_OCCUPE] = {"Stagiaire déjà en formation",
                                    "Ce stagiaire suit déjà une autre formation aux dates possibles.",
                                    "Élargir la période de l’un de ses deux besoins."},
        [MOTIF_APRES_NON_SERVI] = {"Préalable non servi",
                                   "La formation qui doit précéder n’est pas au plan, ou finit "
                                   "trop tard.",
                                   "Servir d’abord le besoin préalable."},
        [MOTIF_RESTE_A_CHARGE] = {"Reste à charge trop élevé",
                                  "Le reste à charge de la SIAE dépasserait le maximum qu’elle accepte.",
                                  "Relever ce maximum, ou trouver un financement complémentaire."},
        [MOTIF_ENVELOPPE_EPUISEE] = {"Enveloppe épuisée",
                                     "Aucune enveloppe ouverte à ce besoin n’a plus de quoi le payer.",
                                     "Abonder l’enveloppe, ou ouvrir un autre financement."},
        [MOTIF_ARBITRAGE] = {"Arbitrage", "Servir ce besoin ferait perdre davantage de points à d’autres.",
                             "Relever sa priorité, ou lever ce qui le met en concurrence (places, dates, crédits)."},
        [MOTIF_NON_TRANCHE] =
            {"Non tranché",
             "Aucun obstacle seul n’a été établi : il y en a plusieurs, ou la recherche s’est arrêtée avant.",
             "Lever ensemble les obstacles cités ; à défaut, relancer le plan avec davantage d’effort de calcul."},
    };
    g_assert((int)motif >= 0 && motif < MOTIF_N);
    return &motifs[motif];
}
