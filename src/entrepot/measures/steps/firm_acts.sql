-- What did firms do over a region, as reports known by the day have it?
-- grain: id
SELECT id, firm, what, place, date, date_to, counterparty, stated_reason, reported_reason, status, event, contradicts,
       movement, movement_of, movement_note, quality, source_id, known_on
FROM firms
WHERE territory = $territory
ORDER BY coalesce(date, known_on), id
