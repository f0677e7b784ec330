SELECT concat('{"totalCount":', coalesce(to_json((SELECT CAST(coalesce(sum(support_count_1.supports), 0) AS BIGINT) AS coalesce_1 
FROM support_count AS support_count_1 
WHERE support_count_1.recipient_id IN (SELECT actor_1.id 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = $1::VARCHAR COLLATE "C"), (SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = $1::VARCHAR COLLATE "C"))))), 'null'), ',"nodes":[', string_agg(concat('{"supporter":', CASE WHEN (value_2 IS NOT NULL) THEN concat('{"name":', coalesce(to_json(value_1), 'null'), '}') ELSE 'null' END, ',"kind":"', value_3, '","phase":"', value_4, '","quantity":', CASE WHEN (value_5 IS NOT NULL OR value_6 IS NOT NULL OR value_7 IS NOT NULL OR value_8 IS NOT NULL OR value_9 IS NOT NULL) THEN concat('{"value":', coalesce('"' || value_5 || '"', 'null'), ',"unit":', coalesce('"' || value_8 || '"', 'null'), '}') ELSE 'null' END, ',"worth":', CASE WHEN (value_10 IS NOT NULL OR value_11 IS NOT NULL OR value_12 IS NOT NULL OR value_13 IS NOT NULL OR value_14 IS NOT NULL OR value_15 IS NOT NULL) THEN concat('{"value":', coalesce('"' || value_10 || '"', 'null'), ',"unit":', coalesce('"' || value_13 || '"', 'null'), ',"currency":', coalesce('"' || value_14 || '"', 'null'), '}') ELSE 'null' END, ',"evidence":', value_16, '}'), ',' ORDER BY value_17), ']}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1 
FROM (SELECT actor_3.name AS value_1, actor_3.id AS value_2, anon_2.kind AS value_3, anon_2.phase AS value_4, anon_2.quantity_value AS value_5, anon_2.quantity_low AS value_6, anon_2.quantity_high AS value_7, anon_2.quantity_unit AS value_8, anon_2.quantity_estimated AS value_9, anon_2.worth_value AS value_10, anon_2.worth_low AS value_11, anon_2.worth_high AS value_12, anon_2.worth_unit AS value_13, anon_2.worth_currency AS value_14, anon_2.worth_estimated AS value_15, (SELECT concat('{"nodes":[', string_agg(concat('{"stance":"', anon_3.stance, '","quantity":', CASE WHEN (anon_3.quantity_value IS NOT NULL OR anon_3.quantity_low IS NOT NULL OR anon_3.quantity_high IS NOT NULL OR anon_3.quantity_unit IS NOT NULL OR anon_3.quantity_estimated IS NOT NULL) THEN concat('{"value":', coalesce('"' || anon_3.quantity_value || '"', 'null'), '}') ELSE 'null' END, ',"statement":{"text":', coalesce(to_json(statement_1.text), 'null'), ',"speaker":{"name":', coalesce(to_json(actor_4.name), 'null'), '}}}'), ',' ORDER BY anon_3.id), ']}') AS concat_2 
FROM (SELECT anon_4.id AS id, anon_4.stance AS stance, anon_4.quantity_value AS quantity_value, anon_4.quantity_low AS quantity_low, anon_4.quantity_high AS quantity_high, anon_4.quantity_unit AS quantity_unit, anon_4.quantity_estimated AS quantity_estimated, anon_4.statement_id AS statement_id 
FROM (SELECT evidence_1.id AS id, evidence_1.stance AS stance, evidence_1.quantity_value AS quantity_value, evidence_1.quantity_low AS quantity_low, evidence_1.quantity_high AS quantity_high, evidence_1.quantity_unit AS quantity_unit, evidence_1.quantity_estimated AS quantity_estimated, evidence_1.statement_id AS statement_id 
FROM evidence AS evidence_1 
WHERE evidence_1.support_id = anon_2.id ORDER BY evidence_1.id 
 LIMIT 501) AS anon_4 ORDER BY anon_4.id 
 LIMIT $2::BIGINT) AS anon_3 LEFT OUTER JOIN statement AS statement_1 ON statement_1.id = anon_3.statement_id LEFT OUTER JOIN actor AS actor_4 ON actor_4.id = statement_1.speaker_id) AS value_16, anon_2.id AS value_17 
FROM (SELECT anon_5.id AS id, anon_5.supporter_id AS supporter_id, anon_5.kind AS kind, anon_5.phase AS phase, anon_5.quantity_value AS quantity_value, anon_5.quantity_low AS quantity_low, anon_5.quantity_high AS quantity_high, anon_5.quantity_unit AS quantity_unit, anon_5.quantity_estimated AS quantity_estimated, anon_5.worth_value AS worth_value, anon_5.worth_low AS worth_low, anon_5.worth_high AS worth_high, anon_5.worth_unit AS worth_unit, anon_5.worth_currency AS worth_currency, anon_5.worth_estimated AS worth_estimated 
FROM (SELECT support_1.id AS id, support_1.supporter_id AS supporter_id, support_1.kind AS kind, support_1.phase AS phase, support_1.quantity_value AS quantity_value, support_1.quantity_low AS quantity_low, support_1.quantity_high AS quantity_high, support_1.quantity_unit AS quantity_unit, support_1.quantity_estimated AS quantity_estimated, support_1.worth_value AS worth_value, support_1.worth_low AS worth_low, support_1.worth_high AS worth_high, support_1.worth_unit AS worth_unit, support_1.worth_currency AS worth_currency, support_1.worth_estimated AS worth_estimated 
FROM support AS support_1 
WHERE support_1.recipient_id IN (SELECT actor_5.id 
FROM actor AS actor_5 
WHERE actor_5.id = coalesce((SELECT actor_6.id 
FROM actor AS actor_6 
WHERE actor_6.slug = $1::VARCHAR COLLATE "C"), (SELECT former_slug_2.record_id 
FROM former_slug AS former_slug_2 
WHERE former_slug_2.record_type = 'actor' AND former_slug_2.slug = $1::VARCHAR COLLATE "C"))) ORDER BY support_1.id 
 LIMIT 501) AS anon_5 ORDER BY anon_5.id 
 LIMIT $3::BIGINT) AS anon_2 LEFT OUTER JOIN actor AS actor_3 ON actor_3.id = anon_2.supporter_id) AS layer
-- [null, null, null]
