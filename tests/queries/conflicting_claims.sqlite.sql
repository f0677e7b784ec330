SELECT json_object('nodes', json_group_array(json_object('assessment', json(value_1), 'evidence', json(value_2), 'returned', json(value_3)))) AS json_object_1 
FROM (SELECT (SELECT json_object('asserting', count(*) FILTER (WHERE evidence_1.stance = ?), 'denying', count(*) FILTER (WHERE evidence_1.stance = ?), 'questioning', count(*) FILTER (WHERE evidence_1.stance = ?), 'sources', count(DISTINCT statement_1.source_id), 'contested', json(CASE count(*) FILTER (WHERE evidence_1.stance = ?) > ? AND (count(*) FILTER (WHERE evidence_1.stance = ?)) + (count(*) FILTER (WHERE evidence_1.stance = ?)) > ? WHEN 1 THEN 'true' WHEN 0 THEN 'false' END), 'bestCredibility', min(statement_1.credibility) FILTER (WHERE evidence_1.stance = ?), 'low', (SELECT coalesce(evidence_2.quantity_low, evidence_2.quantity_value) AS coalesce_1 
FROM evidence AS evidence_2 
WHERE evidence_2.support_id = support_1.id AND evidence_2.stance = ? AND coalesce(evidence_2.quantity_low, evidence_2.quantity_value) IS NOT NULL AND evidence_2.quantity_unit IS support_1.quantity_unit AND evidence_2.quantity_currency IS support_1.quantity_currency ORDER BY CASE WHEN (evidence_2.quantity_low IS NOT NULL) THEN evidence_2.quantity_low_magnitude ELSE evidence_2.quantity_value_magnitude END
 LIMIT ? OFFSET ?), 'high', (SELECT coalesce(evidence_3.quantity_high, evidence_3.quantity_value) AS coalesce_2 
FROM evidence AS evidence_3 
WHERE evidence_3.support_id = support_1.id AND evidence_3.stance = ? AND coalesce(evidence_3.quantity_high, evidence_3.quantity_value) IS NOT NULL AND evidence_3.quantity_unit IS support_1.quantity_unit AND evidence_3.quantity_currency IS support_1.quantity_currency ORDER BY CASE WHEN (evidence_3.quantity_high IS NOT NULL) THEN evidence_3.quantity_high_magnitude ELSE evidence_3.quantity_value_magnitude END DESC
 LIMIT ? OFFSET ?)) AS json_object_2 
FROM evidence AS evidence_1 JOIN statement AS statement_1 ON statement_1.id = evidence_1.statement_id 
WHERE evidence_1.support_id = support_1.id) AS value_1, (SELECT json_object('nodes', json_group_array(json_object('quantity', CASE WHEN (evidence_4.quantity_value IS NULL AND evidence_4.quantity_low IS NULL AND evidence_4.quantity_high IS NULL AND evidence_4.quantity_unit IS NULL AND evidence_4.quantity_currency IS NULL AND evidence_4.quantity_estimated IS NULL) THEN NULL ELSE json_object('value', evidence_4.quantity_value, 'unit', evidence_4.quantity_unit) END, 'note', evidence_4.note, 'statement', json_object('speaker', json_object('slug', actor_1.slug))))) AS json_object_3 
FROM (SELECT evidence_5.id AS id 
FROM evidence AS evidence_5 
WHERE evidence_5.support_id = support_1.id ORDER BY evidence_5.id
 LIMIT ? OFFSET ?) AS page LEFT OUTER JOIN evidence AS evidence_4 ON evidence_4.id = page.id LEFT OUTER JOIN statement AS statement_2 ON statement_2.id = evidence_4.statement_id LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = statement_2.speaker_id) AS value_2, (SELECT json_object('nodes', json_group_array(json_object('kind', support_2.kind, 'phase', support_2.phase))) AS json_object_4 
FROM (SELECT support_3.id AS id 
FROM support AS support_3 
WHERE support_3.in_return_for_id = support_1.id ORDER BY support_3.id
 LIMIT ? OFFSET ?) AS page LEFT OUTER JOIN support AS support_2 ON support_2.id = page.id) AS value_3 
FROM (SELECT support_4.id AS id 
FROM support AS support_4 
WHERE support_4.kind = ? ORDER BY support_4.id
 LIMIT ? OFFSET ?) AS page LEFT OUTER JOIN support AS support_1 ON support_1.id = page.id) AS layer
-- ["ASSERTS", "DENIES", "QUESTIONS", "ASSERTS", 0, "DENIES", "QUESTIONS", 0, "ASSERTS", "ASSERTS", 1, 0, "ASSERTS", 1, 0, null, 0, null, 0, null, null, 0]
