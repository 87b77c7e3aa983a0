import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { ROTATION_GRACE_SECONDS } from '#lib/auth/policy.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  type Action,
  act,
  createSessionModel,
  type Device,
  isOver,
  pick,
  present,
  type SessionModel,
} from '#lib/testing/session-model.ts'
import { LIMITS } from '#lib/throttle/limits.ts'
import { DAY_MS, MINUTE_MS } from '#lib/time.ts'

process.env.RATE_LIMITS = Object.keys(LIMITS)
  .map((name) => `${name}=1000000/60`)
  .join()
// Short enough for several idle times to reach it.
process.env.SESSION_TTL_SECONDS = String(8 * 24 * 60 * 60)

const GRACE_MS = ROTATION_GRACE_SECONDS * 1000

afterEach(emptyTables)

/** Mostly the devices that signed in last: their sessions are active. */
const index = fc.constantFrom(0, 0, 0, 1, 1, 2, 5)
const action: fc.Arbitrary<Action> = fc.oneof(
  // Mostly the newest token, sometimes an old one.
  {
    weight: 40,
    arbitrary: fc.record({
      do: fc.constant('refresh'),
      device: index,
      age: fc.constantFrom(0, 0, 1, 1, 2, 5),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('log in'), transport: fc.constantFrom('cookie', 'bearer') }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('log out', 'log out elsewhere', 'change password'),
      device: index,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disable') }) },
)
const wait = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(0, 1, 500, 4_000) },
  { weight: 3, arbitrary: fc.constantFrom(GRACE_MS, GRACE_MS + 1, 15 * MINUTE_MS) },
  { weight: 1, arbitrary: fc.constantFrom(2 * DAY_MS, 4 * DAY_MS, 7 * DAY_MS) },
)
/** Mostly one after the other, sometimes in parallel. */
const step = fc.record({
  waitMs: wait,
  actions: fc.oneof(
    { weight: 4, arbitrary: fc.tuple(action) },
    { weight: 1, arbitrary: fc.array(action, { minLength: 2, maxLength: 4 }) },
  ),
})

/** A slow machine makes fewer runs. */
const PATIENCE_MS = 18_000

test('keeps one unused token per session, none after its end, and ends a session whose token was copied', async () => {
  const deadline = Date.now() + PATIENCE_MS
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20, size: 'max' }), async (steps) => {
      if (Date.now() > deadline) return
      const model = await createSessionModel()
      for (const { waitMs, actions } of steps) {
        model.now += waitMs
        const copied = actions.flatMap((one) => presentsCopy(model, one))
        if (actions[0] && actions.length === 1) await actAlone(model, actions[0])
        else await Promise.all(actions.map((one) => act(model, one)))
        await learnEnds(model)
        for (const { ended } of copied) {
          if (actions.length === 1) expect(ended).toBe('refresh_token_reused')
          else expect(ended).not.toBeNull()
        }
      }
      await expectDeadTokensRefused(model)
    }),
    { numRuns: 30 },
  )
}, 60_000)

/** The device whose used token is presented outside any race: its session has to end. */
function presentsCopy(model: SessionModel, action: Action): Device[] {
  if (action.do !== 'refresh') return []
  const { device, token } = pick(model, action)
  if (isOver(model, device, token) || !token.used) return []
  const isRace = model.now - token.used.at <= GRACE_MS && token.used.successor.used === null
  return isRace ? [] : [device]
}

/** Without parallel actions the outcome of a presented token is certain. */
async function actAlone(model: SessionModel, action: Action): Promise<void> {
  if (action.do !== 'refresh') return act(model, action)
  const { device, token } = pick(model, action)
  const isDead = isOver(model, device, token) || presentsCopy(model, action).length > 0
  const isLate = token.used !== null && device.transport === 'bearer'
  const answer = await present(device, token, new Date(model.now))
  expect(answer.ok).toBe(!isDead && !isLate)
}

/** Copies the ends of sessions into the model, and checks the invariants of the rows. */
async function learnEnds({ user, devices }: SessionModel): Promise<void> {
  const userId = user.id
  const rows = await db().session.findMany({ where: { userId }, include: { refreshTokens: true } })
  for (const device of devices) {
    const row = rows.find(({ id }) => id === device.sessionId)!
    if (device.ended) expect(row.revokedReason).toBe(device.ended)
    device.ended = row.revokedReason
    expect(row.expiresAt).toEqual(device.sessionEnd)
    expect(row.refreshTokens.filter(({ rotatedAt }) => rotatedAt === null)).toHaveLength(1)
    expect(row.refreshTokens.filter(({ expiresAt }) => expiresAt > row.expiresAt)).toEqual([])
    expect(row.refreshTokens.map(({ expiresAt }) => +expiresAt).sort()).toEqual(
      device.tokens.map(({ end }) => +end).sort(),
    )
  }
  const detected = rows.filter(({ revokedReason }) => revokedReason === 'refresh_token_reused')
  const events = await db().authEvent.findMany({ where: { userId, eventType: 'refresh_token_reused' } })
  expect(events.map(({ sessionId }) => sessionId).sort()).toEqual(detected.map(({ id }) => id).sort())
}

async function expectDeadTokensRefused(model: SessionModel): Promise<void> {
  for (const device of model.devices.filter((one) => isOver(model, one))) {
    for (const token of device.tokens)
      expect((await present(device, token, new Date(model.now))).ok).toBe(false)
  }
}
