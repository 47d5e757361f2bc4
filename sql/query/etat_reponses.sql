-- Which SIAE of a campaign's latest load answered by a form.
-- $1 text: campaign code
-- → text siae, text raison_sociale, text fichier ('' = no form), bool answered, int8 needs, int8 of them rejected; by siae
select s.code, s.raison_sociale, coalesce(f.fichier, ''), coalesce(f.reponse, false), coalesce(f.lignes, 0),
       coalesce(f.rejets, 0)
  from (select l.id
          from prisme.chargement l
          join prisme.campagne c on c.id = l.campagne_id
         where c.code = $1
         order by l.numero desc
         limit 1) l
  join prisme.siae s on s.chargement_id = l.id
  left join prisme.chargement_source f on f.chargement_id = l.id and f.siae = s.code
 order by s.code
