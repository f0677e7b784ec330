// The cursor of AllyGraph's default order, built here again: the peers are to do that work too.

import { createHash } from 'node:crypto'

const SEPARATOR = '\x1f'
const SIGNATURE = createHash('sha256').update('Support|id ASC').digest('hex').slice(0, 8)

// Where the edge of this support lies.
export function cursorOf(support) {
  return Buffer.from(SIGNATURE + SEPARATOR + support).toString('hex')
}
