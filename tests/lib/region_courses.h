/* The courses of the field, for made regions. */
#ifndef TESTS_LIB_REGION_COURSES_H
#define TESTS_LIB_REGION_COURSES_H

#include "config/vocabulary.h"

#include <stdint.h>

#define REGION_COURSES 40

typedef struct {
    const char *code, *intitule, *domaine, *filiere;
    VocabularyNature nature;
    int32_t heures; /* whole hours */
    int32_t jours, jours_par_semaine;
    int32_t effectif_min, effectif_max;
    int32_t prix_jour;      /* euros a day for a group */
    int32_t prix_stagiaire; /* euros a learner */
    int32_t demande;        /* how often it is asked for, relative */
    const char *axe;
} RegionCourse;

extern const RegionCourse region_courses[REGION_COURSES];

#endif
