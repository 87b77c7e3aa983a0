import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { type Account, call, expectInvalid, signUp } from '../support/api.ts'

/** The big list of naughty strings, each of which has broken some program (lib/testing/vectors/README.md). */
const NAUGHTY: string[] = JSON.parse(
  readFileSync(new URL('../../lib/testing/vectors/strings/blns.json', import.meta.url), 'utf8'),
)

type Answered = { data: { id: string; title: string; description: string | null } }

/** Whether a text was taken: it comes back exactly, then and later; else a 400 has named the fields. */
async function isTaken({ token }: Account, text: string): Promise<boolean> {
  const made = await call<Answered>('/api/me/tasks', { token, json: { title: text, description: text } })
  if (made.status !== 201) {
    expect(made.status, text).toBe(400)
    return false
  }
  const read = await call<Answered>(`/api/me/tasks/${made.body.data.id}`, { token })
  expect(read.body.data).toMatchObject({ title: text.trim(), description: text.trim() })
  return true
}

test('every naughty string comes back as it was, trimmed, or is a 400', async () => {
  const account = await signUp()
  const refused: string[] = []
  for (const text of NAUGHTY) {
    if (!(await isTaken(account, text))) refused.push(text)
  }
  // Those that are empty, and one that is longer than a title may be.
  expect(refused.filter((text) => text.trim() !== '' && text.length <= 500)).toEqual([])

  const page = await call('/tasks', { cookie: `taskward.access=${account.token}` })
  expect(page.status).toBe(200)
  expect(page.text).not.toContain('<script>alert')
  expect(page.text).not.toContain('<img src=x onerror')
})

test('a naughty string is no e-mail, password or name that breaks anything', async () => {
  for (const text of NAUGHTY) {
    const answer = await call('/api/auth/login', { json: { email: text, password: text || 'x' } })
    expect([400, 401], text).toContain(answer.status)
    if (answer.status === 400 && text) expectInvalid(answer, 'email')
  }
})

test('a naughty string in the path is a plain 404, and never a redirect or an error', async () => {
  const { token } = await signUp()
  for (const text of NAUGHTY.filter((text) => text !== '' && text !== '.' && text.isWellFormed())) {
    const { status } = await call(`/api/me/tasks/${encodeURIComponent(text)}`, { token })
    expect(status, text).toBe(404)
  }
})
