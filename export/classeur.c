/* Workbooks of a plan: see classeur.h. */
#include "export/classeur.h"

#include "config/money.h"
#include "export/french.h"

#include <string.h>

#define NAME_MAX_CHARACTERS 60

/* A name for files everywhere: ASCII letters, digits and single dashes. */
static char *file_safe(const char *text)
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

GArray *classeur_list(const Figures *figures, const Settings *settings, const ClasseurPrevious *previous,
                      const Controls *controls)
{
    GArray *files = g_array_new(FALSE, FALSE, sizeof(ClasseurFile));
    g_array_set_clear_func(files, clear_file);
    g_autofree char *campagne = file_safe(figures->model->campagne.code);
    g_autofree char *region = file_safe(figures->model->campagne.region);
    int32_t numero = figures->plan->numero;
    ClasseurFile regional = {{figures, settings, previous, controls, CLASSEUR_REGION}, regional_pages, NULL};
    regional.file = unique_name(files, "plan", region, campagne, numero);
    g_array_append_val(files, regional);
    for (int32_t o = 0; o < figures->n_opcos; o++) {
        const FiguresOpco *opco = &figures->opcos[o];
        if (opco->share.servi.effectif == 0 && opco->n_enveloppes == 0)
            continue;
        g_autofree char *name = file_safe(opco->name[0] != '\0' ? opco->name : "sans-opco");
        ClasseurFile file = {{figures, settings, NULL, controls, o}, opco_pages, NULL};
        file.file = unique_name(files, "opco", name, campagne, numero);
        g_array_append_val(files, file);
    }
    return files;
}

bool classeur_write(const ClasseurFile *file, const char *path, const char *scratch, GError **error)
{
    const Figures *figures = file->classeur.figures;
    const ModelCampagne *campagne = &figures->model->campagne;
    bool regional = file->classeur.opco == CLASSEUR_REGION;
    const char *opco = regional ? "" : classeur_opco_name(figures->opcos[file->classeur.opco].name);
    g_autofree char *day = french_day_short(figures->plan->date_plan);
    g_autofree char *title = regional ? g_strdup_printf("Plan régional de formation inter-SIAE %s %s",
                                                        french_region(campagne->region), campagne->code)
                                      : g_strdup_printf("Dossier OPCO %s, campagne %s", opco, campagne->code);
    g_autofree char *subject =
        g_strdup_printf("Campagne %s, plan n° %d du %s", campagne->code, figures->plan->numero, day);
    g_autofree char *footer =
        g_strdup_printf("Campagne %s – plan n° %d du %s", campagne->code, figures->plan->numero, day);
    SheetAbout about = {title,          subject, "IAE, formation, plan régional, OPCO",
                        PRISME_VERSION, footer,  figures->plan->date_plan};
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
    g_autofree char *which =
        g_strdup_printf("%s – campagne %s – plan n° %d du %s%s%s",
                        classeur->opco == CLASSEUR_REGION ? french_region(campagne->region)
                                                          : classeur_opco_name(figures->opcos[classeur->opco].name),
                        campagne->code, figures->plan->numero, day, note[0] != '\0' ? " – " : "", note);
    sheet_text(sheet, 0, 0, SHEET_TITLE, title);
    sheet_text(sheet, 1, 0, SHEET_SUBTITLE, which);
    sheet_height(sheet, 0, 27);
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
