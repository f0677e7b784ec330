SELECT coalesce((SELECT concat('{"__typename":"Actor","id":"actor_', actor_1.id, '","name":', coalesce(to_json(actor_1.name), 'null'), '}') AS concat_1 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT former_id_1.record_id 
FROM former_id AS former_id_1 
WHERE former_id_1.record_type = 'actor' AND former_id_1.id = $1::BIGINT), $1::BIGINT)), (SELECT concat('{"__typename":"Support","id":"support_', support_1.id, '","kind":"', support_1.kind, '"}') AS concat_2 
FROM support AS support_1 
WHERE support_1.id = coalesce((SELECT former_id_2.record_id 
FROM former_id AS former_id_2 
WHERE former_id_2.record_type = 'support' AND former_id_2.id = $2::BIGINT), $2::BIGINT)), (SELECT concat('{"__typename":"Evidence","id":"evidence_', evidence_1.id, '"}') AS concat_3 
FROM evidence AS evidence_1 
WHERE evidence_1.id = coalesce((SELECT former_id_3.record_id 
FROM former_id AS former_id_3 
WHERE former_id_3.record_type = 'evidence' AND former_id_3.id = $3::BIGINT), $3::BIGINT)), (SELECT concat('{"__typename":"Statement","id":"statement_', statement_1.id, '"}') AS concat_4 
FROM statement AS statement_1 
WHERE statement_1.id = coalesce((SELECT former_id_4.record_id 
FROM former_id AS former_id_4 
WHERE former_id_4.record_type = 'statement' AND former_id_4.id = $4::BIGINT), $4::BIGINT)), (SELECT concat('{"__typename":"Source","id":"source_', source_1.id, '"}') AS concat_5 
FROM source AS source_1 
WHERE source_1.id = coalesce((SELECT former_id_5.record_id 
FROM former_id AS former_id_5 
WHERE former_id_5.record_type = 'source' AND former_id_5.id = $5::BIGINT), $5::BIGINT)), (SELECT concat('{"__typename":"Dataset","id":"dataset_', dataset_1.id, '"}') AS concat_6 
FROM dataset AS dataset_1 
WHERE dataset_1.id = $6::BIGINT), (SELECT concat('{"__typename":"Membership","id":"membership_', membership_1.id, '"}') AS concat_7 
FROM membership AS membership_1 
WHERE membership_1.id = coalesce((SELECT former_id_6.record_id 
FROM former_id AS former_id_6 
WHERE former_id_6.record_type = 'membership' AND former_id_6.id = $7::BIGINT), $7::BIGINT)), (SELECT concat('{"__typename":"Conflict","id":"conflict_', conflict_1.id, '"}') AS concat_8 
FROM conflict AS conflict_1 
WHERE conflict_1.id = $8::BIGINT), (SELECT concat('{"__typename":"Succession","id":"succession_', succession_1.id, '"}') AS concat_9 
FROM succession AS succession_1 
WHERE succession_1.id = coalesce((SELECT former_id_7.record_id 
FROM former_id AS former_id_7 
WHERE former_id_7.record_type = 'succession' AND former_id_7.id = $9::BIGINT), $9::BIGINT)), (SELECT concat('{"__typename":"Coverage","id":"coverage_', coverage_1.id, '"}') AS concat_10 
FROM coverage AS coverage_1 
WHERE coverage_1.id = coalesce((SELECT former_id_8.record_id 
FROM former_id AS former_id_8 
WHERE former_id_8.record_type = 'coverage' AND former_id_8.id = $10::BIGINT), $10::BIGINT)), (SELECT concat('{"__typename":"Change","id":"change_', value_1, '_', value_2, '"}') AS concat_11 
FROM (SELECT changed.revision AS value_1, changed.record AS value_2 
FROM (SELECT actor_history_1.from_revision AS revision, 0 AS place, actor_history_1.id AS record_id, 'actor_' || actor_history_1.id AS record, 'ACTOR' AS type, CASE WHEN (EXISTS (SELECT * 
FROM actor_history AS actor_history_2 
WHERE actor_history_2.id = actor_history_1.id AND actor_history_2.until_revision = actor_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM actor_history AS actor_history_1 
WHERE $11::VARCHAR = 'actor' AND actor_history_1.id = $12::BIGINT AND actor_history_1.from_revision = $13::BIGINT UNION ALL SELECT tombstone_1.revision AS revision, 0 AS place, tombstone_1.id AS record_id, 'actor_' || tombstone_1.id AS record, 'ACTOR' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_1 
WHERE tombstone_1.kind = 'actor' AND $11::VARCHAR = 'actor' AND tombstone_1.id = $12::BIGINT AND tombstone_1.revision = $13::BIGINT UNION ALL SELECT support_history_1.from_revision AS revision, 1 AS place, support_history_1.id AS record_id, 'support_' || support_history_1.id AS record, 'SUPPORT' AS type, CASE WHEN (EXISTS (SELECT * 
FROM support_history AS support_history_2 
WHERE support_history_2.id = support_history_1.id AND support_history_2.until_revision = support_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM support_history AS support_history_1 
WHERE $11::VARCHAR = 'support' AND support_history_1.id = $12::BIGINT AND support_history_1.from_revision = $13::BIGINT UNION ALL SELECT tombstone_2.revision AS revision, 1 AS place, tombstone_2.id AS record_id, 'support_' || tombstone_2.id AS record, 'SUPPORT' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_2 
WHERE tombstone_2.kind = 'support' AND $11::VARCHAR = 'support' AND tombstone_2.id = $12::BIGINT AND tombstone_2.revision = $13::BIGINT UNION ALL SELECT evidence_history_1.from_revision AS revision, 2 AS place, evidence_history_1.id AS record_id, 'evidence_' || evidence_history_1.id AS record, 'EVIDENCE' AS type, CASE WHEN (EXISTS (SELECT * 
FROM evidence_history AS evidence_history_2 
WHERE evidence_history_2.id = evidence_history_1.id AND evidence_history_2.until_revision = evidence_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM evidence_history AS evidence_history_1 
WHERE $11::VARCHAR = 'evidence' AND evidence_history_1.id = $12::BIGINT AND evidence_history_1.from_revision = $13::BIGINT UNION ALL SELECT tombstone_3.revision AS revision, 2 AS place, tombstone_3.id AS record_id, 'evidence_' || tombstone_3.id AS record, 'EVIDENCE' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_3 
WHERE tombstone_3.kind = 'evidence' AND $11::VARCHAR = 'evidence' AND tombstone_3.id = $12::BIGINT AND tombstone_3.revision = $13::BIGINT UNION ALL SELECT statement_history_1.from_revision AS revision, 3 AS place, statement_history_1.id AS record_id, 'statement_' || statement_history_1.id AS record, 'STATEMENT' AS type, CASE WHEN (EXISTS (SELECT * 
FROM statement_history AS statement_history_2 
WHERE statement_history_2.id = statement_history_1.id AND statement_history_2.until_revision = statement_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM statement_history AS statement_history_1 
WHERE $11::VARCHAR = 'statement' AND statement_history_1.id = $12::BIGINT AND statement_history_1.from_revision = $13::BIGINT UNION ALL SELECT tombstone_4.revision AS revision, 3 AS place, tombstone_4.id AS record_id, 'statement_' || tombstone_4.id AS record, 'STATEMENT' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_4 
WHERE tombstone_4.kind = 'statement' AND $11::VARCHAR = 'statement' AND tombstone_4.id = $12::BIGINT AND tombstone_4.revision = $13::BIGINT UNION ALL SELECT source_history_1.from_revision AS revision, 4 AS place, source_history_1.id AS record_id, 'source_' || source_history_1.id AS record, 'SOURCE' AS type, CASE WHEN (EXISTS (SELECT * 
FROM source_history AS source_history_2 
WHERE source_history_2.id = source_history_1.id AND source_history_2.until_revision = source_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM source_history AS source_history_1 
WHERE $11::VARCHAR = 'source' AND source_history_1.id = $12::BIGINT AND source_history_1.from_revision = $13::BIGINT UNION ALL SELECT tombstone_5.revision AS revision, 4 AS place, tombstone_5.id AS record_id, 'source_' || tombstone_5.id AS record, 'SOURCE' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_5 
WHERE tombstone_5.kind = 'source' AND $11::VARCHAR = 'source' AND tombstone_5.id = $12::BIGINT AND tombstone_5.revision = $13::BIGINT UNION ALL SELECT dataset_history_1.from_revision AS revision, 5 AS place, dataset_history_1.id AS record_id, 'dataset_' || dataset_history_1.id AS record, 'DATASET' AS type, CASE WHEN (EXISTS (SELECT * 
FROM dataset_history AS dataset_history_2 
WHERE dataset_history_2.id = dataset_history_1.id AND dataset_history_2.until_revision = dataset_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM dataset_history AS dataset_history_1 
WHERE $11::VARCHAR = 'dataset' AND dataset_history_1.id = $12::BIGINT AND dataset_history_1.from_revision = $13::BIGINT UNION ALL SELECT tombstone_6.revision AS revision, 5 AS place, tombstone_6.id AS record_id, 'dataset_' || tombstone_6.id AS record, 'DATASET' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_6 
WHERE tombstone_6.kind = 'dataset' AND $11::VARCHAR = 'dataset' AND tombstone_6.id = $12::BIGINT AND tombstone_6.revision = $13::BIGINT UNION ALL SELECT membership_history_1.from_revision AS revision, 6 AS place, membership_history_1.id AS record_id, 'membership_' || membership_history_1.id AS record, 'MEMBERSHIP' AS type, CASE WHEN (EXISTS (SELECT * 
FROM membership_history AS membership_history_2 
WHERE membership_history_2.id = membership_history_1.id AND membership_history_2.until_revision = membership_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM membership_history AS membership_history_1 
WHERE $11::VARCHAR = 'membership' AND membership_history_1.id = $12::BIGINT AND membership_history_1.from_revision = $13::BIGINT UNION ALL SELECT tombstone_7.revision AS revision, 6 AS place, tombstone_7.id AS record_id, 'membership_' || tombstone_7.id AS record, 'MEMBERSHIP' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_7 
WHERE tombstone_7.kind = 'membership' AND $11::VARCHAR = 'membership' AND tombstone_7.id = $12::BIGINT AND tombstone_7.revision = $13::BIGINT UNION ALL SELECT conflict_history_1.from_revision AS revision, 7 AS place, conflict_history_1.id AS record_id, 'conflict_' || conflict_history_1.id AS record, 'CONFLICT' AS type, CASE WHEN (EXISTS (SELECT * 
FROM conflict_history AS conflict_history_2 
WHERE conflict_history_2.id = conflict_history_1.id AND conflict_history_2.until_revision = conflict_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM conflict_history AS conflict_history_1 
WHERE $11::VARCHAR = 'conflict' AND conflict_history_1.id = $12::BIGINT AND conflict_history_1.from_revision = $13::BIGINT UNION ALL SELECT tombstone_8.revision AS revision, 7 AS place, tombstone_8.id AS record_id, 'conflict_' || tombstone_8.id AS record, 'CONFLICT' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_8 
WHERE tombstone_8.kind = 'conflict' AND $11::VARCHAR = 'conflict' AND tombstone_8.id = $12::BIGINT AND tombstone_8.revision = $13::BIGINT UNION ALL SELECT succession_history_1.from_revision AS revision, 8 AS place, succession_history_1.id AS record_id, 'succession_' || succession_history_1.id AS record, 'SUCCESSION' AS type, CASE WHEN (EXISTS (SELECT * 
FROM succession_history AS succession_history_2 
WHERE succession_history_2.id = succession_history_1.id AND succession_history_2.until_revision = succession_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM succession_history AS succession_history_1 
WHERE $11::VARCHAR = 'succession' AND succession_history_1.id = $12::BIGINT AND succession_history_1.from_revision = $13::BIGINT UNION ALL SELECT tombstone_9.revision AS revision, 8 AS place, tombstone_9.id AS record_id, 'succession_' || tombstone_9.id AS record, 'SUCCESSION' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_9 
WHERE tombstone_9.kind = 'succession' AND $11::VARCHAR = 'succession' AND tombstone_9.id = $12::BIGINT AND tombstone_9.revision = $13::BIGINT UNION ALL SELECT coverage_history_1.from_revision AS revision, 9 AS place, coverage_history_1.id AS record_id, 'coverage_' || coverage_history_1.id AS record, 'COVERAGE' AS type, CASE WHEN (EXISTS (SELECT * 
FROM coverage_history AS coverage_history_2 
WHERE coverage_history_2.id = coverage_history_1.id AND coverage_history_2.until_revision = coverage_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM coverage_history AS coverage_history_1 
WHERE $11::VARCHAR = 'coverage' AND coverage_history_1.id = $12::BIGINT AND coverage_history_1.from_revision = $13::BIGINT UNION ALL SELECT tombstone_10.revision AS revision, 9 AS place, tombstone_10.id AS record_id, 'coverage_' || tombstone_10.id AS record, 'COVERAGE' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_10 
WHERE tombstone_10.kind = 'coverage' AND $11::VARCHAR = 'coverage' AND tombstone_10.id = $12::BIGINT AND tombstone_10.revision = $13::BIGINT) AS changed) AS layer)) AS coalesce_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1
-- [null, null, null, null, null, null, null, null, null, null, null, null, null]

SELECT concat('[', string_agg(concat(coalesce(value_1, 'null')), ',' ORDER BY value_2), ']') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1 
FROM (SELECT coalesce((SELECT concat('{"id":"actor_', actor_1.id, '","name":', coalesce(to_json(actor_1.name), 'null'), '}') AS concat_2 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT former_id_1.record_id 
FROM former_id AS former_id_1 
WHERE former_id_1.record_type = 'actor' AND former_id_1.id = named.record_id), named.record_id) AND named.record_table = 'actor' AND named.revision = 0), (SELECT concat('{"id":"support_', support_1.id, '"}') AS concat_3 
FROM support AS support_1 
WHERE support_1.id = coalesce((SELECT former_id_2.record_id 
FROM former_id AS former_id_2 
WHERE former_id_2.record_type = 'support' AND former_id_2.id = named.record_id), named.record_id) AND named.record_table = 'support' AND named.revision = 0), (SELECT concat('{"id":"evidence_', evidence_1.id, '"}') AS concat_4 
FROM evidence AS evidence_1 
WHERE evidence_1.id = coalesce((SELECT former_id_3.record_id 
FROM former_id AS former_id_3 
WHERE former_id_3.record_type = 'evidence' AND former_id_3.id = named.record_id), named.record_id) AND named.record_table = 'evidence' AND named.revision = 0), (SELECT concat('{"id":"statement_', statement_1.id, '"}') AS concat_5 
FROM statement AS statement_1 
WHERE statement_1.id = coalesce((SELECT former_id_4.record_id 
FROM former_id AS former_id_4 
WHERE former_id_4.record_type = 'statement' AND former_id_4.id = named.record_id), named.record_id) AND named.record_table = 'statement' AND named.revision = 0), (SELECT concat('{"id":"source_', source_1.id, '","title":', coalesce(to_json(source_1.title), 'null'), '}') AS concat_6 
FROM source AS source_1 
WHERE source_1.id = coalesce((SELECT former_id_5.record_id 
FROM former_id AS former_id_5 
WHERE former_id_5.record_type = 'source' AND former_id_5.id = named.record_id), named.record_id) AND named.record_table = 'source' AND named.revision = 0), (SELECT concat('{"id":"dataset_', dataset_1.id, '"}') AS concat_7 
FROM dataset AS dataset_1 
WHERE dataset_1.id = named.record_id AND named.record_table = 'dataset' AND named.revision = 0), (SELECT concat('{"id":"membership_', membership_1.id, '"}') AS concat_8 
FROM membership AS membership_1 
WHERE membership_1.id = coalesce((SELECT former_id_6.record_id 
FROM former_id AS former_id_6 
WHERE former_id_6.record_type = 'membership' AND former_id_6.id = named.record_id), named.record_id) AND named.record_table = 'membership' AND named.revision = 0), (SELECT concat('{"id":"conflict_', conflict_1.id, '"}') AS concat_9 
FROM conflict AS conflict_1 
WHERE conflict_1.id = named.record_id AND named.record_table = 'conflict' AND named.revision = 0), (SELECT concat('{"id":"succession_', succession_1.id, '"}') AS concat_10 
FROM succession AS succession_1 
WHERE succession_1.id = coalesce((SELECT former_id_7.record_id 
FROM former_id AS former_id_7 
WHERE former_id_7.record_type = 'succession' AND former_id_7.id = named.record_id), named.record_id) AND named.record_table = 'succession' AND named.revision = 0), (SELECT concat('{"id":"coverage_', coverage_1.id, '"}') AS concat_11 
FROM coverage AS coverage_1 
WHERE coverage_1.id = coalesce((SELECT former_id_8.record_id 
FROM former_id AS former_id_8 
WHERE former_id_8.record_type = 'coverage' AND former_id_8.id = named.record_id), named.record_id) AND named.record_table = 'coverage' AND named.revision = 0), (SELECT concat('{"id":"change_', value_1, '_', value_2, '",', $1::VARCHAR, '"', value_3, '",', $2::VARCHAR, '"', value_2, '"}') AS concat_12 
FROM (SELECT changed.revision AS value_1, changed.record AS value_2, changed.action AS value_3 
FROM (SELECT actor_history_1.from_revision AS revision, 0 AS place, actor_history_1.id AS record_id, 'actor_' || actor_history_1.id AS record, 'ACTOR' AS type, CASE WHEN (EXISTS (SELECT * 
FROM actor_history AS actor_history_2 
WHERE actor_history_2.id = actor_history_1.id AND actor_history_2.until_revision = actor_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM actor_history AS actor_history_1 
WHERE named.record_table = 'actor' AND actor_history_1.id = named.record_id AND actor_history_1.from_revision = named.revision UNION ALL SELECT tombstone_1.revision AS revision, 0 AS place, tombstone_1.id AS record_id, 'actor_' || tombstone_1.id AS record, 'ACTOR' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_1 
WHERE tombstone_1.kind = 'actor' AND named.record_table = 'actor' AND tombstone_1.id = named.record_id AND tombstone_1.revision = named.revision UNION ALL SELECT support_history_1.from_revision AS revision, 1 AS place, support_history_1.id AS record_id, 'support_' || support_history_1.id AS record, 'SUPPORT' AS type, CASE WHEN (EXISTS (SELECT * 
FROM support_history AS support_history_2 
WHERE support_history_2.id = support_history_1.id AND support_history_2.until_revision = support_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM support_history AS support_history_1 
WHERE named.record_table = 'support' AND support_history_1.id = named.record_id AND support_history_1.from_revision = named.revision UNION ALL SELECT tombstone_2.revision AS revision, 1 AS place, tombstone_2.id AS record_id, 'support_' || tombstone_2.id AS record, 'SUPPORT' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_2 
WHERE tombstone_2.kind = 'support' AND named.record_table = 'support' AND tombstone_2.id = named.record_id AND tombstone_2.revision = named.revision UNION ALL SELECT evidence_history_1.from_revision AS revision, 2 AS place, evidence_history_1.id AS record_id, 'evidence_' || evidence_history_1.id AS record, 'EVIDENCE' AS type, CASE WHEN (EXISTS (SELECT * 
FROM evidence_history AS evidence_history_2 
WHERE evidence_history_2.id = evidence_history_1.id AND evidence_history_2.until_revision = evidence_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM evidence_history AS evidence_history_1 
WHERE named.record_table = 'evidence' AND evidence_history_1.id = named.record_id AND evidence_history_1.from_revision = named.revision UNION ALL SELECT tombstone_3.revision AS revision, 2 AS place, tombstone_3.id AS record_id, 'evidence_' || tombstone_3.id AS record, 'EVIDENCE' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_3 
WHERE tombstone_3.kind = 'evidence' AND named.record_table = 'evidence' AND tombstone_3.id = named.record_id AND tombstone_3.revision = named.revision UNION ALL SELECT statement_history_1.from_revision AS revision, 3 AS place, statement_history_1.id AS record_id, 'statement_' || statement_history_1.id AS record, 'STATEMENT' AS type, CASE WHEN (EXISTS (SELECT * 
FROM statement_history AS statement_history_2 
WHERE statement_history_2.id = statement_history_1.id AND statement_history_2.until_revision = statement_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM statement_history AS statement_history_1 
WHERE named.record_table = 'statement' AND statement_history_1.id = named.record_id AND statement_history_1.from_revision = named.revision UNION ALL SELECT tombstone_4.revision AS revision, 3 AS place, tombstone_4.id AS record_id, 'statement_' || tombstone_4.id AS record, 'STATEMENT' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_4 
WHERE tombstone_4.kind = 'statement' AND named.record_table = 'statement' AND tombstone_4.id = named.record_id AND tombstone_4.revision = named.revision UNION ALL SELECT source_history_1.from_revision AS revision, 4 AS place, source_history_1.id AS record_id, 'source_' || source_history_1.id AS record, 'SOURCE' AS type, CASE WHEN (EXISTS (SELECT * 
FROM source_history AS source_history_2 
WHERE source_history_2.id = source_history_1.id AND source_history_2.until_revision = source_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM source_history AS source_history_1 
WHERE named.record_table = 'source' AND source_history_1.id = named.record_id AND source_history_1.from_revision = named.revision UNION ALL SELECT tombstone_5.revision AS revision, 4 AS place, tombstone_5.id AS record_id, 'source_' || tombstone_5.id AS record, 'SOURCE' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_5 
WHERE tombstone_5.kind = 'source' AND named.record_table = 'source' AND tombstone_5.id = named.record_id AND tombstone_5.revision = named.revision UNION ALL SELECT dataset_history_1.from_revision AS revision, 5 AS place, dataset_history_1.id AS record_id, 'dataset_' || dataset_history_1.id AS record, 'DATASET' AS type, CASE WHEN (EXISTS (SELECT * 
FROM dataset_history AS dataset_history_2 
WHERE dataset_history_2.id = dataset_history_1.id AND dataset_history_2.until_revision = dataset_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM dataset_history AS dataset_history_1 
WHERE named.record_table = 'dataset' AND dataset_history_1.id = named.record_id AND dataset_history_1.from_revision = named.revision UNION ALL SELECT tombstone_6.revision AS revision, 5 AS place, tombstone_6.id AS record_id, 'dataset_' || tombstone_6.id AS record, 'DATASET' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_6 
WHERE tombstone_6.kind = 'dataset' AND named.record_table = 'dataset' AND tombstone_6.id = named.record_id AND tombstone_6.revision = named.revision UNION ALL SELECT membership_history_1.from_revision AS revision, 6 AS place, membership_history_1.id AS record_id, 'membership_' || membership_history_1.id AS record, 'MEMBERSHIP' AS type, CASE WHEN (EXISTS (SELECT * 
FROM membership_history AS membership_history_2 
WHERE membership_history_2.id = membership_history_1.id AND membership_history_2.until_revision = membership_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM membership_history AS membership_history_1 
WHERE named.record_table = 'membership' AND membership_history_1.id = named.record_id AND membership_history_1.from_revision = named.revision UNION ALL SELECT tombstone_7.revision AS revision, 6 AS place, tombstone_7.id AS record_id, 'membership_' || tombstone_7.id AS record, 'MEMBERSHIP' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_7 
WHERE tombstone_7.kind = 'membership' AND named.record_table = 'membership' AND tombstone_7.id = named.record_id AND tombstone_7.revision = named.revision UNION ALL SELECT conflict_history_1.from_revision AS revision, 7 AS place, conflict_history_1.id AS record_id, 'conflict_' || conflict_history_1.id AS record, 'CONFLICT' AS type, CASE WHEN (EXISTS (SELECT * 
FROM conflict_history AS conflict_history_2 
WHERE conflict_history_2.id = conflict_history_1.id AND conflict_history_2.until_revision = conflict_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM conflict_history AS conflict_history_1 
WHERE named.record_table = 'conflict' AND conflict_history_1.id = named.record_id AND conflict_history_1.from_revision = named.revision UNION ALL SELECT tombstone_8.revision AS revision, 7 AS place, tombstone_8.id AS record_id, 'conflict_' || tombstone_8.id AS record, 'CONFLICT' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_8 
WHERE tombstone_8.kind = 'conflict' AND named.record_table = 'conflict' AND tombstone_8.id = named.record_id AND tombstone_8.revision = named.revision UNION ALL SELECT succession_history_1.from_revision AS revision, 8 AS place, succession_history_1.id AS record_id, 'succession_' || succession_history_1.id AS record, 'SUCCESSION' AS type, CASE WHEN (EXISTS (SELECT * 
FROM succession_history AS succession_history_2 
WHERE succession_history_2.id = succession_history_1.id AND succession_history_2.until_revision = succession_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM succession_history AS succession_history_1 
WHERE named.record_table = 'succession' AND succession_history_1.id = named.record_id AND succession_history_1.from_revision = named.revision UNION ALL SELECT tombstone_9.revision AS revision, 8 AS place, tombstone_9.id AS record_id, 'succession_' || tombstone_9.id AS record, 'SUCCESSION' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_9 
WHERE tombstone_9.kind = 'succession' AND named.record_table = 'succession' AND tombstone_9.id = named.record_id AND tombstone_9.revision = named.revision UNION ALL SELECT coverage_history_1.from_revision AS revision, 9 AS place, coverage_history_1.id AS record_id, 'coverage_' || coverage_history_1.id AS record, 'COVERAGE' AS type, CASE WHEN (EXISTS (SELECT * 
FROM coverage_history AS coverage_history_2 
WHERE coverage_history_2.id = coverage_history_1.id AND coverage_history_2.until_revision = coverage_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM coverage_history AS coverage_history_1 
WHERE named.record_table = 'coverage' AND coverage_history_1.id = named.record_id AND coverage_history_1.from_revision = named.revision UNION ALL SELECT tombstone_10.revision AS revision, 9 AS place, tombstone_10.id AS record_id, 'coverage_' || tombstone_10.id AS record, 'COVERAGE' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_10 
WHERE tombstone_10.kind = 'coverage' AND named.record_table = 'coverage' AND tombstone_10.id = named.record_id AND tombstone_10.revision = named.revision) AS changed) AS layer)) AS value_1, named.place AS value_2 
FROM (SELECT anon_2.place AS place, anon_2.value ->> 0 AS record_table, CAST(anon_2.value ->> 1 AS BIGINT) AS record_id, CAST(anon_2.value ->> 2 AS BIGINT) AS revision 
FROM json_array_elements(CAST($3::VARCHAR AS JSON)) WITH ORDINALITY AS anon_2(value, place)) AS named ORDER BY named.place) AS layer
-- ["\"action\":", "\"recordId\":", null]
