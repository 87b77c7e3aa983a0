import { afterEach, expect, test, vi } from 'vitest'

const NAME = 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'

afterEach(() => {
  vi.unstubAllEnvs()
})

/** The key of a build that finds this value in its environment. */
async function keyOfBuild(value: string | undefined): Promise<string | undefined> {
  vi.stubEnv(NAME, value)
  vi.resetModules()
  await import('../../next.config.ts')
  return process.env[NAME]
}

test('gives every build the same 32 bytes as the key of server actions', async () => {
  const keys = [await keyOfBuild(undefined), await keyOfBuild(''), await keyOfBuild(undefined)]
  // Another value makes every page that is open now out of date.
  expect(keys).toEqual(Array(3).fill('Iyq/7/hPO2SG1VYEcxjA9nagzaadgDgWocruRwwWweM='))
  expect(Buffer.from(keys[0] ?? '', 'base64')).toHaveLength(32)
})

test('keeps a key that is set', async () => {
  const own = Buffer.alloc(32, 7).toString('base64')
  expect(await keyOfBuild(own)).toBe(own)
})
