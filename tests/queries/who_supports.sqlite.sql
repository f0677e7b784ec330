SELECT json_object('totalCount', (SELECT count(*) AS count_1 
FROM support AS support_1 
WHERE support_1.recipient_id IN (SELECT actor_1.id 
FROM actor AS actor_1 
WHERE actor_1.slug = ?)), 'nodes', json_group_array(json_object('supporter', json_object('name', value_1), 'kind', value_2, 'phase', value_3, 'quantity', CASE WHEN (value_4 IS NULL AND value_5 IS NULL AND value_6 IS NULL AND value_7 IS NULL AND value_8 IS NULL AND value_9 IS NULL) THEN NULL ELSE json_object('value', value_4, 'unit', value_7) END, 'evidence', json(value_10)))) AS json_object_1 
FROM (SELECT actor_2.name AS value_1, support_2.kind AS value_2, support_2.phase AS value_3, support_2.quantity_value AS value_4, support_2.quantity_low AS value_5, support_2.quantity_high AS value_6, support_2.quantity_unit AS value_7, support_2.quantity_currency AS value_8, support_2.quantity_estimated AS value_9, (SELECT json_object('nodes', json_group_array(json_object('stance', evidence_1.stance, 'quantity', CASE WHEN (evidence_1.quantity_value IS NULL AND evidence_1.quantity_low IS NULL AND evidence_1.quantity_high IS NULL AND evidence_1.quantity_unit IS NULL AND evidence_1.quantity_currency IS NULL AND evidence_1.quantity_estimated IS NULL) THEN NULL ELSE json_object('value', evidence_1.quantity_value) END, 'statement', json_object('text', statement_1.text, 'speaker', json_object('name', actor_3.name))))) AS json_object_2 
FROM (SELECT evidence_2.id AS id 
FROM evidence AS evidence_2 
WHERE evidence_2.support_id = support_2.id ORDER BY evidence_2.id
 LIMIT ? OFFSET ?) AS page LEFT OUTER JOIN evidence AS evidence_1 ON evidence_1.id = page.id LEFT OUTER JOIN statement AS statement_1 ON statement_1.id = evidence_1.statement_id LEFT OUTER JOIN actor AS actor_3 ON actor_3.id = statement_1.speaker_id) AS value_10 
FROM (SELECT support_3.id AS id 
FROM support AS support_3 
WHERE support_3.recipient_id IN (SELECT actor_4.id 
FROM actor AS actor_4 
WHERE actor_4.slug = ?) ORDER BY support_3.id
 LIMIT ? OFFSET ?) AS page LEFT OUTER JOIN support AS support_2 ON support_2.id = page.id LEFT OUTER JOIN actor AS actor_2 ON actor_2.id = support_2.supporter_id) AS layer
-- [null, null, 0, null, null, 0]
