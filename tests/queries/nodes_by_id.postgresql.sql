SELECT coalesce((SELECT concat('{"__typename":"Actor","id":"actor_', actor_1.id, '","name":', coalesce(to_json(actor_1.name), 'null'), '}') AS concat_1 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT former_actor_1.actor_id 
FROM former_actor AS former_actor_1 
WHERE former_actor_1.id = $1::BIGINT), $1::BIGINT)), (SELECT concat('{"__typename":"Support","id":"support_', support_1.id, '","kind":"', support_1.kind, '"}') AS concat_2 
FROM support AS support_1 
WHERE support_1.id = $2::BIGINT), (SELECT concat('{"__typename":"Evidence","id":"evidence_', evidence_1.id, '"}') AS concat_3 
FROM evidence AS evidence_1 
WHERE evidence_1.id = $3::BIGINT), (SELECT concat('{"__typename":"Statement","id":"statement_', statement_1.id, '"}') AS concat_4 
FROM statement AS statement_1 
WHERE statement_1.id = $4::BIGINT), (SELECT concat('{"__typename":"Source","id":"source_', source_1.id, '"}') AS concat_5 
FROM source AS source_1 
WHERE source_1.id = $5::BIGINT), (SELECT concat('{"__typename":"Dataset","id":"dataset_', dataset_1.id, '"}') AS concat_6 
FROM dataset AS dataset_1 
WHERE dataset_1.id = $6::BIGINT), (SELECT concat('{"__typename":"Membership","id":"membership_', membership_1.id, '"}') AS concat_7 
FROM membership AS membership_1 
WHERE membership_1.id = $7::BIGINT), (SELECT concat('{"__typename":"Conflict","id":"conflict_', conflict_1.id, '"}') AS concat_8 
FROM conflict AS conflict_1 
WHERE conflict_1.id = $8::BIGINT)) AS coalesce_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1
-- [null, null, null, null, null, null, null, null]

SELECT concat('[', string_agg(concat(coalesce(value_1, 'null')), ',' ORDER BY value_2), ']') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1 
FROM (SELECT coalesce((SELECT concat('{"id":"actor_', actor_1.id, '","name":', coalesce(to_json(actor_1.name), 'null'), '}') AS concat_2 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT former_actor_1.actor_id 
FROM former_actor AS former_actor_1 
WHERE former_actor_1.id = named.record_id), named.record_id) AND named.record_table = 'actor'), (SELECT concat('{"id":"support_', support_1.id, '"}') AS concat_3 
FROM support AS support_1 
WHERE support_1.id = named.record_id AND named.record_table = 'support'), (SELECT concat('{"id":"evidence_', evidence_1.id, '"}') AS concat_4 
FROM evidence AS evidence_1 
WHERE evidence_1.id = named.record_id AND named.record_table = 'evidence'), (SELECT concat('{"id":"statement_', statement_1.id, '"}') AS concat_5 
FROM statement AS statement_1 
WHERE statement_1.id = named.record_id AND named.record_table = 'statement'), (SELECT concat('{"id":"source_', source_1.id, '","title":', coalesce(to_json(source_1.title), 'null'), '}') AS concat_6 
FROM source AS source_1 
WHERE source_1.id = named.record_id AND named.record_table = 'source'), (SELECT concat('{"id":"dataset_', dataset_1.id, '"}') AS concat_7 
FROM dataset AS dataset_1 
WHERE dataset_1.id = named.record_id AND named.record_table = 'dataset'), (SELECT concat('{"id":"membership_', membership_1.id, '"}') AS concat_8 
FROM membership AS membership_1 
WHERE membership_1.id = named.record_id AND named.record_table = 'membership'), (SELECT concat('{"id":"conflict_', conflict_1.id, '"}') AS concat_9 
FROM conflict AS conflict_1 
WHERE conflict_1.id = named.record_id AND named.record_table = 'conflict')) AS value_1, named.place AS value_2 
FROM (SELECT anon_2.place AS place, anon_2.value ->> 0 AS record_table, CAST(anon_2.value ->> 1 AS BIGINT) AS record_id 
FROM json_array_elements(CAST($1::VARCHAR AS JSON)) WITH ORDINALITY AS anon_2(value, place)) AS named ORDER BY named.place) AS layer
-- [null]
