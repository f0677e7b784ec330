SELECT CAST('{"nodes":[' || coalesce(group_concat(json_object('id', 'support_' || anon_2.id, 'kind', anon_2.kind)), '') || ']}' AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_3 
FROM (SELECT support_1.id AS id, support_1.kind AS kind 
FROM support AS support_1 
WHERE support_1.kind IN (SELECT anon_4.value 
FROM json_each(?1) AS anon_4) AND support_1.supporter_id IN (SELECT actor_1.id 
FROM actor AS actor_1 
WHERE actor_1.id IN (SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug IN (SELECT anon_5.value 
FROM json_each(?2) AS anon_5) UNION ALL SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug IN (SELECT anon_6.value 
FROM json_each(?2) AS anon_6))) AND (support_1.started_on_earliest >= ?3 OR support_1.started_on IS NULL) AND (support_1.phase = ?4) IS NOT 1 ORDER BY support_1.id
 LIMIT ?5 OFFSET ?6) AS anon_2
-- [null, null, null, null, null, 0]

SELECT CAST('{"nodes":[' || coalesce(group_concat('{' || trim(json_object('id', 'support_' || anon_2.id), '{}') || ',"quantity":' || CASE WHEN (anon_2.quantity_value IS NOT NULL OR anon_2.quantity_low IS NOT NULL OR anon_2.quantity_high IS NOT NULL OR anon_2.quantity_unit IS NOT NULL OR anon_2.quantity_estimated IS NOT NULL) THEN json_object('value', anon_2.quantity_value) ELSE 'null' END || '}'), '') || ']}' AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_3 
FROM (SELECT support_1.id AS id, support_1.quantity_value AS quantity_value, support_1.quantity_low AS quantity_low, support_1.quantity_high AS quantity_high, support_1.quantity_unit AS quantity_unit, support_1.quantity_estimated AS quantity_estimated 
FROM support AS support_1 
WHERE support_1.quantity_value IS NOT NULL AND support_1.quantity_value_magnitude >= ?1 ORDER BY support_1.id
 LIMIT ?2 OFFSET ?3) AS anon_2
-- [null, null, 0]

SELECT CAST(json_object('totalCount', (SELECT count(*) AS count_1 
FROM support AS support_1 
WHERE (support_1.id IN (SELECT evidence_1.support_id 
FROM evidence AS evidence_1 
WHERE evidence_1.support_id IS NOT NULL AND evidence_1.stance = ?1)) IS NOT 1)) AS BLOB) AS json_object_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1
-- [null]

SELECT CAST(json_object('totalCount', (SELECT count(*) AS count_1 
FROM support AS support_1 
WHERE (support_1.id IN (SELECT found.support_id 
FROM (SELECT evidence_1.support_id AS support_id 
FROM evidence AS evidence_1 
WHERE evidence_1.support_id IS NOT NULL AND (evidence_1.statement_id IN (SELECT found.id 
FROM (SELECT statement_1.id AS id 
FROM statement AS statement_1 
WHERE statement_1.speaker_id IN (SELECT actor_1.id 
FROM actor AS actor_1 
WHERE substr(lower(actor_1.name), ?1, length(?2)) = lower(?2))) AS found)) IS NOT 1) AS found)) IS NOT 1)) AS BLOB) AS json_object_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1
-- [1, null]
