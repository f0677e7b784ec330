SELECT CAST((SELECT '{' || ?1 || value_1 || '}' AS anon_2 
FROM (SELECT (WITH changed_page AS 
(SELECT anon_3.revision AS revision, anon_3.place AS place, anon_3.record_id AS record_id, anon_3.record AS record, anon_3.type AS type, anon_3.action AS action 
FROM (SELECT actor_history_1.from_revision AS revision, 0 AS place, actor_history_1.id AS record_id, 'actor_' || actor_history_1.id AS record, 'ACTOR' AS type, CASE WHEN (EXISTS (SELECT * 
FROM actor_history AS actor_history_2 
WHERE actor_history_2.id = actor_history_1.id AND actor_history_2.until_revision = actor_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM actor_history AS actor_history_1 
WHERE actor_history_1.id = actor_1.id ORDER BY revision DESC, record_id DESC
 LIMIT ?2 OFFSET ?3) AS anon_3 ORDER BY revision DESC, place DESC, record_id DESC
 LIMIT ?2 OFFSET ?4)
 SELECT '{' || trim(json_object('totalCount', (SELECT count(*) AS count_1 
FROM actor_history AS actor_history_3 
WHERE actor_history_3.id = actor_1.id)), '{}') || ',"nodes":[' || coalesce(group_concat('{' || ?5 || json_object('number', value_1, 'author', value_2) || ',' || trim(json_object(?6, value_3), '{}') || ',' || ?7 || value_4 || '}'), '') || ']}' AS anon_4 
FROM (SELECT revision_1.number AS value_1, revision_1.author AS value_2, anon_5.action AS value_3, (SELECT '[' || substr('' || CASE WHEN (states.state_0 IS NOT states.state_1) THEN ',' || json_object(?8, 'slug', ?9, states.state_0, ?10, states.state_1) ELSE '' END || CASE WHEN (states.state_2 IS NOT states.state_3) THEN ',' || json_object(?11, 'name', ?12, states.state_2, ?13, states.state_3) ELSE '' END || CASE WHEN (states.state_4 IS NOT states.state_5) THEN ',' || json_object(?14, 'kind', ?15, states.state_4, ?16, states.state_5) ELSE '' END || CASE WHEN (states.state_6 IS NOT states.state_7) THEN ',' || json_object(?17, 'description', ?18, states.state_6, ?19, states.state_7) ELSE '' END || CASE WHEN (states.state_8 IS NOT states.state_9) THEN ',' || json_object(?20, 'aliases', ?21, states.state_8, ?22, states.state_9) ELSE '' END || CASE WHEN (states.state_10 IS NOT states.state_11) THEN ',' || json_object(?23, 'codes', ?24, states.state_10, ?25, states.state_11) ELSE '' END, ?26) || ']' AS anon_6 
FROM (SELECT actor_history_4.slug AS state_0, actor_history_5.slug AS state_1, actor_history_4.name AS state_2, actor_history_5.name AS state_3, actor_history_4.kind AS state_4, actor_history_5.kind AS state_5, actor_history_4.description AS state_6, actor_history_5.description AS state_7, (SELECT nullif('[' || coalesce(group_concat(json_object('name', listed.name, 'language', listed.language, 'kind', listed.kind, 'startedOn', listed.started_on, 'endedOn', listed.ended_on)), '') || ']', '[]') || '' AS anon_7 
FROM (SELECT actor_alias_history_1.name AS name, actor_alias_history_1.language AS language, actor_alias_history_1.kind AS kind, actor_alias_history_1.started_on AS started_on, actor_alias_history_1.ended_on AS ended_on 
FROM actor_alias_history AS actor_alias_history_1 
WHERE actor_alias_history_1.actor_id = actor_history_4.id AND actor_alias_history_1.from_revision <= anon_5.revision - 1 AND actor_alias_history_1.until_revision > anon_5.revision - 1 ORDER BY actor_alias_history_1.name, coalesce(actor_alias_history_1.language, ''), actor_alias_history_1.kind, coalesce(actor_alias_history_1.started_on, ''), coalesce(actor_alias_history_1.ended_on, '')) AS listed) AS state_8, (SELECT nullif('[' || coalesce(group_concat(json_object('name', listed.name, 'language', listed.language, 'kind', listed.kind, 'startedOn', listed.started_on, 'endedOn', listed.ended_on)), '') || ']', '[]') || '' AS anon_8 
FROM (SELECT actor_alias_history_2.name AS name, actor_alias_history_2.language AS language, actor_alias_history_2.kind AS kind, actor_alias_history_2.started_on AS started_on, actor_alias_history_2.ended_on AS ended_on 
FROM actor_alias_history AS actor_alias_history_2 
WHERE actor_alias_history_2.actor_id = actor_history_5.id AND actor_alias_history_2.from_revision <= anon_5.revision AND actor_alias_history_2.until_revision > anon_5.revision ORDER BY actor_alias_history_2.name, coalesce(actor_alias_history_2.language, ''), actor_alias_history_2.kind, coalesce(actor_alias_history_2.started_on, ''), coalesce(actor_alias_history_2.ended_on, '')) AS listed) AS state_9, (SELECT nullif('[' || coalesce(group_concat(json_object('scheme', listed.scheme, 'value', listed.value, 'startedOn', listed.started_on, 'endedOn', listed.ended_on)), '') || ']', '[]') || '' AS anon_9 
FROM (SELECT actor_code_history_1.scheme AS scheme, actor_code_history_1.value AS value, actor_code_history_1.started_on AS started_on, actor_code_history_1.ended_on AS ended_on 
FROM actor_code_history AS actor_code_history_1 
WHERE actor_code_history_1.actor_id = actor_history_4.id AND actor_code_history_1.from_revision <= anon_5.revision - 1 AND actor_code_history_1.until_revision > anon_5.revision - 1 ORDER BY actor_code_history_1.scheme, actor_code_history_1.value, coalesce(actor_code_history_1.started_on, ''), coalesce(actor_code_history_1.ended_on, '')) AS listed) AS state_10, (SELECT nullif('[' || coalesce(group_concat(json_object('scheme', listed.scheme, 'value', listed.value, 'startedOn', listed.started_on, 'endedOn', listed.ended_on)), '') || ']', '[]') || '' AS anon_10 
FROM (SELECT actor_code_history_2.scheme AS scheme, actor_code_history_2.value AS value, actor_code_history_2.started_on AS started_on, actor_code_history_2.ended_on AS ended_on 
FROM actor_code_history AS actor_code_history_2 
WHERE actor_code_history_2.actor_id = actor_history_5.id AND actor_code_history_2.from_revision <= anon_5.revision AND actor_code_history_2.until_revision > anon_5.revision ORDER BY actor_code_history_2.scheme, actor_code_history_2.value, coalesce(actor_code_history_2.started_on, ''), coalesce(actor_code_history_2.ended_on, '')) AS listed) AS state_11 
FROM (SELECT 1 AS one) AS anon_11 LEFT OUTER JOIN actor_history AS actor_history_4 ON actor_history_4.id = anon_5.record_id AND actor_history_4.from_revision <= anon_5.revision - 1 AND actor_history_4.until_revision > anon_5.revision - 1 LEFT OUTER JOIN actor_history AS actor_history_5 ON actor_history_5.id = anon_5.record_id AND actor_history_5.from_revision <= anon_5.revision AND actor_history_5.until_revision > anon_5.revision 
WHERE anon_5.type = 'ACTOR') AS states) AS value_4 
FROM (SELECT changed_page.revision AS revision, changed_page.place AS place, changed_page.record_id AS record_id, changed_page.record AS record, changed_page.type AS type, changed_page.action AS action 
FROM changed_page
 LIMIT ?2 OFFSET ?27) AS anon_5 LEFT OUTER JOIN revision AS revision_1 ON revision_1.number = anon_5.revision) AS layer) AS value_1 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = ?28), (SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = ?28))) AS layer) AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_12
-- ["\"history\":", null, 0, 0, "\"revision\":", "action", "\"fields\":", "field", "before", "after", "field", "before", "after", "field", "before", "after", "field", "before", "after", "field", "before", "after", "field", "before", "after", 2, 0, null]
