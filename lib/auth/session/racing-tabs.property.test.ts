import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { ACCESS_TOKEN_TTL_SECONDS } from '#lib/auth/policy.ts'
import { refresh } from '#lib/auth/refresh.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser, makeClient } from '#lib/testing/factories.ts'
import { HOUR_MS, SECOND_MS } from '#lib/time.ts'
import { withAccessToken } from './tokens.ts'

/** The gate renews a token with less time left. */
const RENEW_BEFORE_MS = (ACCESS_TOKEN_TTL_SECONDS * SECOND_MS) / 3
/** One way through the network at most. */
const TRIP_MS = 2 * SECOND_MS
/** After a lost answer a tab retries: at most 8 s after the rotation. */
const RETRY_MS = 2 * SECOND_MS

/** A slow machine makes fewer runs. */
const PATIENCE_MS = 15_000

afterEach(emptyTables)

type Trip = { requestMs: number; answerMs: number; isLost: boolean }

/** Quick, slow, or anything between. */
const trip = fc.oneof(fc.constantFrom(0, TRIP_MS, TRIP_MS), fc.nat({ max: TRIP_MS }))

/** A tab requests a page some time after the previous tab. Request and answer take their time. */
const visit = fc.record({
  waitMs: fc.oneof(
    { weight: 5, arbitrary: fc.nat({ max: 2 * SECOND_MS }) },
    { weight: 1, arbitrary: fc.constantFrom(HOUR_MS / 6, HOUR_MS, 12 * HOUR_MS) },
  ),
  requestMs: trip,
  answerMs: trip,
  isLost: fc.constantFrom(true, true, false),
})

test('keeps a browser logged in whose answers arrive late, in any order, or after a retry within 10 s', async () => {
  let renewals = 0
  const deadline = Date.now() + PATIENCE_MS
  await fc.assert(
    fc.asyncProperty(fc.array(visit, { minLength: 10, maxLength: 40, size: 'max' }), async (visits) => {
      if (Date.now() > deadline) return
      const client = makeClient()
      const started = await withAccessToken(
        await createSession(await createUser(), { transport: 'cookie' }),
        new Date(),
      )
      const network = createNetwork(Date.now())
      let jar = { refresh: started.refresh.token, accessEnd: started.access.expiresAt.getTime() }

      function open({ requestMs, answerMs, isLost }: Trip): void {
        if (jar.accessEnd - network.now() > RENEW_BEFORE_MS) return
        const presented = jar.refresh
        network.after(requestMs, async () => {
          const now = new Date(network.now())
          const answer = await refresh(presented, { client, transport: 'cookie', now, databaseNow: now })
          if (!answer.ok) throw new Error(`A browser without copied tokens was refused: ${answer.error.code}`)
          renewals++
          const next = {
            refresh: answer.value.refresh.token,
            accessEnd: answer.value.access.expiresAt.getTime(),
          }
          if (isLost) network.after(RETRY_MS, async () => open({ requestMs, answerMs, isLost: false }))
          else
            network.after(answerMs, async () => {
              jar = next
            })
        })
      }

      let startMs = 20 * 60 * SECOND_MS
      for (const { waitMs, ...trip } of visits) {
        startMs += waitMs
        network.after(startMs, async () => open(trip))
      }
      await network.run()
      const session = await db().session.findUniqueOrThrow({ where: { id: started.session.id } })
      expect(session.revokedAt).toBeNull()
    }),
    { numRuns: 50 },
  )
  expect(renewals).toBeGreaterThan(30)
}, 60_000)

/** Runs events one after the other at simulated times. */
function createNetwork(start: number) {
  const pending: { at: number; happen: () => Promise<void> }[] = []
  let now = start
  return {
    now: () => now,
    after(delayMs: number, happen: () => Promise<void>): void {
      pending.push({ at: now + delayMs, happen })
    },
    async run(): Promise<void> {
      for (;;) {
        pending.sort((a, b) => a.at - b.at)
        const next = pending.shift()
        if (!next) return
        now = next.at
        await next.happen()
      }
    },
  }
}
