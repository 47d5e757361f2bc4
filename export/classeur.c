/* Workbooks of a plan: see classeur.h. */
#include "export/classeur.h"

#include "config/money.h"
#include "export/french.h"

#include <string.h>

#define NAME_MAX_CHARACTERS 60 /* of a file's name */
#define SUBJECT_MAX 80         /* characters of a name in titles: properties hold 255 bytes */

char *classeur_file_safe(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *ascii = g_str_to_ascii(valid, "fr");
    GString *name = g_string_new(NULL);
    for (const char *c = ascii; *c != '\0' && name->len < NAME_MAX_CHARACTERS; c++)
        if (g_ascii_isalnum(*c))
            g_string_append_c(name, *c);
        else if (name->len > 0 && name->str[name->len - 1] != '-')
            g_string_append_c(name, '-');
    while (name->len > 0 && name->str[name->len - 1] == '-')
        g_string_truncate(name, name->len - 1);
    if (name->len == 0)
        g_string_append(name, "sans-nom");
    return g_string_free(name, FALSE);
}

/* File systems there are that do not tell case apart. */
static bool is_taken(const GArray *files, const char *file)
{
    for (guint i = 0; i < files->len; i++)
        if (g_ascii_strcasecmp(g_array_index(files, ClasseurFile, i).file, file) == 0)
            return true;
    return false;
}

static char *unique_name(const GArray *files, const char *kind, const char *name, const char *campagne, int32_t numero)
{
    char *file = g_strdup_printf("%s-%s-%s-v%d.xlsx", kind, name, campagne, numero);
    for (int n = 2; is_taken(files, file); n++) {
        g_free(file);
        file = g_strdup_printf("%s-%s-%d-%s-v%d.xlsx", kind, name, n, campagne, numero);
    }
    return file;
}

static void clear_file(gpointer data)
{
    g_free(((ClasseurFile *)data)->file);
}

static void add(GArray *files, const Classeur *classeur, const ClasseurPage *pages, const char *kind, const char *name)
{
    const Figures *figures = classeur->figures;
    g_autofree char *campagne = classeur_file_safe(figures->model->campagne.code);
    ClasseurFile file = {*classeur, pages, unique_name(files, kind, name, campagne, figures->plan->numero)};
    g_array_append_val(files, file);
}

/* Which SIAE a name means must not depend on who else asks: SIAE of one name are told apart by their codes. */
static void add_siae(GArray *files, const Classeur *region)
{
    const Figures *figures = region->figures;
    const Model *model = figures->model;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) namesakes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int32_t i = 0; i < model->n_siae; i++) {
        g_autofree char *name = classeur_file_safe(model->siae[i].raison_sociale);
        char *folded = g_ascii_strdown(name, -1);
        int n = GPOINTER_TO_INT(g_hash_table_lookup(namesakes, folded));
        g_hash_table_insert(namesakes, folded, GINT_TO_POINTER(n + 1));
        g_ptr_array_add(names, g_steal_pointer(&name));
    }
    for (int32_t i = 0; i < model->n_siae; i++) {
        if (figures->siae[i].demande == 0)
            continue;
        Classeur classeur = *region;
        classeur.siae = i;
        classeur.previous = NULL;
        const char *name = names->pdata[i];
        g_autofree char *folded = g_ascii_strdown(name, -1), *code = classeur_file_safe(model->siae[i].code);
        g_autofree char *both = g_strconcat(name, "-", code, NULL);
        bool alone = GPOINTER_TO_INT(g_hash_table_lookup(namesakes, folded)) == 1;
        add(files, &classeur, siae_pages, "siae", alone ? name : both);
    }
}

GArray *classeur_list(const Figures *figures, const Settings *settings, const ClasseurPrevious *previous,
                      const Controls *controls)
{
    GArray *files = g_array_new(FALSE, FALSE, sizeof(ClasseurFile));
    g_array_set_clear_func(files, clear_file);
    g_autofree char *name = classeur_file_safe(figures->model->campagne.region);
    Classeur region = {figures, settings, previous, controls, CLASSEUR_REGION, MODEL_NONE};
    add(files, &region, regional_pages, "plan", name);
    for (int32_t o = 0; o < figures->n_opcos; o++) {
        const FiguresOpco *opco = &figures->opcos[o];
        if (opco->share.servi.effectif == 0 && opco->n_enveloppes == 0)
            continue;
        Classeur classeur = {figures, settings, NULL, controls, o, MODEL_NONE};
        g_autofree char *safe = classeur_file_safe(opco->name[0] != '\0' ? opco->name : "sans-opco");
        add(files, &classeur, opco_pages, "opco", safe);
    }
    add_siae(files, &region);
    return files;
}

/* Whom the workbook is for. */
static const char *subject(const Classeur *classeur)
{
    const Figures *figures = classeur->figures;
    return classeur->siae != MODEL_NONE        ? figures->model->siae[classeur->siae].raison_sociale
           : classeur->opco != CLASSEUR_REGION ? classeur_opco_name(figures->opcos[classeur->opco].name)
                                               : french_region(figures->model->campagne.region);
}

bool classeur_write(const ClasseurFile *file, const char *path, const char *scratch, GError **error)
{
    const Figures *figures = file->classeur.figures;
    const ModelCampagne *campagne = &figures->model->campagne;
    const char *kind = file->classeur.siae != MODEL_NONE        ? "Formations de la SIAE"
                       : file->classeur.opco != CLASSEUR_REGION ? "Dossier OPCO"
                                                                : "Plan régional de formation inter-SIAE";
    g_autofree char *day = french_day_short(figures->plan->date_plan);
    g_autofree char *name = french_shorten(subject(&file->classeur), SUBJECT_MAX);
    g_autofree char *title = g_strdup_printf("%s %s, campagne %s", kind, name, campagne->code);
    g_autofree char *which =
        g_strdup_printf("Campagne %s, plan n° %d du %s", campagne->code, figures->plan->numero, day);
    g_autofree char *footer =
        g_strdup_printf("Campagne %s – plan n° %d du %s", campagne->code, figures->plan->numero, day);
    SheetAbout about = {title,          which,  "IAE, formation, plan régional, OPCO",
                        PRISME_VERSION, footer, figures->plan->date_plan};
    SheetBook *book = sheet_book_new(path, scratch, &about);
    for (const ClasseurPage *page = file->pages; page->name != NULL; page++)
        page->write(&file->classeur, sheet_new(book, page->name));
    return sheet_book_close(book, error);
}

void classeur_head(const Classeur *classeur, Sheet *sheet, const char *title, const char *note)
{
    const Figures *figures = classeur->figures;
    const ModelCampagne *campagne = &figures->model->campagne;
    g_autofree char *day = french_day(figures->plan->date_plan);
    g_autofree char *name = french_shorten(subject(classeur), SUBJECT_MAX);
    g_autofree char *which = g_strdup_printf("%s – campagne %s – plan n° %d du %s%s%s", name, campagne->code,
                                             figures->plan->numero, day, note[0] != '\0' ? " – " : "", note);
    sheet_text(sheet, 0, 0, SHEET_TITLE, title);
    sheet_text(sheet, 1, 0, SHEET_SUBTITLE, which);
    sheet_height(sheet, 0, 27);
}

bool classeur_holds(const Classeur *classeur, int32_t besoin)
{
    const Figures *figures = classeur->figures;
    int32_t siae = figures->model->besoins[besoin].siae;
    return classeur->siae != MODEL_NONE        ? siae == classeur->siae
           : classeur->opco != CLASSEUR_REGION ? figures->opco_of_siae[siae] == classeur->opco
                                               : true;
}

const int32_t *classeur_rows(const Classeur *classeur, int32_t *n)
{
    const Figures *figures = classeur->figures;
    bool siae = classeur->siae != MODEL_NONE;
    g_assert(siae || classeur->opco != CLASSEUR_REGION);
    const FiguresGroups *groups = siae ? &figures->by_siae : &figures->by_opco;
    const int32_t *first = groups->first + (siae ? classeur->siae : classeur->opco);
    *n = first[1] - first[0];
    return groups->rows + first[0];
}

void classeur_share(SheetTable *table, const FiguresShare *share)
{
    sheet_table_integer(table, share->demande);
    sheet_table_integer(table, share->servi.effectif);
    sheet_table_ratio(table, share->servi.effectif, share->demande);
}

void classeur_mean(SheetTable *table, int64_t amount, int64_t n)
{
    if (n > 0)
        sheet_table_amount(table, (amount + n / 2) / n);
    else
        sheet_table_none(table);
}

const char *classeur_opco_name(const char *opco)
{
    return opco[0] != '\0' ? opco : "sans OPCO";
}

int64_t classeur_hourly(int64_t cost, int32_t heures, int64_t learners)
{
    return learners == 0 ? 0 : money_half_up(cost * 100, (int64_t)heures * learners);
}

const char *classeur_place(const Model *model, const ModelOffre *offre)
{
    return offre->commune != MODEL_NONE ? model->communes[offre->commune].nom : french_modalite(offre->modalite);
}
