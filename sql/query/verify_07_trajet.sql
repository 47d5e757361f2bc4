-- Place: every session can be reached, within rayon_km; km is the way's (contract, Place).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with trajet as (
    select a.session, a.besoin, a.montage, a.km as ecrit, p.km, b.rayon_km
    from prisme.plan_affectation a
    join prisme.parcours($1) p on p.session = a.session and p.besoin = a.besoin
    join prisme.besoin b on b.chargement_id = a.chargement_id and b.reference = a.besoin
    where a.plan_id = $1
)
select case when km is null then 'accès' when km <> ecrit then 'distance' else 'rayon' end,
       case when km is null then format('la session %s est hors d''atteinte du besoin %s', session, besoin)
            when km <> ecrit then format('du besoin %s (montage %s) à la session %s il y a %s, le plan écrit %s', besoin,
                                         montage, session, prisme.en_km(km), prisme.en_km(ecrit))
            else format('la session %s est à %s du besoin %s, qui accepte %s', session, prisme.en_km(km), besoin,
                        prisme.en_km(rayon_km))
       end
from trajet
where km is null or km <> ecrit or km > rayon_km
order by session, besoin, montage
