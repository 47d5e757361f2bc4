/* config/calendar: days as numbers, ISO texts, the public holidays of every zone over several years. */
#include "config/calendar.h"

#include <glib.h>

static void test_days(void)
{
    static const struct {
        int year, month, date;
        int weekday; /* 0 = Monday */
    } days[] = {
        {2000, 1, 1, 5}, {2000, 2, 29, 1}, {2024, 2, 29, 3}, {2026, 1, 1, 3},
        {2026, 3, 2, 0}, {2026, 3, 8, 6},  {2027, 5, 27, 3}, {2099, 12, 31, 3},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
        int32_t day = calendar_day(days[i].year, days[i].month, days[i].date);
        int year, month, date;
        g_assert_cmpint(day, >=, CALENDAR_FIRST);
        g_assert_cmpint(day, <=, CALENDAR_LAST);
        g_assert_cmpint(calendar_weekday(day), ==, days[i].weekday);
        g_assert_cmpint(calendar_monday(day), ==, day - days[i].weekday);
        calendar_split(day, &year, &month, &date);
        g_assert_cmpint(year, ==, days[i].year);
        g_assert_cmpint(month, ==, days[i].month);
        g_assert_cmpint(date, ==, days[i].date);
    }
    g_assert_cmpint(calendar_day(2000, 1, 1), ==, CALENDAR_FIRST);
    g_assert_cmpint(calendar_day(2099, 12, 31), ==, CALENDAR_LAST);
    g_assert_cmpint(CALENDAR_LAST - CALENDAR_FIRST + 1, ==, 36525);
    calendar_split(CALENDAR_FIRST, NULL, NULL, NULL);
}

static void test_no_such_day(void)
{
    static const int days[][3] = {{1999, 12, 31}, {2100, 1, 1},  {2026, 2, 29}, {2026, 2, 30}, {2026, 4, 31},
                                  {2026, 0, 1},   {2026, 13, 1}, {2026, 1, 0},  {2026, 1, 32}, {2026, -1, 1},
                                  {0, 1, 1},      {2026, 1, -1}, {2026, 257, 1}};
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++)
        g_assert_cmpint(calendar_day(days[i][0], days[i][1], days[i][2]), ==, 0);
}

static void test_text(void)
{
    static const char *const refused[] = {
        "",           "2026",       "2026-3-02",  "2026-03-2",   "2026-03-02 ", " 2026-03-02", "2026/03/02",
        "02-03-2026", "2026-02-29", "2026-13-01", "2026-00-10",  "2026-01-00",  "1999-12-31",  "2100-01-01",
        "20260302",   "2026-03-0a", "+026-03-02", "2026-03-021", "2026-03--2",  "-026-03-02"};
    char text[CALENDAR_TEXT_MAX];
    int32_t day;
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        if (calendar_parse(refused[i], &day))
            g_error("accepted: \"%s\"", refused[i]);
    for (int32_t at = CALENDAR_FIRST; at <= CALENDAR_LAST; at++) {
        g_assert_true(calendar_parse(calendar_text(at, text), &day));
        g_assert_cmpint(day, ==, at);
    }
    g_assert_cmpstr(calendar_text(calendar_day(2026, 3, 2), text), ==, "2026-03-02");
}

/* Easter Sundays as published. */
static void test_easter(void)
{
    static const struct {
        int year, month, date;
    } easters[] = {{2000, 4, 23}, {2005, 3, 27}, {2008, 3, 23}, {2011, 4, 24}, {2016, 3, 27}, {2019, 4, 21},
                   {2020, 4, 12}, {2021, 4, 4},  {2022, 4, 17}, {2023, 4, 9},  {2024, 3, 31}, {2025, 4, 20},
                   {2026, 4, 5},  {2027, 3, 28}, {2028, 4, 16}, {2029, 4, 1},  {2030, 4, 21}, {2035, 3, 25},
                   {2038, 4, 25}, {2049, 4, 18}, {2076, 4, 19}, {2099, 4, 12}};
    for (size_t i = 0; i < G_N_ELEMENTS(easters); i++) {
        int32_t sunday = calendar_day(easters[i].year, easters[i].month, easters[i].date);
        g_assert_cmpint(calendar_weekday(sunday), ==, 6);
        g_assert_cmpstr(calendar_holiday_name(sunday + 1, CALENDAR_NATIONAL), ==, "Lundi de Pâques");
        g_assert_cmpstr(calendar_holiday_name(sunday - 2, CALENDAR_ALSACE_MOSELLE), ==, "Vendredi saint");
        g_assert_null(calendar_holiday_name(sunday - 2, CALENDAR_NATIONAL));
        g_assert_cmpstr(calendar_holiday_name(sunday + 50, CALENDAR_NATIONAL), ==, "Lundi de Pentecôte");
        g_assert_true(calendar_is_holiday(sunday + 39, CALENDAR_NATIONAL)); /* Ascension, may fall on another */
    }
}

/* All holidays of a year, one line a zone: the national ones, then what the zone adds. */
typedef struct {
    int year;
    const char *national; /* MM-JJ, separated by a space, sorted */
} Year;

static const Year years[] = {
    {2024, "01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25"},
    {2025, "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25"},
    {2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"},
    {2027, "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25"},
    {2028, "01-01 04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 11-11 12-25"},
};

static const struct {
    CalendarZone zone;
    const char *more[G_N_ELEMENTS(years)]; /* each year */
} zones[] = {
    {CALENDAR_NATIONAL, {"", "", "", "", ""}},
    {CALENDAR_ALSACE_MOSELLE, {"03-29 12-26", "04-18 12-26", "04-03 12-26", "03-26 12-26", "04-14 12-26"}},
    {CALENDAR_GUADELOUPE, {"05-27", "05-27", "05-27", "05-27", "05-27"}},
    {CALENDAR_MARTINIQUE, {"05-22", "05-22", "05-22", "05-22", "05-22"}},
    {CALENDAR_GUYANE, {"06-10", "06-10", "06-10", "06-10", "06-10"}},
    {CALENDAR_LA_REUNION, {"12-20", "12-20", "12-20", "12-20", "12-20"}},
    {CALENDAR_SAINT_PIERRE, {"", "", "", "", ""}},
    {CALENDAR_MAYOTTE, {"04-27", "04-27", "04-27", "04-27", "04-27"}},
    {CALENDAR_SAINT_BARTHELEMY, {"10-09", "10-09", "10-09", "10-09", "10-09"}},
    {CALENDAR_SAINT_MARTIN, {"05-28", "05-28", "05-28", "05-28", "05-28"}},
};

static void test_holidays(void)
{
    g_assert_cmpint(G_N_ELEMENTS(zones), ==, CALENDAR_N_ZONES);
    for (size_t z = 0; z < G_N_ELEMENTS(zones); z++)
        for (size_t y = 0; y < G_N_ELEMENTS(years); y++) {
            int32_t first = calendar_day(years[y].year, 1, 1), last = calendar_day(years[y].year, 12, 31);
            int n = 0;
            for (int32_t day = first; day <= last; day++) {
                char text[CALENDAR_TEXT_MAX];
                const char *month_date = calendar_text(day, text) + 5;
                bool expected = g_strstr_len(years[y].national, -1, month_date) != NULL ||
                                g_strstr_len(zones[z].more[y], -1, month_date) != NULL;
                if (calendar_is_holiday(day, zones[z].zone) != expected)
                    g_error("%s in zone %d: holiday %sexpected", text, (int)zones[z].zone, expected ? "" : "not ");
                g_assert_true((calendar_holiday_name(day, zones[z].zone) != NULL) == expected);
                n += expected;
            }
            g_assert_cmpint(n, >=, 10); /* Ascension may fall on 8 May */
        }
}

static void test_zones(void)
{
    static const struct {
        const char *code;
        CalendarZone zone;
    } communes[] = {
        {"14118", CALENDAR_NATIONAL},         {"57463", CALENDAR_ALSACE_MOSELLE}, {"67482", CALENDAR_ALSACE_MOSELLE},
        {"68224", CALENDAR_ALSACE_MOSELLE},   {"54395", CALENDAR_NATIONAL},       {"88160", CALENDAR_NATIONAL},
        {"2A004", CALENDAR_NATIONAL},         {"2B033", CALENDAR_NATIONAL},       {"01053", CALENDAR_NATIONAL},
        {"97105", CALENDAR_GUADELOUPE},       {"97209", CALENDAR_MARTINIQUE},     {"97302", CALENDAR_GUYANE},
        {"97411", CALENDAR_LA_REUNION},       {"97502", CALENDAR_SAINT_PIERRE},   {"97611", CALENDAR_MAYOTTE},
        {"97701", CALENDAR_SAINT_BARTHELEMY}, {"97801", CALENDAR_SAINT_MARTIN},   {"98818", CALENDAR_NATIONAL},
    };
    static const struct {
        const char *code;
        CalendarZone zone;
    } regions[] = {
        {"01", CALENDAR_GUADELOUPE}, {"02", CALENDAR_MARTINIQUE}, {"03", CALENDAR_GUYANE},
        {"04", CALENDAR_LA_REUNION}, {"06", CALENDAR_MAYOTTE},    {"28", CALENDAR_NATIONAL},
        {"44", CALENDAR_NATIONAL},   {"94", CALENDAR_NATIONAL},   {"11", CALENDAR_NATIONAL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(communes); i++)
        g_assert_cmpint(calendar_zone_of_commune(communes[i].code), ==, communes[i].zone);
    for (size_t i = 0; i < G_N_ELEMENTS(regions); i++)
        g_assert_cmpint(calendar_zone_of_region(regions[i].code), ==, regions[i].zone);
}

static void test_today(void)
{
    int32_t before = calendar_today();
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *text = g_date_time_format(now, "%Y-%m-%d");
    int32_t day;
    g_assert_true(calendar_parse(text, &day));
    g_assert_cmpint(day - before, <=, 1); /* midnight may pass between the two */
    g_assert_cmpint(before, <=, day);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/calendar/days count from 0001-01-01, weeks from Monday", test_days);
    g_test_add_func("/calendar/a day that does not exist is 0", test_no_such_day);
    g_test_add_func("/calendar/texts are AAAA-MM-JJ and nothing else", test_text);
    g_test_add_func("/calendar/Easter and the days that follow from it", test_easter);
    g_test_add_func("/calendar/every holiday of every zone, 2024 to 2028", test_holidays);
    g_test_add_func("/calendar/the zone of a commune and of a region", test_zones);
    g_test_add_func("/calendar/today is today", test_today);
    return g_test_run();
}
