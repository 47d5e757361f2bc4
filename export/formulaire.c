/* Recensement forms: see formulaire.h. */
#include "export/formulaire.h"

#include "config/calendar.h"
#include "config/fault.h"
#include "config/log.h"
#include "export/classeur.h"
#include "export/formulaire_private.h"
#include "export/french.h"
#include "export/output.h"
#include "sql/store_campaign.h"

#include <string.h>

/* The rows of the sheet to fill in. */
enum { TITLE_ROW, SUBTITLE_ROW, LABELS_ROW = 3, FACTS_ROW, ANSWER_ROW = 6, NOTE_ROW, HEADER_ROW, FIRST_ROW };

#define BLANK_ROWS 40 /* below last year's needs */
#define ROW_HEIGHT 30
#define EFFECTIF_MOST 1000
#define KM_MOST 2000

/* How each column looks, and what may stand in it. */
typedef struct {
    double width;
    SheetStyle style;
    int list; /* FormulaireList, or -1 */
    SheetRule rule;
} Look;

#define FROM(which)                                                                                                    \
    .list = FORMULAIRE_LIST_##which,                                                                                   \
    .rule = {.kind = SHEET_RULE_LIST, .problem = "Choisissez dans la liste : flèche à droite de la case."}
static const Look looks[FORMULAIRE_N] = {
    [FORMULAIRE_NUMERO] = {5, SHEET_INPUT_NUMBER, .list = -1},
    [FORMULAIRE_GARDER] = {11, SHEET_INPUT_CENTRE, FROM(GARDER)},
    [FORMULAIRE_FORMATION] = {52, SHEET_INPUT, FROM(FORMATIONS)},
    [FORMULAIRE_EFFECTIF] = {10, SHEET_INPUT_INTEGER, .list = -1,
                             .rule = {SHEET_RULE_INTEGER, .least = 1, .most = EFFECTIF_MOST,
                                      .problem = "Un nombre entier de salariés, à partir de 1. Jamais de noms."}},
    [FORMULAIRE_AXE] = {30, SHEET_INPUT, FROM(AXES)},
    [FORMULAIRE_PRIORITE] = {9, SHEET_INPUT_INTEGER, FROM(PRIORITES)},
    [FORMULAIRE_DEBUT] = {12, SHEET_INPUT_DAY, .list = -1,
                          .rule = {SHEET_RULE_DAY, .problem = "Une date jj/mm/aaaa dans la campagne."}},
    [FORMULAIRE_FIN] = {12, SHEET_INPUT_DAY, .list = -1,
                        .rule = {SHEET_RULE_DAY, .problem = "Une date jj/mm/aaaa dans la campagne."}},
    [FORMULAIRE_STATUT] = {12, SHEET_INPUT_CENTRE, FROM(STATUTS)},
    [FORMULAIRE_PUBLIC_1] = {30, SHEET_INPUT, FROM(PUBLICS)},
    [FORMULAIRE_PUBLIC_2] = {30, SHEET_INPUT, FROM(PUBLICS)},
    [FORMULAIRE_PUBLIC_3] = {30, SHEET_INPUT, FROM(PUBLICS)},
    [FORMULAIRE_RAYON] = {11, SHEET_INPUT_CENTRE, .list = -1,
                          .rule = {SHEET_RULE_DECIMAL, .least = 0, .most = KM_MOST,
                                   .problem = "Un nombre de kilomètres."}},
    [FORMULAIRE_COMMUNE] = {22, SHEET_INPUT, FROM(COMMUNES)},
    [FORMULAIRE_ATTESTATION] = {12, SHEET_INPUT_CENTRE, FROM(OUI_NON)},
};

/* A form being written. */
typedef struct {
    const Formulaire *form;
    int32_t siae;
    Sheet *sheet, *lists;
    int columns[FORMULAIRE_N];      /* where each stands; -1 = nowhere */
    int n_texts[FORMULAIRE_LIST_N]; /* of each list */
    GPtrArray *begun;               /* StoreFormulaireBesoin *: last year's needs that can be kept */
    GPtrArray *lost;                /* char *: formations or axes of then that are no longer there */
    int last_row;
} Writing;

static const ModelSiae *siae_of(const Writing *writing)
{
    return &writing->form->model->siae[writing->siae];
}

/* ---- hidden sheets ---- */

static void write_lists(Writing *writing)
{
    for (int list = 0; list < FORMULAIRE_LIST_N; list++) {
        g_autoptr(GPtrArray) texts = formulaire_list(writing->form->model, (FormulaireList)list);
        for (guint i = 0; i < texts->len; i++)
            if (list == FORMULAIRE_LIST_PRIORITES)
                sheet_integer(writing->lists, (int)i, list, SHEET_PLAIN, (int)i + 1);
            else
                sheet_text(writing->lists, (int)i, list, SHEET_PLAIN, texts->pdata[i]);
        writing->n_texts[list] = (int)texts->len;
    }
    sheet_hide(writing->lists);
    sheet_protect(writing->lists);
}

static void write_mark(const Writing *writing, Sheet *mark)
{
    const ModelCampagne *campagne = &writing->form->model->campagne;
    char version[16], edition[16], begin[CALENDAR_TEXT_MAX], end[CALENDAR_TEXT_MAX];
    g_snprintf(version, sizeof version, "%d", FORMULAIRE_VERSION);
    g_snprintf(edition, sizeof edition, "%d", writing->form->edition);
    const char *const values[FORMULAIRE_KEY_N] = {
        [FORMULAIRE_KEY_VERSION] = version,
        [FORMULAIRE_KEY_CAMPAGNE] = campagne->code,
        [FORMULAIRE_KEY_SIAE] = siae_of(writing)->code,
        [FORMULAIRE_KEY_EDITION] = edition,
        [FORMULAIRE_KEY_DEBUT] = calendar_text(campagne->date_debut, begin),
        [FORMULAIRE_KEY_FIN] = calendar_text(campagne->date_fin, end),
    };
    for (int key = 0; key < FORMULAIRE_KEY_N; key++) {
        sheet_text(mark, key, 0, SHEET_PLAIN, formulaire_keys[key]);
        sheet_text(mark, key, 1, SHEET_PLAIN, values[key]);
    }
    sheet_hide(mark);
    sheet_protect(mark);
}

/* ---- the head ---- */

static void write_fact(const Writing *writing, FormulaireColumnId first, FormulaireColumnId last, const char *label,
                       const char *value)
{
    int from = writing->columns[first], to = writing->columns[last];
    sheet_merged(writing->sheet, LABELS_ROW, from, LABELS_ROW, to, SHEET_CARD_LABEL, label);
    sheet_merged(writing->sheet, FACTS_ROW, from, FACTS_ROW, to, SHEET_INPUT_FACT, value[0] != '\0' ? value : "—");
}

static void write_facts(const Writing *writing)
{
    const ModelSiae *siae = siae_of(writing);
    const ModelCommune *commune = &writing->form->model->communes[siae->commune];
    g_autofree char *name = formulaire_label(siae->raison_sociale, siae->code);
    g_autofree char *etp = g_strdup("");
    if (siae->effectif != MODEL_NONE) {
        g_free(etp);
        etp = siae->effectif % 100 == 0 ? g_strdup_printf("%d", siae->effectif / 100)
                                        : g_strdup_printf("%d,%02d", siae->effectif / 100, siae->effectif % 100);
    }
    write_fact(writing, FORMULAIRE_NUMERO, FORMULAIRE_FORMATION, "Structure", name);
    write_fact(writing, FORMULAIRE_EFFECTIF, FORMULAIRE_EFFECTIF, "Type",
               vocabulary_word(&vocabulary_type, (int)siae->type));
    write_fact(writing, FORMULAIRE_AXE, FORMULAIRE_AXE, "SIRET", siae->siret);
    write_fact(writing, FORMULAIRE_PRIORITE, FORMULAIRE_FIN, "OPCO", siae->opco);
    write_fact(writing, FORMULAIRE_STATUT, FORMULAIRE_PUBLIC_1, "Commune", commune->nom);
    write_fact(writing, FORMULAIRE_PUBLIC_2, FORMULAIRE_PUBLIC_2, "Effectif (ETP)", etp);
    sheet_height(writing->sheet, FACTS_ROW, 24);
}

/* A question above the table: its label, and the cells of the answer. */
static void write_question(const Writing *writing, int label, int label_last, int answer, int answer_last,
                           const char *text, const SheetRule *rule)
{
    sheet_merged(writing->sheet, ANSWER_ROW, label, ANSWER_ROW, label_last, SHEET_INPUT_LABEL, text);
    sheet_rule(writing->sheet, ANSWER_ROW, answer, ANSWER_ROW, answer_last, rule);
}

static void write_answer(const Writing *writing)
{
    static const SheetRule number = {SHEET_RULE_INTEGER, .least = 1, .most = FORMULAIRE_SENDING_MOST,
                                     .problem = "Un nombre : 1 au premier envoi, 2 au suivant…"};
    const int *at = writing->columns;
    Sheet *sheet = writing->sheet;
    SheetRule list = looks[FORMULAIRE_GARDER].rule;
    list.list_sheet = writing->lists;
    list.list_column = FORMULAIRE_LIST_REPONSES;
    list.list_last = writing->n_texts[FORMULAIRE_LIST_REPONSES] - 1;
    write_question(writing, at[FORMULAIRE_NUMERO], at[FORMULAIRE_FORMATION], at[FORMULAIRE_EFFECTIF],
                   at[FORMULAIRE_AXE], FORMULAIRE_ANSWER, &list);
    sheet_merged(sheet, ANSWER_ROW, at[FORMULAIRE_EFFECTIF], ANSWER_ROW, at[FORMULAIRE_AXE], SHEET_INPUT_CENTRE, "");
    g_autofree char *unanswered = g_strdup_printf("=%c%d=\"\"", 'A' + at[FORMULAIRE_EFFECTIF], ANSWER_ROW + 1);
    sheet_flag(sheet, ANSWER_ROW, at[FORMULAIRE_EFFECTIF], ANSWER_ROW, at[FORMULAIRE_AXE], unanswered);
    write_question(writing, at[FORMULAIRE_PRIORITE], at[FORMULAIRE_DEBUT], at[FORMULAIRE_FIN], at[FORMULAIRE_FIN],
                   FORMULAIRE_SENDING, &number);
    sheet_integer(sheet, ANSWER_ROW, at[FORMULAIRE_FIN], SHEET_INPUT_INTEGER, 1);
    sheet_comment(sheet, ANSWER_ROW, at[FORMULAIRE_FIN],
                  "Vous corrigez un formulaire déjà envoyé ? Ajoutez 1 avant de le renvoyer : le nouvel envoi remplace "
                  "le précédent.",
                  260, 80);
    sheet_height(sheet, ANSWER_ROW, ROW_HEIGHT);
}

static void write_head(const Writing *writing)
{
    const ModelCampagne *campagne = &writing->form->model->campagne;
    g_autofree char *begin = french_day(campagne->date_debut), *end = french_day(campagne->date_fin);
    g_autofree char *title = g_strdup_printf("Vos besoins de formation, campagne %s", campagne->code);
    g_autofree char *subtitle = g_strdup_printf("Formations du %s au %s. Remplissez les cases claires, enregistrez, "
                                                "renvoyez ce fichier au coordinateur.",
                                                begin, end);
    sheet_text(writing->sheet, TITLE_ROW, 0, SHEET_TITLE, title);
    sheet_text(writing->sheet, SUBTITLE_ROW, 0, SHEET_SUBTITLE, subtitle);
    sheet_height(writing->sheet, TITLE_ROW, 28);
    write_facts(writing);
    write_answer(writing);
    g_autofree char *kept =
        writing->begun->len > 0
            ? g_strdup_printf(" Les %u premières viennent de la campagne %s : dites « oui » ou « non » "
                              "pour chacune.",
                              writing->begun->len, writing->form->before)
            : g_strdup("");
    g_autofree char *note =
        g_strconcat("Une ligne par besoin ; une case en rouge est encore à remplir. L’aide s’affiche au "
                    "passage de la souris sur les titres.",
                    kept, NULL);
    sheet_text(writing->sheet, NOTE_ROW, 0, SHEET_NOTE, note);
    sheet_height(writing->sheet, NOTE_ROW, ROW_HEIGHT);
}

/* ---- the table ---- */

static void write_header(const Writing *writing)
{
    for (int id = 0; id < FORMULAIRE_N; id++) {
        int column = writing->columns[id];
        if (column < 0)
            continue;
        g_autofree char *title =
            g_strconcat(formulaire_columns[id].title, formulaire_columns[id].must ? " *" : "", NULL);
        sheet_width(writing->sheet, column, looks[id].width);
        sheet_text(writing->sheet, HEADER_ROW, column, SHEET_HEADER, title);
        sheet_comment(writing->sheet, HEADER_ROW, column, formulaire_columns[id].help, 280, 90);
    }
    sheet_height(writing->sheet, HEADER_ROW, 48);
    sheet_freeze(writing->sheet, FIRST_ROW, writing->columns[FORMULAIRE_FORMATION] + 1);
}

/* What a cell of last year's need held; NULL: nothing, a number goes to *number. */
static char *text_before(const Writing *writing, const StoreFormulaireBesoin *besoin, FormulaireColumnId id,
                         double *number)
{
    const Model *model = writing->form->model;
    int32_t commune = model_find_commune(model, besoin->commune);
    guint public = (guint)(id - FORMULAIRE_PUBLIC_1);
    switch (id) {
    case FORMULAIRE_GARDER:
        return g_strdup(FORMULAIRE_UNDECIDED);
    case FORMULAIRE_FORMATION:
        return formulaire_label(model->formations[model_find_formation(model, besoin->formation)].intitule,
                                besoin->formation);
    case FORMULAIRE_AXE:
        return formulaire_label(model->axes[model_find_axe(model, besoin->axe)].libelle, besoin->axe);
    case FORMULAIRE_EFFECTIF:
        *number = besoin->effectif;
        return NULL;
    case FORMULAIRE_PRIORITE:
        *number = besoin->priorite;
        return NULL;
    case FORMULAIRE_RAYON:
        *number = besoin->rayon_km != MODEL_NONE ? besoin->rayon_km / 10.0 : -1;
        return NULL;
    case FORMULAIRE_STATUT:
        return g_strdup(vocabulary_word(&vocabulary_statut, (int)besoin->statut));
    case FORMULAIRE_ATTESTATION:
        return besoin->attestation ? g_strdup("oui") : NULL;
    case FORMULAIRE_COMMUNE:
        return commune != MODEL_NONE ? formulaire_label(model->communes[commune].nom, besoin->commune) : NULL;
    case FORMULAIRE_PUBLIC_1:
    case FORMULAIRE_PUBLIC_2:
    case FORMULAIRE_PUBLIC_3: {
        const char *code = public < besoin->publics->len ? besoin->publics->pdata[public] : NULL;
        const char *name = code != NULL ? french_public(code) : "";
        return code != NULL ? formulaire_label(name[0] != '\0' ? name : code, code) : NULL;
    }
    default:
        return NULL;
    }
}

static void write_row(const Writing *writing, int row, const StoreFormulaireBesoin *besoin)
{
    for (int id = 0; id < FORMULAIRE_N; id++) {
        int column = writing->columns[id];
        double number = -1;
        if (column < 0)
            continue;
        if (id == FORMULAIRE_NUMERO)
            number = row - FIRST_ROW + 1;
        g_autofree char *text = besoin != NULL ? text_before(writing, besoin, (FormulaireColumnId)id, &number) : NULL;
        if (text != NULL)
            sheet_text(writing->sheet, row, column, looks[id].style, text);
        else if (number >= 0)
            sheet_number(writing->sheet, row, column, looks[id].style, number);
        else
            sheet_blank(writing->sheet, row, column, looks[id].style);
    }
    sheet_height(writing->sheet, row, ROW_HEIGHT);
}

static void write_rules(const Writing *writing)
{
    const ModelCampagne *campagne = &writing->form->model->campagne;
    int first = writing->columns[FORMULAIRE_FORMATION], last = writing->columns[FORMULAIRE_ATTESTATION];
    for (int id = 0; id < FORMULAIRE_N; id++) {
        SheetRule rule = looks[id].rule;
        int column = writing->columns[id], list = looks[id].list;
        if (column < 0 || rule.problem == NULL || (list >= 0 && writing->n_texts[list] == 0))
            continue;
        if (list >= 0) {
            rule.list_sheet = writing->lists;
            rule.list_column = list;
            rule.list_last = writing->n_texts[list] - 1;
        } else if (rule.kind == SHEET_RULE_DAY) {
            rule.least = campagne->date_debut;
            rule.most = campagne->date_fin;
        }
        sheet_rule(writing->sheet, FIRST_ROW, column, writing->last_row, column, &rule);
        if (!formulaire_columns[id].must && id != FORMULAIRE_GARDER)
            continue;
        g_autofree char *formula =
            id == FORMULAIRE_GARDER
                ? g_strdup_printf("=%c%d=\"" FORMULAIRE_UNDECIDED "\"", 'A' + column, FIRST_ROW + 1)
                : g_strdup_printf("=AND(COUNTA($%c%d:$%c%d)>0,%c%d=\"\")", 'A' + first, FIRST_ROW + 1, 'A' + last,
                                  FIRST_ROW + 1, 'A' + column, FIRST_ROW + 1);
        sheet_flag(writing->sheet, FIRST_ROW, column, writing->last_row, column, formula);
    }
}

static void write_table(Writing *writing)
{
    write_header(writing);
    writing->last_row = FIRST_ROW + (int)writing->begun->len + BLANK_ROWS - 1;
    for (int row = FIRST_ROW; row <= writing->last_row; row++) {
        guint i = (guint)(row - FIRST_ROW);
        write_row(writing, row, i < writing->begun->len ? writing->begun->pdata[i] : NULL);
    }
    write_rules(writing);
    double width = 0;
    for (int id = 0; id < FORMULAIRE_N; id++)
        width += writing->columns[id] >= 0 ? looks[id].width : 0;
    sheet_print(writing->sheet, HEADER_ROW, HEADER_ROW, -1, false, width);
    sheet_protect(writing->sheet);
}

/* ---- help ---- */

static void write_help(const Writing *writing, Sheet *help)
{
    static const char *const steps[] = {
        ("1. Feuille « " FORMULAIRE_SHEET " » : une ligne par besoin, c’est-à-dire une formation pour un nombre de "
         "salariés. Trois cases sont obligatoires (*) : la formation, le nombre de salariés, l’axe."),
        ("2. Les cases à flèche se remplissent dans une liste : cliquez dans la case, puis sur la flèche. Les dates "
         "s’écrivent jj/mm/aaaa."),
        ("3. En haut, « " FORMULAIRE_ANSWER " » : choisissez « " FORMULAIRE_ANSWER_NEEDS " », ou "
         "« " FORMULAIRE_ANSWER_NONE " ». Une réponse sans besoin compte aussi : elle évite une relance."),
        "4. Enregistrez au format proposé (.xlsx) et renvoyez le fichier. Son nom est libre.",
        ("5. Une correction ? Modifiez le même fichier, ajoutez 1 à « " FORMULAIRE_SENDING " », renvoyez-le : il "
         "remplace le précédent, lignes supprimées comprises."),
        ("Jamais de nom, de date de naissance, de numéro de sécurité sociale, d’adresse ni de téléphone : des nombres "
         "suffisent. « Public » décrit un groupe, jamais une personne."),
        "L’identité de votre structure est fausse ? Signalez-le au coordinateur : ces cases ne se modifient pas ici.",
        "Deux besoins différents pour la même formation (dates, axe, public) : deux lignes.",
    };
    sheet_width(help, 0, 110);
    sheet_text(help, 0, 0, SHEET_TITLE, "Mode d’emploi");
    sheet_height(help, 0, 28);
    int row = 2;
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++, row++) {
        sheet_text(help, row, 0, SHEET_PROSE, steps[i]);
        sheet_height(help, row, 38);
    }
    if (writing->lost->len > 0) {
        g_ptr_array_add(writing->lost, NULL);
        g_autofree char *names = g_strjoinv(", ", (char **)writing->lost->pdata);
        g_autofree char *text =
            g_strconcat("De la campagne précédente ne sont pas repris, parce que la formation ou l’axe "
                        "n’existe plus : ",
                        names, ".", NULL);
        sheet_text(help, row, 0, SHEET_PROSE, text);
        sheet_height(help, row, 76);
    }
    sheet_print(help, -1, -1, -1, true, 110);
    sheet_protect(help);
}

/* ---- the whole ---- */

/* Last year's needs of the SIAE: those that can begin the form, and the formations of the others. */
static void sort_besoins(Writing *writing)
{
    const Model *model = writing->form->model;
    for (guint i = 0; i < writing->form->besoins->len; i++) {
        StoreFormulaireBesoin *besoin = &g_array_index(writing->form->besoins, StoreFormulaireBesoin, i);
        if (besoin->siae != writing->siae)
            continue;
        bool known = model_find_formation(model, besoin->formation) != MODEL_NONE &&
                     model_find_axe(model, besoin->axe) != MODEL_NONE;
        if (known)
            g_ptr_array_add(writing->begun, besoin);
        else
            g_ptr_array_add(writing->lost, g_strdup_printf("%s (%d)", besoin->formation, besoin->effectif));
    }
}

bool formulaire_write(const Formulaire *formulaire, int32_t siae, const char *path, const char *scratch, GError **error)
{
    const Model *model = formulaire->model;
    g_autofree char *subject = g_strdup_printf("%s, %s", model->campagne.code, model->siae[siae].code);
    SheetAbout about = {.title = "Recensement des besoins de formation",
                        .subject = subject,
                        .keywords = "recensement, formation, IAE",
                        .version = PRISME_VERSION,
                        .footer = subject,
                        .day = formulaire->day};
    SheetBook *book = sheet_book_new(path, scratch, &about);
    Writing writing = {.form = formulaire,
                       .siae = siae,
                       .sheet = sheet_new(book, FORMULAIRE_SHEET),
                       .begun = g_ptr_array_new(),
                       .lost = g_ptr_array_new_with_free_func(g_free)};
    Sheet *help = sheet_new(book, FORMULAIRE_HELP);
    writing.lists = sheet_new(book, FORMULAIRE_LISTS);
    sort_besoins(&writing);
    int column = 0;
    for (int id = 0; id < FORMULAIRE_N; id++)
        writing.columns[id] = id == FORMULAIRE_GARDER && writing.begun->len == 0 ? -1 : column++;
    write_lists(&writing);
    write_head(&writing);
    write_table(&writing);
    write_help(&writing, help);
    write_mark(&writing, sheet_new(book, FORMULAIRE_MARK));
    g_ptr_array_unref(writing.begun);
    g_ptr_array_unref(writing.lost);
    return sheet_book_close(book, error);
}

/* formulaire-SIAE-CAMPAGNE.xlsx, unique among names whatever the case. Caller frees. */
static char *file_name(GHashTable *names, const char *siae, const char *campagne)
{
    g_autofree char *code = classeur_file_safe(siae), *year = classeur_file_safe(campagne);
    g_autofree char *lower = g_ascii_strdown(code, -1);
    for (int n = 1;; n++) {
        char *key = n == 1 ? g_strdup(lower) : g_strdup_printf("%s-%d", lower, n);
        if (!g_hash_table_add(names, key))
            continue;
        return n == 1 ? g_strdup_printf("formulaire-%s-%s.xlsx", code, year)
                      : g_strdup_printf("formulaire-%s-%d-%s.xlsx", code, n, year);
    }
}

static bool write_forms(const Formulaire *formulaire, int32_t first, int32_t last, const char *sortie, GError **error)
{
    const Model *model = formulaire->model;
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(Output) output = output_open(sortie, error);
    if (output == NULL)
        return false;
    for (int32_t i = 0; i <= last; i++) {
        g_autofree char *name = file_name(names, model->siae[i].code, model->campagne.code);
        if (i >= first && !formulaire_write(formulaire, i, output_add(output, name), output_stage(output), error))
            return false;
    }
    return output_commit(output, error);
}

bool formulaire_run(Db *db, const char *campagne, const char *siae, int32_t today, const char *sortie, GError **error)
{
    if (!db_begin_snapshot(db, error))
        return false;
    g_autofree char *before = NULL;
    g_autoptr(Model) model = store_campaign_load(db, campagne, 0, error);
    int32_t edition = model != NULL ? store_campaign_latest(db, campagne, error) : -1;
    g_autoptr(GArray) besoins = edition > 0 ? store_formulaire_besoins(db, model, &before, error) : NULL;
    db_rollback(db); /* nothing was written */
    if (besoins == NULL)
        return false;
    int32_t only = siae != NULL ? model_find_siae(model, siae) : 0;
    if (only == MODEL_NONE) {
        g_set_error(error, FAULT, FAULT_INPUT, "unknown SIAE '%s' in campaign '%s'", siae, campagne);
        return false;
    }
    Formulaire formulaire = {model, edition, today, besoins, before};
    int32_t last = siae != NULL ? only : model->n_siae - 1;
    if (!write_forms(&formulaire, only, last, sortie, error))
        return false;
    log_info("formulaire: campaign '%s': %d forms written to '%s'", campagne, last - only + 1, sortie);
    return true;
}
