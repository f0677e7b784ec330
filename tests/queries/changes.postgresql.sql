WITH changed_page AS 
(SELECT anon_1.revision AS revision, anon_1.place AS place, anon_1.record_id AS record_id, anon_1.record AS record, anon_1.type AS type, anon_1.action AS action 
FROM (SELECT anon_2.revision AS revision, anon_2.place AS place, anon_2.record_id AS record_id, anon_2.record AS record, anon_2.type AS type, anon_2.action AS action 
FROM (SELECT anon_3.revision AS revision, anon_3.place AS place, anon_3.record_id AS record_id, anon_3.record AS record, anon_3.type AS type, anon_3.action AS action 
FROM (SELECT actor_history_1.from_revision AS revision, 0 AS place, actor_history_1.id AS record_id, 'actor_' || actor_history_1.id AS record, 'ACTOR' AS type, CASE WHEN (EXISTS (SELECT * 
FROM actor_history AS actor_history_2 
WHERE actor_history_2.id = actor_history_1.id AND actor_history_2.until_revision = actor_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM actor_history AS actor_history_1 
WHERE actor_history_1.from_revision > $1::BIGINT AND 'ACTOR' = any($2::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_3 ORDER BY anon_3.revision, anon_3.record_id 
 LIMIT $3::BIGINT) AS anon_2 UNION ALL SELECT anon_4.revision AS revision, anon_4.place AS place, anon_4.record_id AS record_id, anon_4.record AS record, anon_4.type AS type, anon_4.action AS action 
FROM (SELECT anon_5.revision AS revision, anon_5.place AS place, anon_5.record_id AS record_id, anon_5.record AS record, anon_5.type AS type, anon_5.action AS action 
FROM (SELECT tombstone_1.revision AS revision, 0 AS place, tombstone_1.id AS record_id, 'actor_' || tombstone_1.id AS record, 'ACTOR' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_1 
WHERE tombstone_1.kind = 'actor' AND tombstone_1.revision > $4::BIGINT AND 'ACTOR' = any($5::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_5 ORDER BY anon_5.revision, anon_5.record_id 
 LIMIT $3::BIGINT) AS anon_4 UNION ALL SELECT anon_6.revision AS revision, anon_6.place AS place, anon_6.record_id AS record_id, anon_6.record AS record, anon_6.type AS type, anon_6.action AS action 
FROM (SELECT anon_7.revision AS revision, anon_7.place AS place, anon_7.record_id AS record_id, anon_7.record AS record, anon_7.type AS type, anon_7.action AS action 
FROM (SELECT support_history_1.from_revision AS revision, 1 AS place, support_history_1.id AS record_id, 'support_' || support_history_1.id AS record, 'SUPPORT' AS type, CASE WHEN (EXISTS (SELECT * 
FROM support_history AS support_history_2 
WHERE support_history_2.id = support_history_1.id AND support_history_2.until_revision = support_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM support_history AS support_history_1 
WHERE support_history_1.from_revision > $6::BIGINT AND 'SUPPORT' = any($7::TEXT[]) AND (support_history_1.kind = $8::VARCHAR COLLATE "C" OR (EXISTS (SELECT * 
FROM support_history AS support_history_3 
WHERE support_history_3.id = support_history_1.id AND support_history_3.until_revision = support_history_1.from_revision AND support_history_3.kind = $9::VARCHAR COLLATE "C"))) ORDER BY revision, record_id 
 LIMIT 501) AS anon_7 ORDER BY anon_7.revision, anon_7.record_id 
 LIMIT $3::BIGINT) AS anon_6 UNION ALL SELECT anon_8.revision AS revision, anon_8.place AS place, anon_8.record_id AS record_id, anon_8.record AS record, anon_8.type AS type, anon_8.action AS action 
FROM (SELECT anon_9.revision AS revision, anon_9.place AS place, anon_9.record_id AS record_id, anon_9.record AS record, anon_9.type AS type, anon_9.action AS action 
FROM (SELECT tombstone_2.revision AS revision, 1 AS place, tombstone_2.id AS record_id, 'support_' || tombstone_2.id AS record, 'SUPPORT' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_2 
WHERE tombstone_2.kind = 'support' AND tombstone_2.revision > $10::BIGINT AND 'SUPPORT' = any($11::TEXT[]) AND (EXISTS (SELECT * 
FROM support_history AS support_history_4 
WHERE support_history_4.id = tombstone_2.id AND support_history_4.until_revision = tombstone_2.revision AND support_history_4.kind = $12::VARCHAR COLLATE "C")) ORDER BY revision, record_id 
 LIMIT 501) AS anon_9 ORDER BY anon_9.revision, anon_9.record_id 
 LIMIT $3::BIGINT) AS anon_8 UNION ALL SELECT anon_10.revision AS revision, anon_10.place AS place, anon_10.record_id AS record_id, anon_10.record AS record, anon_10.type AS type, anon_10.action AS action 
FROM (SELECT anon_11.revision AS revision, anon_11.place AS place, anon_11.record_id AS record_id, anon_11.record AS record, anon_11.type AS type, anon_11.action AS action 
FROM (SELECT evidence_history_1.from_revision AS revision, 2 AS place, evidence_history_1.id AS record_id, 'evidence_' || evidence_history_1.id AS record, 'EVIDENCE' AS type, CASE WHEN (EXISTS (SELECT * 
FROM evidence_history AS evidence_history_2 
WHERE evidence_history_2.id = evidence_history_1.id AND evidence_history_2.until_revision = evidence_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM evidence_history AS evidence_history_1 
WHERE evidence_history_1.from_revision > $13::BIGINT AND 'EVIDENCE' = any($14::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_11 ORDER BY anon_11.revision, anon_11.record_id 
 LIMIT $3::BIGINT) AS anon_10 UNION ALL SELECT anon_12.revision AS revision, anon_12.place AS place, anon_12.record_id AS record_id, anon_12.record AS record, anon_12.type AS type, anon_12.action AS action 
FROM (SELECT anon_13.revision AS revision, anon_13.place AS place, anon_13.record_id AS record_id, anon_13.record AS record, anon_13.type AS type, anon_13.action AS action 
FROM (SELECT tombstone_3.revision AS revision, 2 AS place, tombstone_3.id AS record_id, 'evidence_' || tombstone_3.id AS record, 'EVIDENCE' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_3 
WHERE tombstone_3.kind = 'evidence' AND tombstone_3.revision > $15::BIGINT AND 'EVIDENCE' = any($16::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_13 ORDER BY anon_13.revision, anon_13.record_id 
 LIMIT $3::BIGINT) AS anon_12 UNION ALL SELECT anon_14.revision AS revision, anon_14.place AS place, anon_14.record_id AS record_id, anon_14.record AS record, anon_14.type AS type, anon_14.action AS action 
FROM (SELECT anon_15.revision AS revision, anon_15.place AS place, anon_15.record_id AS record_id, anon_15.record AS record, anon_15.type AS type, anon_15.action AS action 
FROM (SELECT statement_history_1.from_revision AS revision, 3 AS place, statement_history_1.id AS record_id, 'statement_' || statement_history_1.id AS record, 'STATEMENT' AS type, CASE WHEN (EXISTS (SELECT * 
FROM statement_history AS statement_history_2 
WHERE statement_history_2.id = statement_history_1.id AND statement_history_2.until_revision = statement_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM statement_history AS statement_history_1 
WHERE statement_history_1.from_revision > $17::BIGINT AND 'STATEMENT' = any($18::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_15 ORDER BY anon_15.revision, anon_15.record_id 
 LIMIT $3::BIGINT) AS anon_14 UNION ALL SELECT anon_16.revision AS revision, anon_16.place AS place, anon_16.record_id AS record_id, anon_16.record AS record, anon_16.type AS type, anon_16.action AS action 
FROM (SELECT anon_17.revision AS revision, anon_17.place AS place, anon_17.record_id AS record_id, anon_17.record AS record, anon_17.type AS type, anon_17.action AS action 
FROM (SELECT tombstone_4.revision AS revision, 3 AS place, tombstone_4.id AS record_id, 'statement_' || tombstone_4.id AS record, 'STATEMENT' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_4 
WHERE tombstone_4.kind = 'statement' AND tombstone_4.revision > $19::BIGINT AND 'STATEMENT' = any($20::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_17 ORDER BY anon_17.revision, anon_17.record_id 
 LIMIT $3::BIGINT) AS anon_16 UNION ALL SELECT anon_18.revision AS revision, anon_18.place AS place, anon_18.record_id AS record_id, anon_18.record AS record, anon_18.type AS type, anon_18.action AS action 
FROM (SELECT anon_19.revision AS revision, anon_19.place AS place, anon_19.record_id AS record_id, anon_19.record AS record, anon_19.type AS type, anon_19.action AS action 
FROM (SELECT source_history_1.from_revision AS revision, 4 AS place, source_history_1.id AS record_id, 'source_' || source_history_1.id AS record, 'SOURCE' AS type, CASE WHEN (EXISTS (SELECT * 
FROM source_history AS source_history_2 
WHERE source_history_2.id = source_history_1.id AND source_history_2.until_revision = source_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM source_history AS source_history_1 
WHERE source_history_1.from_revision > $21::BIGINT AND 'SOURCE' = any($22::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_19 ORDER BY anon_19.revision, anon_19.record_id 
 LIMIT $3::BIGINT) AS anon_18 UNION ALL SELECT anon_20.revision AS revision, anon_20.place AS place, anon_20.record_id AS record_id, anon_20.record AS record, anon_20.type AS type, anon_20.action AS action 
FROM (SELECT anon_21.revision AS revision, anon_21.place AS place, anon_21.record_id AS record_id, anon_21.record AS record, anon_21.type AS type, anon_21.action AS action 
FROM (SELECT tombstone_5.revision AS revision, 4 AS place, tombstone_5.id AS record_id, 'source_' || tombstone_5.id AS record, 'SOURCE' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_5 
WHERE tombstone_5.kind = 'source' AND tombstone_5.revision > $23::BIGINT AND 'SOURCE' = any($24::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_21 ORDER BY anon_21.revision, anon_21.record_id 
 LIMIT $3::BIGINT) AS anon_20 UNION ALL SELECT anon_22.revision AS revision, anon_22.place AS place, anon_22.record_id AS record_id, anon_22.record AS record, anon_22.type AS type, anon_22.action AS action 
FROM (SELECT anon_23.revision AS revision, anon_23.place AS place, anon_23.record_id AS record_id, anon_23.record AS record, anon_23.type AS type, anon_23.action AS action 
FROM (SELECT dataset_history_1.from_revision AS revision, 5 AS place, dataset_history_1.id AS record_id, 'dataset_' || dataset_history_1.id AS record, 'DATASET' AS type, CASE WHEN (EXISTS (SELECT * 
FROM dataset_history AS dataset_history_2 
WHERE dataset_history_2.id = dataset_history_1.id AND dataset_history_2.until_revision = dataset_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM dataset_history AS dataset_history_1 
WHERE dataset_history_1.from_revision > $25::BIGINT AND 'DATASET' = any($26::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_23 ORDER BY anon_23.revision, anon_23.record_id 
 LIMIT $3::BIGINT) AS anon_22 UNION ALL SELECT anon_24.revision AS revision, anon_24.place AS place, anon_24.record_id AS record_id, anon_24.record AS record, anon_24.type AS type, anon_24.action AS action 
FROM (SELECT anon_25.revision AS revision, anon_25.place AS place, anon_25.record_id AS record_id, anon_25.record AS record, anon_25.type AS type, anon_25.action AS action 
FROM (SELECT tombstone_6.revision AS revision, 5 AS place, tombstone_6.id AS record_id, 'dataset_' || tombstone_6.id AS record, 'DATASET' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_6 
WHERE tombstone_6.kind = 'dataset' AND tombstone_6.revision > $27::BIGINT AND 'DATASET' = any($28::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_25 ORDER BY anon_25.revision, anon_25.record_id 
 LIMIT $3::BIGINT) AS anon_24 UNION ALL SELECT anon_26.revision AS revision, anon_26.place AS place, anon_26.record_id AS record_id, anon_26.record AS record, anon_26.type AS type, anon_26.action AS action 
FROM (SELECT anon_27.revision AS revision, anon_27.place AS place, anon_27.record_id AS record_id, anon_27.record AS record, anon_27.type AS type, anon_27.action AS action 
FROM (SELECT membership_history_1.from_revision AS revision, 6 AS place, membership_history_1.id AS record_id, 'membership_' || membership_history_1.id AS record, 'MEMBERSHIP' AS type, CASE WHEN (EXISTS (SELECT * 
FROM membership_history AS membership_history_2 
WHERE membership_history_2.id = membership_history_1.id AND membership_history_2.until_revision = membership_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM membership_history AS membership_history_1 
WHERE membership_history_1.from_revision > $29::BIGINT AND 'MEMBERSHIP' = any($30::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_27 ORDER BY anon_27.revision, anon_27.record_id 
 LIMIT $3::BIGINT) AS anon_26 UNION ALL SELECT anon_28.revision AS revision, anon_28.place AS place, anon_28.record_id AS record_id, anon_28.record AS record, anon_28.type AS type, anon_28.action AS action 
FROM (SELECT anon_29.revision AS revision, anon_29.place AS place, anon_29.record_id AS record_id, anon_29.record AS record, anon_29.type AS type, anon_29.action AS action 
FROM (SELECT tombstone_7.revision AS revision, 6 AS place, tombstone_7.id AS record_id, 'membership_' || tombstone_7.id AS record, 'MEMBERSHIP' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_7 
WHERE tombstone_7.kind = 'membership' AND tombstone_7.revision > $31::BIGINT AND 'MEMBERSHIP' = any($32::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_29 ORDER BY anon_29.revision, anon_29.record_id 
 LIMIT $3::BIGINT) AS anon_28 UNION ALL SELECT anon_30.revision AS revision, anon_30.place AS place, anon_30.record_id AS record_id, anon_30.record AS record, anon_30.type AS type, anon_30.action AS action 
FROM (SELECT anon_31.revision AS revision, anon_31.place AS place, anon_31.record_id AS record_id, anon_31.record AS record, anon_31.type AS type, anon_31.action AS action 
FROM (SELECT conflict_history_1.from_revision AS revision, 7 AS place, conflict_history_1.id AS record_id, 'conflict_' || conflict_history_1.id AS record, 'CONFLICT' AS type, CASE WHEN (EXISTS (SELECT * 
FROM conflict_history AS conflict_history_2 
WHERE conflict_history_2.id = conflict_history_1.id AND conflict_history_2.until_revision = conflict_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM conflict_history AS conflict_history_1 
WHERE conflict_history_1.from_revision > $33::BIGINT AND 'CONFLICT' = any($34::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_31 ORDER BY anon_31.revision, anon_31.record_id 
 LIMIT $3::BIGINT) AS anon_30 UNION ALL SELECT anon_32.revision AS revision, anon_32.place AS place, anon_32.record_id AS record_id, anon_32.record AS record, anon_32.type AS type, anon_32.action AS action 
FROM (SELECT anon_33.revision AS revision, anon_33.place AS place, anon_33.record_id AS record_id, anon_33.record AS record, anon_33.type AS type, anon_33.action AS action 
FROM (SELECT tombstone_8.revision AS revision, 7 AS place, tombstone_8.id AS record_id, 'conflict_' || tombstone_8.id AS record, 'CONFLICT' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_8 
WHERE tombstone_8.kind = 'conflict' AND tombstone_8.revision > $35::BIGINT AND 'CONFLICT' = any($36::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_33 ORDER BY anon_33.revision, anon_33.record_id 
 LIMIT $3::BIGINT) AS anon_32 UNION ALL SELECT anon_34.revision AS revision, anon_34.place AS place, anon_34.record_id AS record_id, anon_34.record AS record, anon_34.type AS type, anon_34.action AS action 
FROM (SELECT anon_35.revision AS revision, anon_35.place AS place, anon_35.record_id AS record_id, anon_35.record AS record, anon_35.type AS type, anon_35.action AS action 
FROM (SELECT succession_history_1.from_revision AS revision, 8 AS place, succession_history_1.id AS record_id, 'succession_' || succession_history_1.id AS record, 'SUCCESSION' AS type, CASE WHEN (EXISTS (SELECT * 
FROM succession_history AS succession_history_2 
WHERE succession_history_2.id = succession_history_1.id AND succession_history_2.until_revision = succession_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM succession_history AS succession_history_1 
WHERE succession_history_1.from_revision > $37::BIGINT AND 'SUCCESSION' = any($38::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_35 ORDER BY anon_35.revision, anon_35.record_id 
 LIMIT $3::BIGINT) AS anon_34 UNION ALL SELECT anon_36.revision AS revision, anon_36.place AS place, anon_36.record_id AS record_id, anon_36.record AS record, anon_36.type AS type, anon_36.action AS action 
FROM (SELECT anon_37.revision AS revision, anon_37.place AS place, anon_37.record_id AS record_id, anon_37.record AS record, anon_37.type AS type, anon_37.action AS action 
FROM (SELECT tombstone_9.revision AS revision, 8 AS place, tombstone_9.id AS record_id, 'succession_' || tombstone_9.id AS record, 'SUCCESSION' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_9 
WHERE tombstone_9.kind = 'succession' AND tombstone_9.revision > $39::BIGINT AND 'SUCCESSION' = any($40::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_37 ORDER BY anon_37.revision, anon_37.record_id 
 LIMIT $3::BIGINT) AS anon_36 UNION ALL SELECT anon_38.revision AS revision, anon_38.place AS place, anon_38.record_id AS record_id, anon_38.record AS record, anon_38.type AS type, anon_38.action AS action 
FROM (SELECT anon_39.revision AS revision, anon_39.place AS place, anon_39.record_id AS record_id, anon_39.record AS record, anon_39.type AS type, anon_39.action AS action 
FROM (SELECT coverage_history_1.from_revision AS revision, 9 AS place, coverage_history_1.id AS record_id, 'coverage_' || coverage_history_1.id AS record, 'COVERAGE' AS type, CASE WHEN (EXISTS (SELECT * 
FROM coverage_history AS coverage_history_2 
WHERE coverage_history_2.id = coverage_history_1.id AND coverage_history_2.until_revision = coverage_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM coverage_history AS coverage_history_1 
WHERE coverage_history_1.from_revision > $41::BIGINT AND 'COVERAGE' = any($42::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_39 ORDER BY anon_39.revision, anon_39.record_id 
 LIMIT $3::BIGINT) AS anon_38 UNION ALL SELECT anon_40.revision AS revision, anon_40.place AS place, anon_40.record_id AS record_id, anon_40.record AS record, anon_40.type AS type, anon_40.action AS action 
FROM (SELECT anon_41.revision AS revision, anon_41.place AS place, anon_41.record_id AS record_id, anon_41.record AS record, anon_41.type AS type, anon_41.action AS action 
FROM (SELECT tombstone_10.revision AS revision, 9 AS place, tombstone_10.id AS record_id, 'coverage_' || tombstone_10.id AS record, 'COVERAGE' AS type, 'DELETED' AS action 
FROM tombstone AS tombstone_10 
WHERE tombstone_10.kind = 'coverage' AND tombstone_10.revision > $43::BIGINT AND 'COVERAGE' = any($44::TEXT[]) ORDER BY revision, record_id 
 LIMIT 501) AS anon_41 ORDER BY anon_41.revision, anon_41.record_id 
 LIMIT $3::BIGINT) AS anon_40 ORDER BY revision, place, record_id 
 LIMIT 501) AS anon_1 ORDER BY anon_1.revision, anon_1.place, anon_1.record_id 
 LIMIT $3::BIGINT)
 SELECT concat('{"edges":[', string_agg(concat('{"cursor":"', encode(convert_to('changes' || $45::VARCHAR || CAST(value_1 AS TEXT) || $46::VARCHAR || CAST(value_2 AS TEXT) || $47::VARCHAR || CAST(value_3 AS TEXT), 'UTF8'), 'hex'), '","node":{"id":"change_', value_1, '_', value_4, '",', $48::VARCHAR, '"', value_5, '",', $49::VARCHAR, '"', value_6, '",', $50::VARCHAR, '"', value_4, '",', $51::VARCHAR, coalesce(value_7, 'null'), '}}'), ',' ORDER BY value_1, value_2, value_3), '],"pageInfo":{"hasNextPage":', coalesce(CAST((SELECT count(*) AS count_1 
FROM changed_page) > $52::BIGINT AS TEXT), 'null'), ',"endCursor":', coalesce('"' || (SELECT encode(convert_to('changes' || $53::VARCHAR || CAST(anon_42.revision AS TEXT) || $54::VARCHAR || CAST(anon_42.place AS TEXT) || $55::VARCHAR || CAST(anon_42.record_id AS TEXT), 'UTF8'), 'hex') AS encode_1 
FROM (SELECT changed_page.revision AS revision, changed_page.place AS place, changed_page.record_id AS record_id, changed_page.record AS record, changed_page.type AS type, changed_page.action AS action 
FROM changed_page 
 LIMIT $52::BIGINT) AS anon_42 ORDER BY anon_42.revision DESC, anon_42.place DESC, anon_42.record_id DESC 
 LIMIT $56::INTEGER) || '"', 'null'), '}}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_43 
FROM (SELECT anon_44.revision AS value_1, anon_44.place AS value_2, anon_44.record_id AS value_3, anon_44.record AS value_4, anon_44.action AS value_5, anon_44.type AS value_6, coalesce((SELECT concat('{}') AS concat_2 
FROM actor_history AS actor_history_3 
WHERE actor_history_3.id = anon_44.record_id AND anon_44.type = 'ACTOR' AND actor_history_3.from_revision <= anon_44.revision AND actor_history_3.until_revision > anon_44.revision), (SELECT concat('{"kind":"', support_history_5.kind, '","supporter":', CASE WHEN (actor_history_4.id IS NOT NULL) THEN concat('{"name":', coalesce(to_json(actor_history_4.name), 'null'), '}') ELSE 'null' END, '}') AS concat_3 
FROM support_history AS support_history_5 LEFT OUTER JOIN actor_history AS actor_history_4 ON actor_history_4.id = support_history_5.supporter_id AND actor_history_4.from_revision <= anon_44.revision AND actor_history_4.until_revision > anon_44.revision 
WHERE support_history_5.id = anon_44.record_id AND anon_44.type = 'SUPPORT' AND support_history_5.from_revision <= anon_44.revision AND support_history_5.until_revision > anon_44.revision), (SELECT concat('{}') AS concat_4 
FROM evidence_history AS evidence_history_3 
WHERE evidence_history_3.id = anon_44.record_id AND anon_44.type = 'EVIDENCE' AND evidence_history_3.from_revision <= anon_44.revision AND evidence_history_3.until_revision > anon_44.revision), (SELECT concat('{}') AS concat_5 
FROM statement_history AS statement_history_3 
WHERE statement_history_3.id = anon_44.record_id AND anon_44.type = 'STATEMENT' AND statement_history_3.from_revision <= anon_44.revision AND statement_history_3.until_revision > anon_44.revision), (SELECT concat('{}') AS concat_6 
FROM source_history AS source_history_3 
WHERE source_history_3.id = anon_44.record_id AND anon_44.type = 'SOURCE' AND source_history_3.from_revision <= anon_44.revision AND source_history_3.until_revision > anon_44.revision), (SELECT concat('{}') AS concat_7 
FROM dataset_history AS dataset_history_3 
WHERE dataset_history_3.id = anon_44.record_id AND anon_44.type = 'DATASET' AND dataset_history_3.from_revision <= anon_44.revision AND dataset_history_3.until_revision > anon_44.revision), (SELECT concat('{}') AS concat_8 
FROM membership_history AS membership_history_3 
WHERE membership_history_3.id = anon_44.record_id AND anon_44.type = 'MEMBERSHIP' AND membership_history_3.from_revision <= anon_44.revision AND membership_history_3.until_revision > anon_44.revision), (SELECT concat('{}') AS concat_9 
FROM conflict_history AS conflict_history_3 
WHERE conflict_history_3.id = anon_44.record_id AND anon_44.type = 'CONFLICT' AND conflict_history_3.from_revision <= anon_44.revision AND conflict_history_3.until_revision > anon_44.revision), (SELECT concat('{}') AS concat_10 
FROM succession_history AS succession_history_3 
WHERE succession_history_3.id = anon_44.record_id AND anon_44.type = 'SUCCESSION' AND succession_history_3.from_revision <= anon_44.revision AND succession_history_3.until_revision > anon_44.revision), (SELECT concat('{}') AS concat_11 
FROM coverage_history AS coverage_history_3 
WHERE coverage_history_3.id = anon_44.record_id AND anon_44.type = 'COVERAGE' AND coverage_history_3.from_revision <= anon_44.revision AND coverage_history_3.until_revision > anon_44.revision)) AS value_7 
FROM (SELECT changed_page.revision AS revision, changed_page.place AS place, changed_page.record_id AS record_id, changed_page.record AS record, changed_page.type AS type, changed_page.action AS action 
FROM changed_page 
 LIMIT $52::BIGINT) AS anon_44) AS layer
-- [null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, "\u001f", "\u001f", "\u001f", "\"action\":", "\"type\":", "\"recordId\":", "\"record\":", null, "\u001f", "\u001f", "\u001f", 1]
