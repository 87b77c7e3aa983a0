import { randomUUID } from 'node:crypto'
import type { Client } from '#lib/actor.ts'
import type { AuthEventInput } from '#lib/audit/events.ts'
import { MINUTE_MS } from '#lib/time.ts'
import type { Chance } from './seeded-random.ts'

/** What happened, and when. */
export type Happening = { at: Date; event: AuthEventInput }

/** A session as it stands when the story ends. */
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

/** An honest person with a computer and a phone: mistypes, forgets, works at home, in an office, on the way. */
export function ordinaryPerson(userId: string, number: number, chance: Chance) {
  const happenings: Happening[] = []
  const home = `100.${64 + (number >> 8)}.${number & 255}.${chance.between(2, 250)}`
  const isInOffice = chance.happens(0.4)
  const desk: Device = { userAgent: chance.pick(DESKS), isPhone: false, session: null }
  const phone: Device = { userAgent: chance.pick(PHONES), isPhone: true, session: null }

  function tell(at: Date, client: Client, event: Omit<AuthEventInput, 'client'>): void {
    happenings.push({ at, event: { userId, ...event, client: { ...client, requestId: randomUUID() } } })
  }

  function start(device: Device, at: Date, client: Client, type: 'signup' | 'login'): DemoSession {
    const session = { id: randomUUID(), userId, client, startedAt: at, lastSeenAt: at }
    device.session = session
    tell(at, client, { type, sessionId: session.id })
    return session
  }

  /** @returns when it succeeded */
  function logIn(device: Device, at: Date, client: Client): Date {
    const hasForgotten = chance.happens(0.03)
    const slips = hasForgotten ? chance.between(3, 6) : chance.happens(0.15) ? chance.between(1, 2) : 0
    let now = at
    for (let slip = 0; slip < slips; slip++) {
      tell(now, client, { type: 'login_failed', failureReason: 'wrong_password' })
      now = later(now, chance.between(5, 50) / 60)
    }
    start(device, now, client, 'login')
    return now
  }

  /** Some work at one place: a renewal now and then, sometimes of two tabs at once. */
  function visit(device: Device, from: Date, address: string): void {
    const client = clientAt(address, device.userAgent)
    let now = device.session ? from : logIn(device, from, client)
    for (let renewal = chance.between(0, 4); renewal > 0; renewal--) {
      now = later(now, chance.between(10, 25))
      const sessionId = device.session?.id ?? ''
      tell(now, client, { type: 'token_refreshed', sessionId })
      if (chance.happens(0.02)) tell(later(now, 0.01), client, { type: 'refresh_token_raced', sessionId })
    }
    if (device.session) device.session.lastSeenAt = now
    if (!device.isPhone && chance.happens(0.45)) leave(device, later(now, 1), client)
  }

  function leave(device: Device, at: Date, client: Client): void {
    tell(at, client, {
      type: 'logout',
      sessionId: device.session?.id ?? '',
      details: { reason: 'logged_out' },
    })
    device.session = null
  }

  return {
    happenings,
    sessions: () => [desk, phone].flatMap(({ session }) => session ?? []),

    signUp(at: Date): void {
      start(desk, at, clientAt(home, desk.userAgent), 'signup')
    },

    /** One day that begins at midnight UTC. */
    live(midnight: Date): void {
      const isWeekend = [0, 6].includes(midnight.getUTCDay())
      // Offices fill up within half an hour, homes whenever.
      if (isInOffice && !isWeekend) visit(desk, later(midnight, 8 * 60 + chance.between(0, 30)), OFFICE)
      else if (chance.happens(0.6)) visit(desk, later(midnight, chance.between(7 * 60, 14 * 60)), home)
      // Another network within the hour, as phones do.
      const mobile = `172.58.${chance.between(0, 255)}.${chance.between(1, 254)}`
      if (chance.happens(0.5)) visit(phone, later(midnight, chance.between(16 * 60, 17 * 60)), mobile)
      if (chance.happens(0.5)) visit(phone, later(midnight, chance.between(20 * 60, 21 * 60)), home)
    },
  }
}

function clientAt(ipAddress: string, userAgent: string): Client {
  return { ipAddress, network: ipAddress, userAgent, requestId: '' }
}

function later(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * MINUTE_MS)
}
