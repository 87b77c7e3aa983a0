import { expect } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { changePassword } from '#lib/auth/change-password.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { logOut, logOutBrowser } from '#lib/auth/log-out.ts'
import { refresh } from '#lib/auth/refresh.ts'
import { endSession } from '#lib/auth/session/end-session.ts'
import type { SessionTokens } from '#lib/auth/session/tokens.ts'
import { db } from '#lib/db/client.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { createSession, createUser, makeClient, makeSignIn, PASSWORD, type TestUser } from './factories.ts'

/** A signed-in client with all its tokens, oldest first. A thief may have copied the used ones. */
export type Device = {
  transport: 'cookie' | 'bearer'
  sessionId: string
  sessionEnd: Date
  tokens: Known[]
  ended: string | null
}
/** `used`: when the token was exchanged, and for which one. */
export type Known = { secret: string; end: Date; used: { at: number; successor: Known } | null }

export type Action =
  | { do: 'refresh'; device: number; age: number }
  | { do: 'log in'; transport: 'cookie' | 'bearer' }
  | { do: 'log out' | 'log out elsewhere' | 'change password'; device: number }
  | { do: 'disable' }

/** One account, its devices, signed in or not, and the simulated time. */
export type SessionModel = { user: TestUser; password: string; devices: Device[]; now: number }

export async function createSessionModel(): Promise<SessionModel> {
  const user = await createUser()
  const first = await createSession(user, { transport: 'cookie' })
  return { user, password: PASSWORD, devices: [toDevice(first, 'cookie')], now: Date.now() }
}

function toDevice(
  { session, refresh: first }: Omit<SessionTokens, 'access'>,
  transport: Device['transport'],
): Device {
  const token = { secret: first.token, end: first.expiresAt, used: null }
  return { transport, sessionId: session.id, sessionEnd: session.expiresAt, tokens: [token], ended: null }
}

const at = <T>(list: T[], position: number): T => list[position % list.length]!

/** Performs an action, and checks its answer as far as parallel actions cannot change it. */
export async function act(model: SessionModel, action: Action): Promise<void> {
  const { user, devices, password } = model
  const now = new Date(model.now)
  const client = makeClient()
  switch (action.do) {
    case 'refresh': {
      const { device, token } = pick(model, action)
      await present(device, token, now)
      return
    }
    case 'log in': {
      const signIn = makeSignIn({ client, transport: action.transport, now })
      const started = await logIn({ email: user.email, password }, signIn)
      if (started.ok) devices.push(toDevice(started.value, action.transport))
      return
    }
    case 'log out': {
      const { sessionId, transport, tokens } = at(devices.toReversed(), action.device)
      if (transport === 'bearer') await logOut(sessionId, { client, now })
      else
        await logOutBrowser(
          { accessTokens: [], refreshTokens: [tokens[0]!.secret] },
          { client, account: null, now },
        )
      return expectEnded([sessionId])
    }
    case 'log out elsewhere': {
      const { sessionId } = at(devices.toReversed(), action.device)
      await endSession(actorOn(model, at(devices, 0).sessionId), { sessionId, now })
      return expectEnded([sessionId])
    }
    case 'change password': {
      const before = devices.map(({ sessionId }) => sessionId)
      const { sessionId, transport } = at(devices.toReversed(), action.device)
      const newPassword = `${PASSWORD} ${before.length}`
      const signIn = makeSignIn({ client, transport, now })
      const changed = await changePassword(actorOn(model, sessionId), {
        currentPassword: password,
        newPassword,
        signIn,
      })
      if (!changed.ok) return
      model.password = newPassword
      devices.push(toDevice(changed.value, transport))
      return expectEnded(before)
    }
    case 'disable': {
      await disableAccount(COMMAND_LINE, user.id, { now })
      return expectEnded(devices.map(({ sessionId }) => sessionId))
    }
  }
}

function actorOn({ user }: SessionModel, sessionId: string): Actor {
  return { userId: user.id, sessionId, role: 'user', client: makeClient() }
}

/** Presents a token. A second time it gets the same successor or a refusal, and no session is prolonged. */
export async function present(device: Device, token: Known, now: Date) {
  const presentation = { client: makeClient(), transport: device.transport, now, databaseNow: now }
  const answer = await refresh(token.secret, presentation)
  if (!answer.ok) {
    expect(answer.error.code).toBe('INVALID_REFRESH_TOKEN')
    return answer
  }
  const { token: secret, expiresAt: end } = answer.value.refresh
  expect(answer.value.session).toMatchObject({ id: device.sessionId, expiresAt: device.sessionEnd })
  expect(end <= device.sessionEnd && answer.value.access.expiresAt <= device.sessionEnd).toBe(true)
  if (token.used) {
    expect(device.transport).toBe('cookie')
    expect({ secret, end }).toEqual({ secret: token.used.successor.secret, end: token.used.successor.end })
  } else {
    token.used = { at: now.getTime(), successor: { secret, end, used: null } }
    device.tokens.push(token.used.successor)
  }
  return answer
}

/** 0 is the newest device and the newest token. */
export function pick({ devices }: SessionModel, { device, age }: { device: number; age: number }) {
  const picked = at(devices.toReversed(), device)
  return { device: picked, token: at(picked.tokens.toReversed(), age) }
}

/** Whether the session of a device has ended, or one of its tokens has expired. */
export function isOver(model: SessionModel, device: Device, token?: Known): boolean {
  const isExpired = Math.min(+device.sessionEnd, +(token?.end ?? Infinity)) <= model.now
  return device.ended !== null || isExpired
}

async function expectEnded(ids: string[]): Promise<void> {
  expect(await db().session.count({ where: { id: { in: ids }, revokedAt: null } })).toBe(0)
}
