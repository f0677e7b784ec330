SELECT (SELECT concat('{"id":"actor_', value_1, '","name":', coalesce(to_json(value_2), 'null'), ',"aliases":', value_3, ',"codes":', value_4, ',"supportsGiven":', value_5, '}') AS concat_1 
FROM (SELECT actor_1.id AS value_1, actor_1.name AS value_2, (SELECT concat('[', string_agg(concat('{"name":', coalesce(to_json(listed.name), 'null'), ',"language":', coalesce('"' || listed.language || '"', 'null'), ',"kind":"', listed.kind, '","startedOn":', coalesce('"' || listed.started_on || '"', 'null'), ',"endedOn":', coalesce('"' || listed.ended_on || '"', 'null'), '}'), ',' ORDER BY listed.name, coalesce(listed.language, ''), listed.kind, coalesce(listed.started_on, ''), coalesce(listed.ended_on, '')), ']') AS concat_2 
FROM (SELECT actor_alias_1.name AS name, actor_alias_1.language AS language, actor_alias_1.kind AS kind, actor_alias_1.started_on AS started_on, actor_alias_1.ended_on AS ended_on 
FROM actor_alias AS actor_alias_1 
WHERE actor_alias_1.actor_id = actor_1.id ORDER BY actor_alias_1.name, coalesce(actor_alias_1.language, ''), actor_alias_1.kind, coalesce(actor_alias_1.started_on, ''), coalesce(actor_alias_1.ended_on, '')) AS listed) AS value_3, (SELECT concat('[', string_agg(concat('{"scheme":"', listed.scheme, '","value":', coalesce(to_json(listed.value), 'null'), '}'), ',' ORDER BY listed.scheme, listed.value, coalesce(listed.started_on, ''), coalesce(listed.ended_on, '')), ']') AS concat_3 
FROM (SELECT actor_code_1.scheme AS scheme, actor_code_1.value AS value, actor_code_1.started_on AS started_on, actor_code_1.ended_on AS ended_on 
FROM actor_code AS actor_code_1 
WHERE actor_code_1.actor_id = actor_1.id ORDER BY actor_code_1.scheme, actor_code_1.value, coalesce(actor_code_1.started_on, ''), coalesce(actor_code_1.ended_on, '')) AS listed) AS value_4, (SELECT concat('{"totalCount":', coalesce(to_json((SELECT CAST(coalesce(sum(support_count_1.supports), 0) AS BIGINT) AS coalesce_1 
FROM support_count AS support_count_1 
WHERE support_count_1.supporter_id = actor_1.id)), 'null'), '}') AS concat_4) AS value_5 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = $1::VARCHAR COLLATE "C"), (SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = $1::VARCHAR COLLATE "C"))) AS layer) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_2
-- [null]
