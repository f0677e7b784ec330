// PostGraphile 4 as a library, with the options that its documentation recommends for production.
// `node server.js DATABASE_URL PORT`.

import { createServer } from 'node:http'

import simplifyInflector from '@graphile-contrib/pg-simplify-inflector'
import pg from 'pg'
import { postgraphile } from 'postgraphile'

const [database, port] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: database, max: Number(process.env.BENCH_CONNECTIONS) })

const handler = postgraphile(pool, 'public', {
  appendPlugins: [simplifyInflector],
  dynamicJson: true,
  setofFunctionsContainNulls: false,
  ignoreRBAC: false,
  legacyRelations: 'omit',
  graphiql: false,
  watchPg: false,
  disableQueryLog: true,
})
createServer(handler).listen(Number(port), '127.0.0.1')
