-- Which closures, openings, caps and disputes at crossings had begun by $as_of? One row an interruption.
-- grain: id
SELECT x.*
FROM experiments AS x
WHERE x.date_start <= strftime(CAST($as_of AS DATE), '%Y-%m-%d')
ORDER BY x.id
