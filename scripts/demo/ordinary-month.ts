import { randomUUID } from 'node:crypto'
import { DAY_MS, MINUTE_MS } from '../../lib/time.ts'
import { type Chance, chanceFrom } from './seeded-random.ts'
import { type Happening, ordinaryPerson } from './ordinary-user.ts'

const DAYS = 30
const KNOCKS_PER_DAY = 4

/**
 * A month in which nothing bad happens: people sign up, mistype and forget passwords, work at home, in an office
 * behind one address and on the way, their tabs race, and strangers knock now and then.
 * @returns what happened until `end`, oldest first, and the sessions that live then
 */
export function ordinaryMonth(userIds: string[], end: Date, seed = 1) {
  const chance = chanceFrom(seed)
  const midnight = end.getTime() - (end.getTime() % DAY_MS)
  const dayOf = (day: number) => new Date(midnight - (DAYS - day) * DAY_MS)
  const people = userIds.map((userId, number) => {
    const person = ordinaryPerson(userId, number, chance)
    const firstDay = chance.between(0, 3)
    person.signUp(new Date(dayOf(firstDay).getTime() + chance.between(6 * 60, 22 * 60) * MINUTE_MS))
    for (let day = firstDay + 1; day <= DAYS; day++) person.live(dayOf(day))
    return person
  })
  const knocks = Array.from({ length: DAYS * KNOCKS_PER_DAY }, () => knock(dayOf(0), chance))
  const happenings = [...people.flatMap((person) => person.happenings), ...knocks]
    .filter(({ at }) => at < end)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
  const sessions = people
    .flatMap((person) => person.sessions())
    .filter(({ startedAt }) => startedAt < end)
    .map((session) => ({ ...session, lastSeenAt: session.lastSeenAt < end ? session.lastSeenAt : end }))
  return { happenings, sessions }
}

/** The internet's noise: a stranger tries an address that nobody has. */
function knock(start: Date, chance: Chance): Happening {
  const ipAddress = `45.${chance.between(1, 250)}.${chance.between(1, 250)}.${chance.between(1, 250)}`
  const client = { ipAddress, network: ipAddress, userAgent: 'curl/8.5.0', requestId: randomUUID() }
  const email = `${chance.pick(['admin', 'test', 'info', 'office'])}@example.org`
  return {
    at: new Date(start.getTime() + chance.between(0, DAYS * DAY_MS)),
    event: { type: 'login_failed', failureReason: 'unknown_account', client, email },
  }
}
