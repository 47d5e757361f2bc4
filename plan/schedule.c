/* Days of sessions: see schedule.h. */
#include "plan/schedule.h"

#include "config/calendar.h"

static void close_days(const Model *model, VocabularyObjet objet, int32_t sujet, int32_t first, int32_t last,
                       uint8_t *working)
{
    for (int32_t i = 0; i < model->n_fermetures; i++) {
        const ModelFermeture *f = &model->fermetures[i];
        if (f->objet != objet || f->sujet != sujet)
            continue;
        for (int32_t day = MAX(f->du, first); day <= MIN(f->au, last); day++)
            working[day - first] = 0;
    }
}

void schedule_working(const Model *model, int32_t offre, int32_t first, int32_t last, uint8_t *working)
{
    const ModelOffre *o = &model->offres[offre];
    CalendarZone zone = o->commune != MODEL_NONE ? calendar_zone_of_commune(model->communes[o->commune].code_insee)
                                                 : calendar_zone_of_region(model->campagne.region);
    for (int32_t day = first; day <= last; day++)
        working[day - first] = calendar_weekday(day) < 5 && !calendar_is_holiday(day, zone);
    close_days(model, OBJET_ORGANISME, o->organisme, first, last, working);
    if (o->commune != MODEL_NONE)
        close_days(model, OBJET_COMMUNE, o->commune, first, last, working);
}

int32_t schedule_days(const uint8_t *working, int32_t first, int32_t last, int32_t start, int32_t jours,
                      int32_t per_week, int32_t *days)
{
    if (start < first || start > last || !working[start - first])
        return 0;
    int32_t n = 0, in_week = 0, monday = calendar_monday(start);
    for (int32_t day = start; day <= last && n < jours; day++) {
        if (day - monday == 7) {
            monday = day;
            in_week = 0;
        }
        if (working[day - first] && in_week < per_week) {
            days[n++] = day;
            in_week++;
        }
    }
    return n;
}
