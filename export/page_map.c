/* The map of the web page: sessions and SIAE at their communes, and how learners travel, drawn as SVG.
 *
 * Plate carrée at the middle latitude of what is drawn. Land is sketched from the communes of the campaign
 * (page_land.h). Land masses farther than NEAR_KM from the main group
 * are drawn in frames of their own, as atlases draw distant islands. */
#include "export/french.h"
#include "export/page_land.h"
#include "export/page_table.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 7200 /* tenths of a unit, as all lengths here */
#define HEIGHT_MIN 3600
#define HEIGHT_MAX 7600
#define MARGIN 450
#define FRAME 1500 /* side of the frame of a distant group */
#define NEAR_KM 100
#define KM_PER_DEGREE 111.195
#define DRAWN_MAX 3000 /* communes of which land is sketched; of more, one in every few */
#define AROUND 0.15    /* degrees around the communes that matter, within which others sketch the land */
#define FLOWS_MAX 150
#define CHARACTER 73 /* width of a label's */
#define LABEL_HEIGHT 140

/* What is drawn of a commune. */
typedef struct {
    int32_t x, y, group;
    int32_t sessions, siae;
    int64_t learners, asked, served; /* learners of its sessions; of its SIAE */
} Spot;

typedef struct {
    int32_t left, top, width, height;
    double west, north, scale, narrowing; /* degrees; tenths per degree of latitude; cos of the middle latitude */
} Frame;

typedef struct {
    int32_t x, y, width, height;
} Box;

typedef struct {
    Page *page;
    const Model *model;
    Spot *spots;    /* of each commune */
    int32_t *drawn; /* communes that are drawn, ascending */
    int32_t n_drawn;
    Frame *frames; /* of each group; the main one first */
    int32_t n_groups, height;
    GArray *boxes; /* of Box: what labels must not cover */
} Map;

static double distance_km(const ModelCommune *a, const ModelCommune *b)
{
    double narrowing = cos((a->latitude + b->latitude) / 2 * G_PI / 180);
    double dx = (a->longitude - b->longitude) * narrowing, dy = a->latitude - b->latitude;
    return sqrt(dx * dx + dy * dy) * KM_PER_DEGREE;
}

/* ---- what is where ---- */

static void count(Map *map)
{
    const Figures *figures = map->page->classeur->figures;
    const Model *model = map->model;
    for (int32_t i = 0; i < figures->plan->n_sessions; i++) {
        int32_t commune = model->offres[figures->plan->sessions[i].offre].commune;
        if (commune == MODEL_NONE)
            continue;
        map->spots[commune].sessions++;
        map->spots[commune].learners += figures->plan->sessions[i].effectif;
    }
    for (int32_t i = 0; i < model->n_siae; i++) {
        Spot *spot = &map->spots[model->siae[i].commune];
        spot->siae += figures->siae[i].demande > 0;
        spot->asked += figures->siae[i].demande;
        spot->served += figures->siae[i].servi.effectif;
    }
}

/* The communes that matter, and those around them: a campaign may come with all communes of the country. */
static void choose(Map *map)
{
    const Figures *figures = map->page->classeur->figures;
    const Model *model = map->model;
    g_autofree bool *used = g_new0(bool, model->n_communes);
    double west = 180, east = -180, south = 90, north = -90;
    int32_t n = 0, seen = 0;
    for (int32_t i = 0; i < model->n_siae; i++)
        used[model->siae[i].commune] = true;
    for (int32_t i = 0; i < model->n_besoins; i++)
        used[model->besoins[i].commune] = true;
    for (int32_t i = 0; i < figures->plan->n_sessions; i++)
        if (model->offres[figures->plan->sessions[i].offre].commune != MODEL_NONE)
            used[model->offres[figures->plan->sessions[i].offre].commune] = true;
    for (int32_t i = 0; i < model->n_communes; i++)
        if (used[i]) {
            west = fmin(west, model->communes[i].longitude - AROUND);
            east = fmax(east, model->communes[i].longitude + AROUND);
            south = fmin(south, model->communes[i].latitude - AROUND);
            north = fmax(north, model->communes[i].latitude + AROUND);
        }
    map->drawn = g_new(int32_t, model->n_communes);
    for (int pass = 0; pass < 2; pass++)
        for (int32_t i = 0; i < model->n_communes; i++) {
            const ModelCommune *row = &model->communes[i];
            bool around =
                row->longitude >= west && row->longitude <= east && row->latitude >= south && row->latitude <= north;
            if (pass == 0)
                n += around;
            else if (around && (used[i] || seen++ % (1 + n / DRAWN_MAX) == 0))
                map->drawn[map->n_drawn++] = i;
        }
}

/* ---- groups of land masses ---- */

/* zones[i]: a number for the zone of commune i. */
static int32_t number_zones(const Model *model, int32_t *zones)
{
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
    for (int32_t i = 0; i < model->n_communes; i++) {
        const char *zone = model->communes[i].zone;
        if (!g_hash_table_contains(numbers, zone))
            g_hash_table_insert(numbers, (gpointer)(uintptr_t)zone, GINT_TO_POINTER((int)g_hash_table_size(numbers)));
        zones[i] = GPOINTER_TO_INT(g_hash_table_lookup(numbers, zone));
    }
    return (int32_t)g_hash_table_size(numbers);
}

static int32_t root(const int32_t *parents, int32_t zone)
{
    while (parents[zone] != zone)
        zone = parents[zone];
    return zone;
}

/* Zones with communes nearer than NEAR_KM to each other are one group; the largest is group 0, the others follow in the
 * order of their first communes. */
static void group(Map *map)
{
    const Model *model = map->model;
    int32_t n = map->n_drawn;
    g_autofree int32_t *zones = g_new(int32_t, model->n_communes), *parents = g_new(int32_t, model->n_communes);
    g_autofree int32_t *sizes = g_new0(int32_t, model->n_communes), *groups = g_new(int32_t, model->n_communes);
    int32_t n_zones = number_zones(model, zones), largest = 0;
    for (int32_t z = 0; z < n_zones; z++)
        parents[z] = z;
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = i + 1; j < n; j++) {
            int32_t a = root(parents, zones[map->drawn[i]]), b = root(parents, zones[map->drawn[j]]);
            if (a != b && distance_km(&model->communes[map->drawn[i]], &model->communes[map->drawn[j]]) < NEAR_KM)
                parents[MAX(a, b)] = MIN(a, b);
        }
    for (int32_t i = 0; i < n; i++)
        sizes[root(parents, zones[map->drawn[i]])]++;
    for (int32_t z = 0; z < n_zones; z++) {
        largest = sizes[z] > sizes[largest] ? z : largest;
        groups[z] = MODEL_NONE;
    }
    groups[largest] = 0;
    map->n_groups = 1;
    for (int32_t i = 0; i < n; i++) {
        int32_t zone = root(parents, zones[map->drawn[i]]);
        if (groups[zone] == MODEL_NONE)
            groups[zone] = map->n_groups++;
        map->spots[map->drawn[i]].group = groups[zone];
    }
}

/* ---- projection ---- */

static void fit(Map *map, int32_t which)
{
    const Model *model = map->model;
    Frame *frame = &map->frames[which];
    double west = 180, east = -180, south = 90, north = -90;
    for (int32_t i = 0; i < map->n_drawn; i++) {
        const ModelCommune *row = &model->communes[map->drawn[i]];
        if (map->spots[map->drawn[i]].group != which)
            continue;
        west = fmin(west, row->longitude);
        east = fmax(east, row->longitude);
        south = fmin(south, row->latitude);
        north = fmax(north, row->latitude);
    }
    frame->narrowing = fmax(cos((south + north) / 2 * G_PI / 180), 0.05);
    double wide = fmax((east - west) * frame->narrowing, 0.02), high = fmax(north - south, 0.02);
    int32_t margin = which == 0 ? MARGIN : MARGIN / 2;
    if (which == 0) {
        frame->width = WIDTH - (map->n_groups > 1 ? FRAME + MARGIN : 0);
        double height = high / wide * (frame->width - 2 * margin) + 2 * margin;
        frame->height = (int32_t)fmin(fmax(height, HEIGHT_MIN), HEIGHT_MAX);
    }
    frame->scale = fmin((frame->width - 2 * margin) / wide, (frame->height - 2 * margin) / high);
    frame->west = (west + east) / 2 - (frame->width / 2.0) / frame->scale / frame->narrowing;
    frame->north = (south + north) / 2 + (frame->height / 2.0) / frame->scale;
}

static void project(Map *map)
{
    const Model *model = map->model;
    map->frames = g_new0(Frame, map->n_groups);
    fit(map, 0);
    map->height = MAX(map->frames[0].height, (map->n_groups - 1) * (FRAME + MARGIN / 2));
    for (int32_t g = 1; g < map->n_groups; g++) {
        Frame *frame = &map->frames[g];
        frame->left = WIDTH - FRAME - 20;
        frame->top = 20 + (g - 1) * (FRAME + MARGIN / 2);
        frame->width = frame->height = FRAME;
        fit(map, g);
    }
    for (int32_t i = 0; i < map->n_drawn; i++) {
        const ModelCommune *row = &model->communes[map->drawn[i]];
        Spot *spot = &map->spots[map->drawn[i]];
        const Frame *frame = &map->frames[spot->group];
        spot->x = frame->left + (int32_t)lround((row->longitude - frame->west) * frame->narrowing * frame->scale);
        spot->y = frame->top + (int32_t)lround((frame->north - row->latitude) * frame->scale);
    }
}

/* ---- land ---- */

static void land(const Map *map)
{
    g_autofree int32_t *zones = g_new(int32_t, map->model->n_communes);
    g_autofree PageLandPoint *points = g_new(PageLandPoint, map->n_drawn);
    int32_t n_zones = number_zones(map->model, zones);
    for (int32_t i = 0; i < map->n_drawn; i++) {
        const Spot *spot = &map->spots[map->drawn[i]];
        points[i] = (PageLandPoint){spot->x, spot->y, zones[map->drawn[i]]};
    }
    page_land(map->page->html, points, map->n_drawn, n_zones);
}

/* ---- journeys ---- */

static void point(Html *html, char command, const Spot *spot)
{
    html_format(html, "%c", command);
    html_tenths(html, spot->x);
    html_raw(html, " ");
    html_tenths(html, spot->y);
}

typedef struct {
    int32_t from, to;
    int64_t learners;
} Flow;

static int by_pair(gconstpointer a, gconstpointer b)
{
    const Flow *left = a, *right = b;
    return left->from != right->from ? (left->from > right->from) - (left->from < right->from)
                                     : (left->to > right->to) - (left->to < right->to);
}

static int by_learners(gconstpointer a, gconstpointer b)
{
    const Flow *left = a, *right = b;
    return left->learners != right->learners ? (left->learners < right->learners) - (left->learners > right->learners)
                                             : by_pair(a, b);
}

static void flows(const Map *map)
{
    const Figures *figures = map->page->classeur->figures;
    Html *html = map->page->html;
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Flow));
    for (int32_t i = 0; i < figures->plan->n_affectations; i++) {
        const ModelPlanAffectation *row = &figures->plan->affectations[i];
        Flow flow = {map->model->besoins[row->besoin].commune,
                     map->model->offres[figures->plan->sessions[row->session].offre].commune, row->effectif};
        if (flow.to != MODEL_NONE && flow.to != flow.from && map->spots[flow.from].group == map->spots[flow.to].group)
            g_array_append_val(all, flow);
    }
    g_array_sort(all, by_pair);
    guint n = 0;
    for (guint i = 0; i < all->len; i++) {
        Flow *kept = &g_array_index(all, Flow, n > 0 ? n - 1 : 0), *flow = &g_array_index(all, Flow, i);
        if (n > 0 && by_pair(kept, flow) == 0)
            kept->learners += flow->learners;
        else
            g_array_index(all, Flow, n++) = *flow;
    }
    g_array_set_size(all, n);
    g_array_sort(all, by_learners);
    html_raw(html, "<g class=\"flows\">\n");
    for (guint i = 0; i < MIN(all->len, FLOWS_MAX); i++) {
        const Flow *flow = &g_array_index(all, Flow, i);
        html_raw(html, "<path stroke-width=\"");
        html_tenths(html, (int32_t)CLAMP(lround(7 * sqrt((double)flow->learners)), 7, 70));
        html_raw(html, "\" d=\"");
        point(html, 'M', &map->spots[flow->from]);
        point(html, 'L', &map->spots[flow->to]);
        html_raw(html, "\"/>\n");
    }
    html_raw(html, "</g>\n");
}

/* ---- marks and labels ---- */

static int32_t radius(const Spot *spot)
{
    return (int32_t)CLAMP(lround(16 * sqrt((double)spot->learners)), 60, 420);
}

static void tell(Html *html, const Spot *spot)
{
    g_autofree char *sessions = french_count(spot->sessions, "session", "sessions");
    g_autofree char *learners = french_count(spot->learners, "stagiaire accueilli", "stagiaires accueillis");
    g_autofree char *served = french_integer(spot->served), *asked = french_integer(spot->asked);
    if (spot->sessions > 0)
        html_format(html, "%s, %s", sessions, learners);
    if (spot->siae > 0)
        html_format(html, "%s%d SIAE, %s servis sur %s demandés", spot->sessions > 0 ? " ; " : "", spot->siae, served,
                    asked);
}

/* How many marks and labels lie less than `gap` from a box. */
static int count_near(const GArray *boxes, const Box *box, int32_t gap)
{
    int n = 0;
    for (guint i = 0; i < boxes->len; i++) {
        const Box *other = &g_array_index(boxes, Box, i);
        n += box->x - gap < other->x + other->width && other->x < box->x + box->width + gap &&
             box->y - gap < other->y + other->height && other->y < box->y + box->height + gap;
    }
    return n;
}

static bool holds(const Frame *frame, const Box *box)
{
    return box->x >= frame->left && box->x + box->width <= frame->left + frame->width && box->y >= frame->top &&
           box->y + box->height <= frame->top + frame->height;
}

/* Beside the mark, where nothing is covered and least is near; nowhere where that cannot be. */
static void label(Map *map, int32_t commune)
{
    /* below, above, right, left, then askew */
    static const int sides[][2] = {{0, 1}, {0, -1}, {1, 0}, {-1, 0}, {1, 1}, {-1, 1}, {1, -1}, {-1, -1}};
    const Spot *spot = &map->spots[commune];
    Html *html = map->page->html;
    g_autofree char *name = french_shorten(map->model->communes[commune].nom, 28);
    int32_t width = (int32_t)g_utf8_strlen(name, -1) * CHARACTER, away = spot->sessions > 0 ? radius(spot) + 15 : 75;
    Box best = {0, 0, 0, 0};
    int least = INT_MAX;
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
        int32_t right = sides[i][0], below = sides[i][1];
        int32_t aside = below == 0 ? away + 20 : away * 3 / 4, apart = right == 0 ? away : away / 2;
        Box box = {spot->x - width / 2 + right * (width / 2 + aside),
                   spot->y - LABEL_HEIGHT / 2 + below * (LABEL_HEIGHT / 2 + apart), width, LABEL_HEIGHT};
        int near = count_near(map->boxes, &box, LABEL_HEIGHT) + count_near(map->boxes, &box, 2 * LABEL_HEIGHT);
        if (near < least && holds(&map->frames[spot->group], &box) && count_near(map->boxes, &box, 0) == 0) {
            best = box;
            least = near;
        }
    }
    if (least == INT_MAX)
        return;
    g_array_append_val(map->boxes, best);
    html_raw(html, "<text x=\"");
    html_tenths(html, best.x + width / 2);
    html_raw(html, "\" y=\"");
    html_tenths(html, best.y + LABEL_HEIGHT * 3 / 4);
    html_raw(html, "\">");
    html_text(html, name);
    html_raw(html, "</text>\n");
}

static void diamond(Html *html, int32_t x, int32_t y, int32_t size)
{
    const int32_t corners[][2] = {{x, y - size}, {x + size, y}, {x, y + size}, {x - size, y}};
    for (size_t i = 0; i < G_N_ELEMENTS(corners); i++) {
        Spot corner = {.x = corners[i][0], .y = corners[i][1]};
        point(html, i == 0 ? 'M' : 'L', &corner);
    }
    html_raw(html, "z");
}

static void mark(Map *map, int32_t commune)
{
    const Spot *spot = &map->spots[commune];
    Html *html = map->page->html;
    html_format(html, "<a href=\"#t-%s\" data-q=\"", spot->sessions > 0 ? "sessions" : "siae");
    html_text(html, map->model->communes[commune].nom);
    html_raw(html, "\"><title>");
    html_text(html, map->model->communes[commune].nom);
    html_raw(html, " : ");
    tell(html, spot);
    html_raw(html, "</title>");
    if (spot->sessions > 0) {
        html_raw(html, "<circle class=\"held\" cx=\"");
        html_tenths(html, spot->x);
        html_raw(html, "\" cy=\"");
        html_tenths(html, spot->y);
        html_raw(html, "\" r=\"");
        html_tenths(html, radius(spot));
        html_raw(html, "\"/>");
    }
    if (spot->siae > 0) {
        html_format(html, "<path class=\"siae%s\" d=\"", spot->served == 0 ? " without" : "");
        diamond(html, spot->x, spot->y, 45 + 8 * MIN(spot->siae, 6));
        html_raw(html, "\"/>");
    }
    html_raw(html, "</a>\n");
}

static int by_weight(gconstpointer a, gconstpointer b, gpointer data)
{
    const Spot *left = (const Spot *)data + *(const int32_t *)a, *right = (const Spot *)data + *(const int32_t *)b;
    int64_t more = (right->learners + right->asked) - (left->learners + left->asked);
    return more != 0 ? (more > 0) - (more < 0) : *(const int32_t *)a - *(const int32_t *)b;
}

/* The largest first, so that the small ones lie above and are labelled last. */
static void marks(Map *map)
{
    int32_t n = 0;
    g_autofree int32_t *order = g_new(int32_t, map->model->n_communes);
    for (int32_t i = 0; i < map->model->n_communes; i++)
        if (map->spots[i].sessions > 0 || map->spots[i].siae > 0)
            order[n++] = i;
    g_qsort_with_data(order, n, sizeof *order, by_weight, map->spots);
    for (int32_t i = 0; i < n; i++) {
        const Spot *spot = &map->spots[order[i]];
        int32_t size = spot->sessions > 0 ? radius(spot) * 9 / 10 : 60;
        Box box = {spot->x - size, spot->y - size, 2 * size, 2 * size};
        mark(map, order[i]);
        g_array_append_val(map->boxes, box);
    }
    html_raw(map->page->html, "<g class=\"names\" aria-hidden=\"true\">\n");
    for (int32_t i = 0; i < n; i++)
        label(map, order[i]);
    html_raw(map->page->html, "</g>\n");
}

/* A length on the ground, at the bottom left of a frame. */
static void scale_bar(const Map *map, const Frame *frame)
{
    static const int lengths[] = {200, 100, 50, 20, 10, 5, 2, 1};
    Html *html = map->page->html;
    for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
        int32_t width = (int32_t)(lengths[i] / KM_PER_DEGREE * frame->scale);
        if (width > frame->width / 4 && i + 1 < G_N_ELEMENTS(lengths))
            continue;
        html_raw(html, "<g class=\"scale\"><path d=\"M");
        html_tenths(html, frame->left + 100);
        html_raw(html, " ");
        html_tenths(html, frame->top + frame->height - 100);
        html_raw(html, "v5h");
        html_tenths(html, width);
        html_raw(html, "v-5\"/><text x=\"");
        html_tenths(html, frame->left + 100 + width / 2);
        html_raw(html, "\" y=\"");
        html_tenths(html, frame->top + frame->height - 120);
        html_format(html, "\">%d km</text></g>\n", lengths[i]);
        return;
    }
}

static void frames(const Map *map)
{
    Html *html = map->page->html;
    for (int32_t g = 1; g < map->n_groups; g++) {
        const Frame *frame = &map->frames[g];
        html_raw(html, "<rect class=\"frame\" x=\"");
        html_tenths(html, frame->left);
        html_raw(html, "\" y=\"");
        html_tenths(html, frame->top);
        html_raw(html, "\" width=\"");
        html_tenths(html, frame->width);
        html_raw(html, "\" height=\"");
        html_tenths(html, frame->height);
        html_raw(html, "\"/>\n");
    }
    for (int32_t g = 0; g < map->n_groups; g++)
        scale_bar(map, &map->frames[g]);
}

static void legend(const Map *map)
{
    const Figures *figures = map->page->classeur->figures;
    Html *html = map->page->html;
    int64_t nowhere = 0;
    for (int32_t i = 0; i < figures->plan->n_sessions; i++)
        nowhere += map->model->offres[figures->plan->sessions[i].offre].commune == MODEL_NONE;
    html_raw(
        html,
        "<ul class=\"legend\" aria-label=\"Légende de la carte\">"
        "<li><svg viewBox=\"0 0 20 20\" aria-hidden=\"true\"><circle class=\"held\" cx=\"10\" cy=\"10\" r=\"8\"/>"
        "</svg>sessions, à la mesure des stagiaires accueillis</li>"
        "<li><svg viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path class=\"siae\" d=\"M10 2l8 8l-8 8l-8-8z\"/></svg>"
        "SIAE servies</li>"
        "<li><svg viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path class=\"siae without\" "
        "d=\"M10 2l8 8l-8 8l-8-8z\"/></svg>SIAE sans aucun stagiaire servi</li>"
        "<li><svg viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path class=\"flow\" d=\"M1 10h18\"/></svg>trajets "
        "des stagiaires</li></ul>\n<p class=\"note\">Carte schématique : les terres sont esquissées d’après les "
        "communes de la campagne.");
    g_autofree char *elsewhere = french_count(nowhere, "session n’a pas de lieu", "sessions n’ont pas de lieu");
    if (nowhere > 0)
        html_format(html, " %s (à distance ou en situation de travail).", elsewhere);
    html_raw(html, "</p>\n");
}

static const PageColumn columns[] = {
    {"Commune", PAGE_TEXT, PAGE_PLAIN},
    {"Sessions", PAGE_INTEGER, PAGE_SUM},
    {"Stagiaires accueillis", PAGE_INTEGER, PAGE_SUM},
    {"SIAE", PAGE_INTEGER, PAGE_SUM},
    {"Demandés", PAGE_INTEGER, PAGE_SUM},
    {"Servis", PAGE_INTEGER, PAGE_SUM},
    {"Part servie", PAGE_RATIO, PAGE_PLAIN},
};

/* The same in figures. */
static void places(const Map *map)
{
    html_raw(map->page->html, "<details><summary>Les chiffres de la carte</summary>\n");
    PageTable *table = page_table_new(map->page, "t-communes", "Par commune : ce qui s’y tient, ce qu’on y demande",
                                      columns, (int)G_N_ELEMENTS(columns));
    for (int32_t i = 0; i < map->model->n_communes; i++) {
        const Spot *spot = &map->spots[i];
        if (spot->sessions == 0 && spot->siae == 0)
            continue;
        page_table_text(table, map->model->communes[i].nom);
        page_table_integer(table, spot->sessions);
        page_table_integer(table, spot->learners);
        page_table_integer(table, spot->siae);
        page_table_integer(table, spot->asked);
        page_table_integer(table, spot->served);
        page_table_ratio(table, spot->served, spot->asked);
        page_table_end_row(table);
    }
    page_table_end(table);
    html_raw(map->page->html, "</details>\n");
}

void page_map(Page *page)
{
    const Model *model = page->classeur->figures->model;
    Map map = {.page = page, .model = model, .boxes = g_array_new(FALSE, FALSE, sizeof(Box))};
    map.spots = g_new0(Spot, model->n_communes);
    count(&map);
    choose(&map);
    if (map.n_drawn > 0) {
        group(&map);
        project(&map);
        html_format(
            page->html,
            "<div class=\"scroll map\" tabindex=\"0\" role=\"region\" aria-label=\"Carte\">"
            "<svg id=\"map\" viewBox=\"0 0 %d %d\" role=\"group\" aria-labelledby=\"map-t map-d\">"
            "<title id=\"map-t\">Carte des sessions et des SIAE</title><desc id=\"map-d\">Chaque commune mène à "
            "ses lignes dans les tableaux ; les mêmes chiffres sont sous la carte.</desc>\n",
            WIDTH / 10, map.height / 10);
        land(&map);
        flows(&map);
        frames(&map);
        marks(&map);
        html_raw(page->html, "</svg></div>\n");
    }
    legend(&map);
    places(&map);
    g_array_unref(map.boxes);
    g_free(map.spots);
    g_free(map.drawn);
    g_free(map.frames);
}
