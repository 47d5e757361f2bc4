/* What is proven of a plan, in words: see proof.h. */
#include "export/proof.h"

#include "export/french.h"

#include <glib.h>

char *proof_points(const ModelBilan *bilan)
{
    g_autofree char *reached = french_count(bilan->points, "point", "points");
    g_autofree char *bound = french_count(bilan->points_borne, "point", "points");
    g_autofree char *share = french_ratio(bilan->points, bilan->points_borne);
    if (bilan->points == bilan->points_borne)
        return g_strdup_printf("Ce plan atteint %s\u00A0: il est prouvé qu’aucun plan ne peut en atteindre davantage.",
                               reached);
    return g_strdup_printf(
        "Il est prouvé qu’aucun plan ne peut atteindre plus de %s\u00A0; celui-ci en atteint %s (%s).", bound, reached,
        share);
}

char *proof_cost(const ModelBilan *bilan)
{
    g_autofree char *cost = french_amount(bilan->cout_pondere), *bound = french_amount(bilan->cout_pondere_borne);
    /* upwards: "at most" must hold */
    int64_t thousandths =
        bilan->cout_pondere_borne > 0
            ? ((bilan->cout_pondere - bilan->cout_pondere_borne) * 1000 + bilan->cout_pondere_borne - 1) /
                  bilan->cout_pondere_borne
            : 0;
    g_autofree char *gap = french_ratio(thousandths, 1000);
    if (bilan->cout_pondere_borne <= 0)
        return g_strdup_printf(
            "Son coût est de %s, le reste à charge comptant deux fois\u00A0; aucun minimum n’en est établi.", cost);
    if (bilan->cout_pondere == bilan->cout_pondere_borne)
        return g_strdup_printf(
            "Pour autant de points, aucun plan ne peut coûter moins\u00A0: %s, le reste à charge comptant "
            "deux fois.",
            cost);
    return g_strdup_printf("Pour autant de points, aucun plan ne peut coûter moins de %s, le reste à charge comptant "
                           "deux fois\u00A0; celui-ci coûte %s (au plus %s de plus).",
                           bound, cost, gap);
}
