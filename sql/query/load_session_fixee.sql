-- A load's rows of prisme.session_fixee, in the order of the Model.
-- $1 int4: chargement_id
-- → session text, offre text, date_debut date
select session, offre, date_debut
  from prisme.session_fixee
 where chargement_id = $1
 order by session
