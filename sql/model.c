/* The domain's memory and look-ups: see model.h. */
#include "sql/model.h"

#include <string.h>

Model *model_new(void)
{
    Model *model = g_new0(Model, 1);
    model->strings = g_string_chunk_new(16384);
    model->blocks = g_ptr_array_new_with_free_func(g_free);
    model->campagne.code = model->campagne.region = model_text(model, "");
    model->campagne.date_plan = MODEL_NONE;
    return model;
}

void model_free(Model *model)
{
    if (model == NULL)
        return;
    g_string_chunk_free(model->strings);
    g_ptr_array_unref(model->blocks);
    g_free(model);
}

const char *model_text(Model *model, const char *text)
{
    return g_string_chunk_insert_const(model->strings, text != NULL ? text : "");
}

void *model_own(Model *model, void *block)
{
    g_ptr_array_add(model->blocks, block);
    return block;
}

/* Every row type begins its search with a text key; one binary search over an array of them. */
static int32_t find(const void *rows, int32_t n, size_t row_size, size_t key_offset, const char *key)
{
    int32_t low = 0, high = n;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const char *row = (const char *)rows + (size_t)middle * row_size;
        const char *at = *(const char *const *)(const void *)(row + key_offset);
        int order = strcmp(at, key);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return MODEL_NONE;
}

#define FIND(name, table, Row, key)                                                                                    \
    int32_t model_find_##name(const Model *model, const char *code)                                                    \
    {                                                                                                                  \
        return find(model->table, model->n_##table, sizeof(Row), G_STRUCT_OFFSET(Row, key), code);                     \
    }

FIND(commune, communes, ModelCommune, code_insee)
FIND(siae, siae, ModelSiae, code)
FIND(organisme, organismes, ModelOrganisme, siret)
FIND(formation, formations, ModelFormation, code)
FIND(axe, axes, ModelAxe, code)
FIND(offre, offres, ModelOffre, code)
FIND(besoin, besoins, ModelBesoin, reference)
FIND(montage, montages, ModelMontage, code)
FIND(enveloppe, enveloppes, ModelEnveloppe, code)
FIND(session_fixee, sessions_fixees, ModelSessionFixee, session)

ModelPlan *model_plan_new(void)
{
    ModelPlan *plan = g_new0(ModelPlan, 1);
    plan->strings = g_string_chunk_new(4096);
    plan->blocks = g_ptr_array_new_with_free_func(g_free);
    plan->arret = model_plan_text(plan, "");
    return plan;
}

void model_plan_free(ModelPlan *plan)
{
    if (plan == NULL)
        return;
    g_string_chunk_free(plan->strings);
    g_ptr_array_unref(plan->blocks);
    g_free(plan);
}

const char *model_plan_text(ModelPlan *plan, const char *text)
{
    return g_string_chunk_insert_const(plan->strings, text != NULL ? text : "");
}

void *model_plan_own(ModelPlan *plan, void *block)
{
    g_ptr_array_add(plan->blocks, block);
    return block;
}
