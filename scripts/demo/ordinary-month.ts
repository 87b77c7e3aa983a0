import { randomUUID } from 'node:crypto'
import { DAY_MS, MINUTE_MS } from '../../lib/time.ts'
import { ordinaryUser, type TimedEvent } from './ordinary-user.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

const DAYS = 30
const GUESSES_PER_DAY = 4

/** Mistakes, shared addresses, racing tabs. @returns the events until `end`, oldest first, and the sessions active then */
export function ordinaryMonth(userIds: string[], end: Date, seed = 1) {
  const random = seededRandom(seed)
  const midnight = end.getTime() - (end.getTime() % DAY_MS)
  const dayOf = (day: number) => new Date(midnight - (DAYS - day) * DAY_MS)
  const users = userIds.map((userId, number) => {
    const user = ordinaryUser(userId, number, random)
    const firstDay = random.between(0, 3)
    user.signUp(new Date(dayOf(firstDay).getTime() + random.between(6 * 60, 22 * 60) * MINUTE_MS))
    for (let day = firstDay + 1; day <= DAYS; day++) user.spendDay(dayOf(day))
    return user
  })
  const guesses = Array.from({ length: DAYS * GUESSES_PER_DAY }, () => failedGuess(dayOf(0), random))
  const events = [...users.flatMap((user) => user.events), ...guesses]
    .filter(({ at }) => at < end)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
  const sessions = users
    .flatMap((user) => user.sessions())
    .filter(({ startedAt }) => startedAt < end)
    .map((session) => ({ ...session, lastSeenAt: session.lastSeenAt < end ? session.lastSeenAt : end }))
  return { events, sessions }
}

/** The noise of the internet: a stranger tries an email that no account has. */
function failedGuess(start: Date, random: SeededRandom): TimedEvent {
  const ipAddress = `45.${random.between(1, 250)}.${random.between(1, 250)}.${random.between(1, 250)}`
  const client = { ipAddress, network: ipAddress, userAgent: 'curl/8.5.0', requestId: randomUUID() }
  const email = `${random.pick(['admin', 'test', 'info', 'office'])}@example.org`
  return {
    at: new Date(start.getTime() + random.between(0, DAYS * DAY_MS)),
    event: { type: 'login_failed', failureReason: 'unknown_account', client, email },
  }
}
