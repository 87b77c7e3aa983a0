import { randomUUID } from 'node:crypto'
import type { Client } from '#lib/actor.ts'
import { secondsLater } from '#lib/time.ts'
import type { Happening } from './ordinary-user.ts'

const SPRAYER = '198.51.100.77'
const GUESSERS = ['192.0.2.14', '192.0.2.98', '203.0.113.200']
const SCRIPT = 'python-requests/2.32.3'
const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'

/** One password tried on everybody from one address, and on some who never had an account: nobody had that password. */
export function spraying(start: Date, userIds: string[]): Happening[] {
  const strangers = ['admin', 'info', 'root', 'sales'].map((name) => ({ email: `${name}@example.com` }))
  const targets = [...userIds.map((userId) => ({ userId })), ...strangers]
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

/** One account guessed at from three addresses until a password fits. @returns also where the thief signed in from */
export function guessing(start: Date, userId: string, sessionId: string) {
  const failures = Array.from({ length: 15 }, (_, index): Happening => {
    const address = GUESSERS[index % GUESSERS.length] ?? SPRAYER
    const client = clientAt(address, SCRIPT)
    return {
      at: secondsLater(start, index * 97),
      event: { type: 'login_failed', client, userId, failureReason: 'wrong_password' },
    }
  })
  const client = clientAt(GUESSERS[0] ?? SPRAYER, BROWSER)
  const success: Happening = {
    at: secondsLater(start, failures.length * 97),
    event: { type: 'login', client, userId, sessionId },
  }
  return { happenings: [...failures, success], success: { at: success.at, client } }
}

function clientAt(ipAddress: string, userAgent: string): Client {
  return { ipAddress, network: ipAddress, userAgent, requestId: randomUUID() }
}
