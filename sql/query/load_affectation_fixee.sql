-- A load's rows of prisme.affectation_fixee, in the order of the Model.
-- $1 int4: chargement_id
-- → session text, besoin text, montage text, effectif int4
select session, besoin, montage, effectif
  from prisme.affectation_fixee
 where chargement_id = $1
 order by session, besoin, montage
