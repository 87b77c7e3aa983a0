import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { emptyTables } from '#lib/testing/database.ts'
import { createUser } from '#lib/testing/factories.ts'
import { getAccount } from './get-account.ts'

beforeEach(emptyTables)

test('returns the account’s own data, without the hash', async () => {
  const { id, email } = await createUser()
  expect(await getAccount(id)).toEqual({
    id,
    email,
    name: null,
    createdAt: expect.any(Date),
    lastLoginAt: null,
  })
})

test('returns null for a deleted account', async () => {
  expect(await getAccount(randomUUID())).toBeNull()
})
