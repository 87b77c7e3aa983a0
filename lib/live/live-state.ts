import { createAlarm } from '#lib/alarm.ts'
import { gauge } from '#lib/metrics.ts'

/** An open stream of one account's changes. */
export type LiveStream = {
  userId: string
  sessionId: string
  /** Of the last change that was sent. */
  seq: number
  /** There may be changes that its client has no room for yet. */
  isBehind: boolean
  /** By `performance.now()`. */
  sentAt: number
  /** False while the client does not read. */
  hasRoom: () => boolean
  send: (text: string) => void
  end: () => void
}

type LiveState = {
  streams: Set<LiveStream>
  /** Accounts with changes that were not read yet. */
  notified: Set<string>
  /** Rings for these. */
  alarm: ReturnType<typeof createAlarm>
  isFollowing: boolean
  /** Ends the listening; null before the first stream. */
  listener: AbortController | null
  isClosing: boolean
}

// Each bundle has its own copy of this module. The streams belong to the process.
const KEY = Symbol.for('taskward.live')
const holder = globalThis as typeof globalThis & { [KEY]?: LiveState }

export function liveState(): LiveState {
  holder[KEY] ??= {
    streams: new Set(),
    notified: new Set(),
    alarm: createAlarm(),
    isFollowing: false,
    listener: null,
    isClosing: false,
  }
  return holder[KEY]
}

/** Ends all streams of a process that stops, so that their clients reconnect to another one. */
export function closeStreams(): void {
  const state = liveState()
  state.isClosing = true
  state.listener?.abort()
  for (const stream of state.streams) stream.end()
}

export function reportStreams(): void {
  gauge('taskward_change_streams', () => liveState().streams.size)
}
