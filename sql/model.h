/* The domain: what a campaign is (Model) and what a plan of it is (ModelPlan). Everything prisme reads becomes a Model;
 * everything it writes comes from a Model and a ModelPlan. No libpq, no files here.
 *
 * Invariants of a Model: every table is sorted by its key in byte order (the order named at each array), keys are
 * unique, and a field that names a row of another table holds its position in that array (int32_t), MODEL_NONE where
 * nothing is named. Optional texts are "" when absent, optional numbers MODEL_NONE. So equal inputs in any row order
 * give equal Models. Strings belong to the Model and live as long as it does; a Model is not changed once built.
 * Units: config/money.h, days: config/calendar.h. Source of every field: contract, section 1. */
#ifndef SQL_MODEL_H
#define SQL_MODEL_H

#include "config/vocabulary.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define MODEL_NONE (-1)

typedef struct {
    const char *code;   /* campaign code */
    const char *region; /* INSEE, 2 characters */
    int32_t date_debut, date_fin;
    int32_t date_plan; /* MODEL_NONE = the day the plan is made */
    int32_t gel_jours; /* calendar days >= 0 */
} ModelCampagne;

typedef struct {
    const char *code_insee, *nom;
    double latitude, longitude; /* degrees */
    const char *zone;           /* "" is a zone too: the common one */
} ModelCommune;

typedef struct {
    const char *code, *siret, *raison_sociale;
    VocabularyType type;
    const char *opco;           /* "" = none, which equals only "" */
    int32_t commune;            /* in communes */
    int32_t effectif;           /* hundredths of ETP, or MODEL_NONE */
    int32_t absents_max;        /* learners on one day, or MODEL_NONE = no limit */
    int64_t reste_a_charge_max; /* cents, or MODEL_NONE = no limit */
    const char *idcc;           /* collective agreement, 4 digits where it is as it should; "" = not said */
} ModelSiae;

typedef struct {
    const char *siret, *nda, *raison_sociale;
    bool qualiopi;
    int32_t sessions_simultanees; /* sessions on one day, or MODEL_NONE = no limit */
} ModelOrganisme;

typedef struct {
    const char *code, *intitule, *domaine, *filiere;
    VocabularyNature nature;
    int32_t heures;                     /* hundredths of an hour, > 0 */
    int32_t jours;                      /* training days, >= 1 */
    int32_t jours_par_semaine;          /* 1..5 */
    int32_t effectif_min, effectif_max; /* 1 <= min <= max */
    const char *certification, *formacode;
} ModelFormation;

typedef struct {
    const char *code;
    int32_t organisme, formation;
    int32_t commune; /* MODEL_NONE only for distanciel and afest */
    VocabularyModalite modalite;
    int64_t cout_groupe, cout_stagiaire; /* cents */
    int32_t effectif_min, effectif_max;  /* already the formation's where the file gave none */
    int32_t date_debut, date_fin;        /* window of START days */
    int32_t sessions_max;                /* >= 0 */
    int32_t siae;                        /* reserved to it, or MODEL_NONE */
    const char *opco;                    /* reserved to its members, or "" */
} ModelOffre;

typedef struct {
    const char *reference;
    int32_t siae, formation, axe;
    int32_t effectif; /* learners, >= 1 */
    int32_t priorite; /* 1..4 */
    VocabularyStatut statut;
    bool attestation;
    int32_t date_debut, date_fin;
    int32_t commune;            /* where its learners leave from; already the SIAE's where the file gave none */
    int32_t rayon_km;           /* tenths of km, or MODEL_NONE */
    const char *const *publics; /* NULL-ended, sorted, distinct */
    const char *stagiaire;      /* pseudonym, or "" */
    const int32_t *apres;       /* positions in besoins, ascending, distinct; n_apres of them */
    int32_t n_apres;
} ModelBesoin;

typedef struct {
    const char *code, *libelle;
    int32_t min_siae; /* >= 1 */
} ModelAxe;

typedef struct {
    const char *code;
    const char *opco;                   /* "" = any */
    uint32_t types, natures, statuts;   /* bit i = value i of the vocabulary; 0 = any */
    int32_t effectif_min, effectif_max; /* hundredths of ETP, or MODEL_NONE */
    const int32_t *axes;                /* positions in axes, ascending; n_axes of them; 0 = any */
    int32_t n_axes;
    int64_t salaire_horaire; /* cents, 0 = none */
} ModelMontage;

typedef struct {
    const char *opco;  /* "" = every other */
    int32_t bareme_km; /* ten-thousandths of a euro per km */
    int64_t forfait_jour, forfait_nuit;
    int32_t nuit_km; /* tenths of km, or MODEL_NONE */
} ModelFrais;

typedef struct {
    int32_t montage;
    int32_t rang; /* >= 0, order of payment within the montage */
    const char *dispositif;
    int32_t taux_pedagogie, taux_annexes, taux_salaire; /* hundredths of a percent, 0..10000 */
    int64_t plafond_horaire;                            /* cents, or MODEL_NONE */
} ModelFinancement;

typedef struct {
    const char *code, *opco, *dispositif;
    int32_t axe; /* or MODEL_NONE = every axe */
    int64_t montant, montant_acquis;
    int32_t debut_min, debut_max;
    int32_t fin_max; /* or MODEL_NONE */
} ModelEnveloppe;

typedef struct {
    VocabularyCritere critere;
    const char *valeur;
    int32_t points; /* >= 0 */
} ModelPriorite;

typedef struct {
    int32_t depart, arrivee; /* in communes */
    int32_t km;              /* tenths */
    int64_t cout;            /* cents, return ticket of one learner */
} ModelTrajet;

typedef struct {
    VocabularyObjet objet;
    int32_t sujet; /* position in siae, organismes or communes */
    int32_t du, au;
} ModelFermeture;

typedef struct {
    const char *session;
    int32_t offre;
    int32_t date_debut;
} ModelSessionFixee;

typedef struct {
    int32_t session; /* in sessions_fixees */
    int32_t besoin, montage;
    int32_t effectif; /* >= 1 */
} ModelAffectationFixee;

/* X(table, Row type, order). The order of the arrays in a Model, of the files on input and of the tables on load. */
#define MODEL_TABLES(X)                                                                                                \
    X(communes, ModelCommune, "code_insee")                                                                            \
    X(frais, ModelFrais, "opco")                                                                                       \
    X(siae, ModelSiae, "code")                                                                                         \
    X(organismes, ModelOrganisme, "siret")                                                                             \
    X(formations, ModelFormation, "code")                                                                              \
    X(axes, ModelAxe, "code")                                                                                          \
    X(offres, ModelOffre, "code")                                                                                      \
    X(besoins, ModelBesoin, "reference")                                                                               \
    X(montages, ModelMontage, "code")                                                                                  \
    X(financements, ModelFinancement, "montage, rang")                                                                 \
    X(enveloppes, ModelEnveloppe, "code")                                                                              \
    X(priorites, ModelPriorite, "critere, valeur, points")                                                             \
    X(trajets, ModelTrajet, "depart, arrivee")                                                                         \
    X(fermetures, ModelFermeture, "objet, sujet, du, au")                                                              \
    X(sessions_fixees, ModelSessionFixee, "session")                                                                   \
    X(affectations_fixees, ModelAffectationFixee, "session, besoin, montage")

typedef struct {
    ModelCampagne campagne;
#define MODEL_ARRAY(table, Row, order)                                                                                 \
    const Row *table;                                                                                                  \
    int32_t n_##table;
    MODEL_TABLES(MODEL_ARRAY)
#undef MODEL_ARRAY
    bool has_priorites;    /* priorites.csv was given, be it empty: without it priorite 1..4 give 8 4 2 1 */
    GStringChunk *strings; /* owns every text */
    GPtrArray *blocks;     /* owns every array (freed by g_free) */
} Model;

/* A new empty Model; codes of the campagne are "". Free with model_free(). */
Model *model_new(void);
void model_free(Model *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Model, model_free)

/* A copy of text owned by the Model; equal texts share one copy. NULL gives "". */
const char *model_text(Model *model, const char *text);

/* Gives the Model a block made with g_malloc & co (an array of rows, a list). Returns it. */
void *model_own(Model *model, void *block);

/* The position of a key in its sorted table, or MODEL_NONE. Binary search, byte order. */
int32_t model_find_commune(const Model *model, const char *code_insee);
int32_t model_find_siae(const Model *model, const char *code);
int32_t model_find_organisme(const Model *model, const char *siret);
int32_t model_find_formation(const Model *model, const char *code);
int32_t model_find_axe(const Model *model, const char *code);
int32_t model_find_offre(const Model *model, const char *code);
int32_t model_find_besoin(const Model *model, const char *reference);
int32_t model_find_montage(const Model *model, const char *code);
int32_t model_find_enveloppe(const Model *model, const char *code);
int32_t model_find_session_fixee(const Model *model, const char *session);

/* ---- a plan of a campaign ---- */

typedef struct {
    const char *code; /* a fixed session keeps its own */
    int32_t offre;
    int32_t fixee;        /* position in sessions_fixees, or MODEL_NONE */
    int32_t debut, fin;   /* first and last training day */
    const int32_t *jours; /* training days, ascending; n_jours of them */
    int32_t n_jours;
    int32_t effectif, nb_siae;
    int64_t cout_pedagogique, cout_annexe, remuneration; /* cents: sums over its affectations */
} ModelPlanSession;

typedef struct {
    int32_t session; /* position in the plan's sessions */
    int32_t besoin, montage;
    int32_t effectif; /* >= 1 learners of this need, in this session, under this montage */
    int32_t km;       /* tenths */
    /* cents, sums over these learners; pedagogique + annexe + remuneration = finance + reste_a_charge */
    int64_t cout_pedagogique, cout_annexe, remuneration, finance, reste_a_charge;
} ModelPlanAffectation;

typedef struct {
    int32_t session; /* position in the plan's sessions */
    int32_t besoin, enveloppe;
    int64_t montant; /* cents > 0 */
} ModelPlanCharge;

typedef struct {
    int32_t besoin;
    int32_t effectif; /* learners >= 1 */
    VocabularyMotif motif;
    const char *detail; /* a French sentence */
} ModelPlanNonCouvert;

typedef struct {
    int64_t points, points_borne;
    int64_t cout, reste_a_charge, cout_pondere, cout_pondere_borne, remuneration; /* cents */
    int64_t effectif_demande, effectif_servi, sessions;
} ModelBilan;

typedef struct {
    int32_t numero;                   /* 1.. once saved, 0 before */
    int32_t date_plan;                /* the day the plan speaks from: campagne.date_plan, or the day it was made */
    const ModelPlanSession *sessions; /* sorted by code */
    int32_t n_sessions;
    const ModelPlanAffectation *affectations; /* sorted by session, besoin, montage: unique */
    int32_t n_affectations;
    const ModelPlanCharge *charges; /* sorted by session, besoin, enveloppe: unique */
    int32_t n_charges;
    const ModelPlanNonCouvert *non_couverts; /* sorted by besoin, motif: unique */
    int32_t n_non_couverts;
    ModelBilan bilan;
    const char *arret;  /* how the search ended: "optimal", "effort" (its count of work) or "delai" (the deadline) */
    const char *preuve; /* what proves both bounds, text of preuve.json (plan/PREUVE.md); NULL: not recorded */
    GStringChunk *strings;
    GPtrArray *blocks;
} ModelPlan;

ModelPlan *model_plan_new(void);
void model_plan_free(ModelPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ModelPlan, model_plan_free)
const char *model_plan_text(ModelPlan *plan, const char *text);
void *model_plan_own(ModelPlan *plan, void *block);

#endif
