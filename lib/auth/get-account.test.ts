import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { emptyTables } from '#lib/testing/database.ts'
import { createUser } from '#lib/testing/factories.ts'
import { getAccount } from './get-account.ts'

beforeEach(emptyTables)

test('an account sees what is its own, and no hash', async () => {
  const { id, email } = await createUser()
  expect(await getAccount(id)).toEqual({
    id,
    email,
    name: null,
    createdAt: expect.any(Date),
    lastLoginAt: null,
  })
})

test('an account that is gone is null', async () => {
  expect(await getAccount(randomUUID())).toBeNull()
})
