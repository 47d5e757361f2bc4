/* What the files of the forms share. */
#ifndef EXPORT_FORMULAIRE_PRIVATE_H
#define EXPORT_FORMULAIRE_PRIVATE_H

#include "config/formulaire.h"
#include "export/formulaire.h"
#include "export/sheet_input.h"

/* The lists a form's cells are chosen from; each is a column of the hidden sheet. */
typedef enum {
    FORMULAIRE_LIST_FORMATIONS,
    FORMULAIRE_LIST_AXES,
    FORMULAIRE_LIST_COMMUNES,
    FORMULAIRE_LIST_PUBLICS,
    FORMULAIRE_LIST_PRIORITES,
    FORMULAIRE_LIST_STATUTS,
    FORMULAIRE_LIST_OUI_NON,
    FORMULAIRE_LIST_GARDER,
    FORMULAIRE_LIST_REPONSES,
    FORMULAIRE_LIST_N
} FormulaireList;

/* The texts of a list, in the order they are shown. Free with g_ptr_array_unref(). */
GPtrArray *formulaire_list(const Model *model, FormulaireList list);

#endif
