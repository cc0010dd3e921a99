-- Flows with the members of a group under the group's name; between two members they have one name on both sides, and the
-- steps that follow leave such rows out. What a member that stands alone trades under the measure itself is left out.
-- grain: exporter, importer, flow, product, period, source_id, member_out, member_in
SELECT coalesce(a.united, f.exporter) AS exporter, coalesce(b.united, f.importer) AS importer, f.flow, f.valuation,
       f.product, f.period, f.frequency, f.amount, f.unit, f.value_usd, f.net_kg,
       f.source_id, f.exporter AS member_out, f.importer AS member_in
FROM measured_flows AS f
LEFT JOIN members AS a ON f.exporter = a.member
LEFT JOIN members AS b ON f.importer = b.member
WHERE NOT EXISTS (
  SELECT 1 FROM standing_alone AS s WHERE s.member = CASE WHEN s.side = 'export' THEN f.exporter ELSE f.importer END
)
