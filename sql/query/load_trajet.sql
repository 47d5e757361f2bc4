-- A load's rows of prisme.trajet, in the order of the Model.
-- $1 int4: chargement_id
-- → depart text, arrivee text, km int4, cout int8
select depart, arrivee, km, cout
  from prisme.trajet
 where chargement_id = $1
 order by depart, arrivee
