SELECT (SELECT '{' || ? || value_1 || '}' AS anon_2 
FROM (SELECT (WITH changed_page AS 
(SELECT changed.revision AS revision, changed.place AS place, changed.record_id AS record_id, changed.record AS record, changed.type AS type, changed.action AS action 
FROM (SELECT anon_3.revision AS revision, anon_3.place AS place, anon_3.record_id AS record_id, anon_3.record AS record, anon_3.type AS type, anon_3.action AS action 
FROM (SELECT actor_history_1.from_revision AS revision, 0 AS place, actor_history_1.id AS record_id, 'actor_' || actor_history_1.id AS record, 'ACTOR' AS type, CASE WHEN (EXISTS (SELECT * 
FROM actor_history AS actor_history_2 
WHERE actor_history_2.id = actor_history_1.id AND actor_history_2.until_revision = actor_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM actor_history AS actor_history_1 
WHERE actor_history_1.id = actor_1.id ORDER BY revision DESC, place DESC, record_id DESC
 LIMIT ? OFFSET ?) AS anon_3 UNION ALL SELECT anon_4.revision AS revision, anon_4.place AS place, anon_4.record_id AS record_id, anon_4.record AS record, anon_4.type AS type, anon_4.action AS action 
FROM (SELECT actor_history_3.until_revision AS revision, 0 AS place, actor_history_3.id AS record_id, 'actor_' || actor_history_3.id AS record, 'ACTOR' AS type, 'DELETED' AS action 
FROM actor_history AS actor_history_3 
WHERE actor_history_3.until_revision < 9223372036854775807 AND NOT (EXISTS (SELECT * 
FROM actor_history AS actor_history_4 
WHERE actor_history_4.id = actor_history_3.id AND actor_history_4.from_revision = actor_history_3.until_revision)) AND actor_history_3.id = actor_1.id ORDER BY revision DESC, place DESC, record_id DESC
 LIMIT ? OFFSET ?) AS anon_4) AS changed ORDER BY changed.revision DESC, changed.place DESC, changed.record_id DESC
 LIMIT ? OFFSET ?)
 SELECT '{' || trim(json_object('totalCount', (SELECT sum(anon_6.number) AS sum_1 
FROM (SELECT count(*) AS number 
FROM (SELECT actor_history_5.from_revision AS revision, 0 AS place, actor_history_5.id AS record_id, 'actor_' || actor_history_5.id AS record, 'ACTOR' AS type, CASE WHEN (EXISTS (SELECT * 
FROM actor_history AS actor_history_6 
WHERE actor_history_6.id = actor_history_5.id AND actor_history_6.until_revision = actor_history_5.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM actor_history AS actor_history_5 
WHERE actor_history_5.id = actor_1.id) AS anon_7 UNION ALL SELECT count(*) AS number 
FROM (SELECT actor_history_7.until_revision AS revision, 0 AS place, actor_history_7.id AS record_id, 'actor_' || actor_history_7.id AS record, 'ACTOR' AS type, 'DELETED' AS action 
FROM actor_history AS actor_history_7 
WHERE actor_history_7.until_revision < 9223372036854775807 AND NOT (EXISTS (SELECT * 
FROM actor_history AS actor_history_8 
WHERE actor_history_8.id = actor_history_7.id AND actor_history_8.from_revision = actor_history_7.until_revision)) AND actor_history_7.id = actor_1.id) AS anon_8) AS anon_6)), '{}') || ',"nodes":[' || coalesce(group_concat('{' || ? || json_object('number', value_1, 'author', value_2) || ',' || trim(json_object(?, value_3), '{}') || ',' || ? || value_4 || '}'), '') || ']}' AS anon_5 
FROM (SELECT revision_1.number AS value_1, revision_1.author AS value_2, anon_9.action AS value_3, (SELECT '[' || substr(CASE WHEN (actor_history_9.slug IS NOT actor_history_10.slug) THEN ',' || json_object(?, 'slug', ?, actor_history_9.slug, ?, actor_history_10.slug) ELSE '' END || CASE WHEN (actor_history_9.name IS NOT actor_history_10.name) THEN ',' || json_object(?, 'name', ?, actor_history_9.name, ?, actor_history_10.name) ELSE '' END || CASE WHEN (actor_history_9.kind IS NOT actor_history_10.kind) THEN ',' || json_object(?, 'kind', ?, actor_history_9.kind, ?, actor_history_10.kind) ELSE '' END || CASE WHEN (actor_history_9.description IS NOT actor_history_10.description) THEN ',' || json_object(?, 'description', ?, actor_history_9.description, ?, actor_history_10.description) ELSE '' END || CASE WHEN ((nullif((SELECT json_group_array(listed.name) AS json_group_array_1 
FROM (SELECT actor_alias_history_1.name AS name 
FROM actor_alias_history AS actor_alias_history_1 
WHERE actor_alias_history_1.actor_id = actor_history_9.id AND actor_alias_history_1.from_revision <= anon_9.revision - 1 AND actor_alias_history_1.until_revision > anon_9.revision - 1 ORDER BY actor_alias_history_1.name) AS listed), '[]') || '') IS NOT (nullif((SELECT json_group_array(listed.name) AS json_group_array_2 
FROM (SELECT actor_alias_history_2.name AS name 
FROM actor_alias_history AS actor_alias_history_2 
WHERE actor_alias_history_2.actor_id = actor_history_10.id AND actor_alias_history_2.from_revision <= anon_9.revision AND actor_alias_history_2.until_revision > anon_9.revision ORDER BY actor_alias_history_2.name) AS listed), '[]') || '')) THEN ',' || json_object(?, 'aliases', ?, nullif((SELECT json_group_array(listed.name) AS json_group_array_1 
FROM (SELECT actor_alias_history_1.name AS name 
FROM actor_alias_history AS actor_alias_history_1 
WHERE actor_alias_history_1.actor_id = actor_history_9.id AND actor_alias_history_1.from_revision <= anon_9.revision - 1 AND actor_alias_history_1.until_revision > anon_9.revision - 1 ORDER BY actor_alias_history_1.name) AS listed), '[]') || '', ?, nullif((SELECT json_group_array(listed.name) AS json_group_array_2 
FROM (SELECT actor_alias_history_2.name AS name 
FROM actor_alias_history AS actor_alias_history_2 
WHERE actor_alias_history_2.actor_id = actor_history_10.id AND actor_alias_history_2.from_revision <= anon_9.revision AND actor_alias_history_2.until_revision > anon_9.revision ORDER BY actor_alias_history_2.name) AS listed), '[]') || '') ELSE '' END || CASE WHEN ((nullif((SELECT '[' || coalesce(group_concat(json_object('scheme', listed.scheme, 'value', listed.value)), '') || ']' AS anon_11 
FROM (SELECT actor_code_history_1.scheme AS scheme, actor_code_history_1.value AS value 
FROM actor_code_history AS actor_code_history_1 
WHERE actor_code_history_1.actor_id = actor_history_9.id AND actor_code_history_1.from_revision <= anon_9.revision - 1 AND actor_code_history_1.until_revision > anon_9.revision - 1 ORDER BY actor_code_history_1.scheme, actor_code_history_1.value) AS listed), '[]') || '') IS NOT (nullif((SELECT '[' || coalesce(group_concat(json_object('scheme', listed.scheme, 'value', listed.value)), '') || ']' AS anon_12 
FROM (SELECT actor_code_history_2.scheme AS scheme, actor_code_history_2.value AS value 
FROM actor_code_history AS actor_code_history_2 
WHERE actor_code_history_2.actor_id = actor_history_10.id AND actor_code_history_2.from_revision <= anon_9.revision AND actor_code_history_2.until_revision > anon_9.revision ORDER BY actor_code_history_2.scheme, actor_code_history_2.value) AS listed), '[]') || '')) THEN ',' || json_object(?, 'codes', ?, nullif((SELECT '[' || coalesce(group_concat(json_object('scheme', listed.scheme, 'value', listed.value)), '') || ']' AS anon_11 
FROM (SELECT actor_code_history_1.scheme AS scheme, actor_code_history_1.value AS value 
FROM actor_code_history AS actor_code_history_1 
WHERE actor_code_history_1.actor_id = actor_history_9.id AND actor_code_history_1.from_revision <= anon_9.revision - 1 AND actor_code_history_1.until_revision > anon_9.revision - 1 ORDER BY actor_code_history_1.scheme, actor_code_history_1.value) AS listed), '[]') || '', ?, nullif((SELECT '[' || coalesce(group_concat(json_object('scheme', listed.scheme, 'value', listed.value)), '') || ']' AS anon_12 
FROM (SELECT actor_code_history_2.scheme AS scheme, actor_code_history_2.value AS value 
FROM actor_code_history AS actor_code_history_2 
WHERE actor_code_history_2.actor_id = actor_history_10.id AND actor_code_history_2.from_revision <= anon_9.revision AND actor_code_history_2.until_revision > anon_9.revision ORDER BY actor_code_history_2.scheme, actor_code_history_2.value) AS listed), '[]') || '') ELSE '' END, ?) || ']' AS anon_10 
FROM (SELECT 1 AS one) AS anon_13 LEFT OUTER JOIN actor_history AS actor_history_9 ON actor_history_9.id = anon_9.record_id AND actor_history_9.from_revision <= anon_9.revision - 1 AND actor_history_9.until_revision > anon_9.revision - 1 LEFT OUTER JOIN actor_history AS actor_history_10 ON actor_history_10.id = anon_9.record_id AND actor_history_10.from_revision <= anon_9.revision AND actor_history_10.until_revision > anon_9.revision 
WHERE anon_9.type = 'ACTOR') AS value_4 
FROM (SELECT changed_page.revision AS revision, changed_page.place AS place, changed_page.record_id AS record_id, changed_page.record AS record, changed_page.type AS type, changed_page.action AS action 
FROM changed_page
 LIMIT ? OFFSET ?) AS anon_9 LEFT OUTER JOIN revision AS revision_1 ON revision_1.number = anon_9.revision) AS layer) AS value_1 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = ?), (SELECT former_actor_1.actor_id 
FROM former_actor AS former_actor_1 
WHERE former_actor_1.slug = ?))) AS layer) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_14
-- ["\"history\":", null, 0, null, 0, null, 0, "\"revision\":", "action", "\"fields\":", "field", "before", "after", "field", "before", "after", "field", "before", "after", "field", "before", "after", "field", "before", "after", "field", "before", "after", 2, null, 0, null, null]
