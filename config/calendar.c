/* Days and French public holidays: see calendar.h. */
#include "config/calendar.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

CalendarZone calendar_zone_of_commune(const char *code_insee)
{
    if (strncmp(code_insee, "97", 2) == 0) {
        switch (code_insee[2]) {
        case '1':
            return CALENDAR_GUADELOUPE;
        case '2':
            return CALENDAR_MARTINIQUE;
        case '3':
            return CALENDAR_GUYANE;
        case '4':
            return CALENDAR_LA_REUNION;
        case '5':
            return CALENDAR_SAINT_PIERRE;
        case '6':
            return CALENDAR_MAYOTTE;
        case '7':
            return CALENDAR_SAINT_BARTHELEMY;
        case '8':
            return CALENDAR_SAINT_MARTIN;
        default:
            return CALENDAR_NATIONAL;
        }
    }
    if (strncmp(code_insee, "57", 2) == 0 || strncmp(code_insee, "67", 2) == 0 || strncmp(code_insee, "68", 2) == 0)
        return CALENDAR_ALSACE_MOSELLE;
    return CALENDAR_NATIONAL;
}

CalendarZone calendar_zone_of_region(const char *code_region)
{
    static const struct {
        const char region[3];
        CalendarZone zone;
    } alone[] = {{"01", CALENDAR_GUADELOUPE},
                 {"02", CALENDAR_MARTINIQUE},
                 {"03", CALENDAR_GUYANE},
                 {"04", CALENDAR_LA_REUNION},
                 {"06", CALENDAR_MAYOTTE}};
    for (size_t i = 0; i < G_N_ELEMENTS(alone); i++)
        if (strcmp(alone[i].region, code_region) == 0)
            return alone[i].zone;
    return CALENDAR_NATIONAL;
}

/* Easter Sunday of a Gregorian year, (Meeus, Astronomical Algorithms, chapter 8). */
static int32_t easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    int month = (h + l - 7 * m + 114) / 31, date = (h + l - 7 * m + 114) % 31 + 1;
    return calendar_day(year, month, date);
}

const char *calendar_holiday_name(int32_t day, CalendarZone zone)
{
    /* zone CALENDAR_N_ZONES: everywhere */
    static const struct {
        int month, date;
        CalendarZone zone;
        const char *name;
    } fixed[] = {
        {1, 1, CALENDAR_N_ZONES, "Jour de l'an"},
        {5, 1, CALENDAR_N_ZONES, "Fête du Travail"},
        {5, 8, CALENDAR_N_ZONES, "Victoire 1945"},
        {7, 14, CALENDAR_N_ZONES, "Fête nationale"},
        {8, 15, CALENDAR_N_ZONES, "Assomption"},
        {11, 1, CALENDAR_N_ZONES, "Toussaint"},
        {11, 11, CALENDAR_N_ZONES, "Armistice 1918"},
        {12, 25, CALENDAR_N_ZONES, "Noël"},
        {12, 26, CALENDAR_ALSACE_MOSELLE, "Saint-Étienne"},
        {5, 27, CALENDAR_GUADELOUPE, "Abolition de l'esclavage"},
        {5, 22, CALENDAR_MARTINIQUE, "Abolition de l'esclavage"},
        {6, 10, CALENDAR_GUYANE, "Abolition de l'esclavage"},
        {12, 20, CALENDAR_LA_REUNION, "Abolition de l'esclavage"},
        {4, 27, CALENDAR_MAYOTTE, "Abolition de l'esclavage"},
        {10, 9, CALENDAR_SAINT_BARTHELEMY, "Abolition de l'esclavage"},
        {5, 28, CALENDAR_SAINT_MARTIN, "Abolition de l'esclavage"},
    };
    static const struct {
        int32_t after_easter;
        CalendarZone zone;
        const char *name;
    } movable[] = {
        {-2, CALENDAR_ALSACE_MOSELLE, "Vendredi saint"},
        {1, CALENDAR_N_ZONES, "Lundi de Pâques"},
        {39, CALENDAR_N_ZONES, "Ascension"},
        {50, CALENDAR_N_ZONES, "Lundi de Pentecôte"},
    };
    int year, month, date;
    calendar_split(day, &year, &month, &date);
    for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
        if (fixed[i].month == month && fixed[i].date == date &&
            (fixed[i].zone == CALENDAR_N_ZONES || fixed[i].zone == zone))
            return fixed[i].name;
    if (month < 3 || month > 6)
        return NULL;
    int32_t since_easter = day - easter(year);
    for (size_t i = 0; i < G_N_ELEMENTS(movable); i++)
        if (movable[i].after_easter == since_easter && (movable[i].zone == CALENDAR_N_ZONES || movable[i].zone == zone))
            return movable[i].name;
    return NULL;
}

bool calendar_is_holiday(int32_t day, CalendarZone zone)
{
    return calendar_holiday_name(day, zone) != NULL;
}

int calendar_weekday(int32_t day)
{
    return (day - 1) % 7;
}

int32_t calendar_monday(int32_t day)
{
    return day - calendar_weekday(day);
}

int32_t calendar_day(int year, int month, int date)
{
    if (year < 2000 || year > 2099 || month < 1 || month > 12 || date < 1 || date > 31 ||
        !g_date_valid_dmy((GDateDay)date, (GDateMonth)month, (GDateYear)year))
        return 0;
    GDate day;
    g_date_clear(&day, 1);
    g_date_set_dmy(&day, (GDateDay)date, (GDateMonth)month, (GDateYear)year);
    return (int32_t)g_date_get_julian(&day);
}

void calendar_split(int32_t day, int *year, int *month, int *date)
{
    GDate d;
    g_date_clear(&d, 1);
    g_date_set_julian(&d, (guint32)day);
    if (year != NULL)
        *year = g_date_get_year(&d);
    if (month != NULL)
        *month = (int)g_date_get_month(&d);
    if (date != NULL)
        *date = g_date_get_day(&d);
}

bool calendar_parse(const char *text, int32_t *day)
{
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof shape; i++)
        if (shape[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != shape[i])
            return false;
    *day = calendar_day((int)g_ascii_strtoll(text, NULL, 10), (int)g_ascii_strtoll(text + 5, NULL, 10),
                        (int)g_ascii_strtoll(text + 8, NULL, 10));
    return *day != 0;
}

const char *calendar_text(int32_t day, char text[CALENDAR_TEXT_MAX])
{
    int year, month, date;
    calendar_split(day, &year, &month, &date);
    snprintf(text, CALENDAR_TEXT_MAX, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100,
             (unsigned)date % 100);
    return text;
}

int32_t calendar_today(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    return calendar_day(g_date_time_get_year(now), g_date_time_get_month(now), g_date_time_get_day_of_month(now));
}
