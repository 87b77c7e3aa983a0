import { randomUUID } from 'node:crypto'
import type { Client } from '#lib/actor.ts'
import type { NewEvent, TypedOutcome } from '#lib/audit/new-event.ts'
import { MINUTE_MS } from '#lib/time.ts'
import type { SeededRandom } from './seeded-random.ts'

export type TimedEvent = { at: Date; event: NewEvent }

export type DemoSession = { id: string; userId: string; client: Client; startedAt: Date; lastSeenAt: Date }

type Device = { userAgent: string; isPhone: boolean; session: DemoSession | null }

const OFFICE = '203.0.113.50'
const DESKS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
] as const
const PHONES = [
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
] as const

/** An honest user with a computer and a phone. `number` is the place among all users, and decides the home address. */
export function ordinaryUser(userId: string, number: number, random: SeededRandom) {
  const events: TimedEvent[] = []
  const home = `100.${64 + (number >> 8)}.${number & 255}.${random.between(2, 250)}`
  const isInOffice = random.chance(0.4)
  const desk: Device = { userAgent: random.pick(DESKS), isPhone: false, session: null }
  const phone: Device = { userAgent: random.pick(PHONES), isPhone: true, session: null }

  function record(at: Date, client: Client, event: TypedOutcome & { sessionId?: string }): void {
    events.push({ at, event: { userId, ...event, client: { ...client, requestId: randomUUID() } } })
  }

  function start(
    device: Device,
    at: Date,
    client: Client,
    event: { type: 'signup' } | { type: 'login' },
  ): DemoSession {
    const session = { id: randomUUID(), userId, client, startedAt: at, lastSeenAt: at }
    device.session = session
    record(at, client, { ...event, sessionId: session.id })
    return session
  }

  /** @returns the time at which it succeeded, after some wrong passwords */
  function logIn(device: Device, at: Date, client: Client): Date {
    const hasForgotten = random.chance(0.03)
    const slips = hasForgotten ? random.between(3, 6) : random.chance(0.15) ? random.between(1, 2) : 0
    let now = at
    for (let slip = 0; slip < slips; slip++) {
      record(now, client, { type: 'login_failed', failureReason: 'wrong_password' })
      now = later(now, random.between(5, 50) / 60)
    }
    start(device, now, client, { type: 'login' })
    return now
  }

  /** Some renewals at one place, sometimes raced by a second tab. */
  function visit(device: Device, from: Date, address: string): void {
    const client = clientAt(address, device.userAgent)
    let now = device.session ? from : logIn(device, from, client)
    for (let renewal = random.between(0, 4); renewal > 0; renewal--) {
      now = later(now, random.between(10, 25))
      const sessionId = device.session?.id ?? ''
      record(now, client, { type: 'token_refreshed', sessionId })
      if (random.chance(0.02)) record(later(now, 0.01), client, { type: 'refresh_token_raced', sessionId })
    }
    if (device.session) device.session.lastSeenAt = now
    if (!device.isPhone && random.chance(0.45)) leave(device, later(now, 1), client)
  }

  function leave(device: Device, at: Date, client: Client): void {
    record(at, client, {
      type: 'logout',
      sessionId: device.session?.id ?? '',
      details: { reason: 'logged_out' },
    })
    device.session = null
  }

  return {
    events,
    sessions: () => [desk, phone].flatMap(({ session }) => session ?? []),

    signUp(at: Date): void {
      start(desk, at, clientAt(home, desk.userAgent), { type: 'signup' })
    },

    spendDay(midnight: Date): void {
      const isWeekend = [0, 6].includes(midnight.getUTCDay())
      // In an office everyone starts within half an hour, at home at any time.
      if (isInOffice && !isWeekend) visit(desk, later(midnight, 8 * 60 + random.between(0, 30)), OFFICE)
      else if (random.chance(0.6)) visit(desk, later(midnight, random.between(7 * 60, 14 * 60)), home)
      // A phone changes its network within the hour.
      const mobile = `172.58.${random.between(0, 255)}.${random.between(1, 254)}`
      if (random.chance(0.5)) visit(phone, later(midnight, random.between(16 * 60, 17 * 60)), mobile)
      if (random.chance(0.5)) visit(phone, later(midnight, random.between(20 * 60, 21 * 60)), home)
    },
  }
}

function clientAt(ipAddress: string, userAgent: string): Client {
  return { ipAddress, network: ipAddress, userAgent, requestId: '' }
}

function later(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * MINUTE_MS)
}
