/* A Model saved as a load: see delivery.h. */
#include "tests/lib/delivery.h"

#include "sql/store_campaign.h"

int32_t delivery_save(Db *db, const Model *model)
{
    static unsigned number; /* makes the files differ from those of every delivery before */
    g_autofree char *sha256 = g_strdup_printf("%064x", ++number);
    char fichier[] = "campagne.csv";
    StoreSource source = {.fichier = fichier, .sha256 = sha256, .lignes = 1, .rejets = 0};
    g_autoptr(GError) error = NULL;
    int32_t numero;
    bool unchanged;
    bool saved = store_campaign_save(db, model, &source, 1, &numero, &unchanged, &error);
    g_assert_no_error(error);
    g_assert_true(saved && !unchanged);
    return numero;
}
