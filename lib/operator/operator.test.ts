import { beforeEach, expect, test } from 'vitest'
import { truncateAll } from '#lib/testing/database.ts'
import { createActor } from '#lib/testing/factories.ts'
import { COMMAND_LINE } from './command-line.ts'
import { operatorName, operatorOf } from './operator.ts'

beforeEach(truncateAll)

test('an administrator is an operator, under his id', async () => {
  const actor = await createActor('admin')
  const operator = operatorOf(actor)
  expect(operator).toEqual({ userId: actor.userId, client: actor.client })
  expect(operatorName(operator)).toBe(actor.userId)
})

test('nobody else is', async () => {
  const actor = await createActor()
  expect(() => operatorOf(actor)).toThrow('no administrator')
})

test('the command line has a name of its own', () => {
  expect(operatorName(COMMAND_LINE)).toBe('command line')
})
