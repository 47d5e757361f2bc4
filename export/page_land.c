/* Land sketched from communes: see page_land.h.
 *
 * A zone is connected, whatever the gaps between its communes: the plane is marked within a reach of them that bridges
 * the longest edge of their minimum spanning tree, then eroded to BESIDE of the outermost communes (a morphological
 * closing), both on a grid. Where the eroded field is positive there is land; its border is interpolated within the
 * cells of the grid. */
#include "export/page_land.h"

#include <math.h>

#define CELL 40    /* of the grid */
#define BESIDE 190 /* land beyond the outermost communes */
#define REACH 1500

/* A piece of the grid: values[row * columns + column], the first at (left, top). */
typedef struct {
    int32_t left, top, columns, rows;
    double *values;
} Grid;

static double distance(double dx, double dy)
{
    return sqrt(dx * dx + dy * dy);
}

/* The longest edge of the minimum spanning tree of a zone's points, by Prim. */
static double longest_edge(const PageLandPoint *points, const int32_t *chosen, int32_t n)
{
    g_autofree double *near = g_new(double, n);
    double longest = 0;
    int32_t last = 0;
    for (int32_t i = 0; i < n; i++)
        near[i] = INFINITY;
    for (int32_t joined = 1; joined < n; joined++) {
        int32_t next = -1;
        near[last] = -1;
        for (int32_t i = 0; i < n; i++) {
            if (near[i] < 0)
                continue;
            const PageLandPoint *a = &points[chosen[last]], *b = &points[chosen[i]];
            near[i] = fmin(near[i], distance(a->x - b->x, a->y - b->y));
            if (next < 0 || near[i] < near[next])
                next = i;
        }
        longest = fmax(longest, near[next]);
        last = next;
    }
    return longest;
}

/* The reach that leaves a neck of land between two points so far apart: R^2 - (gap / 2)^2 > (R - BESIDE)^2. */
static double reach_over(double gap)
{
    return CLAMP(1.15 * (gap * gap / 4 + BESIDE * BESIDE) / (2 * BESIDE), BESIDE, REACH);
}

/* Lowers each node within `most` of a point to its distance from it, less `less`. */
static void lower(Grid *grid, int32_t x, int32_t y, double less, double most)
{
    int32_t around = (int32_t)(most / CELL) + 1, column = (x - grid->left) / CELL, row = (y - grid->top) / CELL;
    for (int32_t r = MAX(row - around, 0); r <= MIN(row + around + 1, grid->rows - 1); r++)
        for (int32_t c = MAX(column - around, 0); c <= MIN(column + around + 1, grid->columns - 1); c++) {
            double *value = &grid->values[r * grid->columns + c];
            *value = fmin(*value, distance(grid->left + c * CELL - x, grid->top + r * CELL - y) - less);
        }
}

static Grid new_grid(int32_t left, int32_t top, int32_t columns, int32_t rows, double value)
{
    Grid grid = {left, top, columns, rows, g_new(double, (gsize)columns *(gsize)rows)};
    for (int32_t i = 0; i < columns * rows; i++)
        grid.values[i] = value;
    return grid;
}

/* The distance of each node to the nearest point, at most `most`. */
static Grid near_points(const PageLandPoint *points, const int32_t *chosen, int32_t n, double most)
{
    int32_t left = INT32_MAX, right = INT32_MIN, top = INT32_MAX, bottom = INT32_MIN, edge = (int32_t)most + 2 * CELL;
    for (int32_t i = 0; i < n; i++) {
        left = MIN(left, points[chosen[i]].x - edge);
        right = MAX(right, points[chosen[i]].x + edge);
        top = MIN(top, points[chosen[i]].y - edge);
        bottom = MAX(bottom, points[chosen[i]].y + edge);
    }
    Grid grid = new_grid(left, top, (right - left) / CELL + 2, (bottom - top) / CELL + 2, most);
    for (int32_t i = 0; i < n; i++)
        lower(&grid, points[chosen[i]].x, points[chosen[i]].y, 0, most);
    return grid;
}

/* How far each node is from water, which begins at `reach` from the points, less `depth`: land where positive. Only
 * water near the border counts; around its nodes, all is water within as much as they are beyond reach. */
static Grid erode(const Grid *near, double reach, double depth)
{
    Grid grid = new_grid(near->left, near->top, near->columns, near->rows, depth + CELL);
    for (int32_t row = 0; row < grid.rows; row++)
        for (int32_t column = 0; column < grid.columns; column++) {
            double beyond = near->values[row * grid.columns + column] - reach;
            if (beyond >= 0 && beyond < 2 * CELL)
                lower(&grid, grid.left + column * CELL, grid.top + row * CELL, beyond, depth + CELL);
        }
    for (int32_t i = 0; i < grid.columns * grid.rows; i++)
        grid.values[i] = (near->values[i] >= reach ? reach - near->values[i] : grid.values[i]) - depth;
    return grid;
}

static void corner(Html *html, bool first, double x, double y)
{
    html_raw(html, first ? "M" : "L");
    html_tenths(html, lround(x));
    html_raw(html, " ");
    html_tenths(html, lround(y));
}

/* The part of a cell that is land: its corners on land, and where its sides cross the border. */
static void draw_cell(Html *html, const Grid *grid, int32_t row, int32_t column)
{
    static const int32_t turn[][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    bool first = true;
    for (int i = 0; i < 4; i++) {
        const int32_t *a = turn[i], *b = turn[(i + 1) % 4];
        double here = grid->values[(row + a[1]) * grid->columns + column + a[0]];
        double next = grid->values[(row + b[1]) * grid->columns + column + b[0]];
        double x = grid->left + (column + a[0]) * CELL, y = grid->top + (row + a[1]) * CELL;
        if (here > 0) {
            corner(html, first, x, y);
            first = false;
        }
        if ((here > 0) != (next > 0)) {
            double part = here / (here - next) * CELL;
            corner(html, first, x + (b[0] - a[0]) * part, y + (b[1] - a[1]) * part);
            first = false;
        }
    }
    html_raw(html, "z");
}

static int count_land(const Grid *grid, int32_t row, int32_t column)
{
    const double *at = &grid->values[row * grid->columns + column];
    return (at[0] > 0) + (at[1] > 0) + (at[grid->columns] > 0) + (at[grid->columns + 1] > 0);
}

/* Cells that are all land are drawn a row of them at a time. */
static void draw(Html *html, const Grid *grid)
{
    for (int32_t row = 0; row + 1 < grid->rows; row++)
        for (int32_t column = 0, length; column + 1 < grid->columns; column += MAX(length, 1)) {
            for (length = 0; column + length + 1 < grid->columns && count_land(grid, row, column + length) == 4;)
                length++;
            if (length > 0) {
                corner(html, true, grid->left + column * CELL, grid->top + row * CELL);
                html_raw(html, "h");
                html_tenths(html, length * CELL);
                html_format(html, "v%dh", CELL / 10);
                html_tenths(html, -length * CELL);
                html_raw(html, "z");
            } else if (count_land(grid, row, column) > 0)
                draw_cell(html, grid, row, column);
        }
}

void page_land(Html *html, const PageLandPoint *points, int32_t n, int32_t n_zones)
{
    g_autofree int32_t *chosen = g_new(int32_t, n);
    html_raw(html, "<defs><path id=\"land\" class=\"land\" d=\"");
    for (int32_t zone = 0; zone < n_zones; zone++) {
        int32_t n_chosen = 0;
        for (int32_t i = 0; i < n; i++)
            if (points[i].zone == zone)
                chosen[n_chosen++] = i;
        if (n_chosen == 0)
            continue;
        double reach = reach_over(longest_edge(points, chosen, n_chosen));
        Grid near = near_points(points, chosen, n_chosen, reach + 2 * CELL);
        Grid land = erode(&near, reach, reach - BESIDE);
        draw(html, &land);
        g_free(near.values);
        g_free(land.values);
    }
    html_raw(html, "\"/></defs>\n<use href=\"#land\" class=\"coast\"/>\n<use href=\"#land\" class=\"ground\"/>\n");
}
