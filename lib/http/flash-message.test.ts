import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { cookieNames } from '#lib/gate/cookie-names.ts'
import { clearFlashMessage, hasFlashMessage, setFlashMessage } from './flash-message.ts'

const jar = new Map<string, { value: string; options: object }>()
// Next.js encodes what it sets, and the note is read as it comes.
const set = (name: string, value: string, options: object) =>
  jar.set(name, { value: encodeURIComponent(value), options })

vi.mock('next/headers', () => ({
  cookies: async () => ({ set }),
  headers: async () =>
    new Headers({ cookie: [...jar].map(([name, { value }]) => `${name}=${value}`).join('; ') }),
}))

const session = { sessionId: randomUUID() }

beforeEach(() => jar.clear())

test('reports what an action of the same session has done, and nothing else', async () => {
  await setFlashMessage(`disable.${session.sessionId}`, session)
  expect(await hasFlashMessage(`disable.${session.sessionId}`, session)).toBe(true)
  expect(await hasFlashMessage('disable', session)).toBe(false)
  expect(await hasFlashMessage(`disable.${session.sessionId}`, { sessionId: randomUUID() })).toBe(false)
})

test('reports nothing without a message, or from one without a session', async () => {
  expect(await hasFlashMessage('unblock', session)).toBe(false)
  for (const value of ['unblock', 'unblock.', `unblock.${randomUUID()}`]) {
    set(cookieNames().flash, value, {})
    expect(await hasFlashMessage('unblock', session), value).toBe(false)
  }
})

test('keeps a message from scripts, for a minute', async () => {
  await setFlashMessage('unblock', session)
  expect(jar.get(cookieNames().flash)?.options).toMatchObject({ httpOnly: true, sameSite: 'lax', maxAge: 60 })
})

test('takes a message back in the browser', async () => {
  await setFlashMessage('unblock', session)
  await clearFlashMessage()
  expect(await hasFlashMessage('unblock', session)).toBe(false)
  expect(jar.get(cookieNames().flash)?.options).toMatchObject({ httpOnly: true, path: '/', maxAge: 0 })
})
