import { findActiveSessions } from '#lib/auth/session/find-active-sessions.ts'
import { listen } from '#lib/db/listen.ts'
import { noteDatabaseError } from '#lib/db/outage.ts'
import { logFailedJob } from '#lib/log.ts'
import type { Change } from '#lib/tasks/journal/change.ts'
import {
  CHANGES_PER_READ,
  changesAfter,
  findBehind,
  type Position,
} from '#lib/tasks/journal/changes-after.ts'
import { CHANGES_CHANNEL } from '#lib/tasks/journal/save-changes.ts'
import { changeText, gapText, HEARTBEAT } from './event-text.ts'
import { type LiveStream, liveState } from './live-state.ts'

/** How long a stream outlives its session, and how late a change is if its notification was lost. */
const CHECK_MS = 500
/** A database that is restarted is back by then. */
const UNCHECKED_MS = 5_000
const HEARTBEAT_MS = 25_000
/** Positions in the journal that one query reads from. Bounds its rows. */
const POSITIONS_PER_READ = 20

/** Sends a stream its account's changes until it ends. */
export function follow(stream: LiveStream): void {
  const state = liveState()
  state.streams.add(stream)
  wake(stream.userId)
  if (!state.listener) {
    state.listener = new AbortController()
    void listen(CHANGES_CHANNEL, { onNotification: notify, signal: state.listener.signal })
  }
  if (!state.isFollowing) {
    state.isFollowing = true
    void followAll()
  }
}

/** Reads the account's changes immediately, not at the next check. */
export function wake(userId: string): void {
  const { notified, alarm } = liveState()
  notified.add(userId)
  alarm.ring()
}

function notify(userId: string | null): void {
  for (const stream of liveState().streams) {
    if (userId === null || stream.userId === userId) wake(stream.userId)
  }
}

/** One loop for all streams of the process, so that its queries do not grow with their number. */
async function followAll(): Promise<void> {
  const state = liveState()
  let checkedAt = performance.now()
  let nextCheck = checkedAt + CHECK_MS
  while (state.streams.size > 0) {
    await state.alarm.sleep(Math.max(0, nextCheck - performance.now()))
    const startedAt = performance.now()
    const isCheck = startedAt >= nextCheck
    if (isCheck) nextCheck = startedAt + CHECK_MS
    const due = [...state.streams].filter(({ userId }) => isCheck || state.notified.has(userId))
    state.notified.clear()
    try {
      await deliver(due, new Date())
      if (isCheck) checkedAt = startedAt
    } catch (error) {
      if (!noteDatabaseError(error)) logFailedJob(error, 'streams')
    }
    const isUnchecked = performance.now() - checkedAt > UNCHECKED_MS
    for (const stream of due) {
      if (isUnchecked) stream.end()
      else if (performance.now() - stream.sentAt > HEARTBEAT_MS && stream.hasRoom()) stream.send(HEARTBEAT)
    }
  }
  state.isFollowing = false
}

/** Only a session that was active a moment ago gets changes. */
async function deliver(streams: LiveStream[], now: Date): Promise<void> {
  if (streams.length === 0) return
  const active = await findActiveSessions([...new Set(streams.map(({ sessionId }) => sessionId))], now)
  const waiting = new Map<string, Group>()
  for (const stream of streams) {
    // What a client does not read waits in the journal, not in memory.
    stream.isBehind = !stream.hasRoom()
    if (!active.has(stream.sessionId)) stream.end()
    else if (!stream.isBehind) {
      const position = `${stream.userId} ${stream.seq}`
      waiting.set(position, [...(waiting.get(position) ?? []), stream])
    }
  }
  const groups = await withChanges([...waiting.values()])
  for (let at = 0; at < groups.length; at += POSITIONS_PER_READ) {
    await sendNext(groups.slice(at, at + POSITIONS_PER_READ))
  }
}

/** Streams of one account that have read up to the same change. */
type Group = LiveStream[]

/** Most of many streams have nothing to read, which one query finds. */
async function withChanges(groups: Group[]): Promise<Group[]> {
  if (groups.length <= POSITIONS_PER_READ) return groups
  const behind = new Set(await findBehind(toPositions(groups)))
  return groups.filter((_, index) => behind.has(index))
}

async function sendNext(groups: Group[]): Promise<void> {
  const found = await changesAfter(toPositions(groups))
  for (const [index, streams] of groups.entries()) {
    const changes = found[index] ?? []
    for (const stream of streams) sendAll(stream, changes)
    const [first] = streams
    if (first && changes.length === CHANGES_PER_READ) wake(first.userId)
  }
}

function toPositions(groups: Group[]): Position[] {
  return groups.flatMap(([first]) => (first ? [{ userId: first.userId, seq: first.seq }] : []))
}

function sendAll(stream: LiveStream, changes: Change[]): void {
  for (const change of changes) {
    stream.isBehind = !stream.hasRoom()
    if (stream.isBehind) return
    if (change.seq !== stream.seq + 1) stream.send(gapText(change.seq - 1))
    stream.send(changeText(change))
    stream.seq = change.seq
  }
}
