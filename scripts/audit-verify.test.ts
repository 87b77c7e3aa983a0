import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { newestSecret, secretId } from '#lib/audit/seal/seal-secrets.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allSeals, recordEvents, sealAll, tamper } from '#lib/testing/seal-world.ts'
import { root } from './setup/root.ts'

let ids: string[]

beforeEach(async () => {
  await emptyTables()
  ids = await recordEvents(3)
  await sealAll()
})

/** The command as `npm run audit:verify` runs it, on this test's database. */
function auditVerify(args: string[] = [], env: Record<string, string> = {}) {
  return new Promise<{ code: number; output: string }>((resolve) => {
    const options = { env: { ...process.env, ...env } }
    execFile(
      process.execPath,
      [join(root, 'scripts/audit-verify.ts'), ...args],
      options,
      (error, out, complaints) => {
        resolve({ code: error ? Number(error.code) : 0, output: out + complaints })
      },
    )
  })
}

async function head(): Promise<string> {
  return Buffer.from((await allSeals())[0]!.head).toString('hex')
}

test('prints counts and head of a sound trail, and exits with 0', async () => {
  await recordEvents(2)
  const { code, output } = await auditVerify(['--head', await head()])
  expect(code).toBe(0)
  expect(output).toMatch(
    /^The audit trail is sound\.\n {2}Unchanged: 3 events in 1 seal\.\n {2}Not sealed yet: 2 events, /,
  )
  expect(output).toContain(`Head: ${await head()} (seal 1).`)
})

test('prints the id of a changed event, and exits with 1', async () => {
  await tamper(`UPDATE auth_events SET ip_address = '192.0.2.7' WHERE id = '${ids[1]}'`)
  expect(await auditVerify()).toEqual({
    code: 1,
    output: `The audit trail was TAMPERED WITH: event ${ids[1]} was changed.\n`,
  })
})

test.each([
  ['an unreadable head', ['--head', 'abc'], {}, /^Usage: /],
  ['an unknown option', ['--tail'], {}, /^Usage: /],
  [
    'no database',
    [],
    { DATABASE_URL: 'postgresql://unknown:secret@127.0.0.1:1/none' },
    /the database is unavailable \(\w+\)/,
  ],
  ['a weak secret', [], { AUDIT_SEAL_SECRET: 'x' }, /AUDIT_SEAL_SECRET/],
])('exits with 2 and reports neither a sound nor a changed trail: %s', async (_, args, env, reason) => {
  const { code, output } = await auditVerify(args, env)
  expect(code).toBe(2)
  expect(output).toMatch(reason)
  expect(output).not.toMatch(/sound|TAMPERED|unknown:secret/)
})

test('names an old secret that is missing, and verifies once it is back', async () => {
  const newest = randomBytes(32).toString('base64url')
  const { code, output } = await auditVerify([], { AUDIT_SEAL_SECRET: newest })
  expect(code).toBe(1)
  expect(output).toContain('AUDIT_SEAL_SECRET is not the one')
  expect(output).toContain(`it lacks the secret ${secretId(newestSecret())}`)
  const ring = await auditVerify([], { AUDIT_SEAL_SECRET: `${newest},${newestSecret()}` })
  expect([ring.code, ring.output]).toEqual([0, expect.stringContaining('has sealed nothing yet')])
})
