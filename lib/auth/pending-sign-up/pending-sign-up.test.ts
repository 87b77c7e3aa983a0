import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { confirmEmail, getConfirmationEmail } from '#lib/auth/confirmation/confirm-email.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { signUp } from '#lib/auth/sign-up.ts'
import { db } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { openMail } from '#lib/mail/seal-mail.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createUser, eventNames, makeClient, makeSignIn } from '#lib/testing/factories.ts'
import { statementsOf } from '#lib/testing/statements-of.ts'
import { DAY_MS } from '#lib/time.ts'
import { answerSignUps } from './answer-sign-ups.ts'

const FREE = 'kira@example.com'
const TAKEN = 'ann@example.com'
const PASSWORD = 'seven quiet herons at dusk'
const client = makeClient()

beforeEach(async () => {
  await emptyTables()
  await createUser({ email: TAKEN })
  nodeEnv().signUpAnswer = 'uniform'
})

afterEach(() => {
  nodeEnv().signUpAnswer = 'conflict'
})

/** The password queue refuses where the machine is too slow. */
async function request(email: string, password = PASSWORD) {
  const input = { email, password, name: 'Kira' }
  const answer = await signUp(input, makeSignIn({ client }))
  return answer.ok || answer.error.code !== 'BUSY' ? answer : signUp(input, makeSignIn({ client }))
}

async function mails() {
  await answerSignUps()
  const rows = await db().mail.findMany({ orderBy: { id: 'asc' } })
  return Promise.all(rows.map(async ({ id, sealed }) => openMail(sealed!, id)))
}

async function tokens(): Promise<string[]> {
  return (await mails()).map((mail) => /confirm-email\?token=([\w-]{43})$/m.exec(mail?.text ?? '')?.[1] ?? '')
}

function confirm(token: string, now = new Date()) {
  return confirmEmail(token, { client, now })
}

test('runs the same statements and gives the same answer for a taken and a free address', async () => {
  await request('warm-up@example.com')
  const runs = []
  for (const email of [FREE, TAKEN]) {
    const answers: unknown[] = []
    const statements = await statementsOf(async () => answers.push(await request(email)))
    expect(statements.filter((sql) => /\busers\b|\bmails\b/.test(sql))).toEqual([])
    runs.push({ answers, statements })
  }
  const [free, taken] = runs
  expect(free?.answers).toEqual([{ ok: true, value: null }])
  expect(taken).toEqual(free)
})

test('creates the account with the link, confirmed, and starts no session', async () => {
  await request(FREE)
  const [token = ''] = await tokens()
  expect(await logIn({ email: FREE, password: PASSWORD }, makeSignIn())).toMatchObject({ ok: false })
  expect(await getConfirmationEmail(token, new Date())).toBe(FREE)
  expect(await confirm(token)).toEqual({ ok: true, value: FREE })
  expect(await confirm(token)).toMatchObject({ error: { code: 'INVALID_LINK' } })
  expect(await db().user.findUnique({ where: { email: FREE } })).toMatchObject({
    name: 'Kira',
    emailVerified: expect.any(Date),
  })
  expect(await db().session.count()).toBe(0)
  expect(await db().pendingSignUp.count()).toBe(0)
  expect(await logIn({ email: FREE, password: PASSWORD }, makeSignIn())).toMatchObject({ ok: true })
  expect(JSON.stringify(await allEvents())).not.toContain(token)
})

test('notifies the owner of a taken address, and changes nothing', async () => {
  const before = await db().user.findMany()
  await request(TAKEN)
  expect(await mails()).toMatchObject([{ to: TAKEN, subject: 'You already have a Taskward account' }])
  expect(await tokens()).toEqual([''])
  expect(await db().user.findMany()).toEqual(before)
  expect(await db().pendingSignUp.count()).toBe(0)
  expect(await eventNames()).toEqual(['signup email_taken'])
})

describe('several sign-ups with one address', () => {
  test('keep their own passwords: the first link that is followed decides', async () => {
    await request(FREE, 'the password of a stranger')
    await request(FREE)
    const [stranger = '', owner = ''] = await tokens()
    expect(await confirm(owner)).toMatchObject({ ok: true })
    expect(await confirm(stranger)).toMatchObject({ error: { code: 'INVALID_LINK' } })
    expect(await logIn({ email: FREE, password: PASSWORD }, makeSignIn())).toMatchObject({ ok: true })
  })

  test('create one account if their links are followed at the same time', async () => {
    for (let i = 0; i < 4; i++) await request(FREE, `${PASSWORD} ${i}`)
    const uses = await Promise.all((await tokens()).map((token) => confirm(token)))
    expect(uses.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await db().user.count({ where: { email: FREE } })).toBe(1)
  })

  test('get five mails an hour', async () => {
    for (let i = 0; i < 6; i++) await request(FREE)
    expect(await mails()).toHaveLength(5)
    expect(await db().pendingSignUp.count()).toBe(5)
  })
})

test('a link ends after a day, and with an account that has the address by then', async () => {
  await request(FREE)
  const [token = ''] = await tokens()
  expect(await confirm(token, new Date(Date.now() + DAY_MS + 1000))).toMatchObject({ ok: false })
  await createUser({ email: FREE })
  expect(await confirm(token)).toMatchObject({ error: { code: 'INVALID_LINK' } })
  expect(await db().user.count({ where: { email: FREE } })).toBe(1)
})

test('refuses a weak password for a taken address like for a free one', async () => {
  const [free, taken] = [await request(FREE, 'Taskward1'), await request(TAKEN, 'Taskward1')]
  expect(free).toMatchObject({ error: { code: 'INVALID_INPUT', details: [{ field: 'password' }] } })
  expect(taken).toEqual(free)
  expect(await db().pendingSignUp.count()).toBe(0)
})
