import { beforeEach, expect, test } from 'vitest'
import { derivePepperId } from '#lib/auth/password/pepper.ts'
import { db } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { checkPeppers } from './check-peppers.ts'

beforeEach(emptyTables)

async function passwordUnder(pepper: string): Promise<void> {
  const password = { create: { hash: 'x', scheme: 1, cost: 4, pepperId: pepper } }
  await db().user.create({ data: { email: `${pepper.toLowerCase()}@example.org`, password } })
}

test('starts if it has the pepper of every stored password', async () => {
  await checkPeppers()
  await passwordUnder(derivePepperId(nodeEnv().passwordPeppers[0] ?? ''))
  await checkPeppers()
})

test('stops the start if a stored password needs a missing pepper', async () => {
  await passwordUnder('lost')
  await expect(checkPeppers()).rejects.toThrow(/^PASSWORD_PEPPER lacks the pepper lost, .* add the old value/)
})
