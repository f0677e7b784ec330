WITH RECURSIVE start AS MATERIALIZED 
(SELECT actor_1.id AS id 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = ?5), (SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = ?5))), 
first AS MATERIALIZED 
(SELECT DISTINCT support_1.supporter_id AS giver, support_1.recipient_id AS taker, CAST(replace(coalesce(nullif(support_1.started_on_earliest, ''), nullif(support_1.ended_on_earliest, ''), nullif(support_1.agreed_on_earliest, '')), '-', '') AS INTEGER) AS low, CAST(replace(coalesce(support_1.ended_on_latest, support_1.started_on_latest, support_1.agreed_on_latest), '-', '') AS INTEGER) AS high 
FROM support AS support_1 
WHERE support_1.supporter_id IN (SELECT start.id 
FROM start) AND support_1.recipient_id IS NOT NULL), 
goal AS 
(SELECT actor_3.id AS id 
FROM actor AS actor_3 
WHERE actor_3.id = coalesce((SELECT actor_4.id 
FROM actor AS actor_4 
WHERE actor_4.slug = ?6), (SELECT former_slug_2.record_id 
FROM former_slug AS former_slug_2 
WHERE former_slug_2.record_type = 'actor' AND former_slug_2.slug = ?6))), 
back(giver, taker, low, high, hop) AS 
(SELECT goal.id AS giver, CAST(0 AS BIGINT) AS taker, 0 AS low, 0 AS high, 0 AS hop 
FROM goal UNION SELECT support_3.supporter_id AS giver, support_3.recipient_id AS taker, CAST(replace(coalesce(nullif(support_3.started_on_earliest, ''), nullif(support_3.ended_on_earliest, ''), nullif(support_3.agreed_on_earliest, '')), '-', '') AS INTEGER) AS low, CAST(replace(coalesce(support_3.ended_on_latest, support_3.started_on_latest, support_3.agreed_on_latest), '-', '') AS INTEGER) AS high, back.hop + 1 AS anon_14 
FROM back JOIN support AS support_3 ON support_3.recipient_id = back.giver 
WHERE back.hop < ?4 - 2 AND support_3.supporter_id IS NOT NULL), 
reach AS MATERIALIZED 
(SELECT back.giver AS id, min(back.hop) AS hop 
FROM back GROUP BY back.giver), 
middle AS MATERIALIZED 
(SELECT DISTINCT support_2.supporter_id AS giver, support_2.recipient_id AS taker, CAST(replace(coalesce(nullif(support_2.started_on_earliest, ''), nullif(support_2.ended_on_earliest, ''), nullif(support_2.agreed_on_earliest, '')), '-', '') AS INTEGER) AS low, CAST(replace(coalesce(support_2.ended_on_latest, support_2.started_on_latest, support_2.agreed_on_latest), '-', '') AS INTEGER) AS high, reach.hop AS hop 
FROM support AS support_2 JOIN reach ON support_2.recipient_id = reach.id 
WHERE ?4 > 1 AND support_2.supporter_id IN (SELECT first.taker 
FROM first)), 
near AS MATERIALIZED 
(SELECT each_near.id AS id, min(each_near.hop) AS hop 
FROM (SELECT reach.id AS id, reach.hop AS hop 
FROM reach UNION ALL SELECT middle.giver AS giver, middle.hop + 1 AS anon_15 
FROM middle) AS each_near GROUP BY each_near.id), 
edge AS MATERIALIZED 
(SELECT steps.giver AS giver, steps.taker AS taker, steps.low AS low, steps.high AS high, near.hop AS away 
FROM (SELECT first.giver AS giver, first.taker AS taker, first.low AS low, first.high AS high 
FROM first UNION SELECT middle.giver AS giver, middle.taker AS taker, middle.low AS low, middle.high AS high 
FROM middle UNION SELECT back.giver AS giver, back.taker AS taker, back.low AS low, back.high AS high 
FROM back) AS steps JOIN near ON near.id = steps.taker), 
walk(start, actor_1, actor_2, actor_3, actor_4, hop, away, steps_left, low, high, from_1, from_2, from_3) AS 
(SELECT start.id AS start, CAST(0 AS BIGINT) AS actor_1, CAST(0 AS BIGINT) AS actor_2, CAST(0 AS BIGINT) AS actor_3, CAST(0 AS BIGINT) AS actor_4, 0 AS hop, 1 AS away, ?4 AS steps_left, 0 AS low, 99999999 AS high, 0 AS from_1, 0 AS from_2, 0 AS from_3 
FROM start UNION SELECT walk.start AS start, CASE WHEN (walk.hop = 0) THEN edge.taker ELSE walk.actor_1 END AS anon_4, CASE WHEN (walk.hop = 1) THEN edge.taker ELSE walk.actor_2 END AS anon_5, CASE WHEN (walk.hop = 2) THEN edge.taker ELSE walk.actor_3 END AS anon_6, CASE WHEN (walk.hop = 3) THEN edge.taker ELSE walk.actor_4 END AS anon_7, walk.hop + 1 AS anon_8, edge.away AS away, walk.steps_left - 1 AS anon_9, CASE WHEN (edge.low > walk.low) THEN edge.low ELSE walk.low END AS anon_10, walk.high AS high, CASE WHEN (walk.hop = 0) THEN CASE WHEN (edge.low > walk.low) THEN edge.low ELSE walk.low END ELSE walk.from_1 END AS anon_11, CASE WHEN (walk.hop = 1) THEN CASE WHEN (edge.low > walk.low) THEN edge.low ELSE walk.low END ELSE walk.from_2 END AS anon_12, CASE WHEN (walk.hop = 2) THEN CASE WHEN (edge.low > walk.low) THEN edge.low ELSE walk.low END ELSE walk.from_3 END AS anon_13 
FROM walk JOIN edge ON edge.giver = CASE walk.hop WHEN 1 THEN walk.actor_1 WHEN 2 THEN walk.actor_2 WHEN 3 THEN walk.actor_3 WHEN 4 THEN walk.actor_4 ELSE walk.start END 
WHERE walk.away > 0 AND edge.away <= walk.steps_left - 1 AND (edge.taker NOT IN (walk.start, walk.actor_1, walk.actor_2, walk.actor_3, walk.actor_4)) AND edge.low IS NOT NULL AND edge.high >= walk.low), 
kept AS 
(SELECT found.start AS start, found.actor_1 AS actor_1, found.actor_2 AS actor_2, found.actor_3 AS actor_3, found.actor_4 AS actor_4, found.hop AS hop, found.least AS least, found.low AS low, found.from_1 AS from_1, found.from_2 AS from_2, found.from_3 AS from_3, row_number() OVER (ORDER BY found.actor_1, found.actor_2, found.actor_3, found.actor_4) AS place 
FROM (SELECT paths.start AS start, paths.actor_1 AS actor_1, paths.actor_2 AS actor_2, paths.actor_3 AS actor_3, paths.actor_4 AS actor_4, paths.hop AS hop, paths.least AS least, paths.low AS low, paths.from_1 AS from_1, paths.from_2 AS from_2, paths.from_3 AS from_3 
FROM (SELECT walk.start AS start, walk.actor_1 AS actor_1, walk.actor_2 AS actor_2, walk.actor_3 AS actor_3, walk.actor_4 AS actor_4, walk.hop AS hop, min(walk.hop) OVER () AS least, min(walk.low) AS low, min(walk.from_1) AS from_1, min(walk.from_2) AS from_2, min(walk.from_3) AS from_3 
FROM walk 
WHERE walk.away = 0 AND walk.hop > 0 GROUP BY walk.start, walk.actor_1, walk.actor_2, walk.actor_3, walk.actor_4, walk.hop) AS paths 
WHERE paths.hop = paths.least) AS found ORDER BY found.actor_1, found.actor_2, found.actor_3, found.actor_4
 LIMIT ?7 OFFSET ?8)
 SELECT CAST('[' || coalesce(group_concat('{' || trim(json_object(?1, kept.hop), '{}') || ',' || ?2 || 'null,' || ?3 || anon_2.array || '}' ORDER BY kept.place), '') || ']' AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_3 
FROM kept LEFT OUTER JOIN (SELECT value_7 AS place, '[' || coalesce(group_concat('{"supporter":' || CASE WHEN (value_2 IS NOT NULL) THEN json_object('slug', value_1) ELSE 'null' END || ',"recipient":' || CASE WHEN (value_4 IS NOT NULL) THEN json_object('slug', value_3) ELSE 'null' END || ',"supports":' || value_5 || '}' ORDER BY value_6), '') || ']' AS array 
FROM (SELECT actor_5.slug AS value_1, actor_5.id AS value_2, actor_6.slug AS value_3, actor_6.id AS value_4, (SELECT '{' || trim(json_object('totalCount', (SELECT count(*) AS count_1 
FROM support AS support_4 
WHERE support_4.supporter_id = steps.supporter_id AND support_4.recipient_id = steps.recipient_id AND CAST(replace(coalesce(support_4.ended_on_latest, support_4.started_on_latest, support_4.agreed_on_latest), '-', '') AS INTEGER) >= steps.since)), '{}') || ',"nodes":[' || coalesce(group_concat(json_object('kind', anon_17.kind)), '') || ']}' AS anon_16 
FROM (SELECT support_5.id AS id, support_5.kind AS kind 
FROM support AS support_5 
WHERE support_5.supporter_id = steps.supporter_id AND support_5.recipient_id = steps.recipient_id AND CAST(replace(coalesce(support_5.ended_on_latest, support_5.started_on_latest, support_5.agreed_on_latest), '-', '') AS INTEGER) >= steps.since ORDER BY support_5.id
 LIMIT ?9 OFFSET ?10) AS anon_17) AS value_5, steps.step AS value_6, steps.place AS value_7 
FROM (SELECT kept.place AS place, each_step.step AS step, CASE each_step.step WHEN 1 THEN kept.start WHEN 2 THEN kept.actor_1 WHEN 3 THEN kept.actor_2 WHEN 4 THEN kept.actor_3 END AS supporter_id, CASE each_step.step WHEN 1 THEN kept.actor_1 WHEN 2 THEN kept.actor_2 WHEN 3 THEN kept.actor_3 WHEN 4 THEN kept.actor_4 END AS recipient_id, CASE each_step.step WHEN 2 THEN kept.from_1 WHEN 3 THEN kept.from_2 WHEN 4 THEN kept.from_3 ELSE 0 END AS since, kept.low AS year 
FROM kept JOIN (SELECT 1 AS step UNION ALL SELECT 2 AS step UNION ALL SELECT 3 AS step UNION ALL SELECT 4 AS step) AS each_step ON each_step.step <= kept.hop) AS steps LEFT OUTER JOIN actor AS actor_5 ON actor_5.id = steps.supporter_id LEFT OUTER JOIN actor AS actor_6 ON actor_6.id = steps.recipient_id) AS layer GROUP BY value_7) AS anon_2 ON anon_2.place = kept.place
-- ["hops", "\"year\":", "\"steps\":", null, null, null, null, 0, null, 0]
