// npm run db:url: the connection string of the database in use, alone on standard output.

import { runningEmbeddedUrl } from '#lib/db/embedded/embedded.ts'
import { dropBlankVariables, requireEnvironment } from './setup/environment.ts'
import { fail } from './setup/fail.ts'
import { root } from './setup/root.ts'

process.chdir(root)
dropBlankVariables()
const { DATABASE_URL, DATABASE_DIRECT_URL } = requireEnvironment('production')
const url = DATABASE_DIRECT_URL ?? DATABASE_URL ?? runningEmbeddedUrl()
if (!url) fail('The embedded PostgreSQL is not running: start it with npm start (or npm run dev).')
console.log(url)
