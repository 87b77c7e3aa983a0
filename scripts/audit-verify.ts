// npm run audit:verify [-- --head <hex>]: says whether anybody has tampered with the audit trail.
// Exit code 0: sound; 1: tampered with; 2: it could not be verified.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { verifySeals } from '#lib/audit/seal/verify-seals.ts'
import { causeOf, isDatabaseUnavailable } from '#lib/db/availability.ts'
import { closeDb } from '#lib/db/client.ts'
import { describeConnectionProblem } from '#lib/db/describe-connection-problem.ts'
import { startEmbedded, stopEmbeddedIfUnused } from '#lib/db/embedded/embedded.ts'
import { databaseState } from '#lib/db/state.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { describeProblem, describeTrailReport } from './setup/audit-report.ts'
import { dropBlankVariables, readEnvironment } from './setup/environment.ts'

const HEAD = '--head <the 64 hexadecimal digits of a logged head>'
/** A standalone folder has neither npm nor this file. */
const USAGE = import.meta.filename.endsWith('.js')
  ? `Usage: node audit-verify.js [${HEAD}]`
  : `Usage: npm run audit:verify [-- ${HEAD}]`

process.exitCode = await verify().catch((error) => cannot(reasonOf(error)))

async function verify(): Promise<number> {
  const head = headArgument()
  if (head === null) return cannot(USAGE)
  dropBlankVariables()
  Object.assign(process.env, readEnvironment('production', process.cwd()))
  const isEmbedded = nodeEnv().databaseUrl === null
  if (isEmbedded && !existsSync(join(process.cwd(), '.data', 'postgres')))
    return cannot('There is no database yet.')
  try {
    if (isEmbedded) databaseState().embeddedUrl = await startEmbedded()
    const result = await verifySeals({ ...(head !== undefined && { head }), now: new Date() })
    console.log(result.ok ? describeTrailReport(result.value, head) : describeProblem(result.error))
    return result.ok ? 0 : 1
  } finally {
    await closeDb()
    if (isEmbedded) await stopEmbeddedIfUnused()
  }
}

/** Undefined without one, null for one that is none. */
function headArgument(): string | undefined | null {
  try {
    const { head } = parseArgs({ options: { head: { type: 'string' } } }).values
    return head === undefined || /^[0-9a-f]{64}$/i.test(head) ? head : null
  } catch {
    return null
  }
}

function cannot(reason: string): number {
  console.error(reason)
  return 2
}

/** A query's error quotes the query before it says what is wrong. */
function reasonOf(error: unknown): string {
  if (isDatabaseUnavailable(error))
    return `The audit trail cannot be verified: the database is unavailable (${causeOf(error)}).`
  const problem = describeConnectionProblem(error)
  if (problem) return `The audit trail cannot be verified: ${problem}`
  const message = error instanceof Error ? error.message : String(error)
  if (/relation "audit_seals" does not exist/.test(message)) {
    return 'The audit trail cannot be verified: the database is older than this version. Start Taskward once.'
  }
  return `The audit trail cannot be verified: ${message.trim().split('\n').at(-1)}`
}
