import { changeBody } from '#lib/http/change-body.ts'
import type { Change } from '#lib/tasks/journal/change.ts'

// The format of server-sent events (HTML, 9.2.6). JSON contains no line ends.

const RETRY_MS = 1_000

/** A comment, which keeps proxies and clients from giving the connection up. */
export const HEARTBEAT = ':\n\n'

/** Sets the id from which the client resumes, even if no change comes. Random, so that not all return simultaneously. */
export function startText(seq: number): string {
  return `retry: ${RETRY_MS + Math.floor(Math.random() * RETRY_MS)}\nid: ${seq}\n\n`
}

export function changeText(change: Change): string {
  return `id: ${change.seq}\nevent: change\ndata: ${JSON.stringify(changeBody(change))}\n\n`
}

/** Changes up to `seq` are missing, so the client has to read all tasks. */
export function gapText(seq: number): string {
  return `id: ${seq}\nevent: gap\ndata: ${JSON.stringify({ next_since: seq })}\n\n`
}
