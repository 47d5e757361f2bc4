/* The workbook of one SIAE, and its page Synthèse: see siae.h. */
#include "export/siae.h"

#include "export/french.h"
#include "export/front.h"
#include "export/opco.h"

#include <string.h>

#define MOST_SESSIONS 25 /* on the first page; all of them are on the next */

const ClasseurPage siae_pages[] = {
    {"Synthèse", siae_synthese},
    {"Sessions", opco_actions},
    {"Journées", siae_journees},
    {"Stagiaires", opco_stagiaires},
    {"Besoins", siae_besoins},
    {"Pièces à fournir", opco_pieces},
    {NULL, NULL},
};

/* Learners and reste à charge of the SIAE in a session. */
typedef struct {
    int32_t session, debut;
    int64_t learners, reste;
    bool asked; /* something is asked of the OPCO */
} Seat;

static int by_start(gconstpointer a, gconstpointer b)
{
    const Seat *left = a, *right = b;
    int order = (left->debut > right->debut) - (left->debut < right->debut);
    return order != 0 ? order : (left->session > right->session) - (left->session < right->session);
}

/* By first day. */
static GArray *find_seats(const Classeur *classeur)
{
    const ModelPlan *plan = classeur->figures->plan;
    GArray *seats = g_array_new(FALSE, FALSE, sizeof(Seat));
    int32_t n;
    const int32_t *rows = classeur_rows(classeur, &n);
    for (int32_t i = 0; i < n; i++) {
        const ModelPlanAffectation *row = &plan->affectations[rows[i]];
        if (seats->len == 0 || g_array_index(seats, Seat, seats->len - 1).session != row->session) {
            Seat more = {row->session, plan->sessions[row->session].debut, 0, 0, false};
            g_array_append_val(seats, more);
        }
        Seat *seat = &g_array_index(seats, Seat, seats->len - 1);
        seat->learners += row->effectif;
        seat->reste += row->reste_a_charge;
        seat->asked = seat->asked || row->finance > 0;
    }
    g_array_sort(seats, by_start);
    return seats;
}

static char *prose(const Classeur *classeur)
{
    const Figures *figures = classeur->figures;
    const ModelSiae *siae = &figures->model->siae[classeur->siae];
    const FiguresShare *share = &figures->siae[classeur->siae];
    int64_t missing = share->demande - share->servi.effectif;
    g_autofree char *left =
        french_count(missing, "stagiaire demandé n’est pas servi", "stagiaires demandés ne sont pas servis");
    g_autofree char *limit =
        siae->absents_max == MODEL_NONE
            ? g_strdup("")
            : g_strdup_printf(" Jamais plus de %d de vos salariés en formation le même jour, comme demandé.",
                              siae->absents_max);
    return g_strdup_printf("%s%s%s C’est à la SIAE de déposer chaque demande auprès de son OPCO avant la date "
                           "indiquée. Des autres SIAE, ce classeur ne donne que le nombre de stagiaires d’une session "
                           "partagée.",
                           missing == 0 ? "Tous les stagiaires demandés sont servis." : left,
                           missing == 0 ? "" : " : la page Besoins dit pourquoi, et ce qui le changerait.", limit);
}

static int begin(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    const ModelSiae *siae = &model->siae[classeur->siae];
    const FiguresShare *share = &figures->siae[classeur->siae];
    const FiguresSum *sum = &share->servi;
    int64_t cost = figures_cost(sum), days = 0;
    g_autoptr(GArray) seats = find_seats(classeur);
    for (guint i = 0; i < seats->len; i++) {
        const Seat *seat = &g_array_index(seats, Seat, i);
        days += figures->plan->sessions[seat->session].n_jours * seat->learners;
    }
    g_autofree char *asked = french_integer(share->demande), *wages = french_amount(sum->remuneration);
    g_autofree char *each = french_amount(figures_each(sum));
    g_autofree char *left = french_ratio(sum->reste, cost), *text = prose(classeur);
    g_autofree char *most = siae->reste_a_charge_max == MODEL_NONE ? NULL : french_amount(siae->reste_a_charge_max);
    g_autofree char *note =
        g_strdup_printf("%s – SIRET %s – %s – %s", vocabulary_word(&vocabulary_type, (int)siae->type), siae->siret,
                        classeur_opco_name(siae->opco), model->communes[siae->commune].nom);
    FrontCard cards[FRONT_N_CARDS] = {
        {"Stagiaires servis", SHEET_CARD_INTEGER, sum->effectif, g_strdup_printf("sur %s demandés", asked),
         "Dossier_Stagiaires"},
        {"Sessions", SHEET_CARD_INTEGER, seats->len, g_strdup("où siègent vos salariés"), "Dossier_Sessions"},
        {"Journées-stagiaires", SHEET_CARD_INTEGER, days, g_strdup("de formation"), "Dossier_Journees"},
        {"Coût de la formation", SHEET_CARD_AMOUNT, cost, g_strdup_printf("%s par stagiaire", each), "Dossier_Cout"},
        {"Financé", SHEET_CARD_AMOUNT, sum->finance, g_strdup_printf("dont salaires %s", wages), "Dossier_Finance"},
        {"Reste à charge", SHEET_CARD_AMOUNT, sum->reste,
         most != NULL ? g_strdup_printf("au plus %s", most) : g_strdup_printf("%s du coût", left),
         "Dossier_Reste_a_charge"},
    };
    return front_begin(classeur, sheet, "Formations de la SIAE", note, cards, text);
}

static int sessions_table(const Classeur *classeur, Sheet *sheet, int row)
{
    static const char *const titles[] = {"Formation", "Début", "Déposer avant le", "Reste à charge"};
    const Model *model = classeur->figures->model;
    g_autoptr(GArray) seats = find_seats(classeur);
    int64_t total = 0;
    row = front_table(sheet, row, FRONT_NAME, "Vos sessions, dans l’ordre des dates", titles, SHEET_DAY);
    for (guint i = 0; i < seats->len; i++) {
        const Seat *seat = &g_array_index(seats, Seat, i);
        const ModelPlanSession *session = &classeur->figures->plan->sessions[seat->session];
        total += seat->reste;
        if (i >= MOST_SESSIONS)
            continue;
        g_autofree char *name = french_shorten(model->formations[model->offres[session->offre].formation].intitule, 46);
        sheet_text(sheet, row, FRONT_NAME, SHEET_TEXT, name);
        sheet_day(sheet, row, FRONT_1, SHEET_DAY, session->debut);
        if (seat->asked)
            sheet_day(sheet, row, FRONT_2, SHEET_DAY, session->debut - classeur->settings->depot_jours);
        else
            sheet_text(sheet, row, FRONT_2, SHEET_CENTRE, "sans demande");
        sheet_amount(sheet, row++, FRONT_3, SHEET_AMOUNT, seat->reste);
    }
    g_autofree char *more = seats->len > MOST_SESSIONS
                                ? g_strdup_printf("Total, avec %d autres", (int)seats->len - MOST_SESSIONS)
                                : g_strdup("Total");
    sheet_text(sheet, row, FRONT_NAME, SHEET_TOTAL_TEXT, more);
    sheet_text(sheet, row, FRONT_1, SHEET_TOTAL_TEXT, "");
    sheet_text(sheet, row, FRONT_2, SHEET_TOTAL_TEXT, "");
    sheet_amount(sheet, row, FRONT_3, SHEET_TOTAL_AMOUNT, total);
    return row + 1;
}

/* Needs by what became of them: served whole, then what is missing by motif. */
static int needs_table(const Classeur *classeur, Sheet *sheet, int row)
{
    static const char *const titles[] = {"Vos besoins", "", "Stagiaires", "Part"};
    const Figures *figures = classeur->figures;
    const FiguresShare *share = &figures->siae[classeur->siae];
    int64_t counts[MOTIF_N] = {0};
    const FiguresGroups *needs = &figures->besoins_by_siae;
    for (int32_t i = needs->first[classeur->siae]; i < needs->first[classeur->siae + 1]; i++)
        for (int32_t j = figures->first_non_couvert[needs->rows[i]]; j < figures->first_non_couvert[needs->rows[i] + 1];
             j++)
            counts[figures->plan->non_couverts[j].motif] += figures->plan->non_couverts[j].effectif;
    row = front_table(sheet, row, FRONT_RIGHT_NAME, "Ce qui est servi, ce qui ne l’est pas", titles, SHEET_INTEGER);
    for (int i = -1; i <= MOTIF_N; i++) {
        bool total = i == MOTIF_N;
        int64_t n = i < 0 ? share->servi.effectif : total ? share->demande : counts[i];
        if (n == 0 && !total)
            continue;
        const char *name = i < 0 ? "Servis" : total ? "Total demandé" : french_motif((VocabularyMotif)i)->label;
        sheet_text(sheet, row, FRONT_RIGHT_NAME, total ? SHEET_TOTAL_TEXT : SHEET_TEXT, name);
        sheet_blank(sheet, row, FRONT_RIGHT_1, total ? SHEET_TOTAL_TEXT : SHEET_TEXT);
        sheet_integer(sheet, row, FRONT_RIGHT_2, total ? SHEET_TOTAL_INTEGER : SHEET_INTEGER, n);
        sheet_number(sheet, row++, FRONT_RIGHT_3, total ? SHEET_TOTAL_PERCENT : SHEET_PERCENT,
                     (double)n / (double)share->demande);
    }
    return row;
}

void siae_synthese(const Classeur *classeur, Sheet *sheet)
{
    static const char *const guide[] = {
        "Une ligne par session : organisme, lieu, dates, heures, ce qui est financé, ce qui reste à votre charge.",
        "Jour par jour : qui est absent, où, et combien de vos salariés le même jour.",
        "Une ligne par stagiaire, sans identité. Colonnes grises : à saisir sur le portail de l’OPCO, jamais ici.",
        "Une ligne par besoin : servi dans quelles sessions, ou pourquoi il ne l’est pas.",
        "Une ligne par demande à déposer : date limite, pièces à joindre, suivi à compléter.",
    };
    int top = begin(classeur, sheet);
    int left = sessions_table(classeur, sheet, top), right = needs_table(classeur, sheet, top);
    front_end(sheet, MAX(left, right) + 1, siae_pages, guide);
}
