/* Land for the map of the web page, sketched from the communes that lie on it. */
#ifndef EXPORT_PAGE_LAND_H
#define EXPORT_PAGE_LAND_H

#include "export/html.h"

/* Lengths in tenths of a unit of the picture. */
typedef struct {
    int32_t x, y;
    int32_t zone; /* a connected land mass: 0 .. n_zones - 1 */
} PageLandPoint;

/* Writes the land as one path, drawn twice: classes coast and ground. Its size goes by that of the picture, not by the
 * number of points. */
void page_land(Html *html, const PageLandPoint *points, int32_t n, int32_t n_zones);

#endif
