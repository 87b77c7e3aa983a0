import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { reach, readProject } from '#lib/testing/import-graph.ts'
import { hashNewPassword } from './hash-password.ts'

test('the server loads the dictionaries in its password workers only', () => {
  const project = readProject(fileURLToPath(new URL('../../..', import.meta.url)))
  const isWorker = (file: string) => file === 'lib/auth/password/worker.ts'
  for (const verb of ['lib/auth/sign-up.ts', 'lib/auth/change-password.ts']) {
    expect([...reach(project, verb).keys()]).toContain('@zxcvbn-ts/core')
    expect([...reach(project, verb, isWorker).keys()].filter((file) => file.includes('zxcvbn'))).toEqual([])
  }
})

test('hashes a new password only if it is hard to guess', async () => {
  const owner = { email: 'ada@example.com', name: 'Ada Lovelace' }
  expect(await hashNewPassword('Taskward1', owner)).toEqual({
    ok: false,
    error: { code: 'WEAK_PASSWORD', weakness: 'product' },
  })
  expect(await hashNewPassword('SecurePass123', owner)).toMatchObject({
    ok: true,
    value: { hash: expect.stringMatching(/^\$2b\$/) },
  })
})
