// Mercurius as its documentation says it is fast: JIT from the first question on, loaders that
// batch, one pool of connections, statements kept prepared. `node server.js DATABASE_URL PORT`.
//
// Terms are passed through as texts where AllyGraph checks them: less to do for this side.

import Fastify from 'fastify'
import mercurius from 'mercurius'
import pg from 'pg'

import { cursorOf } from './cursor.js'

const [database, port] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: database, max: Number(process.env.BENCH_CONNECTIONS) })

const schema = `
  scalar SupportKind
  input SupportKindFilter { eq: SupportKind }
  input SupportFilter { kind: SupportKindFilter }
  input ActorBy { slug: String }

  type Actor { id: ID! slug: String! name: String! kind: String! description: String }
  type Statement { text: String! saidOn: String speaker: Actor! }
  type Evidence { stance: String! statement: Statement! }
  type EvidenceConnection { nodes: [Evidence!]! }
  type Support {
    id: ID! kind: SupportKind! phase: String! summary: String place: String
    startedOn: String endedOn: String
    supporter: Actor! recipient: Actor!
    evidence(first: Int = 20): EvidenceConnection!
  }
  type SupportEdge { cursor: String! node: Support! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type SupportConnection { edges: [SupportEdge!]! pageInfo: PageInfo! }

  type Query {
    supports(where: SupportFilter, first: Int = 20): SupportConnection!
    actor(by: ActorBy!): Actor
  }
`

// A statement with a name is prepared once on each connection.
async function read(name, text, ...values) {
  return (await pool.query({ name, text, values })).rows
}

const resolvers = {
  Query: {
    async supports(_, { where, first }) {
      const rows = await read(
        'supports',
        `SELECT id AS key, 'support_' || id AS id, kind, phase, summary, place,
           started_on AS "startedOn", ended_on AS "endedOn",
           supporter_id AS "supporterKey", recipient_id AS "recipientKey"
         FROM support WHERE kind = $1 ORDER BY support.id LIMIT $2`,
        where.kind.eq,
        first + 1,
      )
      const edges = rows.slice(0, first).map((node) => ({ cursor: cursorOf(node.key), node }))
      const endCursor = edges.at(-1)?.cursor ?? null
      return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor } }
    },

    async actor(_, { by }) {
      const [row] = await read(
        'actor by slug',
        `SELECT 'actor_' || id AS id, slug, name, kind, description FROM actor WHERE slug = $1`,
        by.slug,
      )
      return row ?? null
    },
  },
}

async function actors(keys) {
  const rows = await read(
    'actors',
    `SELECT id AS key, 'actor_' || id AS id, slug, name, kind, description
     FROM actor WHERE id = ANY ($1::bigint[])`,
    [...new Set(keys)],
  )
  const found = new Map(rows.map((row) => [row.key, row]))
  return keys.map((key) => found.get(key))
}

async function statements(keys) {
  const rows = await read(
    'statements',
    `SELECT id AS key, text, said_on AS "saidOn", speaker_id AS "speakerKey"
     FROM statement WHERE id = ANY ($1::bigint[])`,
    [...new Set(keys)],
  )
  const found = new Map(rows.map((row) => [row.key, row]))
  return keys.map((key) => found.get(key))
}

// The first few of each support, by one statement: its own list would be cut off by no LIMIT.
async function evidence(supports, first) {
  const rows = await read(
    'evidence',
    `SELECT e.* FROM unnest($1::bigint[]) AS asked (key) CROSS JOIN LATERAL (
       SELECT support_id AS "supportKey", stance, statement_id AS "statementKey"
       FROM evidence WHERE support_id = asked.key ORDER BY id LIMIT $2
     ) e`,
    supports,
    first,
  )
  const found = new Map(supports.map((key) => [key, { nodes: [] }]))
  for (const row of rows) found.get(row.supportKey).nodes.push(row)
  return supports.map((key) => found.get(key))
}

const loaders = {
  Support: {
    supporter: (queries) => actors(queries.map(({ obj }) => obj.supporterKey)),
    recipient: (queries) => actors(queries.map(({ obj }) => obj.recipientKey)),
    // One document asks for one number of them.
    evidence: (queries) =>
      evidence(queries.map(({ obj }) => obj.key), queries[0].params.first),
  },
  Evidence: {
    statement: (queries) => statements(queries.map(({ obj }) => obj.statementKey)),
  },
  Statement: {
    speaker: (queries) => actors(queries.map(({ obj }) => obj.speakerKey)),
  },
}

const app = Fastify()
app.register(mercurius, { schema, resolvers, loaders, jit: 1, graphiql: false })
await app.listen({ port: Number(port), host: '127.0.0.1' })
