SELECT json_object('memberOf', json(value_1), 'statements', json(value_2), 'mentionedIn', json(value_3)) AS json_object_1 
FROM (SELECT (SELECT json_object('nodes', json_group_array(json_object('role', value_1, 'relation', value_2, 'organisation', json_object('name', value_3, 'members', json(value_4))))) AS json_object_2 
FROM (SELECT membership_1.role AS value_1, membership_1.relation AS value_2, actor_1.name AS value_3, (SELECT json_object('totalCount', (SELECT count(*) AS count_1 
FROM membership AS membership_2 
WHERE membership_2.organisation_id = actor_1.id)) AS json_object_3) AS value_4 
FROM (SELECT membership_3.id AS id 
FROM membership AS membership_3 
WHERE membership_3.member_id = actor_2.id ORDER BY membership_3.id
 LIMIT ? OFFSET ?) AS page LEFT OUTER JOIN membership AS membership_1 ON membership_1.id = page.id LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = membership_1.organisation_id) AS layer) AS value_1, (SELECT json_object('nodes', json_group_array(json_object('mentions', json(value_1), 'source', json_object('title', value_2)))) AS json_object_4 
FROM (SELECT (SELECT json_object('nodes', json_group_array(json_object('slug', actor_3.slug))) AS json_object_5 
FROM (SELECT actor_4.id AS id 
FROM mention AS mention_1 JOIN actor AS actor_4 ON actor_4.id = mention_1.actor_id 
WHERE mention_1.statement_id = statement_1.id ORDER BY actor_4.id
 LIMIT ? OFFSET ?) AS page LEFT OUTER JOIN actor AS actor_3 ON actor_3.id = page.id) AS value_1, source_1.title AS value_2 
FROM (SELECT statement_2.id AS id 
FROM statement AS statement_2 
WHERE statement_2.speaker_id = actor_2.id ORDER BY statement_2.id
 LIMIT ? OFFSET ?) AS page LEFT OUTER JOIN statement AS statement_1 ON statement_1.id = page.id LEFT OUTER JOIN source AS source_1 ON source_1.id = statement_1.source_id) AS layer) AS value_2, (SELECT json_object('totalCount', (SELECT count(*) AS count_2 
FROM mention AS mention_2 JOIN statement AS statement_3 ON statement_3.id = mention_2.statement_id 
WHERE mention_2.actor_id = actor_2.id)) AS json_object_6) AS value_3 
FROM actor AS actor_2 
WHERE actor_2.slug = ?) AS layer
-- [null, 0, null, 0, null, 0, null]
