-- Removes a campaign with its loads, their plans and all they hold.
-- $1 text: campaign
-- no rows
delete from prisme.campagne where code = $1
