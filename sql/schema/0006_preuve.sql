-- What proves both bounds of a plan, as the text of preuve.json; null: a plan made before proofs were kept.

alter table prisme.plan add column preuve text;
