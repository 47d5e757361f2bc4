/* Publics of the learners: see publics.h. */
#include "export/publics.h"

#include <string.h>

static int by_name(const void *a, const void *b)
{
    return strcmp(((const Publics *)a)->name, ((const Publics *)b)->name);
}

GArray *publics_list(const Figures *figures, int32_t least)
{
    const Model *model = figures->model;
    g_autoptr(GArray) ones = g_array_new(FALSE, FALSE, sizeof(Publics));
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(Publics));
    for (int32_t i = 0; i < model->n_besoins; i++)
        for (const char *const *name = model->besoins[i].publics; *name != NULL; name++) {
            Publics one = {*name, figures->besoins[i].demande, figures->besoins[i].servi.effectif, false, false};
            g_array_append_val(ones, one);
        }
    g_array_sort(ones, by_name);
    for (guint i = 0; i < ones->len; i++) {
        const Publics *one = &g_array_index(ones, Publics, i);
        Publics *last = groups->len > 0 ? &g_array_index(groups, Publics, groups->len - 1) : NULL;
        if (last != NULL && strcmp(last->name, one->name) == 0) {
            last->asked += one->asked;
            last->served += one->served;
        } else
            g_array_append_val(groups, *one);
    }
    for (guint i = 0; i < groups->len; i++) {
        Publics *group = &g_array_index(groups, Publics, i);
        int64_t left = group->asked - group->served;
        group->few = group->asked < least;
        /* what is left unserved must not be told by difference either */
        group->hidden = group->few || (group->served > 0 && group->served < least) || (left > 0 && left < least);
    }
    return groups;
}
