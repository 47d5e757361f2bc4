/* Days as numbers, French public holidays, ISO dates.
 *
 * A day is an int32_t: the proleptic Gregorian day number of GDate (g_date_get_julian: 1 = 0001-01-01, a Monday). */
#ifndef CONFIG_CALENDAR_H
#define CONFIG_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/* Days accepted anywhere in prisme: 2000-01-01 .. 2099-12-31. */
#define CALENDAR_FIRST 730120
#define CALENDAR_LAST 766644

/* Space for calendar_text(): "AAAA-MM-JJ" and NUL. */
#define CALENDAR_TEXT_MAX 11

/* Whose public holidays hold at a place. */
typedef enum {
    CALENDAR_NATIONAL,         /* metropolitan France, and regions whose départements differ */
    CALENDAR_ALSACE_MOSELLE,   /* 57 67 68: Good Friday and 26 December more */
    CALENDAR_GUADELOUPE,       /* 971: 27 May */
    CALENDAR_MARTINIQUE,       /* 972: 22 May */
    CALENDAR_GUYANE,           /* 973: 10 June */
    CALENDAR_LA_REUNION,       /* 974: 20 December */
    CALENDAR_SAINT_PIERRE,     /* 975: the national days */
    CALENDAR_MAYOTTE,          /* 976: 27 April */
    CALENDAR_SAINT_BARTHELEMY, /* 977: 9 October */
    CALENDAR_SAINT_MARTIN,     /* 978: 28 May */
    CALENDAR_N_ZONES
} CalendarZone;

/* The zone of a commune from its INSEE code (5 characters: département = first two, or three for 97x). */
CalendarZone calendar_zone_of_commune(const char *code_insee);

/* The zone of a region from its INSEE code (2 characters): the département's days where the region has one zone only,
 * else the national days (contract, Precisions: distanciel and afest without commune). */
CalendarZone calendar_zone_of_region(const char *code_region);

/* True if day is a public holiday in zone. */
bool calendar_is_holiday(int32_t day, CalendarZone zone);

/* The holiday's French name, NULL when day is none. Static. */
const char *calendar_holiday_name(int32_t day, CalendarZone zone);

/* 0 = Monday .. 6 = Sunday. */
int calendar_weekday(int32_t day);

/* The Monday of day's week. */
int32_t calendar_monday(int32_t day);

/* The day of year-month-date; 0 when there is no such day or it lies outside CALENDAR_FIRST..CALENDAR_LAST. */
int32_t calendar_day(int year, int month, int date);

/* year, month, date of a day; any pointer may be NULL. */
void calendar_split(int32_t day, int *year, int *month, int *date);

/* Parses exactly "AAAA-MM-JJ"; false when it is not a day prisme accepts. */
bool calendar_parse(const char *text, int32_t *day);

/* Writes "AAAA-MM-JJ"; returns text. */
const char *calendar_text(int32_t day, char text[CALENDAR_TEXT_MAX]);

/* The day it is now, local time. */
int32_t calendar_today(void);

#endif
