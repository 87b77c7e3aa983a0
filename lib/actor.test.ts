import { beforeEach, expect, test } from 'vitest'
import { operatorName, operatorOf } from '#lib/actor.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor } from '#lib/testing/factories.ts'

beforeEach(emptyTables)

test('makes an administrator an operator named by the account’s id', async () => {
  const actor = await createActor('admin')
  const operator = operatorOf(actor)
  expect(operator).toEqual({ userId: actor.userId, client: actor.client })
  expect(operatorName(operator)).toBe(actor.userId)
})

test('throws for an actor who is no administrator', async () => {
  const actor = await createActor()
  expect(() => operatorOf(actor)).toThrow('without administrator rights')
})

test('names the command line', () => {
  expect(operatorName(COMMAND_LINE)).toBe('command line')
})
