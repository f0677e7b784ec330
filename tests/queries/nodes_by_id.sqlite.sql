SELECT coalesce(json((SELECT json_object('__typename', json(?), 'id', 'actor_' || actor_1.id, 'name', actor_1.name) AS json_object_1 
FROM actor AS actor_1 
WHERE actor_1.id = ?)), json((SELECT json_object('__typename', json(?), 'id', 'support_' || support_1.id, 'kind', support_1.kind) AS json_object_2 
FROM support AS support_1 
WHERE support_1.id = ?)), json((SELECT json_object('__typename', json(?), 'id', 'evidence_' || evidence_1.id) AS json_object_3 
FROM evidence AS evidence_1 
WHERE evidence_1.id = ?)), json((SELECT json_object('__typename', json(?), 'id', 'statement_' || statement_1.id) AS json_object_4 
FROM statement AS statement_1 
WHERE statement_1.id = ?)), json((SELECT json_object('__typename', json(?), 'id', 'source_' || source_1.id) AS json_object_5 
FROM source AS source_1 
WHERE source_1.id = ?)), json((SELECT json_object('__typename', json(?), 'id', 'dataset_' || dataset_1.id) AS json_object_6 
FROM dataset AS dataset_1 
WHERE dataset_1.id = ?)), json((SELECT json_object('__typename', json(?), 'id', 'membership_' || membership_1.id) AS json_object_7 
FROM membership AS membership_1 
WHERE membership_1.id = ?))) AS coalesce_1
-- ["\"Actor\"", null, "\"Support\"", null, "\"Evidence\"", null, "\"Statement\"", null, "\"Source\"", null, "\"Dataset\"", null, "\"Membership\"", null]

SELECT json_group_array(json(found.record)) AS json_group_array_1 
FROM (SELECT coalesce(json((SELECT json_object('id', 'actor_' || actor_1.id, 'name', actor_1.name) AS json_object_1 
FROM actor AS actor_1 
WHERE actor_1.id = named.record_id AND named.record_table = 'actor')), json((SELECT json_object('id', 'support_' || support_1.id) AS json_object_2 
FROM support AS support_1 
WHERE support_1.id = named.record_id AND named.record_table = 'support')), json((SELECT json_object('id', 'evidence_' || evidence_1.id) AS json_object_3 
FROM evidence AS evidence_1 
WHERE evidence_1.id = named.record_id AND named.record_table = 'evidence')), json((SELECT json_object('id', 'statement_' || statement_1.id) AS json_object_4 
FROM statement AS statement_1 
WHERE statement_1.id = named.record_id AND named.record_table = 'statement')), json((SELECT json_object('id', 'source_' || source_1.id, 'title', source_1.title) AS json_object_5 
FROM source AS source_1 
WHERE source_1.id = named.record_id AND named.record_table = 'source')), json((SELECT json_object('id', 'dataset_' || dataset_1.id) AS json_object_6 
FROM dataset AS dataset_1 
WHERE dataset_1.id = named.record_id AND named.record_table = 'dataset')), json((SELECT json_object('id', 'membership_' || membership_1.id) AS json_object_7 
FROM membership AS membership_1 
WHERE membership_1.id = named.record_id AND named.record_table = 'membership'))) AS record 
FROM (SELECT anon_1."key" AS place, json_extract(anon_1.value, ?) AS record_table, json_extract(anon_1.value, ?) AS record_id 
FROM json_each(?) AS anon_1) AS named ORDER BY named.place) AS found
-- ["$[0]", "$[1]", null]
