import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { LIMITS } from '#lib/throttle/limits.ts'
import { root } from '../../scripts/setup/root.ts'
import { type Account, call, refresh, signUp } from '../support/api.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { cookiesOf, logInAs } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'
import { decode, kidOf } from '../support/tokens.ts'

test.setTimeout(180_000)

const RATE_LIMITS = Object.keys(LIMITS)
  .map((name) => `${name}=100000/60`)
  .join()

/** Starts a server of the same site on a port of its own. */
function serve(jwtSecret: string): Promise<RunningServer> {
  return startServer({ JWT_SECRET: jwtSecret, APP_URL: SHARED_SERVER, RATE_LIMITS })
}

async function statusOf(token: string, { url }: RunningServer): Promise<number> {
  return (await call('/api/auth/me', { token, server: url })).status
}

const signerOf = (token: string) => decode(token)[0]?.kid

/** Runs `npm run secret:rotate` as an operator does. @returns the secrets, newest first */
async function rotateSecret(old: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'taskward-rotate-'))
  const file = join(folder, '.env.local')
  await writeFile(file, `JWT_SECRET=${old}\n`)
  const env = { ...process.env, JWT_SECRET: '' }
  await promisify(execFile)(process.execPath, [join(root, 'scripts/secret-rotate.ts'), folder], { env })
  const [, ring = ''] = /^JWT_SECRET=(.*)$/m.exec(await readFile(file, 'utf8')) ?? []
  await rm(folder, { recursive: true })
  return ring.split(',')
}

test('a new signing secret ends no session, and removing the old secret invalidates its access tokens', async ({
  page,
  context,
}) => {
  const running: RunningServer[] = []
  const open = async (jwtSecret: string) => {
    const server = await serve(jwtSecret)
    running.push(server)
    return server
  }
  try {
    const old = randomBytes(32).toString('base64url')
    const before = await open(old)
    const accounts: Account[] = []
    for (let i = 0; i < 3; i++) accounts.push(await signUp({ server: before.url }))
    await logInAs(page, accounts[0]!)
    expect(signerOf((await cookiesOf(context)).access ?? '')).toBe(kidOf(old))
    await page.goto('about:blank')

    // All accounts send requests throughout, as through a load balancer.
    let front = before
    let isOver = false
    const statuses: number[] = []
    const tokens = accounts.map(({ token }) => token)
    const work = async () => {
      while (!isOver) {
        for (const token of [...tokens]) statuses.push(await statusOf(token, front))
        await sleep(50)
      }
    }
    const traffic = [work(), work()]

    const ring = await rotateSecret(old)
    expect(ring).toEqual([expect.stringMatching(/^[\w-]{43}$/), old])
    const during = await open(ring.join())
    front = during
    const served = statuses.length
    // As a load balancer does: a request on a connection that is being closed would fail.
    await expect.poll(() => statuses.length).toBeGreaterThan(served + 10)
    await before.stop()
    const renewed = await refresh(accounts[1]!.refreshToken, { server: during.url })
    tokens.push(renewed.body.access_token)
    await expect.poll(() => statuses.length).toBeGreaterThan(served + 50)
    isOver = true
    await Promise.all(traffic)
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(tokens.map(signerOf)).toEqual([old, old, old, ring[0]!].map(kidOf))

    const after = await open(ring[0]!)
    for (const { token } of accounts) expect(await statusOf(token, after)).toBe(401)
    expect(await statusOf(renewed.body.access_token, after)).toBe(200)
    for (const refreshToken of [renewed.body.refresh_token, accounts[2]!.refreshToken]) {
      const { status, body } = await refresh(refreshToken, { server: after.url })
      expect(status).toBe(200)
      expect(await statusOf(body.access_token, after)).toBe(200)
    }
    await page.goto(`${after.url}/tasks`)
    await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
    expect(signerOf((await cookiesOf(context)).access ?? '')).toBe(kidOf(ring[0]!))
    // Its scripts may still be loading from the server that stops now.
    await page.close()
  } finally {
    for (const server of running) await server.stop()
  }
})
