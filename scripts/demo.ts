// npm run demo: fills an empty instance with a month of invented people, tasks, log-ins, and two attacks.

import { db } from '#lib/db/client.ts'
import { closeDatabase, openDatabase } from '#lib/db/open-database.ts'
import { fill } from './demo/fill.ts'
import { DEMO_PASSWORD, OPERATOR, PEOPLE, VICTIM } from './demo/accounts.ts'
import { dropBlankVariables } from './setup/environment.ts'
import { fail } from './setup/fail.ts'
import { root } from './setup/root.ts'
import { setUp } from './setup/setup.ts'

process.chdir(root)
dropBlankVariables()
const variables = await setUp('production')
if (!variables.ok) fail(variables.error)
const { DATABASE_URL, APP_URL = 'http://localhost' } = variables.value
if (DATABASE_URL || new URL(APP_URL).hostname !== 'localhost') {
  fail('The demo has a public password: it fills the embedded database of an instance on localhost only.')
}
// What the watch finds in the past is no news for anybody.
Object.assign(process.env, variables.value, { LOG_LEVEL: 'silent', ALERT_WEBHOOK_URL: '' })

await openDatabase(async () => {}, end).catch(end)
const isEmpty = (await db().user.count()) === 0
if (isEmpty) {
  console.log(`Inventing ${PEOPLE.size} people and a month of theirs …`)
  await fill(new Date()).catch(end)
}
await closeDatabase()
if (!isEmpty) fail('There are accounts already: the demo fills an empty instance only. Nothing was done.')
console.log(`Done. Start Taskward with npm start, and log in with the password "${DEMO_PASSWORD}":
  ${VICTIM}    whose account somebody else got into: look at Activity and Devices
  ${OPERATOR}  who runs the instance: look at Admin
Taskward listens on all interfaces: whoever reaches this machine's port can log in like that, too.`)

function end(error: unknown): never {
  fail(error instanceof Error ? error.message : String(error))
}
