-- A SIAE may say its collective agreement (IDCC), which OPCO ask for: '' = not said.

alter table prisme.siae add column idcc prisme.libelle default '';
