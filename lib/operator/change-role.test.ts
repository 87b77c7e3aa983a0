import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { operatorOf } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createActor, createOperator, createUser, eventNames } from '#lib/testing/factories.ts'
import { changeRole } from './change-role.ts'
import { COMMAND_LINE } from './command-line.ts'

const NOW = new Date()

beforeEach(emptyTables)

async function roleOf(id: string): Promise<string | undefined> {
  return (await db().user.findUnique({ where: { id } }))?.role
}

function countAdmins(): Promise<number> {
  return db().user.count({ where: { role: 'admin', disabledAt: null } })
}

test('grants and removes administrator rights, and records the operator', async () => {
  const [operator, user] = [await createOperator(), await createUser()]
  for (const role of ['admin', 'user'] as const) {
    expect(await changeRole(operator, user.id, { role, now: NOW })).toEqual({ ok: true, value: true })
    expect(await roleOf(user.id)).toBe(role)
  }
  const event = { eventType: 'role_changed', success: true, userId: user.id }
  expect(await allEvents()).toMatchObject([
    { ...event, details: { role: 'admin', by: operator.userId }, ipAddress: operator.client.ipAddress },
    { ...event, details: { role: 'user', by: operator.userId } },
  ])
})

test('the command line can make the first administrator', async () => {
  const user = await createUser()
  expect(await changeRole(COMMAND_LINE, user.id, { role: 'admin', now: NOW })).toEqual({
    ok: true,
    value: true,
  })
  expect(await allEvents()).toMatchObject([
    { details: { role: 'admin', by: 'command line' }, ipAddress: null },
  ])
})

test('setting the same role is recorded as unchanged', async () => {
  const user = await createUser()
  expect(await changeRole(COMMAND_LINE, user.id, { role: 'user', now: NOW })).toEqual({
    ok: true,
    value: false,
  })
  expect(await allEvents()).toMatchObject([{ details: { unchanged: true } }])
})

test('fails for an unknown account', async () => {
  for (const id of [randomUUID(), "x'--"]) {
    const refused = { ok: false, error: { code: 'USER_NOT_FOUND' } }
    expect(await changeRole(COMMAND_LINE, id, { role: 'admin', now: NOW })).toEqual(refused)
  }
  expect(await eventNames()).toEqual([])
})

test('administrators cannot demote themselves, even if others remain', async () => {
  const actor = await createActor('admin')
  await createOperator()
  const refused = { ok: false, error: { code: 'OWN_ACCOUNT' } }
  expect(await changeRole(operatorOf(actor), actor.userId, { role: 'user', now: NOW })).toEqual(refused)
  expect(await eventNames()).toEqual(['role_changed own_account'])
  expect(await roleOf(actor.userId)).toBe('admin')
})

test('the last enabled administrator cannot be demoted', async () => {
  const [last, disabled] = [await createActor('admin'), await createActor('admin')]
  await db().user.update({ where: { id: disabled.userId }, data: { disabledAt: new Date() } })
  const refused = { ok: false, error: { code: 'LAST_ADMIN' } }
  expect(await changeRole(COMMAND_LINE, last.userId, { role: 'user', now: NOW })).toEqual(refused)
  expect(await eventNames()).toEqual(['role_changed last_admin'])
  expect(await changeRole(COMMAND_LINE, disabled.userId, { role: 'user', now: NOW })).toEqual({
    ok: true,
    value: true,
  })
  expect(await countAdmins()).toBe(1)
})

test('administrators who demote each other in parallel leave one', async () => {
  for (let round = 0; round < 5; round++) {
    await emptyTables()
    const circle = [await createActor('admin'), await createActor('admin'), await createActor('admin')]
    const answers = await Promise.all(
      circle.map((actor, i) =>
        changeRole(operatorOf(actor), circle[(i + 1) % 3]!.userId, { role: 'user', now: NOW }),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2)
    expect(await countAdmins()).toBe(1)
  }
})
