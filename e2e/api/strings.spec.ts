import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { isVisible } from '#lib/visible-text.ts'
import { type Account, call, expectInvalid, signUp } from '../support/api.ts'

/** The big list of naughty strings (lib/testing/vectors/README.md). */
const NAUGHTY: string[] = JSON.parse(
  readFileSync(new URL('../../lib/testing/vectors/strings/blns.json', import.meta.url), 'utf8'),
)

const AT_ONCE = 8

/** Calls `check` for each text, for a few of them at a time. */
async function forEachText(texts: string[], check: (text: string) => Promise<void>): Promise<void> {
  for (let start = 0; start < texts.length; start += AT_ONCE) {
    await Promise.all(texts.slice(start, start + AT_ONCE).map(check))
  }
}

type Answered = { data: { id: string; title: string; description: string | null } }

/** Whether the API stores a text: it returns the text unchanged but trimmed. Otherwise expects a 400. */
async function canStore({ token }: Account, text: string): Promise<boolean> {
  const made = await call<Answered>('/api/me/tasks', { token, json: { title: text, description: text } })
  if (made.status !== 201) {
    expect(made.status, text).toBe(400)
    return false
  }
  const read = await call<Answered>(`/api/me/tasks/${made.body.data.id}`, { token })
  expect(read.body.data).toMatchObject({ title: text.trim(), description: text.trim() })
  return true
}

test('a naughty string in a task is returned trimmed and unchanged, or gets 400', async () => {
  const account = await signUp()
  const refused: string[] = []
  await forEachText(NAUGHTY, async (text) => {
    if (!(await canStore(account, text))) refused.push(text)
  })
  // Only strings without a visible character, and one that is too long for a title.
  expect(refused.filter((text) => isVisible(text) && text.length <= 500)).toEqual([])

  const page = await call('/tasks', { cookie: `taskward.access=${account.token}` })
  expect(page.status).toBe(200)
  expect(page.text).not.toContain('<script>alert')
  expect(page.text).not.toContain('<img src=x onerror')
})

test('a naughty string as email and password gets 400 or 401', async () => {
  await forEachText(NAUGHTY, async (text) => {
    const answer = await call('/api/auth/login', { json: { email: text, password: text || 'x' } })
    expect([400, 401], text).toContain(answer.status)
    if (answer.status === 400 && text) expectInvalid(answer, 'email')
  })
})

test('a naughty string in the path gets 404', async () => {
  const { token } = await signUp()
  const segments = NAUGHTY.filter((text) => text !== '' && text !== '.' && text.isWellFormed())
  await forEachText(segments, async (text) => {
    const { status } = await call(`/api/me/tasks/${encodeURIComponent(text)}`, { token })
    expect(status, text).toBe(404)
  })
})
