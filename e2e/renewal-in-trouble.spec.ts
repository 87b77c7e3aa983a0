import { openFragileDatabase } from './support/fragile-database.ts'
import { type RunningServer, startServer } from './support/server.ts'
import { cookiesOf, countRotations, enterNew, logOut, loseAccessToken, query } from './support/sessions.ts'
import { expect, test } from './support/test.ts'

test('without the database nobody is logged out, and logging out works', async ({
  page,
  context,
  expectProblems,
}) => {
  expectProblems(/status of 50[03]/)
  const database = await openFragileDatabase()
  let server: RunningServer | undefined
  try {
    server = await startServer({ DATABASE_URL: database.url })
    const { url } = server
    const visit = async (path: string) =>
      (await context.request.get(url + path, { maxRedirects: 0 })).status()
    await page.goto(url)
    const { userId } = await enterNew(page, { server: url })
    const before = await cookiesOf(context)

    await database.cut()
    // A token that is still good passes the gate; what lies behind it is away.
    expect(await visit('/api/auth/me')).toBe(503)
    await expect.poll(() => visit('/tasks')).toBe(503)
    await loseAccessToken(context)
    for (const path of ['/tasks', '/api/auth/me', '/api/me/tasks']) expect(await visit(path), path).toBe(503)
    expect(await cookiesOf(context)).toEqual({ device: before.device, refresh: before.refresh })

    await database.mend()
    await expect.poll(() => visit('/api/health')).toBe(200)
    await expect.poll(() => visit('/tasks')).toBe(200)
    await page.goto(`${url}/settings/sessions`)
    await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible()
    expect(await countRotations(userId)).toBe(1)

    await database.cut()
    await expect.poll(() => visit('/tasks')).toBe(503)
    await logOut(page).catch(() => {})
    expect(Object.keys(await cookiesOf(context))).toEqual(['device'])
  } finally {
    await server?.stop()
    await database.stop()
  }
})

test('seventy junk refresh cookies from an address keep none of its honest browsers from renewing', async ({
  openBrowser,
}) => {
  const server = await startServer({ TRUSTED_PROXY_HOPS: '1' })
  try {
    const address = '10.70.70.70'
    const context = await openBrowser({ extraHTTPHeaders: { 'x-forwarded-for': address } })
    const page = await context.newPage()
    const { userId } = await enterNew(page, { server: server.url })
    await loseAccessToken(context)

    const statuses: number[] = []
    for (let i = 0; i < 70; i++) {
      const headers = { cookie: `taskward.refresh=junk-${i}`, 'x-forwarded-for': address }
      const { status } = await fetch(`${server.url}/tasks`, { headers, redirect: 'manual' })
      statuses.push(status)
    }
    expect(statuses).toEqual([...Array(60).fill(303), ...Array(10).fill(503)])
    const [throttled] = await query<{ count: number }>(
      `SELECT count(*)::int FROM auth_events WHERE event_type = 'throttled' AND ip_address = $1`,
      [address],
    )
    expect(throttled?.count, 'one event per window').toBe(1)

    await page.goto(`${server.url}/tasks`)
    await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
    expect(await countRotations(userId)).toBe(1)
  } finally {
    await server.stop()
  }
})
