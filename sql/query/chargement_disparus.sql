-- What a load no longer holds of another: rows of the tables senders deliver, by their key.
-- $1 int4: chargement_id of the load; $2 int4: chargement_id of the other; $3 int4: most rows of a table
-- → text file of the table, text key; by file, key
(select 'axes.csv' as fichier, o.code::text as cle from prisme.axe o where o.chargement_id = $2
    and not exists (select from prisme.axe n where n.chargement_id = $1 and n.code = o.code)
  order by o.code limit $3)
union all
(select 'besoins.csv', o.reference::text from prisme.besoin o where o.chargement_id = $2
    and not exists (select from prisme.besoin n where n.chargement_id = $1 and n.reference = o.reference)
  order by o.reference limit $3)
union all
(select 'enveloppes.csv', o.code::text from prisme.enveloppe o where o.chargement_id = $2
    and not exists (select from prisme.enveloppe n where n.chargement_id = $1 and n.code = o.code)
  order by o.code limit $3)
union all
(select 'formations.csv', o.code::text from prisme.formation o where o.chargement_id = $2
    and not exists (select from prisme.formation n where n.chargement_id = $1 and n.code = o.code)
  order by o.code limit $3)
union all
(select 'montages.csv', o.code::text from prisme.montage o where o.chargement_id = $2
    and not exists (select from prisme.montage n where n.chargement_id = $1 and n.code = o.code)
  order by o.code limit $3)
union all
(select 'offres.csv', o.code::text from prisme.offre o where o.chargement_id = $2
    and not exists (select from prisme.offre n where n.chargement_id = $1 and n.code = o.code)
  order by o.code limit $3)
union all
(select 'organismes.csv', o.siret::text from prisme.organisme o where o.chargement_id = $2
    and not exists (select from prisme.organisme n where n.chargement_id = $1 and n.siret = o.siret)
  order by o.siret limit $3)
union all
(select 'sessions_fixees.csv', o.session::text from prisme.session_fixee o where o.chargement_id = $2
    and not exists (select from prisme.session_fixee n where n.chargement_id = $1 and n.session = o.session)
  order by o.session limit $3)
union all
(select 'siae.csv', o.code::text from prisme.siae o where o.chargement_id = $2
    and not exists (select from prisme.siae n where n.chargement_id = $1 and n.code = o.code)
  order by o.code limit $3)
 order by 1, 2
