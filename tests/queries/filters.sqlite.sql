SELECT json_object('nodes', json_group_array(json_object('id', 'support_' || support_1.id, 'kind', support_1.kind))) AS json_object_1 
FROM (SELECT support_2.id AS id 
FROM support AS support_2 
WHERE support_2.kind IN (SELECT anon_1.value 
FROM json_each(?) AS anon_1) AND support_2.supporter_id IN (SELECT actor_1.id 
FROM actor AS actor_1 
WHERE actor_1.slug IN (SELECT anon_2.value 
FROM json_each(?) AS anon_2)) AND (support_2.started_on_earliest >= ? OR support_2.started_on IS NULL) AND (support_2.phase = ?) IS NOT 1 ORDER BY support_2.id
 LIMIT ? OFFSET ?) AS page LEFT OUTER JOIN support AS support_1 ON support_1.id = page.id
-- [null, null, null, null, null, 0]

SELECT json_object('nodes', json_group_array(json_object('id', 'support_' || support_1.id, 'quantity', CASE WHEN (support_1.quantity_value IS NULL AND support_1.quantity_low IS NULL AND support_1.quantity_high IS NULL AND support_1.quantity_unit IS NULL AND support_1.quantity_currency IS NULL AND support_1.quantity_estimated IS NULL) THEN NULL ELSE json_object('value', support_1.quantity_value) END))) AS json_object_1 
FROM (SELECT support_2.id AS id 
FROM support AS support_2 
WHERE support_2.quantity_value IS NOT NULL AND support_2.quantity_value_magnitude >= CAST(? AS DOUBLE) ORDER BY support_2.id
 LIMIT ? OFFSET ?) AS page LEFT OUTER JOIN support AS support_1 ON support_1.id = page.id
-- [null, null, 0]

SELECT json_object('totalCount', (SELECT count(*) AS count_1 
FROM support AS support_1 
WHERE (support_1.id IN (SELECT evidence_1.support_id 
FROM evidence AS evidence_1 
WHERE evidence_1.support_id IS NOT NULL AND evidence_1.stance = ?)) IS NOT 1)) AS json_object_1
-- [null]

SELECT json_object('totalCount', (SELECT count(*) AS count_1 
FROM support AS support_1 
WHERE (support_1.id IN (SELECT evidence_1.support_id 
FROM evidence AS evidence_1 
WHERE evidence_1.support_id IS NOT NULL AND (evidence_1.statement_id IN (SELECT statement_1.id 
FROM statement AS statement_1 
WHERE statement_1.speaker_id IN (SELECT actor_1.id 
FROM actor AS actor_1 
WHERE substr(lower(actor_1.name), ?, length(?)) = lower(?)))) IS NOT 1)) IS NOT 1)) AS json_object_1
-- [1, null, null]
