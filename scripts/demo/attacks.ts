import { randomUUID } from 'node:crypto'
import type { Client } from '#lib/actor.ts'
import { secondsLater } from '#lib/time.ts'
import type { TimedEvent } from './ordinary-user.ts'

const SPRAYER = '198.51.100.77'
const GUESSERS = ['192.0.2.14', '192.0.2.98', '203.0.113.200']
const SCRIPT = 'python-requests/2.32.3'
const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'

/** One network tries one password on these accounts and on four unknown emails, 41 seconds apart, and always fails. */
export function spraying(start: Date, userIds: string[]): TimedEvent[] {
  const unknown = ['admin', 'info', 'root', 'sales'].map((name) => ({ email: `${name}@example.com` }))
  const targets = [...userIds.map((userId) => ({ userId })), ...unknown]
  return targets.map((target, index) => ({
    at: secondsLater(start, index * 41),
    event: {
      type: 'login_failed',
      client: clientAt(SPRAYER, SCRIPT),
      failureReason: 'email' in target ? 'unknown_account' : 'wrong_password',
      ...target,
    },
  }))
}

/** The guesses are 97 seconds apart. The 16th succeeds. @returns the events, and the time and client of the attacker's log-in */
export function guessing(start: Date, userId: string, sessionId: string) {
  const failures = Array.from({ length: 15 }, (_, index): TimedEvent => {
    const address = GUESSERS[index % GUESSERS.length] ?? SPRAYER
    const client = clientAt(address, SCRIPT)
    return {
      at: secondsLater(start, index * 97),
      event: { type: 'login_failed', client, userId, failureReason: 'wrong_password' },
    }
  })
  const client = clientAt(GUESSERS[0] ?? SPRAYER, BROWSER)
  const success: TimedEvent = {
    at: secondsLater(start, failures.length * 97),
    event: { type: 'login', client, userId, sessionId },
  }
  return { events: [...failures, success], success: { at: success.at, client } }
}

function clientAt(ipAddress: string, userAgent: string): Client {
  return { ipAddress, network: ipAddress, userAgent, requestId: randomUUID() }
}
