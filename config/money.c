/* Exact arithmetic on amounts: see money.h. */
#include "config/money.h"

#include <glib.h>
#include <inttypes.h>
#include <stdio.h>

int64_t money_half_up(int64_t num, int64_t den)
{
    g_assert(num >= 0 && den > 0);
    return (num + den / 2) / den;
}

int64_t money_rate(int64_t amount, int32_t taux)
{
    return money_half_up(amount * taux, 10000);
}

int64_t money_capped_rate(int64_t share, int64_t plafond, int32_t heures, int32_t taux)
{
    /* in hundredths of a cent, as plafond x heures comes */
    int64_t base = share * 100;
    if (plafond >= 0 && plafond * heures < base)
        base = plafond * heures;
    return money_half_up(base * taux, 1000000);
}

int64_t money_hours(int32_t heures, int64_t hourly)
{
    return money_half_up(hourly * heures, 100);
}

const char *money_text(int64_t cents, char text[MONEY_TEXT_MAX])
{
    uint64_t size = cents < 0 ? (uint64_t)0 - (uint64_t)cents : (uint64_t)cents;
    snprintf(text, MONEY_TEXT_MAX, "%s%" PRIu64 ".%02u", cents < 0 ? "-" : "", size / 100, (unsigned)(size % 100));
    return text;
}
