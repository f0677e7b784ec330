SELECT CAST('{"nodes":[' || coalesce(group_concat('{"assessment":' || value_1 || ',"evidence":' || value_2 || ',"returned":' || value_3 || '}'), '') || ']}' AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_2 
FROM (SELECT (SELECT '{' || trim(json_object('asserting', count(*) FILTER (WHERE evidence_1.stance = ?1), 'denying', count(*) FILTER (WHERE evidence_1.stance = ?2), 'questioning', count(*) FILTER (WHERE evidence_1.stance = ?3), 'sources', count(DISTINCT statement_1.source_id)), '{}') || ',"contested":' || CASE count(*) FILTER (WHERE evidence_1.stance = ?4) > ?5 AND (count(*) FILTER (WHERE evidence_1.stance = ?6)) + (count(*) FILTER (WHERE evidence_1.stance = ?7)) > ?8 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',' || trim(json_object('bestCredibility', min(statement_1.credibility) FILTER (WHERE evidence_1.stance = ?9), 'low', (SELECT coalesce(evidence_2.quantity_low, evidence_2.quantity_value) AS coalesce_1 
FROM evidence AS evidence_2 
WHERE evidence_2.support_id = anon_4.id AND evidence_2.stance = ?10 AND NOT (EXISTS (SELECT * 
FROM statement AS statement_2 
WHERE statement_2.corrects_id = evidence_2.statement_id)) AND coalesce(evidence_2.quantity_low, evidence_2.quantity_value) IS NOT NULL AND evidence_2.quantity_unit IS CASE WHEN (anon_4.quantity_unit IS NOT NULL) THEN anon_4.quantity_unit ELSE (SELECT CASE WHEN (min(coalesce(evidence_3.quantity_unit, '')) = max(coalesce(evidence_3.quantity_unit, ''))) THEN min(evidence_3.quantity_unit) END AS anon_5 
FROM evidence AS evidence_3 
WHERE evidence_3.support_id = anon_4.id AND evidence_3.stance = ?11 AND NOT (EXISTS (SELECT * 
FROM statement AS statement_3 
WHERE statement_3.corrects_id = evidence_3.statement_id)) AND (evidence_3.quantity_value IS NOT NULL OR evidence_3.quantity_low IS NOT NULL OR evidence_3.quantity_high IS NOT NULL)) END ORDER BY CASE WHEN (evidence_2.quantity_low IS NOT NULL) THEN evidence_2.quantity_low_magnitude ELSE evidence_2.quantity_value_magnitude END
 LIMIT ?12 OFFSET ?13), 'high', (SELECT coalesce(evidence_4.quantity_high, evidence_4.quantity_value) AS coalesce_2 
FROM evidence AS evidence_4 
WHERE evidence_4.support_id = anon_4.id AND evidence_4.stance = ?14 AND NOT (EXISTS (SELECT * 
FROM statement AS statement_4 
WHERE statement_4.corrects_id = evidence_4.statement_id)) AND coalesce(evidence_4.quantity_high, evidence_4.quantity_value) IS NOT NULL AND evidence_4.quantity_unit IS CASE WHEN (anon_4.quantity_unit IS NOT NULL) THEN anon_4.quantity_unit ELSE (SELECT CASE WHEN (min(coalesce(evidence_5.quantity_unit, '')) = max(coalesce(evidence_5.quantity_unit, ''))) THEN min(evidence_5.quantity_unit) END AS anon_6 
FROM evidence AS evidence_5 
WHERE evidence_5.support_id = anon_4.id AND evidence_5.stance = ?15 AND NOT (EXISTS (SELECT * 
FROM statement AS statement_5 
WHERE statement_5.corrects_id = evidence_5.statement_id)) AND (evidence_5.quantity_value IS NOT NULL OR evidence_5.quantity_low IS NOT NULL OR evidence_5.quantity_high IS NOT NULL)) END ORDER BY CASE WHEN (evidence_4.quantity_high IS NOT NULL) THEN evidence_4.quantity_high_magnitude ELSE evidence_4.quantity_value_magnitude END DESC
 LIMIT ?16 OFFSET ?17), 'unit', CASE WHEN (anon_4.quantity_unit IS NOT NULL) THEN anon_4.quantity_unit ELSE (SELECT CASE WHEN (min(coalesce(evidence_6.quantity_unit, '')) = max(coalesce(evidence_6.quantity_unit, ''))) THEN min(evidence_6.quantity_unit) END AS anon_7 
FROM evidence AS evidence_6 
WHERE evidence_6.support_id = anon_4.id AND evidence_6.stance = ?18 AND NOT (EXISTS (SELECT * 
FROM statement AS statement_6 
WHERE statement_6.corrects_id = evidence_6.statement_id)) AND (evidence_6.quantity_value IS NOT NULL OR evidence_6.quantity_low IS NOT NULL OR evidence_6.quantity_high IS NOT NULL)) END, 'withdrawn', (SELECT count(*) AS count_1 
FROM evidence AS evidence_7 
WHERE evidence_7.support_id = anon_4.id AND (EXISTS (SELECT * 
FROM statement AS statement_7 
WHERE statement_7.corrects_id = evidence_7.statement_id)))), '{}') || '}' AS anon_3 
FROM evidence AS evidence_1 JOIN statement AS statement_1 ON statement_1.id = evidence_1.statement_id 
WHERE evidence_1.support_id = anon_4.id AND NOT (EXISTS (SELECT * 
FROM statement AS statement_8 
WHERE statement_8.corrects_id = evidence_1.statement_id))) AS value_1, (SELECT '{"nodes":[' || coalesce(group_concat('{"quantity":' || CASE WHEN (anon_9.quantity_value IS NOT NULL OR anon_9.quantity_low IS NOT NULL OR anon_9.quantity_high IS NOT NULL OR anon_9.quantity_unit IS NOT NULL OR anon_9.quantity_estimated IS NOT NULL) THEN json_object('value', anon_9.quantity_value, 'unit', anon_9.quantity_unit) ELSE 'null' END || ',' || trim(json_object('note', anon_9.note), '{}') || ',"statement":' || json_object('speaker', json_object('slug', actor_1.slug)) || '}'), '') || ']}' AS anon_8 
FROM (SELECT evidence_8.id AS id, evidence_8.quantity_value AS quantity_value, evidence_8.quantity_low AS quantity_low, evidence_8.quantity_high AS quantity_high, evidence_8.quantity_unit AS quantity_unit, evidence_8.quantity_estimated AS quantity_estimated, evidence_8.note AS note, evidence_8.statement_id AS statement_id 
FROM evidence AS evidence_8 
WHERE evidence_8.support_id = anon_4.id ORDER BY evidence_8.id
 LIMIT ?19 OFFSET ?20) AS anon_9 LEFT OUTER JOIN statement AS statement_9 ON statement_9.id = anon_9.statement_id LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = statement_9.speaker_id) AS value_2, (SELECT '{"nodes":[' || coalesce(group_concat(json_object('kind', anon_11.kind, 'phase', anon_11.phase)), '') || ']}' AS anon_10 
FROM (SELECT support_1.id AS id, support_1.kind AS kind, support_1.phase AS phase 
FROM support AS support_1 
WHERE support_1.in_return_for_id = anon_4.id ORDER BY support_1.id
 LIMIT ?21 OFFSET ?22) AS anon_11) AS value_3 
FROM (SELECT support_2.id AS id, support_2.quantity_unit AS quantity_unit, support_2.worth_unit AS worth_unit, support_2.worth_currency AS worth_currency 
FROM support AS support_2 
WHERE support_2.kind = ?23 ORDER BY support_2.id
 LIMIT ?24 OFFSET ?25) AS anon_4) AS layer
-- ["ASSERTS", "DENIES", "QUESTIONS", "ASSERTS", 0, "DENIES", "QUESTIONS", 0, "ASSERTS", "ASSERTS", "ASSERTS", 1, 0, "ASSERTS", "ASSERTS", 1, 0, "ASSERTS", null, 0, null, 0, null, null, 0]
