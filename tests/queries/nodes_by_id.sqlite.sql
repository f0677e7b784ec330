SELECT coalesce((SELECT json_object('__typename', 'Actor', 'id', 'actor_' || actor_1.id, 'name', actor_1.name) AS json_object_1 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT former_actor_1.actor_id 
FROM former_actor AS former_actor_1 
WHERE former_actor_1.id = ?), ?)), (SELECT json_object('__typename', 'Support', 'id', 'support_' || support_1.id, 'kind', support_1.kind) AS json_object_2 
FROM support AS support_1 
WHERE support_1.id = ?), (SELECT json_object('__typename', 'Evidence', 'id', 'evidence_' || evidence_1.id) AS json_object_3 
FROM evidence AS evidence_1 
WHERE evidence_1.id = ?), (SELECT json_object('__typename', 'Statement', 'id', 'statement_' || statement_1.id) AS json_object_4 
FROM statement AS statement_1 
WHERE statement_1.id = ?), (SELECT json_object('__typename', 'Source', 'id', 'source_' || source_1.id) AS json_object_5 
FROM source AS source_1 
WHERE source_1.id = ?), (SELECT json_object('__typename', 'Dataset', 'id', 'dataset_' || dataset_1.id) AS json_object_6 
FROM dataset AS dataset_1 
WHERE dataset_1.id = ?), (SELECT json_object('__typename', 'Membership', 'id', 'membership_' || membership_1.id) AS json_object_7 
FROM membership AS membership_1 
WHERE membership_1.id = ?), (SELECT json_object('__typename', 'Conflict', 'id', 'conflict_' || conflict_1.id) AS json_object_8 
FROM "conflict" AS conflict_1 
WHERE conflict_1.id = ?)) AS coalesce_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1
-- [null, null, null, null, null, null, null, null, null]

SELECT '[' || coalesce(group_concat(CASE WHEN (value_1 IS NOT NULL) THEN value_1 ELSE 'null' END), '') || ']' AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_2 
FROM (SELECT coalesce((SELECT json_object('id', 'actor_' || actor_1.id, 'name', actor_1.name) AS json_object_1 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT former_actor_1.actor_id 
FROM former_actor AS former_actor_1 
WHERE former_actor_1.id = named.record_id), named.record_id) AND named.record_table = 'actor'), (SELECT json_object('id', 'support_' || support_1.id) AS json_object_2 
FROM support AS support_1 
WHERE support_1.id = named.record_id AND named.record_table = 'support'), (SELECT json_object('id', 'evidence_' || evidence_1.id) AS json_object_3 
FROM evidence AS evidence_1 
WHERE evidence_1.id = named.record_id AND named.record_table = 'evidence'), (SELECT json_object('id', 'statement_' || statement_1.id) AS json_object_4 
FROM statement AS statement_1 
WHERE statement_1.id = named.record_id AND named.record_table = 'statement'), (SELECT json_object('id', 'source_' || source_1.id, 'title', source_1.title) AS json_object_5 
FROM source AS source_1 
WHERE source_1.id = named.record_id AND named.record_table = 'source'), (SELECT json_object('id', 'dataset_' || dataset_1.id) AS json_object_6 
FROM dataset AS dataset_1 
WHERE dataset_1.id = named.record_id AND named.record_table = 'dataset'), (SELECT json_object('id', 'membership_' || membership_1.id) AS json_object_7 
FROM membership AS membership_1 
WHERE membership_1.id = named.record_id AND named.record_table = 'membership'), (SELECT json_object('id', 'conflict_' || conflict_1.id) AS json_object_8 
FROM "conflict" AS conflict_1 
WHERE conflict_1.id = named.record_id AND named.record_table = 'conflict')) AS value_1 
FROM (SELECT anon_3."key" AS place, json_extract(anon_3.value, ?) AS record_table, json_extract(anon_3.value, ?) AS record_id 
FROM json_each(?) AS anon_3) AS named ORDER BY named.place) AS layer
-- ["$[0]", "$[1]", null]
