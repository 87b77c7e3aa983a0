import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from './setup/root.ts'

let folder: string
const RING = { JWT_SECRET: 'signs', AUDIT_SEAL_SECRET: 'seals' }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taskward-rotate-'))
  const lines = Object.entries(RING).map(([name, value]) => `${name}=${value}\n`)
  await writeFile(join(folder, '.env.local'), lines.join(''))
})
afterEach(() => rm(folder, { recursive: true }))

const rotate = (...args: string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const env = { ...process.env, JWT_SECRET: '', AUDIT_SEAL_SECRET: '' }
    const script = join(root, 'scripts/secret-rotate.ts')
    execFile(process.execPath, [script, ...args], { env }, (error, out, complaints) =>
      resolve({ code: error ? Number(error.code) : 0, output: out + complaints }),
    )
  })

async function rings(): Promise<Record<string, string[]>> {
  const lines = (await readFile(join(folder, '.env.local'), 'utf8')).trim().split('\n')
  return Object.fromEntries(
    lines.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1).split(',')]),
  )
}

test.each([
  ['JWT_SECRET', [], /The old ones may go a day after/],
  ['AUDIT_SEAL_SECRET', ['AUDIT_SEAL_SECRET'], /The old ones may go .* in 402 days: .*audit:verify/],
] as [keyof typeof RING, string[], RegExp][])(
  '%s gets a new secret in front, and the others stay',
  async (name, args, advice) => {
    const { code, output } = await rotate(...args, folder)
    expect([code, output]).toEqual([0, expect.stringMatching(advice)])
    const expected = Object.fromEntries(Object.entries(RING).map(([one, value]) => [one, [value]]))
    expect(await rings()).toEqual({
      ...expected,
      [name]: [expect.stringMatching(/^[\w-]{43}$/), RING[name]],
    })
    expect((await stat(join(folder, '.env.local'))).mode & 0o777).toBe(0o600)
  },
)

test('changes nothing if the secret cannot be rotated', async () => {
  const { code, output } = await rotate('PASSWORD_PEPER', folder)
  expect([code, output]).toEqual([1, expect.stringMatching(/^Usage: .*AUDIT_SEAL_SECRET/)])
  expect(await rings()).toEqual({ JWT_SECRET: ['signs'], AUDIT_SEAL_SECRET: ['seals'] })
})
