import { afterEach, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { learnOwnOrigin } from './learn-own-origin.ts'

vi.mock('./find-own-origin.ts', () => ({ findOwnOrigin: () => found }))

let found: string | null

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

test('logs one error that names HOSTNAME if the server cannot reach itself', async () => {
  vi.stubEnv('TASKWARD_OWN_ORIGIN', 'http://set-by-an-operator.example')
  const error = vi.spyOn(log(), 'error')
  found = null
  await learnOwnOrigin()
  expect(error).toHaveBeenCalledExactlyOnceWith({
    setting: 'HOSTNAME',
    problem: expect.stringMatching(/^HOSTNAME is an address at which .*0\.0\.0\.0/),
  })
  expect(process.env.TASKWARD_OWN_ORIGIN).toBeUndefined()
})

test('sets the origin for the gate, and excludes it from the proxy', async () => {
  vi.stubEnv('TASKWARD_OWN_ORIGIN', '')
  vi.stubEnv('no_proxy', 'example.org')
  const error = vi.spyOn(log(), 'error')
  found = 'http://[fd00::7]:3000'
  await learnOwnOrigin()
  expect(error).not.toHaveBeenCalled()
  expect(process.env.TASKWARD_OWN_ORIGIN).toBe(found)
  expect(process.env.no_proxy?.split(',')).toEqual(expect.arrayContaining(['example.org', '[fd00::7]']))
})
