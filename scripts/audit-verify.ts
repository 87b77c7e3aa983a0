// npm run audit:verify [-- --head <hex>]: exits with 0 for a sound audit trail, 1 for a changed one, 2 if it cannot verify.

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
import { connectDirectly, dropBlankVariables, readEnvironment } from './setup/environment.ts'

const HEAD = '--head <the 64 hexadecimal digits of a logged head>'
const USAGE = import.meta.filename.endsWith('.js')
  ? `Usage: node audit-verify.js [${HEAD}]`
  : `Usage: npm run audit:verify [-- ${HEAD}]`

process.exitCode = await verify().catch((error) => cannot(reasonOf(error)))

async function verify(): Promise<number> {
  const head = headArgument()
  if (head === null) return cannot(USAGE)
  dropBlankVariables()
  Object.assign(process.env, readEnvironment('production', process.cwd()))
  connectDirectly()
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

/** Null for a malformed head, undefined without one. */
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

/** A query's error quotes the query first, and ends with the reason. */
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
