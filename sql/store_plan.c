/* Plans in the database: see store_plan.h. */
#include "sql/store_plan.h"

#include "config/fault.h"
#include "sql/db_copy.h"
#include "sql/db_query.h"
#include "sql/store_campaign.h"
#include "sql/verify.h"

/* What every row of a plan being saved says first, and where its texts are. */
typedef struct {
    Db *db;
    const Model *model;
    const ModelPlan *plan;
    int32_t id, chargement; /* keys of the plan and of its load in the database */
} Saving;

static void put_plan(DbCopy *copy, const Saving *saving)
{
    db_copy_row(copy);
    db_copy_int4(copy, saving->id);
    db_copy_int4(copy, saving->chargement);
}

static bool save_sessions(const Saving *saving, GError **error)
{
    DbCopy *copy = db_copy_begin(saving->db, DB_SQL(plan_copy_session), 12, error);
    if (copy == NULL)
        return false;
    for (int32_t i = 0; i < saving->plan->n_sessions; i++) {
        const ModelPlanSession *s = &saving->plan->sessions[i];
        put_plan(copy, saving);
        db_copy_text(copy, s->code);
        db_copy_text(copy, saving->model->offres[s->offre].code);
        db_copy_text(copy, s->fixee != MODEL_NONE ? saving->model->sessions_fixees[s->fixee].session : NULL);
        db_copy_date(copy, s->debut);
        db_copy_date(copy, s->fin);
        db_copy_int4(copy, s->effectif);
        db_copy_int4(copy, s->nb_siae);
        db_copy_int8(copy, s->cout_pedagogique);
        db_copy_int8(copy, s->cout_annexe);
        db_copy_int8(copy, s->remuneration);
    }
    return db_copy_end(copy, error);
}

static bool save_seances(const Saving *saving, GError **error)
{
    DbCopy *copy = db_copy_begin(saving->db, DB_SQL(plan_copy_seance), 4, error);
    if (copy == NULL)
        return false;
    for (int32_t i = 0; i < saving->plan->n_sessions; i++)
        for (int32_t d = 0; d < saving->plan->sessions[i].n_jours; d++) {
            put_plan(copy, saving);
            db_copy_text(copy, saving->plan->sessions[i].code);
            db_copy_date(copy, saving->plan->sessions[i].jours[d]);
        }
    return db_copy_end(copy, error);
}

static bool save_affectations(const Saving *saving, GError **error)
{
    DbCopy *copy = db_copy_begin(saving->db, DB_SQL(plan_copy_affectation), 12, error);
    if (copy == NULL)
        return false;
    for (int32_t i = 0; i < saving->plan->n_affectations; i++) {
        const ModelPlanAffectation *a = &saving->plan->affectations[i];
        put_plan(copy, saving);
        db_copy_text(copy, saving->plan->sessions[a->session].code);
        db_copy_text(copy, saving->model->besoins[a->besoin].reference);
        db_copy_text(copy, saving->model->montages[a->montage].code);
        db_copy_int4(copy, a->effectif);
        db_copy_int4(copy, a->km);
        db_copy_int8(copy, a->cout_pedagogique);
        db_copy_int8(copy, a->cout_annexe);
        db_copy_int8(copy, a->remuneration);
        db_copy_int8(copy, a->finance);
        db_copy_int8(copy, a->reste_a_charge);
    }
    return db_copy_end(copy, error);
}

static bool save_charges(const Saving *saving, GError **error)
{
    DbCopy *copy = db_copy_begin(saving->db, DB_SQL(plan_copy_charge), 6, error);
    if (copy == NULL)
        return false;
    for (int32_t i = 0; i < saving->plan->n_charges; i++) {
        const ModelPlanCharge *c = &saving->plan->charges[i];
        put_plan(copy, saving);
        db_copy_text(copy, saving->plan->sessions[c->session].code);
        db_copy_text(copy, saving->model->besoins[c->besoin].reference);
        db_copy_text(copy, saving->model->enveloppes[c->enveloppe].code);
        db_copy_int8(copy, c->montant);
    }
    return db_copy_end(copy, error);
}

static bool save_non_couverts(const Saving *saving, GError **error)
{
    DbCopy *copy = db_copy_begin(saving->db, DB_SQL(plan_copy_non_couvert), 6, error);
    if (copy == NULL)
        return false;
    for (int32_t i = 0; i < saving->plan->n_non_couverts; i++) {
        const ModelPlanNonCouvert *n = &saving->plan->non_couverts[i];
        put_plan(copy, saving);
        db_copy_text(copy, saving->model->besoins[n->besoin].reference);
        db_copy_text(copy, vocabulary_word(&vocabulary_motif, (int)n->motif));
        db_copy_int4(copy, n->effectif);
        db_copy_text(copy, n->detail);
    }
    return db_copy_end(copy, error);
}

/* Numbers the plan: fills saving->id and ->chargement. */
static bool save_head(Saving *saving, int32_t chargement, int32_t *numero, GError **error)
{
    const char *campagne = saving->model->campagne.code;
    const ModelBilan *b = &saving->plan->bilan;
    g_autoptr(DbRows) load =
        db_query(saving->db, DB_SQL(plan_lock), DB_VALUES(db_text(campagne), db_int4(chargement)), error);
    if (load == NULL)
        return false;
    if (db_rows_count(load) == 0) {
        g_set_error(error, FAULT, FAULT_DATABASE, "no load %d of campaign '%s' to save a plan of", (int)chargement,
                    campagne);
        return false;
    }
    saving->chargement = db_rows_int4(load, 0, 0);
    g_autoptr(DbRows) head = db_query(
        saving->db, DB_SQL(plan_insert),
        DB_VALUES(db_int4(saving->chargement), db_int4(db_rows_int4(load, 0, 1)), db_date(saving->plan->date_plan),
                  db_text(saving->plan->arret), db_text(PRISME_VERSION), db_int8(b->points), db_int8(b->points_borne),
                  db_int8(b->cout), db_int8(b->reste_a_charge), db_int8(b->cout_pondere),
                  db_int8(b->cout_pondere_borne), db_int8(b->remuneration), db_int8(b->effectif_demande),
                  db_int8(b->effectif_servi), db_int8(b->sessions), db_text(saving->plan->preuve)),
        error);
    if (head == NULL)
        return false;
    saving->id = db_rows_int4(head, 0, 0);
    *numero = db_rows_int4(head, 0, 1);
    return true;
}

static bool verified(const Saving *saving, GError **error)
{
    g_autoptr(GPtrArray) violations = verify_plan(saving->db, saving->id, error);
    if (violations == NULL)
        return false;
    if (violations->len == 0)
        return true;
    guint n = violations->len;
    g_ptr_array_add(violations, NULL);
    g_autofree char *lines = g_strjoinv("\n  ", (char **)violations->pdata);
    g_set_error(error, FAULT, FAULT_NO_PLAN, "plan refused by its verification in SQL, %u violation%s:\n  %s", n,
                n > 1 ? "s" : "", lines);
    return false;
}

bool store_plan_save(Db *db, const Model *model, int32_t chargement, const ModelPlan *plan, int32_t *numero,
                     GError **error)
{
    Saving saving = {.db = db, .model = model, .plan = plan};
    if (!db_begin(db, error))
        return false;
    if (save_head(&saving, chargement, numero, error) && save_sessions(&saving, error) &&
        save_seances(&saving, error) && save_affectations(&saving, error) && save_charges(&saving, error) &&
        save_non_couverts(&saving, error) && verified(&saving, error))
        return db_commit(db, error);
    db_rollback(db);
    return false;
}

/* A position found by its key; the keys of the schema say that it is there. */
static int32_t found(int32_t position)
{
    g_assert(position != MODEL_NONE);
    return position;
}

static bool load_sessions(Db *db, int32_t id, const Model *model, ModelPlan *plan, GHashTable *positions,
                          GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(plan_sessions), DB_VALUES(db_int4(id)), error);
    if (rows == NULL)
        return false;
    int32_t n = db_rows_count(rows);
    ModelPlanSession *sessions = g_new0(ModelPlanSession, n);
    for (int32_t i = 0; i < n; i++) {
        GArray *jours = db_rows_dates(rows, i, 5);
        sessions[i] = (ModelPlanSession){
            .code = model_plan_text(plan, db_rows_text(rows, i, 0)),
            .offre = found(model_find_offre(model, db_rows_text(rows, i, 1))),
            .fixee = db_rows_is_null(rows, i, 2) ? MODEL_NONE
                                                 : found(model_find_session_fixee(model, db_rows_text(rows, i, 2))),
            .debut = db_rows_date(rows, i, 3),
            .fin = db_rows_date(rows, i, 4),
            .n_jours = (int32_t)jours->len,
            .effectif = db_rows_int4(rows, i, 6),
            .nb_siae = db_rows_int4(rows, i, 7),
            .cout_pedagogique = db_rows_int8(rows, i, 8),
            .cout_annexe = db_rows_int8(rows, i, 9),
            .remuneration = db_rows_int8(rows, i, 10),
        };
        sessions[i].jours = model_plan_own(plan, g_array_free(jours, FALSE));
        g_hash_table_insert(positions, g_strdup(sessions[i].code), GINT_TO_POINTER(i));
    }
    plan->sessions = model_plan_own(plan, sessions);
    plan->n_sessions = n;
    return true;
}

static int32_t session_position(GHashTable *positions, const char *code)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(positions, code));
}

static bool load_affectations(Db *db, int32_t id, const Model *model, ModelPlan *plan, GHashTable *positions,
                              GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(plan_affectations), DB_VALUES(db_int4(id)), error);
    if (rows == NULL)
        return false;
    int32_t n = db_rows_count(rows);
    ModelPlanAffectation *affectations = g_new0(ModelPlanAffectation, n);
    for (int32_t i = 0; i < n; i++)
        affectations[i] = (ModelPlanAffectation){
            .session = session_position(positions, db_rows_text(rows, i, 0)),
            .besoin = found(model_find_besoin(model, db_rows_text(rows, i, 1))),
            .montage = found(model_find_montage(model, db_rows_text(rows, i, 2))),
            .effectif = db_rows_int4(rows, i, 3),
            .km = db_rows_int4(rows, i, 4),
            .cout_pedagogique = db_rows_int8(rows, i, 5),
            .cout_annexe = db_rows_int8(rows, i, 6),
            .remuneration = db_rows_int8(rows, i, 7),
            .finance = db_rows_int8(rows, i, 8),
            .reste_a_charge = db_rows_int8(rows, i, 9),
        };
    plan->affectations = model_plan_own(plan, affectations);
    plan->n_affectations = n;
    return true;
}

static bool load_charges(Db *db, int32_t id, const Model *model, ModelPlan *plan, GHashTable *positions, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(plan_charges), DB_VALUES(db_int4(id)), error);
    if (rows == NULL)
        return false;
    int32_t n = db_rows_count(rows);
    ModelPlanCharge *charges = g_new0(ModelPlanCharge, n);
    for (int32_t i = 0; i < n; i++)
        charges[i] = (ModelPlanCharge){
            .session = session_position(positions, db_rows_text(rows, i, 0)),
            .besoin = found(model_find_besoin(model, db_rows_text(rows, i, 1))),
            .enveloppe = found(model_find_enveloppe(model, db_rows_text(rows, i, 2))),
            .montant = db_rows_int8(rows, i, 3),
        };
    plan->charges = model_plan_own(plan, charges);
    plan->n_charges = n;
    return true;
}

static gint by_besoin_motif(gconstpointer a, gconstpointer b)
{
    const ModelPlanNonCouvert *x = a, *y = b;
    return x->besoin != y->besoin ? x->besoin - y->besoin : (gint)x->motif - (gint)y->motif;
}

static bool load_non_couverts(Db *db, int32_t id, const Model *model, ModelPlan *plan, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(plan_non_couverts), DB_VALUES(db_int4(id)), error);
    if (rows == NULL)
        return false;
    int32_t n = db_rows_count(rows);
    GArray *unmet = g_array_new(FALSE, FALSE, sizeof(ModelPlanNonCouvert));
    for (int32_t i = 0; i < n; i++) {
        ModelPlanNonCouvert row = {
            .besoin = found(model_find_besoin(model, db_rows_text(rows, i, 0))),
            .effectif = db_rows_int4(rows, i, 1),
            .motif = (VocabularyMotif)found(vocabulary_find(&vocabulary_motif, db_rows_text(rows, i, 2))),
            .detail = model_plan_text(plan, db_rows_text(rows, i, 3)),
        };
        g_array_append_val(unmet, row);
    }
    g_array_sort(unmet, by_besoin_motif); /* by value of the enumeration, not by word */
    plan->non_couverts = model_plan_own(plan, g_array_free(unmet, FALSE));
    plan->n_non_couverts = n;
    return true;
}

static ModelPlan *load_head(const DbRows *row)
{
    ModelPlan *plan = model_plan_new();
    plan->numero = db_rows_int4(row, 0, 1);
    plan->date_plan = db_rows_date(row, 0, 3);
    plan->arret = model_plan_text(plan, db_rows_text(row, 0, 4));
    if (!db_rows_is_null(row, 0, 15))
        plan->preuve = model_plan_own(plan, g_strdup(db_rows_text(row, 0, 15)));
    plan->bilan = (ModelBilan){
        .points = db_rows_int8(row, 0, 5),
        .points_borne = db_rows_int8(row, 0, 6),
        .cout = db_rows_int8(row, 0, 7),
        .reste_a_charge = db_rows_int8(row, 0, 8),
        .cout_pondere = db_rows_int8(row, 0, 9),
        .cout_pondere_borne = db_rows_int8(row, 0, 10),
        .remuneration = db_rows_int8(row, 0, 11),
        .effectif_demande = db_rows_int8(row, 0, 12),
        .effectif_servi = db_rows_int8(row, 0, 13),
        .sessions = db_rows_int8(row, 0, 14),
    };
    return plan;
}

static ModelPlan *load(Db *db, const char *campagne, int32_t numero, Model **model, int32_t *chargement, GError **error)
{
    g_autoptr(DbRows) row = db_query(db, DB_SQL(plan_find), DB_VALUES(db_text(campagne), db_int4(numero)), error);
    if (row == NULL)
        return NULL;
    if (db_rows_count(row) == 0) {
        if (numero == 0)
            g_set_error(error, FAULT, FAULT_NO_PLAN, "no plan of campaign '%s' yet", campagne);
        else
            g_set_error(error, FAULT, FAULT_NO_PLAN, "no plan %d of campaign '%s'", (int)numero, campagne);
        return NULL;
    }
    int32_t id = db_rows_int4(row, 0, 0), delivery = db_rows_int4(row, 0, 2);
    g_autoptr(Model) inputs = store_campaign_load(db, campagne, delivery, error);
    if (inputs == NULL)
        return NULL;
    g_autoptr(ModelPlan) plan = load_head(row);
    g_autoptr(GHashTable) positions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!load_sessions(db, id, inputs, plan, positions, error) ||
        !load_affectations(db, id, inputs, plan, positions, error) ||
        !load_charges(db, id, inputs, plan, positions, error) || !load_non_couverts(db, id, inputs, plan, error))
        return NULL;
    *model = g_steal_pointer(&inputs);
    if (chargement != NULL)
        *chargement = delivery;
    return g_steal_pointer(&plan);
}

ModelPlan *store_plan_load(Db *db, const char *campagne, int32_t numero, Model **model, int32_t *chargement,
                           GError **error)
{
    bool own = !db_in_transaction(db);
    if (own && !db_begin_snapshot(db, error))
        return NULL;
    ModelPlan *plan = load(db, campagne, numero, model, chargement, error);
    if (own)
        db_rollback(db); /* nothing was written */
    return plan;
}
