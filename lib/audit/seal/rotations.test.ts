import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventMac } from '#lib/audit/seal/event-mac.ts'
import { db } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allSeals, recordEvents, sealAll, settle, tamper } from '#lib/testing/seal-world.ts'
import { secondsLater } from '#lib/time.ts'
import { pruneEvents } from './prune-events.ts'
import { findEvent } from './read-events.ts'
import { readSeals } from './read-seals.ts'
import { sealEvents } from './seal-events.ts'
import { prunedMac, sealHead } from './seal-head.ts'
import { secretId } from './seal-secrets.ts'
import { verifySeals } from './verify-seals.ts'

const DAY = 24 * 60 * 60
const { auditSealSecrets: configured } = nodeEnv()
const secret = () => randomBytes(32).toString('base64url')
const [old, middle, newest] = [secret(), secret(), secret()]
const NOW = new Date()
const later = (days: number) => secondsLater(NOW, days * DAY)

/** What a server with this ring does, or what is verified with it. */
async function withRing<T>(ring: string[], work: () => Promise<T>): Promise<T> {
  Object.assign(nodeEnv(), { auditSealSecrets: ring })
  return work()
}
const verify = (ring: string[], now = NOW) => withRing(ring, () => verifySeals({ now }))
const verdict = async (ring: string[], now = NOW) => {
  const result = await verify(ring, now)
  return result.ok ? 'sound' : result.error
}
const recordAndSeal = (ring: string[], now = NOW) =>
  withRing(ring, async () => {
    const ids = await recordEvents(2)
    await sealAll(now)
    return ids
  })

beforeEach(emptyTables)
afterEach(() => Object.assign(nodeEnv(), { auditSealSecrets: configured }))

/** Writes an event as an attacker with a secret and the database could. */
async function forge(by: string, from: string): Promise<string> {
  const id = '00000000-0000-7000-8000-000000000001'
  await db().$executeRawUnsafe(
    `INSERT INTO auth_events (id, event_type, success, created_at, network)
     SELECT '${id}', 'login', true, created_at, 'forged' FROM auth_events WHERE id = '${from}'`,
  )
  const event = await findEvent(db(), id)
  await tamper(`UPDATE auth_events SET mac = '\\x${eventMac(event!, by).toString('hex')}' WHERE id = '${id}'`)
  return id
}

test('a trail stays sound over rotations of the secret', async () => {
  await recordAndSeal([old])
  await recordAndSeal([middle, old])
  await recordAndSeal([newest, middle, old])
  expect(await verify([newest, middle, old])).toMatchObject({ ok: true, value: { seals: 3, events: 6 } })
  expect((await allSeals()).map(({ keyId, prunedThrough }) => [keyId, prunedThrough])).toEqual([
    [secretId(old), null],
    [secretId(middle), 0],
    [secretId(newest), 0],
  ])
})

test('a new secret makes the next seal, even without events', async () => {
  await recordAndSeal([old])
  expect(await verify([newest, old])).toMatchObject({ ok: true, value: { isBeforeRotation: true } })
  expect(await withRing([newest, old], () => sealEvents(NOW))).toBe(0)
  expect(await allSeals()).toHaveLength(2)
  expect((await verify([newest, old])).ok).toBe(true)
  expect(await withRing([newest, old], () => sealEvents(NOW))).toBe(0)
  expect(await allSeals()).toHaveLength(2)
})

test('events that the old secret recorded shortly before or after the rotation stay sound', async () => {
  await recordAndSeal([old])
  await withRing([old], () => recordEvents(3))
  await recordAndSeal([newest, old])
  await withRing([old, newest], () => recordEvents(1))
  await withRing([newest, old], () => sealAll(later(0.9)))
  expect(await verdict([newest, old])).toBe('sound')
})

test('with servers on both rings, only the newer secret seals after its first seal', async () => {
  await recordAndSeal([old, newest])
  await recordAndSeal([newest, old])
  await withRing([old, newest], async () => {
    await recordEvents(1)
    await settle()
    expect(await sealEvents(NOW)).toBe(0)
    expect(await pruneEvents(later(500))).toBe(0)
  })
  await recordAndSeal([newest, old])
  expect(await verdict([newest, old])).toBe('sound')
})

test('a ring that was rotated back seals nothing, and throws once events have waited', async () => {
  await recordAndSeal([old])
  await recordAndSeal([newest, old])
  await withRing([old, newest], async () => {
    await recordEvents(1)
    await settle()
    await expect(sealEvents(later(0.1))).rejects.toThrow(/another secret has followed/)
  })
  expect(await allSeals()).toHaveLength(2)
})

test.each([
  ['sealed within a day of the rotation', 0.9, 'sound'],
  ['sealed later', 1.1, 'changed'],
])('an event written with the old secret after the rotation, %s', async (_, days, expected) => {
  await recordAndSeal([old])
  const [from] = await recordAndSeal([newest, old])
  const id = await forge(old, from!)
  await withRing([newest, old], () => sealAll(later(days)))
  const found = await verdict([newest, old], later(days))
  expect(found).toEqual(expected === 'sound' ? 'sound' : { code: expected, eventId: id })
})

test('reports an unsealed event written with the old secret after the rotation', async () => {
  await recordAndSeal([old])
  const [from] = await recordAndSeal([newest, old])
  const eventId = await forge(old, from!)
  expect(await verdict([newest, old], later(0.9))).toBe('sound')
  expect(await verdict([newest, old], later(1.1))).toEqual({ code: 'changed', eventId })
})

/** Computes the head of a stored seal again, with another secret. */
async function resign(number: number, by: string): Promise<void> {
  const seals = await readSeals(db(), number - 2, 2)
  const [seal, previous] = [seals.at(-1)!, seals.at(-2)]
  const head = sealHead(seal, previous?.head ?? Buffer.alloc(32), by).toString('hex')
  await tamper(`UPDATE audit_seals SET head = '\\x${head}' WHERE number = ${number}`)
}

test('reports seals that the old secret made or changed after the rotation', async () => {
  for (const ring of [[old], [old], [newest, old], [newest, old]]) await recordAndSeal(ring)
  await tamper('UPDATE audit_seals SET total_count = 9 WHERE number = 4')
  await resign(4, old)
  expect(await verdict([newest, old])).toEqual({ code: 'seal_changed', seal: 4 })
  await tamper('UPDATE audit_seals SET pruned_through = 0 WHERE number = 4')
  await resign(4, old)
  expect(await verdict([newest, old])).toEqual({ code: 'seal_changed', seal: 4 })
  await tamper('UPDATE audit_seals SET pruned_through = NULL, total_count = 8 WHERE number = 4')
  await resign(4, newest)
  expect(await verdict([newest, old])).toBe('sound')
  await tamper('UPDATE audit_seals SET total_count = 9 WHERE number = 2')
  await resign(2, old)
  expect(await verdict([newest, old])).toEqual({ code: 'seal_changed', seal: 3 })
})

test('reports a rotation without its mark and a mark without a rotation', async () => {
  for (const ring of [[old], [newest, old], [newest, old]]) await recordAndSeal(ring)
  for (const [edit, seal] of [
    ['pruned_through = NULL WHERE number = 2', 2],
    ['pruned_through = 0 WHERE number = 3', 3],
  ] as const) {
    await tamper(`UPDATE audit_seals SET ${edit}`)
    expect(await verdict([newest, old])).toEqual({ code: 'seal_changed', seal })
    await resign(seal, newest)
    expect(await verdict([newest, old])).toEqual({ code: 'seal_changed', seal })
    await tamper(`UPDATE audit_seals SET pruned_through = ${seal === 2 ? 0 : 'NULL'} WHERE number = ${seal}`)
    await resign(seal, newest)
  }
})

/** Drops the events of a seal as retention would, with a proof by a secret. */
async function prune(number: number, by: string, at: Date): Promise<void> {
  const [seal] = await readSeals(db(), number - 1, 1)
  const proof = prunedMac(seal!, at, by).toString('hex')
  const entries = Buffer.from(seal!.entries!).toString('hex')
  for (const [, id] of entries.matchAll(/(.{32}).{32}/g)) {
    await tamper(`DELETE FROM auth_events WHERE replace(id::text, '-', '') = '${id}'`)
  }
  await tamper(
    `UPDATE audit_seals SET entries = NULL, pruned_mac = '\\x${proof}', pruned_at = '${at.toISOString()}' WHERE number = ${number}`,
  )
}

test('rejects a proof of pruning by the old secret after the rotation, and accepts earlier ones', async () => {
  for (const ring of [[old], [old]]) await recordAndSeal(ring)
  await withRing([old], () => prune(1, old, NOW))
  await recordAndSeal([newest, old])
  expect(await verdict([newest, old])).toBe('sound')
  await prune(2, old, secondsLater(NOW, -DAY))
  expect(await verdict([newest, old])).toEqual({ code: 'pruned_without_right', seal: 2 })
  await tamper(
    `UPDATE audit_seals SET pruned_mac = '\\x${prunedMac((await readSeals(db(), 1, 1))[0]!, NOW, newest).toString('hex')}', pruned_at = '${NOW.toISOString()}' WHERE number = 2`,
  )
  expect(await verdict([newest, old])).toBe('sound')
})

test('names a missing secret that events need, and needs it no longer once they are pruned', async () => {
  for (const ring of [[old], [old], [newest, old]]) await recordAndSeal(ring)
  await recordAndSeal([newest, old], later(2))
  const missingSecret = secretId(old)
  expect(await verdict([newest])).toEqual({ code: 'seal_changed', seal: 1, missingSecret })
  await withRing([newest, old], () => prune(1, newest, NOW))
  expect(await verdict([newest])).toEqual({ code: 'seal_changed', seal: 2, missingSecret })
  await withRing([newest, old], () => prune(2, newest, NOW))
  expect(await verdict([newest], later(2))).toBe('sound')
  expect(await verdict([newest, old], later(2))).toBe('sound')
  const strange = secret()
  expect(await verdict([strange])).toMatchObject({ code: 'seal_changed', seal: 1 })
})

test('names a missing secret of events that the rotation sealed', async () => {
  await recordAndSeal([old])
  await withRing([old], () => recordEvents(1))
  await recordAndSeal([newest, old])
  await withRing([newest, old], () => prune(1, newest, NOW))
  expect(await verdict([newest])).toEqual({ code: 'seal_changed', seal: 2, missingSecret: secretId(old) })
})

test('continues a chain of seals without a secret id', async () => {
  await recordAndSeal([old])
  await tamper('UPDATE audit_seals SET key_id = NULL')
  await recordAndSeal([newest, old])
  await withRing([old, newest], async () => {
    await recordEvents(1)
    await settle()
    expect(await sealEvents(NOW)).toBe(0)
  })
  expect(await verdict([newest, old])).toBe('sound')
})
