/* Totals to be compared: see controls.h. */
#include "export/controls.h"

#include <string.h>

#define BASE(field) offsetof(StoreOriginTotals, field)
#define BILAN(field) offsetof(ModelBilan, field)

const ControlsRow controls_rows[CONTROLS_N] = {
    {"Sessions", false, BASE(sessions), BILAN(sessions), "sessions.csv", "", "Sessions"},
    {"Jours de formation", false, BASE(seances), CONTROLS_NONE, "seances.csv", "", "Sessions[Jours]"},
    {"Stagiaires demandés", false, BASE(demande), BILAN(effectif_demande), NULL, NULL, "ParSiae[Stagiaires demandés]"},
    {"Stagiaires servis, par session", false, BASE(session_effectif), BILAN(effectif_servi), "sessions.csv", "effectif",
     "Sessions[Stagiaires]"},
    {"Stagiaires servis, par affectation", false, BASE(effectif), BILAN(effectif_servi), "affectations.csv", "effectif",
     "Affectations[Stagiaires]"},
    {"Stagiaires non servis", false, BASE(non_couverts), CONTROLS_NONE, "non_couverts.csv", "effectif",
     "NonCouverts[Non couverts]"},
    {"Coût pédagogique, par session", true, BASE(session_pedagogique), CONTROLS_NONE, "sessions.csv",
     "cout_pedagogique", "Sessions[Coût pédagogique]"},
    {"Coût pédagogique, par affectation", true, BASE(pedagogique), CONTROLS_NONE, "affectations.csv",
     "cout_pedagogique", "Affectations[Coût pédagogique]"},
    {"Frais annexes, par session", true, BASE(session_annexe), CONTROLS_NONE, "sessions.csv", "cout_annexe",
     "Sessions[Frais annexes]"},
    {"Frais annexes, par affectation", true, BASE(annexe), CONTROLS_NONE, "affectations.csv", "cout_annexe",
     "Affectations[Frais annexes]"},
    {"Coût total", true, BASE(cout), BILAN(cout), "affectations.csv", "cout_pedagogique+cout_annexe",
     "Sessions[Coût total]"},
    {"Rémunération remboursée, par session", true, BASE(session_remuneration), BILAN(remuneration), "sessions.csv",
     "remuneration", "Sessions[Rémunération remboursée]"},
    {"Rémunération remboursée, par affectation", true, BASE(remuneration), BILAN(remuneration), "affectations.csv",
     "remuneration", "Affectations[Rémunération remboursée]"},
    {"Financé", true, BASE(finance), CONTROLS_NONE, "affectations.csv", "finance", "Affectations[Financé]"},
    {"Charges des enveloppes", true, BASE(charges), CONTROLS_NONE, "charges.csv", "montant", "Enveloppes[Engagé]"},
    {"Engagé des enveloppes", true, BASE(charges), CONTROLS_NONE, "enveloppes.csv", "engage", "Previsions[Total]"},
    {"Reste à charge, par affectation", true, BASE(reste), BILAN(reste_a_charge), "affectations.csv", "reste_a_charge",
     "Affectations[Reste à charge]"},
    {"Reste à charge, par SIAE", true, BASE(reste), BILAN(reste_a_charge), NULL, NULL, "ParSiae[Reste à charge]"},
    {"Montant des enveloppes", true, BASE(montant), CONTROLS_NONE, "enveloppes.csv", "montant", "Enveloppes[Montant]"},
};

Controls *controls_new(const StoreOrigin *origin)
{
    Controls *controls = g_new0(Controls, 1);
    controls->origin = origin;
    controls->files = g_array_new(FALSE, FALSE, sizeof(ControlsFile));
    return controls;
}

void controls_free(Controls *controls)
{
    if (controls == NULL)
        return;
    g_array_unref(controls->files);
    g_free(controls);
}

bool controls_read(Controls *controls, const char *name, const char *path, GError **error)
{
    g_autoptr(GArray) columns = g_array_new(FALSE, TRUE, sizeof(CsvSumColumn));
    char **names[CONTROLS_N] = {NULL};
    ControlsFile file = {.name = name};
    for (int r = 0; r < CONTROLS_N; r++) {
        if (controls_rows[r].file == NULL || strcmp(controls_rows[r].file, name) != 0)
            continue;
        names[r] = g_strsplit(controls_rows[r].columns, "+", -1);
        for (char **column = names[r]; *column != NULL; column++) {
            CsvSumColumn one = {*column, 0};
            g_array_append_val(columns, one);
        }
    }
    bool fine = csv_sum_read(path, (CsvSumColumn *)(void *)columns->data, (int)columns->len, &file.sum, error);
    int next = 0;
    for (int r = 0; r < CONTROLS_N; r++) {
        if (names[r] == NULL)
            continue;
        int64_t sum = names[r][0] == NULL ? file.sum.rows * 100 : 0;
        for (char **column = names[r]; *column != NULL; column++)
            sum += g_array_index(columns, CsvSumColumn, next++).sum;
        controls->csv[r] = controls_rows[r].amount ? sum : sum / 100;
        g_strfreev(g_steal_pointer(&names[r]));
    }
    g_array_append_val(controls->files, file);
    return fine;
}

char *controls_checksum(const Controls *controls)
{
    GChecksum *all = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < controls->files->len; i++)
        g_checksum_update(all, (const guchar *)g_array_index(controls->files, ControlsFile, i).sum.sha256, -1);
    char *text = g_strdup(g_checksum_get_string(all));
    g_checksum_free(all);
    return text;
}

static int64_t field(const void *owner, size_t offset)
{
    int64_t value;
    memcpy(&value, (const char *)owner + offset, sizeof value);
    return value;
}

bool controls_base(const Controls *controls, int row, int64_t *value)
{
    if (controls->origin == NULL)
        return false;
    *value = field(&controls->origin->totals, controls_rows[row].base);
    return true;
}

bool controls_bilan(const ModelBilan *bilan, int row, int64_t *value)
{
    if (controls_rows[row].bilan == CONTROLS_NONE)
        return false;
    *value = field(bilan, controls_rows[row].bilan);
    return true;
}
