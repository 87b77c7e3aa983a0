// npm run admin -- <command> <email>: account actions for a person with shell access. Each run records events.

import { causeOf, isDatabaseUnavailable } from '#lib/db/availability.ts'
import { describeConnectionProblem } from '#lib/db/describe-connection-problem.ts'
import { closeDatabase, openDatabase } from '#lib/db/open-database.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { err, type Result } from '#lib/result.ts'
import { ADMIN_COMMANDS, type AdminCommandFailure, runAdminCommand } from './setup/admin-commands.ts'
import { connectDirectly, dropBlankVariables, requireEnvironment } from './setup/environment.ts'
import { fail } from './setup/fail.ts'

const [command = '', subject, ...rest] = process.argv.slice(2)
if (!ADMIN_COMMANDS.includes(command) || subject === undefined || rest.length > 0) {
  // A standalone folder has neither npm nor this file.
  const call = import.meta.filename.endsWith('.js') ? 'node admin.js' : 'npm run admin --'
  fail(`Use: ${call} ${ADMIN_COMMANDS.join('|')} <email> (unblock: <address>).`)
}

// npm runs this in the project's folder, and the tests in one of their own.
dropBlankVariables()
Object.assign(process.env, requireEnvironment('production', process.cwd()), { LOG_LEVEL: 'silent' })
connectDirectly()

const outcome = await run(command, subject).catch((error) =>
  err({ code: 'UNEXPECTED', text: explain(error) }),
)
await closeDatabase()
if (!outcome.ok) fail(outcome.error.text)
console.log(outcome.value)

async function run(name: string, about: string): Promise<Result<string, AdminCommandFailure>> {
  await openDatabase(
    async () => {},
    (error) => fail(explain(error)),
  )
  return runAdminCommand(COMMAND_LINE, name, about)
}

function explain(error: unknown): string {
  if (isDatabaseUnavailable(error))
    return `The database is unavailable (${causeOf(error)}): nothing was done.`
  return describeConnectionProblem(error) ?? (error instanceof Error ? error.message : String(error))
}
