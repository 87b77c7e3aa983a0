// npm run demo: fills an empty instance with a month of invented users, their tasks and log-ins, and two attacks.

import { db } from '#lib/db/client.ts'
import { closeDatabase, openDatabase } from '#lib/db/open-database.ts'
import { ACCOUNTS, ADMINISTRATOR, DEMO_PASSWORD, VICTIM } from './demo/accounts.ts'
import { fill } from './demo/fill.ts'
import { dropBlankVariables } from './setup/environment.ts'
import { fail } from './setup/fail.ts'
import { root } from './setup/root.ts'
import { setUp } from './setup/setup.ts'

process.chdir(root)
dropBlankVariables()
const variables = await setUp('production')
if (!variables.ok) fail(variables.error.text)
const { DATABASE_URL, APP_URL = 'http://localhost' } = variables.value
if (DATABASE_URL || new URL(APP_URL).hostname !== 'localhost') {
  fail('The demo’s password is public, so it fills only the embedded database of an instance on localhost.')
}
// Findings about invented attacks need no alert.
Object.assign(process.env, variables.value, { LOG_LEVEL: 'silent', ALERT_WEBHOOK_URL: '' })

await openDatabase(async () => {}, end).catch(end)
const isEmpty = (await db().user.count()) === 0
if (isEmpty) {
  console.log(`Creating ${ACCOUNTS.size} accounts with a month of data …`)
  await fill(new Date()).catch(end)
}
await closeDatabase()
if (!isEmpty) fail('This instance has accounts. The demo fills only an empty one, so nothing was changed.')
console.log(`Done. Run npm start, then log in with the password "${DEMO_PASSWORD}":
  ${VICTIM}    an attacker has guessed this password: see Activity and Devices
  ${ADMINISTRATOR}  the administrator: see Administration
Taskward listens on all interfaces, so everyone who reaches this machine's port can log in with it.`)

function end(error: unknown): never {
  fail(error instanceof Error ? error.message : String(error))
}
