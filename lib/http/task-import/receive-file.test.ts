import { beforeEach, expect, test, vi } from 'vitest'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser } from '#lib/testing/factories.ts'
import { accessCookie, makeRequest, ourOrigin } from '#lib/testing/requests.ts'
import { receiveFile } from './receive-file.ts'

let sent = new Headers()
const messages: string[] = []
vi.mock('next/headers', () => ({
  headers: async () => sent,
  cookies: async () => ({
    set: (_: string, value: string) => messages.push(value.split('.').slice(0, 2).join('.')),
  }),
}))

beforeEach(async () => {
  await emptyTables()
  messages.length = 0
})

test('a form is searched for its file only while the account may read files', async () => {
  const session = await withAccessToken(await createSession(await createUser()), new Date())
  const headers = {
    ...accessCookie(session.access.token),
    ...ourOrigin(),
    'content-type': 'multipart/form-data; boundary=x',
  }
  sent = new Headers(headers)
  for (let count = 0; count < 31; count++) {
    const body = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'
    const answer = await receiveFile(
      makeRequest({ method: 'POST', path: '/settings/data/upload', headers, body }),
    )
    expect(answer.status).toBe(303)
  }
  expect(messages).toEqual([
    ...Array(30).fill('import-refused.FILE_OF_OTHER_ACCOUNT'),
    'import-refused.RATE_LIMITED',
  ])
})
