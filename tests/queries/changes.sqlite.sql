WITH changed_page AS 
(SELECT anon_1.revision AS revision, anon_1.place AS place, anon_1.record_id AS record_id, anon_1.record AS record, anon_1.type AS type, anon_1.action AS action 
FROM (SELECT actor_history_1.from_revision AS revision, 0 AS place, actor_history_1.id AS record_id, 'actor_' || actor_history_1.id AS record, 'ACTOR' AS type, CASE WHEN (EXISTS (SELECT * 
FROM actor_history AS actor_history_2 
WHERE actor_history_2.id = actor_history_1.id AND actor_history_2.until_revision = actor_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM actor_history AS actor_history_1 
WHERE actor_history_1.from_revision > ?1 AND 'ACTOR' IN (SELECT anon_2.value 
FROM json_each(?2) AS anon_2) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?4) AS anon_1 UNION ALL SELECT anon_3.revision AS revision, anon_3.place AS place, anon_3.record_id AS record_id, anon_3.record AS record, anon_3.type AS type, anon_3.action AS action 
FROM (SELECT tombstone_1.revision AS revision, 0 AS place, tombstone_1.id AS record_id, 'actor_' || tombstone_1.id AS record, 'ACTOR' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_1 
WHERE tombstone_1.kind = 'actor' AND tombstone_1.revision > ?5 AND 'ACTOR' IN (SELECT anon_4.value 
FROM json_each(?6) AS anon_4) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?7) AS anon_3 UNION ALL SELECT anon_5.revision AS revision, anon_5.place AS place, anon_5.record_id AS record_id, anon_5.record AS record, anon_5.type AS type, anon_5.action AS action 
FROM (SELECT support_history_1.from_revision AS revision, 1 AS place, support_history_1.id AS record_id, 'support_' || support_history_1.id AS record, 'SUPPORT' AS type, CASE WHEN (EXISTS (SELECT * 
FROM support_history AS support_history_2 
WHERE support_history_2.id = support_history_1.id AND support_history_2.until_revision = support_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM support_history AS support_history_1 
WHERE support_history_1.from_revision > ?8 AND 'SUPPORT' IN (SELECT anon_6.value 
FROM json_each(?9) AS anon_6) AND (support_history_1.kind = ?10 OR (EXISTS (SELECT * 
FROM support_history AS support_history_3 
WHERE support_history_3.id = support_history_1.id AND support_history_3.until_revision = support_history_1.from_revision AND support_history_3.kind = ?11))) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?12) AS anon_5 UNION ALL SELECT anon_7.revision AS revision, anon_7.place AS place, anon_7.record_id AS record_id, anon_7.record AS record, anon_7.type AS type, anon_7.action AS action 
FROM (SELECT tombstone_2.revision AS revision, 1 AS place, tombstone_2.id AS record_id, 'support_' || tombstone_2.id AS record, 'SUPPORT' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_2 
WHERE tombstone_2.kind = 'support' AND tombstone_2.revision > ?13 AND 'SUPPORT' IN (SELECT anon_8.value 
FROM json_each(?14) AS anon_8) AND (EXISTS (SELECT * 
FROM support_history AS support_history_4 
WHERE support_history_4.id = tombstone_2.id AND support_history_4.until_revision = tombstone_2.revision AND support_history_4.kind = ?15)) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?16) AS anon_7 UNION ALL SELECT anon_9.revision AS revision, anon_9.place AS place, anon_9.record_id AS record_id, anon_9.record AS record, anon_9.type AS type, anon_9.action AS action 
FROM (SELECT evidence_history_1.from_revision AS revision, 2 AS place, evidence_history_1.id AS record_id, 'evidence_' || evidence_history_1.id AS record, 'EVIDENCE' AS type, CASE WHEN (EXISTS (SELECT * 
FROM evidence_history AS evidence_history_2 
WHERE evidence_history_2.id = evidence_history_1.id AND evidence_history_2.until_revision = evidence_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM evidence_history AS evidence_history_1 
WHERE evidence_history_1.from_revision > ?17 AND 'EVIDENCE' IN (SELECT anon_10.value 
FROM json_each(?18) AS anon_10) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?19) AS anon_9 UNION ALL SELECT anon_11.revision AS revision, anon_11.place AS place, anon_11.record_id AS record_id, anon_11.record AS record, anon_11.type AS type, anon_11.action AS action 
FROM (SELECT tombstone_3.revision AS revision, 2 AS place, tombstone_3.id AS record_id, 'evidence_' || tombstone_3.id AS record, 'EVIDENCE' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_3 
WHERE tombstone_3.kind = 'evidence' AND tombstone_3.revision > ?20 AND 'EVIDENCE' IN (SELECT anon_12.value 
FROM json_each(?21) AS anon_12) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?22) AS anon_11 UNION ALL SELECT anon_13.revision AS revision, anon_13.place AS place, anon_13.record_id AS record_id, anon_13.record AS record, anon_13.type AS type, anon_13.action AS action 
FROM (SELECT statement_history_1.from_revision AS revision, 3 AS place, statement_history_1.id AS record_id, 'statement_' || statement_history_1.id AS record, 'STATEMENT' AS type, CASE WHEN (EXISTS (SELECT * 
FROM statement_history AS statement_history_2 
WHERE statement_history_2.id = statement_history_1.id AND statement_history_2.until_revision = statement_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM statement_history AS statement_history_1 
WHERE statement_history_1.from_revision > ?23 AND 'STATEMENT' IN (SELECT anon_14.value 
FROM json_each(?24) AS anon_14) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?25) AS anon_13 UNION ALL SELECT anon_15.revision AS revision, anon_15.place AS place, anon_15.record_id AS record_id, anon_15.record AS record, anon_15.type AS type, anon_15.action AS action 
FROM (SELECT tombstone_4.revision AS revision, 3 AS place, tombstone_4.id AS record_id, 'statement_' || tombstone_4.id AS record, 'STATEMENT' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_4 
WHERE tombstone_4.kind = 'statement' AND tombstone_4.revision > ?26 AND 'STATEMENT' IN (SELECT anon_16.value 
FROM json_each(?27) AS anon_16) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?28) AS anon_15 UNION ALL SELECT anon_17.revision AS revision, anon_17.place AS place, anon_17.record_id AS record_id, anon_17.record AS record, anon_17.type AS type, anon_17.action AS action 
FROM (SELECT source_history_1.from_revision AS revision, 4 AS place, source_history_1.id AS record_id, 'source_' || source_history_1.id AS record, 'SOURCE' AS type, CASE WHEN (EXISTS (SELECT * 
FROM source_history AS source_history_2 
WHERE source_history_2.id = source_history_1.id AND source_history_2.until_revision = source_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM source_history AS source_history_1 
WHERE source_history_1.from_revision > ?29 AND 'SOURCE' IN (SELECT anon_18.value 
FROM json_each(?30) AS anon_18) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?31) AS anon_17 UNION ALL SELECT anon_19.revision AS revision, anon_19.place AS place, anon_19.record_id AS record_id, anon_19.record AS record, anon_19.type AS type, anon_19.action AS action 
FROM (SELECT tombstone_5.revision AS revision, 4 AS place, tombstone_5.id AS record_id, 'source_' || tombstone_5.id AS record, 'SOURCE' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_5 
WHERE tombstone_5.kind = 'source' AND tombstone_5.revision > ?32 AND 'SOURCE' IN (SELECT anon_20.value 
FROM json_each(?33) AS anon_20) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?34) AS anon_19 UNION ALL SELECT anon_21.revision AS revision, anon_21.place AS place, anon_21.record_id AS record_id, anon_21.record AS record, anon_21.type AS type, anon_21.action AS action 
FROM (SELECT dataset_history_1.from_revision AS revision, 5 AS place, dataset_history_1.id AS record_id, 'dataset_' || dataset_history_1.id AS record, 'DATASET' AS type, CASE WHEN (EXISTS (SELECT * 
FROM dataset_history AS dataset_history_2 
WHERE dataset_history_2.id = dataset_history_1.id AND dataset_history_2.until_revision = dataset_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM dataset_history AS dataset_history_1 
WHERE dataset_history_1.from_revision > ?35 AND 'DATASET' IN (SELECT anon_22.value 
FROM json_each(?36) AS anon_22) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?37) AS anon_21 UNION ALL SELECT anon_23.revision AS revision, anon_23.place AS place, anon_23.record_id AS record_id, anon_23.record AS record, anon_23.type AS type, anon_23.action AS action 
FROM (SELECT tombstone_6.revision AS revision, 5 AS place, tombstone_6.id AS record_id, 'dataset_' || tombstone_6.id AS record, 'DATASET' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_6 
WHERE tombstone_6.kind = 'dataset' AND tombstone_6.revision > ?38 AND 'DATASET' IN (SELECT anon_24.value 
FROM json_each(?39) AS anon_24) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?40) AS anon_23 UNION ALL SELECT anon_25.revision AS revision, anon_25.place AS place, anon_25.record_id AS record_id, anon_25.record AS record, anon_25.type AS type, anon_25.action AS action 
FROM (SELECT membership_history_1.from_revision AS revision, 6 AS place, membership_history_1.id AS record_id, 'membership_' || membership_history_1.id AS record, 'MEMBERSHIP' AS type, CASE WHEN (EXISTS (SELECT * 
FROM membership_history AS membership_history_2 
WHERE membership_history_2.id = membership_history_1.id AND membership_history_2.until_revision = membership_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM membership_history AS membership_history_1 
WHERE membership_history_1.from_revision > ?41 AND 'MEMBERSHIP' IN (SELECT anon_26.value 
FROM json_each(?42) AS anon_26) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?43) AS anon_25 UNION ALL SELECT anon_27.revision AS revision, anon_27.place AS place, anon_27.record_id AS record_id, anon_27.record AS record, anon_27.type AS type, anon_27.action AS action 
FROM (SELECT tombstone_7.revision AS revision, 6 AS place, tombstone_7.id AS record_id, 'membership_' || tombstone_7.id AS record, 'MEMBERSHIP' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_7 
WHERE tombstone_7.kind = 'membership' AND tombstone_7.revision > ?44 AND 'MEMBERSHIP' IN (SELECT anon_28.value 
FROM json_each(?45) AS anon_28) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?46) AS anon_27 UNION ALL SELECT anon_29.revision AS revision, anon_29.place AS place, anon_29.record_id AS record_id, anon_29.record AS record, anon_29.type AS type, anon_29.action AS action 
FROM (SELECT conflict_history_1.from_revision AS revision, 7 AS place, conflict_history_1.id AS record_id, 'conflict_' || conflict_history_1.id AS record, 'CONFLICT' AS type, CASE WHEN (EXISTS (SELECT * 
FROM conflict_history AS conflict_history_2 
WHERE conflict_history_2.id = conflict_history_1.id AND conflict_history_2.until_revision = conflict_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM conflict_history AS conflict_history_1 
WHERE conflict_history_1.from_revision > ?47 AND 'CONFLICT' IN (SELECT anon_30.value 
FROM json_each(?48) AS anon_30) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?49) AS anon_29 UNION ALL SELECT anon_31.revision AS revision, anon_31.place AS place, anon_31.record_id AS record_id, anon_31.record AS record, anon_31.type AS type, anon_31.action AS action 
FROM (SELECT tombstone_8.revision AS revision, 7 AS place, tombstone_8.id AS record_id, 'conflict_' || tombstone_8.id AS record, 'CONFLICT' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_8 
WHERE tombstone_8.kind = 'conflict' AND tombstone_8.revision > ?50 AND 'CONFLICT' IN (SELECT anon_32.value 
FROM json_each(?51) AS anon_32) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?52) AS anon_31 UNION ALL SELECT anon_33.revision AS revision, anon_33.place AS place, anon_33.record_id AS record_id, anon_33.record AS record, anon_33.type AS type, anon_33.action AS action 
FROM (SELECT succession_history_1.from_revision AS revision, 8 AS place, succession_history_1.id AS record_id, 'succession_' || succession_history_1.id AS record, 'SUCCESSION' AS type, CASE WHEN (EXISTS (SELECT * 
FROM succession_history AS succession_history_2 
WHERE succession_history_2.id = succession_history_1.id AND succession_history_2.until_revision = succession_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM succession_history AS succession_history_1 
WHERE succession_history_1.from_revision > ?53 AND 'SUCCESSION' IN (SELECT anon_34.value 
FROM json_each(?54) AS anon_34) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?55) AS anon_33 UNION ALL SELECT anon_35.revision AS revision, anon_35.place AS place, anon_35.record_id AS record_id, anon_35.record AS record, anon_35.type AS type, anon_35.action AS action 
FROM (SELECT tombstone_9.revision AS revision, 8 AS place, tombstone_9.id AS record_id, 'succession_' || tombstone_9.id AS record, 'SUCCESSION' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_9 
WHERE tombstone_9.kind = 'succession' AND tombstone_9.revision > ?56 AND 'SUCCESSION' IN (SELECT anon_36.value 
FROM json_each(?57) AS anon_36) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?58) AS anon_35 UNION ALL SELECT anon_37.revision AS revision, anon_37.place AS place, anon_37.record_id AS record_id, anon_37.record AS record, anon_37.type AS type, anon_37.action AS action 
FROM (SELECT coverage_history_1.from_revision AS revision, 9 AS place, coverage_history_1.id AS record_id, 'coverage_' || coverage_history_1.id AS record, 'COVERAGE' AS type, CASE WHEN (EXISTS (SELECT * 
FROM coverage_history AS coverage_history_2 
WHERE coverage_history_2.id = coverage_history_1.id AND coverage_history_2.until_revision = coverage_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM coverage_history AS coverage_history_1 
WHERE coverage_history_1.from_revision > ?59 AND 'COVERAGE' IN (SELECT anon_38.value 
FROM json_each(?60) AS anon_38) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?61) AS anon_37 UNION ALL SELECT anon_39.revision AS revision, anon_39.place AS place, anon_39.record_id AS record_id, anon_39.record AS record, anon_39.type AS type, anon_39.action AS action 
FROM (SELECT tombstone_10.revision AS revision, 9 AS place, tombstone_10.id AS record_id, 'coverage_' || tombstone_10.id AS record, 'COVERAGE' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_10 
WHERE tombstone_10.kind = 'coverage' AND tombstone_10.revision > ?62 AND 'COVERAGE' IN (SELECT anon_40.value 
FROM json_each(?63) AS anon_40) ORDER BY revision, record_id
 LIMIT ?3 OFFSET ?64) AS anon_39 ORDER BY revision, place, record_id
 LIMIT ?3 OFFSET ?65)
 SELECT CAST('{"edges":[' || coalesce(group_concat('{' || trim(json_object('cursor', lower(hex('changes' || ?66 || CAST(value_1 AS TEXT) || ?67 || CAST(value_2 AS TEXT) || ?68 || CAST(value_3 AS TEXT)))), '{}') || ',"node":{' || trim(json_object('id', 'change_' || value_1 || '_' || value_4, ?69, value_5, ?70, value_6, ?71, value_4), '{}') || ',' || ?72 || CASE WHEN (value_7 IS NOT NULL) THEN value_7 ELSE 'null' END || '}}'), '') || '],"pageInfo":{"hasNextPage":' || CASE (SELECT count(*) AS count_1 
FROM changed_page) > ?73 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',' || trim(json_object('endCursor', (SELECT lower(hex('changes' || ?74 || CAST(anon_42.revision AS TEXT) || ?75 || CAST(anon_42.place AS TEXT) || ?76 || CAST(anon_42.record_id AS TEXT))) AS lower_1 
FROM (SELECT changed_page.revision AS revision, changed_page.place AS place, changed_page.record_id AS record_id, changed_page.record AS record, changed_page.type AS type, changed_page.action AS action 
FROM changed_page
 LIMIT ?73 OFFSET ?77) AS anon_42 ORDER BY anon_42.revision DESC, anon_42.place DESC, anon_42.record_id DESC
 LIMIT ?78 OFFSET ?79)), '{}') || '}}' AS BLOB) AS anon_41, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_43 
FROM (SELECT anon_44.revision AS value_1, anon_44.place AS value_2, anon_44.record_id AS value_3, anon_44.record AS value_4, anon_44.action AS value_5, anon_44.type AS value_6, coalesce((SELECT json_object() AS json_object_1 
FROM actor_history AS actor_history_3 
WHERE actor_history_3.id = anon_44.record_id AND anon_44.type = 'ACTOR' AND actor_history_3.from_revision <= anon_44.revision AND actor_history_3.until_revision > anon_44.revision), (SELECT '{' || trim(json_object('kind', support_history_5.kind), '{}') || ',"supporter":' || CASE WHEN (actor_history_4.id IS NOT NULL) THEN json_object('name', actor_history_4.name) ELSE 'null' END || '}' AS anon_45 
FROM support_history AS support_history_5 LEFT OUTER JOIN actor_history AS actor_history_4 ON actor_history_4.id = support_history_5.supporter_id AND actor_history_4.from_revision <= anon_44.revision AND actor_history_4.until_revision > anon_44.revision 
WHERE support_history_5.id = anon_44.record_id AND anon_44.type = 'SUPPORT' AND support_history_5.from_revision <= anon_44.revision AND support_history_5.until_revision > anon_44.revision), (SELECT json_object() AS json_object_2 
FROM evidence_history AS evidence_history_3 
WHERE evidence_history_3.id = anon_44.record_id AND anon_44.type = 'EVIDENCE' AND evidence_history_3.from_revision <= anon_44.revision AND evidence_history_3.until_revision > anon_44.revision), (SELECT json_object() AS json_object_3 
FROM statement_history AS statement_history_3 
WHERE statement_history_3.id = anon_44.record_id AND anon_44.type = 'STATEMENT' AND statement_history_3.from_revision <= anon_44.revision AND statement_history_3.until_revision > anon_44.revision), (SELECT json_object() AS json_object_4 
FROM source_history AS source_history_3 
WHERE source_history_3.id = anon_44.record_id AND anon_44.type = 'SOURCE' AND source_history_3.from_revision <= anon_44.revision AND source_history_3.until_revision > anon_44.revision), (SELECT json_object() AS json_object_5 
FROM dataset_history AS dataset_history_3 
WHERE dataset_history_3.id = anon_44.record_id AND anon_44.type = 'DATASET' AND dataset_history_3.from_revision <= anon_44.revision AND dataset_history_3.until_revision > anon_44.revision), (SELECT json_object() AS json_object_6 
FROM membership_history AS membership_history_3 
WHERE membership_history_3.id = anon_44.record_id AND anon_44.type = 'MEMBERSHIP' AND membership_history_3.from_revision <= anon_44.revision AND membership_history_3.until_revision > anon_44.revision), (SELECT json_object() AS json_object_7 
FROM conflict_history AS conflict_history_3 
WHERE conflict_history_3.id = anon_44.record_id AND anon_44.type = 'CONFLICT' AND conflict_history_3.from_revision <= anon_44.revision AND conflict_history_3.until_revision > anon_44.revision), (SELECT json_object() AS json_object_8 
FROM succession_history AS succession_history_3 
WHERE succession_history_3.id = anon_44.record_id AND anon_44.type = 'SUCCESSION' AND succession_history_3.from_revision <= anon_44.revision AND succession_history_3.until_revision > anon_44.revision), (SELECT json_object() AS json_object_9 
FROM coverage_history AS coverage_history_3 
WHERE coverage_history_3.id = anon_44.record_id AND anon_44.type = 'COVERAGE' AND coverage_history_3.from_revision <= anon_44.revision AND coverage_history_3.until_revision > anon_44.revision)) AS value_7 
FROM (SELECT changed_page.revision AS revision, changed_page.place AS place, changed_page.record_id AS record_id, changed_page.record AS record, changed_page.type AS type, changed_page.action AS action 
FROM changed_page
 LIMIT ?73 OFFSET ?80) AS anon_44) AS layer
-- [null, null, null, 0, null, null, 0, null, null, null, null, 0, null, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, null, null, 0, 0, "\u001f", "\u001f", "\u001f", "action", "type", "recordId", "\"record\":", null, "\u001f", "\u001f", "\u001f", 0, 1, 0, 0]
