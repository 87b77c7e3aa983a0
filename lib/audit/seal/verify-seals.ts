import { db, type Tx } from '#lib/db/client.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { DAY_MS } from '#lib/time.ts'
import { currentEra } from './era.ts'
import { LEAST_ID, type Position } from './position.ts'
import type { Problem } from './problem.ts'
import { eventCursor, type StoredEvent } from './read-events.ts'
import { endOf, readSeals, type StoredSeal } from './read-seals.ts'
import { missingAt, readRotations, recordingSecrets } from './rotations.ts'
import { newestSecret, sealSecrets } from './seal-secrets.ts'
import { verifyBatch } from './verify-batch.ts'
import { verifyEvent } from './verify-event.ts'
import { sealChanged, verifySeal } from './verify-seal.ts'

const PAGE_SEALS = 50
const PAGE_EVENTS = 5000
/** Before all events, also those that were written by hand. */
const BEGINNING: Position = { era: -(2 ** 31), xid: '0', id: LEAST_ID }

/** The result for a sound trail. `head` is that of the last seal, in hexadecimal; null before the first one. */
export type TrailReport = {
  seals: number
  events: number
  pruned: { seals: number; events: number }
  /** Events that only their own MAC protects so far, and the time of the first one. */
  unsealed: { events: number; since: Date | null }
  head: string | null
  isBeforeRotation?: true
}

/**
 * Reads one snapshot of the database. The chain must contain `head` (hexadecimal), if given.
 * @returns a report of the sound trail, or the first problem in the order of the chain
 */
export function verifySeals(options: { head?: string; now: Date }): Promise<Result<TrailReport, Problem>> {
  return db().$transaction(
    async (tx) => {
      await tx.$executeRaw`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`
      // It idles while another connection searches for the original of a copied MAC.
      await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = 0`
      return verifyChain(tx, { now: options.now, wantedHead: options.head?.toLowerCase() })
    },
    { timeout: DAY_MS },
  )
}

async function verifyChain(
  tx: Tx,
  { now, wantedHead }: { now: Date; wantedHead: string | undefined },
): Promise<Result<TrailReport, Problem>> {
  const cursor = eventCursor(tx, BEGINNING)
  const sound: TrailReport = {
    seals: 0,
    events: 0,
    pruned: { seals: 0, events: 0 },
    unsealed: { events: 0, since: null },
    head: null,
  }
  const rotations = await readRotations(tx)
  let last: StoredSeal | null = null
  let secret: string | null = null
  let isHeadFound = wantedHead === undefined
  let isOld = (_: StoredEvent) => true
  for await (const seal of allSeals(tx)) {
    const link = verifySeal(seal, { previous: last, rotations })
    if (!link.ok) return link
    if (!mayFollow(seal, { last: last && { secret }, secret: link.value })) return err(sealChanged(seal))
    secret = link.value
    const events = await cursor.take(endOf(seal), seal.entries ? seal.eventCount + 1 : 1)
    const others = recordingSecrets(seal.sealedAt, rotations).filter((one) => one !== secret)
    // A seal without a known secret is pruned, so it has nothing to compare.
    const secrets = { secret: secret ?? '', recording: [secret ?? '', ...others] }
    const batch = await verifyBatch(tx, seal.entries ?? new Uint8Array(), { events, ...secrets, isOld })
    if (!batch.ok) {
      const missingSecret = missingAt(seal.sealedAt, rotations)
      return missingSecret ? err({ code: 'seal_changed', seal: seal.number, missingSecret }) : batch
    }
    if (!last) isOld = fromTransaction(seal)
    sound.seals++
    sound.head = Buffer.from(seal.head).toString('hex')
    isHeadFound ||= sound.head === wantedHead
    if (seal.entries) {
      sound.events += seal.eventCount
    } else {
      sound.pruned.seals++
      sound.pruned.events += seal.eventCount
    }
    last = seal
  }
  if (!isHeadFound) return err({ code: 'head_not_found', lastSeal: sound.seals })
  const tail = await verifyTail(tx, cursor, { secrets: recordingSecrets(now, rotations), isOld })
  if (!tail.ok) return tail
  const isBeforeRotation = last !== null && secret !== newestSecret()
  return ok({ ...sound, unsealed: tail.value, ...(isBeforeRotation && { isBeforeRotation }) })
}

/** A new secret must be newer (null: older than the ring), and its seal must record how far retention had come. */
function mayFollow(
  seal: StoredSeal,
  { last, secret }: { last: { secret: string | null } | null; secret: string | null },
): boolean {
  const isRotation = last !== null && last.secret !== secret
  if (isRotation !== (seal.prunedThrough !== null)) return false
  const ring = sealSecrets()
  return (
    !isRotation ||
    last.secret === null ||
    (secret !== null && ring.indexOf(secret) < ring.indexOf(last.secret))
  )
}

/** Events from before the migration that added MACs have the id of its transaction. They may fill several seals. */
function fromTransaction(first: StoredSeal): (event: StoredEvent) => boolean {
  return (event) => first.toId !== LEAST_ID && event.era === first.era && event.xid === first.toXid
}

async function* allSeals(tx: Tx): AsyncGenerator<StoredSeal> {
  let seals = await readSeals(tx, BEGINNING.era - 1, PAGE_SEALS)
  while (seals.length > 0) {
    yield* seals
    seals = await readSeals(tx, seals.at(-1)?.number ?? 0, PAGE_SEALS)
  }
}

async function verifyTail(
  tx: Tx,
  cursor: ReturnType<typeof eventCursor>,
  { secrets, isOld }: { secrets: string[]; isOld: (event: StoredEvent) => boolean },
): Promise<Result<TrailReport['unsealed'], Problem>> {
  const era = await currentEra(tx)
  const unsealed: TrailReport['unsealed'] = { events: 0, since: null }
  let events = await cursor.take(null, PAGE_EVENTS)
  while (events.length > 0) {
    for (const event of events) {
      const own = await verifyEvent(event, { secrets, isOld: isOld(event) })
      if (!own.ok) return own
      if (event.isDuplicate) return err({ code: 'inserted', eventId: event.id })
      if (event.era > era) return err({ code: 'changed', eventId: event.id })
      unsealed.since ??= event.createdAt
    }
    unsealed.events += events.length
    events = await cursor.take(null, PAGE_EVENTS)
  }
  return ok(unsealed)
}
