SELECT CAST((SELECT '{' || trim(json_object('id', 'actor_' || value_1, 'name', value_2), '{}') || ',"aliases":' || value_3 || ',"codes":' || value_4 || ',"supportsGiven":' || value_5 || '}' AS anon_2 
FROM (SELECT actor_1.id AS value_1, actor_1.name AS value_2, (SELECT '[' || coalesce(group_concat(json_object('name', listed.name, 'language', listed.language, 'kind', listed.kind, 'startedOn', listed.started_on, 'endedOn', listed.ended_on)), '') || ']' AS anon_3 
FROM (SELECT actor_alias_1.name AS name, actor_alias_1.language AS language, actor_alias_1.kind AS kind, actor_alias_1.started_on AS started_on, actor_alias_1.ended_on AS ended_on 
FROM actor_alias AS actor_alias_1 
WHERE actor_alias_1.actor_id = actor_1.id ORDER BY actor_alias_1.name, coalesce(actor_alias_1.language, ''), actor_alias_1.kind, coalesce(actor_alias_1.started_on, ''), coalesce(actor_alias_1.ended_on, '')) AS listed) AS value_3, (SELECT '[' || coalesce(group_concat(json_object('scheme', listed.scheme, 'value', listed.value)), '') || ']' AS anon_4 
FROM (SELECT actor_code_1.scheme AS scheme, actor_code_1.value AS value, actor_code_1.started_on AS started_on, actor_code_1.ended_on AS ended_on 
FROM actor_code AS actor_code_1 
WHERE actor_code_1.actor_id = actor_1.id ORDER BY actor_code_1.scheme, actor_code_1.value, coalesce(actor_code_1.started_on, ''), coalesce(actor_code_1.ended_on, '')) AS listed) AS value_4, (SELECT json_object('totalCount', (SELECT CAST(coalesce(sum(support_count_1.supports), 0) AS BIGINT) AS coalesce_1 
FROM support_count AS support_count_1 
WHERE support_count_1.supporter_id = actor_1.id)) AS json_object_1) AS value_5 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = ?1), (SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = ?1))) AS layer) AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_5
-- [null]
