-- The flows of a streamed file without those that are set aside because another row says the same flow.
-- grain: nth
SELECT *
FROM parts
ANTI JOIN aside USING (nth)
