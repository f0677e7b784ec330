SELECT concat('{"nodes":[', string_agg(concat('{"id":"support_', anon_1.id, '","kind":"', anon_1.kind, '"}'), ',' ORDER BY anon_1.id), ']}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_2 
FROM (SELECT anon_3.id AS id, anon_3.kind AS kind 
FROM (SELECT support_1.id AS id, support_1.kind AS kind 
FROM support AS support_1 
WHERE support_1.kind = any($1::TEXT[]) AND support_1.supporter_id IN (SELECT actor_1.id 
FROM actor AS actor_1 
WHERE actor_1.id IN (SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = any($2::TEXT[]) UNION ALL SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = any($2::TEXT[]))) AND (support_1.started_on_earliest >= $3::VARCHAR COLLATE "C" OR support_1.started_on IS NULL) AND (support_1.phase = $4::VARCHAR COLLATE "C") IS NOT true ORDER BY support_1.id 
 LIMIT 501) AS anon_3 ORDER BY anon_3.id 
 LIMIT $5::BIGINT) AS anon_1
-- [null, null, null, null, null]

SELECT concat('{"nodes":[', string_agg(concat('{"id":"support_', anon_1.id, '","quantity":', CASE WHEN (anon_1.quantity_value IS NOT NULL OR anon_1.quantity_low IS NOT NULL OR anon_1.quantity_high IS NOT NULL OR anon_1.quantity_unit IS NOT NULL OR anon_1.quantity_estimated IS NOT NULL) THEN concat('{"value":', coalesce('"' || anon_1.quantity_value || '"', 'null'), '}') ELSE 'null' END, '}'), ',' ORDER BY anon_1.id), ']}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_2 
FROM (SELECT anon_3.id AS id, anon_3.quantity_value AS quantity_value, anon_3.quantity_low AS quantity_low, anon_3.quantity_high AS quantity_high, anon_3.quantity_unit AS quantity_unit, anon_3.quantity_estimated AS quantity_estimated 
FROM (SELECT support_1.id AS id, support_1.quantity_value AS quantity_value, support_1.quantity_low AS quantity_low, support_1.quantity_high AS quantity_high, support_1.quantity_unit AS quantity_unit, support_1.quantity_estimated AS quantity_estimated 
FROM support AS support_1 
WHERE support_1.quantity_value IS NOT NULL AND support_1.quantity_value_magnitude >= $1::VARCHAR COLLATE "C" ORDER BY support_1.id 
 LIMIT 501) AS anon_3 ORDER BY anon_3.id 
 LIMIT $2::BIGINT) AS anon_1
-- [null, null]

SELECT concat('{"totalCount":', coalesce(to_json((SELECT count(*) AS count_1 
FROM support AS support_1 
WHERE (support_1.id IN (SELECT evidence_1.support_id 
FROM evidence AS evidence_1 
WHERE evidence_1.support_id IS NOT NULL AND evidence_1.stance = $1::VARCHAR COLLATE "C")) IS NOT true)), 'null'), '}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1
-- [null]

SELECT concat('{"totalCount":', coalesce(to_json((SELECT count(*) AS count_1 
FROM support AS support_1 
WHERE (support_1.id IN (SELECT found.support_id 
FROM (SELECT evidence_1.support_id AS support_id 
FROM evidence AS evidence_1 
WHERE evidence_1.support_id IS NOT NULL AND (evidence_1.statement_id IN (SELECT found.id 
FROM (SELECT statement_1.id AS id 
FROM statement AS statement_1 
WHERE statement_1.speaker_id IN (SELECT actor_1.id 
FROM actor AS actor_1 
WHERE starts_with(lower(actor_1.name), lower($1::VARCHAR COLLATE "C")))) AS found)) IS NOT true) AS found)) IS NOT true)), 'null'), '}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1
-- [null]
