-- A load's rows of prisme.fermeture, in the order of the Model.
-- $1 int4: chargement_id
-- → objet text, siae text, organisme text, commune text, du date, au date
select objet, siae, organisme, commune, du, au
  from prisme.fermeture
 where chargement_id = $1
 order by array_position(array['siae', 'organisme', 'commune'], objet), code, du, au
