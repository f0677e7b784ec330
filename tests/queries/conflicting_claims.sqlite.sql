SELECT CAST('{"nodes":[' || coalesce(group_concat('{"assessment":' || value_1 || ',"evidence":' || value_2 || ',"returned":' || value_3 || '}'), '') || ']}' AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_2 
FROM (SELECT (SELECT '{' || trim(json_object('asserting', count(*) FILTER (WHERE evidence_1.stance = ?1), 'denying', count(*) FILTER (WHERE evidence_1.stance = ?2), 'questioning', count(*) FILTER (WHERE evidence_1.stance = ?3), 'sources', count(DISTINCT statement_1.source_id)), '{}') || ',"contested":' || CASE count(*) FILTER (WHERE evidence_1.stance = ?4) > ?5 AND (count(*) FILTER (WHERE evidence_1.stance = ?6)) + (count(*) FILTER (WHERE evidence_1.stance = ?7)) > ?8 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',' || trim(json_object('bestCredibility', min(statement_1.credibility) FILTER (WHERE evidence_1.stance = ?9), 'low', (SELECT coalesce(evidence_2.quantity_low, evidence_2.quantity_value) AS coalesce_1 
FROM evidence AS evidence_2 
WHERE evidence_2.support_id = anon_4.id AND evidence_2.stance = ?10 AND coalesce(evidence_2.quantity_low, evidence_2.quantity_value) IS NOT NULL AND evidence_2.quantity_unit IS anon_4.quantity_unit AND evidence_2.quantity_currency IS anon_4.quantity_currency ORDER BY CASE WHEN (evidence_2.quantity_low IS NOT NULL) THEN evidence_2.quantity_low_magnitude ELSE evidence_2.quantity_value_magnitude END, evidence_2.id
 LIMIT ?11 OFFSET ?12), 'high', (SELECT coalesce(evidence_3.quantity_high, evidence_3.quantity_value) AS coalesce_2 
FROM evidence AS evidence_3 
WHERE evidence_3.support_id = anon_4.id AND evidence_3.stance = ?13 AND coalesce(evidence_3.quantity_high, evidence_3.quantity_value) IS NOT NULL AND evidence_3.quantity_unit IS anon_4.quantity_unit AND evidence_3.quantity_currency IS anon_4.quantity_currency ORDER BY CASE WHEN (evidence_3.quantity_high IS NOT NULL) THEN evidence_3.quantity_high_magnitude ELSE evidence_3.quantity_value_magnitude END DESC, evidence_3.id
 LIMIT ?14 OFFSET ?15)), '{}') || '}' AS anon_3 
FROM evidence AS evidence_1 JOIN statement AS statement_1 ON statement_1.id = evidence_1.statement_id 
WHERE evidence_1.support_id = anon_4.id) AS value_1, (SELECT '{"nodes":[' || coalesce(group_concat('{"quantity":' || CASE WHEN (anon_6.quantity_value IS NOT NULL OR anon_6.quantity_low IS NOT NULL OR anon_6.quantity_high IS NOT NULL OR anon_6.quantity_unit IS NOT NULL OR anon_6.quantity_currency IS NOT NULL OR anon_6.quantity_estimated IS NOT NULL) THEN json_object('value', anon_6.quantity_value, 'unit', anon_6.quantity_unit) ELSE 'null' END || ',' || trim(json_object('note', anon_6.note), '{}') || ',"statement":' || json_object('speaker', json_object('slug', actor_1.slug)) || '}'), '') || ']}' AS anon_5 
FROM (SELECT evidence_4.id AS id, evidence_4.quantity_value AS quantity_value, evidence_4.quantity_low AS quantity_low, evidence_4.quantity_high AS quantity_high, evidence_4.quantity_unit AS quantity_unit, evidence_4.quantity_currency AS quantity_currency, evidence_4.quantity_estimated AS quantity_estimated, evidence_4.note AS note, evidence_4.statement_id AS statement_id 
FROM evidence AS evidence_4 
WHERE evidence_4.support_id = anon_4.id ORDER BY evidence_4.id
 LIMIT ?16 OFFSET ?17) AS anon_6 LEFT OUTER JOIN statement AS statement_2 ON statement_2.id = anon_6.statement_id LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = statement_2.speaker_id) AS value_2, (SELECT '{"nodes":[' || coalesce(group_concat(json_object('kind', anon_8.kind, 'phase', anon_8.phase)), '') || ']}' AS anon_7 
FROM (SELECT support_1.id AS id, support_1.kind AS kind, support_1.phase AS phase 
FROM support AS support_1 
WHERE support_1.in_return_for_id = anon_4.id ORDER BY support_1.id
 LIMIT ?18 OFFSET ?19) AS anon_8) AS value_3 
FROM (SELECT support_2.id AS id, support_2.quantity_unit AS quantity_unit, support_2.quantity_currency AS quantity_currency 
FROM support AS support_2 
WHERE support_2.kind = ?20 ORDER BY support_2.id
 LIMIT ?21 OFFSET ?22) AS anon_4) AS layer
-- ["ASSERTS", "DENIES", "QUESTIONS", "ASSERTS", 0, "DENIES", "QUESTIONS", 0, "ASSERTS", "ASSERTS", 1, 0, "ASSERTS", 1, 0, null, 0, null, 0, null, null, 0]
