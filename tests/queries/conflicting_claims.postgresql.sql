SELECT concat('{"nodes":[', string_agg(concat('{"assessment":', value_1, ',"evidence":', value_2, ',"returned":', value_3, '}'), ',' ORDER BY value_4), ']}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1 
FROM (SELECT (SELECT concat('{"asserting":', coalesce(to_json(count(*) FILTER (WHERE evidence_1.stance = $1::VARCHAR COLLATE "C")), 'null'), ',"denying":', coalesce(to_json(count(*) FILTER (WHERE evidence_1.stance = $2::VARCHAR COLLATE "C")), 'null'), ',"questioning":', coalesce(to_json(count(*) FILTER (WHERE evidence_1.stance = $3::VARCHAR COLLATE "C")), 'null'), ',"sources":', coalesce(to_json(count(DISTINCT statement_1.source_id)), 'null'), ',"contested":', coalesce(CAST(count(*) FILTER (WHERE evidence_1.stance = $4::VARCHAR COLLATE "C") > $5::INTEGER AND (count(*) FILTER (WHERE evidence_1.stance = $6::VARCHAR COLLATE "C")) + (count(*) FILTER (WHERE evidence_1.stance = $7::VARCHAR COLLATE "C")) > $8::INTEGER AS TEXT), 'null'), ',"bestCredibility":', coalesce(to_json(min(statement_1.credibility) FILTER (WHERE evidence_1.stance = $9::VARCHAR COLLATE "C")), 'null'), ',"low":', coalesce(to_json((SELECT coalesce(evidence_2.quantity_low, evidence_2.quantity_value) AS coalesce_1 
FROM evidence AS evidence_2 
WHERE evidence_2.support_id = anon_2.id AND evidence_2.stance = $10::VARCHAR COLLATE "C" AND coalesce(evidence_2.quantity_low, evidence_2.quantity_value) IS NOT NULL AND evidence_2.quantity_unit IS NOT DISTINCT FROM anon_2.quantity_unit AND evidence_2.quantity_currency IS NOT DISTINCT FROM anon_2.quantity_currency ORDER BY CASE WHEN (evidence_2.quantity_low IS NOT NULL) THEN evidence_2.quantity_low_magnitude ELSE evidence_2.quantity_value_magnitude END, evidence_2.id 
 LIMIT $11::INTEGER)), 'null'), ',"high":', coalesce(to_json((SELECT coalesce(evidence_3.quantity_high, evidence_3.quantity_value) AS coalesce_2 
FROM evidence AS evidence_3 
WHERE evidence_3.support_id = anon_2.id AND evidence_3.stance = $12::VARCHAR COLLATE "C" AND coalesce(evidence_3.quantity_high, evidence_3.quantity_value) IS NOT NULL AND evidence_3.quantity_unit IS NOT DISTINCT FROM anon_2.quantity_unit AND evidence_3.quantity_currency IS NOT DISTINCT FROM anon_2.quantity_currency ORDER BY CASE WHEN (evidence_3.quantity_high IS NOT NULL) THEN evidence_3.quantity_high_magnitude ELSE evidence_3.quantity_value_magnitude END DESC, evidence_3.id 
 LIMIT $13::INTEGER)), 'null'), '}') AS concat_2 
FROM evidence AS evidence_1 JOIN statement AS statement_1 ON statement_1.id = evidence_1.statement_id 
WHERE evidence_1.support_id = anon_2.id) AS value_1, (SELECT concat('{"nodes":[', string_agg(concat('{"quantity":', CASE WHEN (anon_3.quantity_value IS NOT NULL OR anon_3.quantity_low IS NOT NULL OR anon_3.quantity_high IS NOT NULL OR anon_3.quantity_unit IS NOT NULL OR anon_3.quantity_currency IS NOT NULL OR anon_3.quantity_estimated IS NOT NULL) THEN concat('{"value":', coalesce('"' || anon_3.quantity_value || '"', 'null'), ',"unit":', coalesce('"' || anon_3.quantity_unit || '"', 'null'), '}') ELSE 'null' END, ',"note":', coalesce(to_json(anon_3.note), 'null'), ',"statement":{"speaker":{"slug":"', actor_1.slug, '"}}}'), ',' ORDER BY anon_3.id), ']}') AS concat_3 
FROM (SELECT anon_4.id AS id, anon_4.quantity_value AS quantity_value, anon_4.quantity_low AS quantity_low, anon_4.quantity_high AS quantity_high, anon_4.quantity_unit AS quantity_unit, anon_4.quantity_currency AS quantity_currency, anon_4.quantity_estimated AS quantity_estimated, anon_4.note AS note, anon_4.statement_id AS statement_id 
FROM (SELECT evidence_4.id AS id, evidence_4.quantity_value AS quantity_value, evidence_4.quantity_low AS quantity_low, evidence_4.quantity_high AS quantity_high, evidence_4.quantity_unit AS quantity_unit, evidence_4.quantity_currency AS quantity_currency, evidence_4.quantity_estimated AS quantity_estimated, evidence_4.note AS note, evidence_4.statement_id AS statement_id 
FROM evidence AS evidence_4 
WHERE evidence_4.support_id = anon_2.id ORDER BY evidence_4.id 
 LIMIT 501) AS anon_4 ORDER BY anon_4.id 
 LIMIT $14::BIGINT) AS anon_3 LEFT OUTER JOIN statement AS statement_2 ON statement_2.id = anon_3.statement_id LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = statement_2.speaker_id) AS value_2, (SELECT concat('{"nodes":[', string_agg(concat('{"kind":"', anon_5.kind, '","phase":"', anon_5.phase, '"}'), ',' ORDER BY anon_5.id), ']}') AS concat_4 
FROM (SELECT anon_6.id AS id, anon_6.kind AS kind, anon_6.phase AS phase 
FROM (SELECT support_1.id AS id, support_1.kind AS kind, support_1.phase AS phase 
FROM support AS support_1 
WHERE support_1.in_return_for_id = anon_2.id ORDER BY support_1.id 
 LIMIT 501) AS anon_6 ORDER BY anon_6.id 
 LIMIT $15::BIGINT) AS anon_5) AS value_3, anon_2.id AS value_4 
FROM (SELECT anon_7.id AS id, anon_7.quantity_unit AS quantity_unit, anon_7.quantity_currency AS quantity_currency 
FROM (SELECT support_2.id AS id, support_2.quantity_unit AS quantity_unit, support_2.quantity_currency AS quantity_currency 
FROM support AS support_2 
WHERE support_2.kind = $16::VARCHAR COLLATE "C" ORDER BY support_2.id 
 LIMIT 501) AS anon_7 ORDER BY anon_7.id 
 LIMIT $17::BIGINT) AS anon_2) AS layer
-- ["ASSERTS", "DENIES", "QUESTIONS", "ASSERTS", 0, "DENIES", "QUESTIONS", 0, "ASSERTS", "ASSERTS", 1, "ASSERTS", 1, null, null, null, null]
