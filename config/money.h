/* Exact arithmetic on amounts: everything that rounds money in prisme rounds here.
 *
 * Units, everywhere in prisme: amounts are int64_t cents; rates (taux) hundredths of a percent, 0..10000; hours and ETP
 * hundredths; kilometres tenths; bareme_km ten-thousandths of a euro per km. */
#ifndef CONFIG_MONEY_H
#define CONFIG_MONEY_H

#include <stdint.h>

/* Space for money_text(): sign, 19 digits, separator, NUL. */
#define MONEY_TEXT_MAX 24

/* num / den rounded to the nearest integer, halves up. num >= 0, den > 0, num + den/2 <= INT64_MAX. */
int64_t money_half_up(int64_t num, int64_t den);

/* half-up(taux x amount): taux in hundredths of a percent (0..10000), amount in cents, 0..9e14. */
int64_t money_rate(int64_t amount, int32_t taux);

/* half-up(taux x min(share, plafond x heures)); plafond in cents per hour or -1 (no ceiling), heures in hundredths.
 * plafond x heures is not rounded (contract, Precisions). share 0..9e10 cents, plafond x heures 0..9e14. */
int64_t money_capped_rate(int64_t share, int64_t plafond, int32_t heures, int32_t taux);

/* half-up(heures x hourly): heures in hundredths of an hour, hourly in cents. */
int64_t money_hours(int32_t heures, int64_t hourly);

/* Writes "1234.56" (point, two decimals, no grouping) into text; returns text. Locale-free. */
const char *money_text(int64_t cents, char text[MONEY_TEXT_MAX]);

#endif
