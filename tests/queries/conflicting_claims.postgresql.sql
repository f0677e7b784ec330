SELECT concat('{"nodes":[', string_agg(concat('{"assessment":', value_1, ',"evidence":', value_2, ',"returned":', value_3, '}'), ',' ORDER BY value_4), ']}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1 
FROM (SELECT (SELECT concat('{"asserting":', coalesce(to_json(count(*) FILTER (WHERE evidence_1.stance = $1::VARCHAR COLLATE "C")), 'null'), ',"denying":', coalesce(to_json(count(*) FILTER (WHERE evidence_1.stance = $2::VARCHAR COLLATE "C")), 'null'), ',"questioning":', coalesce(to_json(count(*) FILTER (WHERE evidence_1.stance = $3::VARCHAR COLLATE "C")), 'null'), ',"sources":', coalesce(to_json(count(DISTINCT statement_1.source_id)), 'null'), ',"contested":', coalesce(CAST(count(*) FILTER (WHERE evidence_1.stance = $4::VARCHAR COLLATE "C") > $5::INTEGER AND (count(*) FILTER (WHERE evidence_1.stance = $6::VARCHAR COLLATE "C")) + (count(*) FILTER (WHERE evidence_1.stance = $7::VARCHAR COLLATE "C")) > $8::INTEGER AS TEXT), 'null'), ',"bestCredibility":', coalesce(to_json(min(statement_1.credibility) FILTER (WHERE evidence_1.stance = $9::VARCHAR COLLATE "C")), 'null'), ',"low":', coalesce(to_json((SELECT coalesce(evidence_2.quantity_low, evidence_2.quantity_value) AS coalesce_1 
FROM evidence AS evidence_2 
WHERE evidence_2.support_id = anon_2.id AND evidence_2.stance = $10::VARCHAR COLLATE "C" AND NOT (EXISTS (SELECT * 
FROM statement AS statement_2 
WHERE statement_2.corrects_id = evidence_2.statement_id)) AND coalesce(evidence_2.quantity_low, evidence_2.quantity_value) IS NOT NULL AND evidence_2.quantity_unit IS NOT DISTINCT FROM CASE WHEN (anon_2.quantity_unit IS NOT NULL) THEN anon_2.quantity_unit ELSE (SELECT CASE WHEN (min(coalesce(evidence_3.quantity_unit, '')) = max(coalesce(evidence_3.quantity_unit, ''))) THEN min(evidence_3.quantity_unit) END AS anon_3 
FROM evidence AS evidence_3 
WHERE evidence_3.support_id = anon_2.id AND evidence_3.stance = $11::VARCHAR COLLATE "C" AND NOT (EXISTS (SELECT * 
FROM statement AS statement_3 
WHERE statement_3.corrects_id = evidence_3.statement_id)) AND (evidence_3.quantity_value IS NOT NULL OR evidence_3.quantity_low IS NOT NULL OR evidence_3.quantity_high IS NOT NULL)) END ORDER BY CASE WHEN (evidence_2.quantity_low IS NOT NULL) THEN evidence_2.quantity_low_magnitude ELSE evidence_2.quantity_value_magnitude END 
 LIMIT $12::INTEGER)), 'null'), ',"high":', coalesce(to_json((SELECT coalesce(evidence_4.quantity_high, evidence_4.quantity_value) AS coalesce_2 
FROM evidence AS evidence_4 
WHERE evidence_4.support_id = anon_2.id AND evidence_4.stance = $13::VARCHAR COLLATE "C" AND NOT (EXISTS (SELECT * 
FROM statement AS statement_4 
WHERE statement_4.corrects_id = evidence_4.statement_id)) AND coalesce(evidence_4.quantity_high, evidence_4.quantity_value) IS NOT NULL AND evidence_4.quantity_unit IS NOT DISTINCT FROM CASE WHEN (anon_2.quantity_unit IS NOT NULL) THEN anon_2.quantity_unit ELSE (SELECT CASE WHEN (min(coalesce(evidence_5.quantity_unit, '')) = max(coalesce(evidence_5.quantity_unit, ''))) THEN min(evidence_5.quantity_unit) END AS anon_4 
FROM evidence AS evidence_5 
WHERE evidence_5.support_id = anon_2.id AND evidence_5.stance = $14::VARCHAR COLLATE "C" AND NOT (EXISTS (SELECT * 
FROM statement AS statement_5 
WHERE statement_5.corrects_id = evidence_5.statement_id)) AND (evidence_5.quantity_value IS NOT NULL OR evidence_5.quantity_low IS NOT NULL OR evidence_5.quantity_high IS NOT NULL)) END ORDER BY CASE WHEN (evidence_4.quantity_high IS NOT NULL) THEN evidence_4.quantity_high_magnitude ELSE evidence_4.quantity_value_magnitude END DESC 
 LIMIT $15::INTEGER)), 'null'), ',"unit":', coalesce('"' || CASE WHEN (anon_2.quantity_unit IS NOT NULL) THEN anon_2.quantity_unit ELSE (SELECT CASE WHEN (min(coalesce(evidence_6.quantity_unit, '')) = max(coalesce(evidence_6.quantity_unit, ''))) THEN min(evidence_6.quantity_unit) END AS anon_5 
FROM evidence AS evidence_6 
WHERE evidence_6.support_id = anon_2.id AND evidence_6.stance = $16::VARCHAR COLLATE "C" AND NOT (EXISTS (SELECT * 
FROM statement AS statement_6 
WHERE statement_6.corrects_id = evidence_6.statement_id)) AND (evidence_6.quantity_value IS NOT NULL OR evidence_6.quantity_low IS NOT NULL OR evidence_6.quantity_high IS NOT NULL)) END || '"', 'null'), ',"withdrawn":', coalesce(to_json((SELECT count(*) AS count_1 
FROM evidence AS evidence_7 
WHERE evidence_7.support_id = anon_2.id AND (EXISTS (SELECT * 
FROM statement AS statement_7 
WHERE statement_7.corrects_id = evidence_7.statement_id)))), 'null'), '}') AS concat_2 
FROM evidence AS evidence_1 JOIN statement AS statement_1 ON statement_1.id = evidence_1.statement_id 
WHERE evidence_1.support_id = anon_2.id AND NOT (EXISTS (SELECT * 
FROM statement AS statement_8 
WHERE statement_8.corrects_id = evidence_1.statement_id))) AS value_1, (SELECT concat('{"nodes":[', string_agg(concat('{"quantity":', CASE WHEN (anon_6.quantity_value IS NOT NULL OR anon_6.quantity_low IS NOT NULL OR anon_6.quantity_high IS NOT NULL OR anon_6.quantity_unit IS NOT NULL OR anon_6.quantity_estimated IS NOT NULL) THEN concat('{"value":', coalesce('"' || anon_6.quantity_value || '"', 'null'), ',"unit":', coalesce('"' || anon_6.quantity_unit || '"', 'null'), '}') ELSE 'null' END, ',"note":', coalesce(to_json(anon_6.note), 'null'), ',"statement":{"speaker":{"slug":"', actor_1.slug, '"}}}'), ',' ORDER BY anon_6.id), ']}') AS concat_3 
FROM (SELECT anon_7.id AS id, anon_7.quantity_value AS quantity_value, anon_7.quantity_low AS quantity_low, anon_7.quantity_high AS quantity_high, anon_7.quantity_unit AS quantity_unit, anon_7.quantity_estimated AS quantity_estimated, anon_7.note AS note, anon_7.statement_id AS statement_id 
FROM (SELECT evidence_8.id AS id, evidence_8.quantity_value AS quantity_value, evidence_8.quantity_low AS quantity_low, evidence_8.quantity_high AS quantity_high, evidence_8.quantity_unit AS quantity_unit, evidence_8.quantity_estimated AS quantity_estimated, evidence_8.note AS note, evidence_8.statement_id AS statement_id 
FROM evidence AS evidence_8 
WHERE evidence_8.support_id = anon_2.id ORDER BY evidence_8.id 
 LIMIT 501) AS anon_7 ORDER BY anon_7.id 
 LIMIT $17::BIGINT) AS anon_6 LEFT OUTER JOIN statement AS statement_9 ON statement_9.id = anon_6.statement_id LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = statement_9.speaker_id) AS value_2, (SELECT concat('{"nodes":[', string_agg(concat('{"kind":"', anon_8.kind, '","phase":"', anon_8.phase, '"}'), ',' ORDER BY anon_8.id), ']}') AS concat_4 
FROM (SELECT anon_9.id AS id, anon_9.kind AS kind, anon_9.phase AS phase 
FROM (SELECT support_1.id AS id, support_1.kind AS kind, support_1.phase AS phase 
FROM support AS support_1 
WHERE support_1.in_return_for_id = anon_2.id ORDER BY support_1.id 
 LIMIT 501) AS anon_9 ORDER BY anon_9.id 
 LIMIT $18::BIGINT) AS anon_8) AS value_3, anon_2.id AS value_4 
FROM (SELECT anon_10.id AS id, anon_10.quantity_unit AS quantity_unit, anon_10.worth_unit AS worth_unit, anon_10.worth_currency AS worth_currency 
FROM (SELECT support_2.id AS id, support_2.quantity_unit AS quantity_unit, support_2.worth_unit AS worth_unit, support_2.worth_currency AS worth_currency 
FROM support AS support_2 
WHERE support_2.kind = $19::VARCHAR COLLATE "C" ORDER BY support_2.id 
 LIMIT 501) AS anon_10 ORDER BY anon_10.id 
 LIMIT $20::BIGINT) AS anon_2) AS layer
-- ["ASSERTS", "DENIES", "QUESTIONS", "ASSERTS", 0, "DENIES", "QUESTIONS", 0, "ASSERTS", "ASSERTS", "ASSERTS", 1, "ASSERTS", "ASSERTS", 1, "ASSERTS", null, null, null, null]
