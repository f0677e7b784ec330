SELECT CAST('{"nodes":[' || coalesce(group_concat(json_object('slug', anon_2.slug, ?1, anon_2.slug, 'kind', anon_2.kind)), '') || '],' || trim(json_object('__typename', 'ActorConnection'), '{}') || '}' AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_3 
FROM (SELECT actor_1.id AS id, actor_1.slug AS slug, actor_1.kind AS kind 
FROM actor AS actor_1 ORDER BY actor_1.id
 LIMIT ?2 OFFSET ?3) AS anon_2
-- ["nick", null, 0]

SELECT CAST(json_object('number', revision_1.number) AS BLOB) AS json_object_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1 
FROM revision AS revision_1 
WHERE revision_1.number = (SELECT max(revision.number) AS max_2 
FROM revision)
-- []
