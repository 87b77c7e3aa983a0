import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createOperator } from '#lib/testing/factories.ts'
import { handleFinding } from './handle-finding.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const NOT_FOUND = { ok: false, error: { code: 'FINDING_NOT_FOUND' } }

beforeEach(emptyTables)

async function put(): Promise<string> {
  const seen = { firstSeenAt: NOW, lastSeenAt: NOW }
  const data = {
    pattern: 'signup_burst',
    subject: 'instance',
    confidence: 'low',
    count: 30,
    details: {},
    ...seen,
  }
  return (await db().finding.create({ data })).id
}

test('closes the finding and records who closed which', async () => {
  const id = await put()
  const operator = await createOperator()
  expect(await handleFinding(operator, id.toUpperCase(), { now: NOW })).toEqual({ ok: true, value: null })
  expect(await db().finding.findUnique({ where: { id } })).toMatchObject({
    handledAt: NOW,
    handledBy: operator.userId,
  })
  expect(await allEvents()).toMatchObject([
    {
      eventType: 'finding_handled',
      success: true,
      details: { finding_id: id, pattern: 'signup_burst', by: operator.userId },
    },
  ])
})

test('records one of several parallel handlers; the command line has no account', async () => {
  const id = await put()
  const answers = await Promise.all([1, 2, 3, 4].map(() => handleFinding(COMMAND_LINE, id, { now: NOW })))
  expect(answers).toEqual(Array(4).fill({ ok: true, value: null }))
  expect(await allEvents()).toMatchObject([{ eventType: 'finding_handled', details: { by: 'command line' } }])
})

test('returns FINDING_NOT_FOUND for unknown and malformed ids and records nothing', async () => {
  expect(await handleFinding(COMMAND_LINE, randomUUID(), { now: NOW })).toEqual(NOT_FOUND)
  expect(await handleFinding(COMMAND_LINE, "' OR 1=1", { now: NOW })).toEqual(NOT_FOUND)
  expect(await allEvents()).toEqual([])
})
