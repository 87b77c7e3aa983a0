import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { metrics } from '#lib/metrics.ts'
import knownAnswers from '../../testing/vectors/bcrypt/known-answers.json' with { type: 'json' }
import { bcryptCompare, bcryptHash, createPasswordPool, findWeakness } from './pool.ts'

const SLOW = { input: 'x', cost: 10 }
const QUICK = { input: 'x', cost: 4 }

test('verifies hashes of other bcrypt libraries, and rejects a changed one', async () => {
  const texts = knownAnswers.vectors.flatMap(({ password_utf8: text, hash }) =>
    text === undefined ? [] : [{ text, hash }],
  )
  expect(texts).toHaveLength(57)
  const answers = await Promise.all(texts.map(({ text, hash }) => bcryptCompare(text, hash)))
  expect(answers).toEqual(texts.map(() => true))

  const { text, hash } = texts[0]!
  const flipped = hash.slice(0, -2) + (hash.at(-2) === 'a' ? 'b' : 'a') + hash.at(-1)
  expect(await bcryptCompare(text, flipped)).toBe(false)
}, 120_000)

test('a hash contains its cost and a fresh salt, and verifies', async () => {
  const [first, second] = await Promise.all([bcryptHash('x', 4), bcryptHash('x', 4)])
  expect(first).toMatch(/^\$2b\$04\$[./\w]{53}$/)
  expect(first).not.toEqual(second)
  expect(await bcryptCompare('x', first)).toBe(true)
})

test('estimates passwords in one thread for four processors, and in none of those that hash', async () => {
  const owner = { email: 'ada@example.com', name: 'Ada Lovelace' }
  const passwords = ['Taskward1', 'ecalevoL-1', 'SecurePass123']
  const estimates = Promise.all(passwords.map((password) => findWeakness(password, owner)))
  await Promise.all(Array.from({ length: 4 }, () => bcryptHash('x', 4)))
  expect(await estimates).toEqual(['product', 'owner', null])
  const { hashing, estimating } = Reflect.get(globalThis, 'taskwardPasswordPools')
  expect(estimating.workers()).toHaveLength(Math.min(passwords.length, Math.ceil(availableParallelism() / 4)))
  expect(hashing.workers()).not.toContain(estimating.workers()[0])
})

test('20 parallel hashes do not block the event loop', async () => {
  await bcryptHash('warm up', 4)
  const before = process.threadCpuUsage()
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => bcryptHash('x', 10)))
  const { user } = process.threadCpuUsage(before)
  expect(outcomes.every((hash) => hash.startsWith('$2b$10$'))).toBe(true)
  // Each hash takes some 80 ms of the thread that makes it.
  expect(user / 1000).toBeLessThan(400)
})

test('metrics report the busy threads and the hashing time', async () => {
  const hashed = async () => {
    const { values } = await metrics().passwordSeconds.get()
    return values.find(
      ({ labels, metricName }) => labels.step === 'hashing' && metricName?.endsWith('_count'),
    )?.value
  }
  const before = (await hashed()) ?? 0
  const pool = createPasswordPool(1)
  const results = [pool.run(QUICK), pool.run(QUICK), pool.run(QUICK)]
  expect(pool.busyCount()).toBe(1)
  await Promise.all(results)
  expect(pool.busyCount()).toBe(0)
  expect(await hashed()).toBe(before + 3)
})

test('starts at most `size` threads, and none before the first task', async () => {
  const pool = createPasswordPool(2)
  expect(pool.workers()).toHaveLength(0)
  await Promise.all(Array.from({ length: 10 }, () => pool.run(QUICK)))
  expect(pool.workers()).toHaveLength(2)
})

test('ends a thread that has not been used for a while, and starts another when needed', async () => {
  const pool = createPasswordPool(2, 500)
  const first = Promise.all([pool.run(SLOW), pool.run(SLOW)])
  expect(pool.workers()).toHaveLength(2)
  await first
  // One after the other needs one thread.
  for (let turn = 0; turn < 8; turn++) {
    await pool.run(QUICK)
    await setTimeout(100)
  }
  expect(pool.workers().length).toBeLessThanOrEqual(1)
  await expect.poll(pool.workers, { timeout: 10_000 }).toEqual([])
  expect(await pool.run(QUICK)).toMatch(/^\$2b\$/)
})

test('replaces a thread that dies, and the next one repeats its task', async () => {
  const pool = createPasswordPool(1)
  await pool.run(QUICK)
  const [first] = pool.workers()
  const tasks = [pool.run(SLOW), pool.run(QUICK)]
  await first!.terminate()
  expect(await Promise.all(tasks)).toEqual(tasks.map(() => expect.stringMatching(/^\$2b\$/)))
  expect(pool.workers()).not.toContain(first)
})

test('fails a task whose thread dies twice, and continues with the others', async () => {
  const pool = createPasswordPool(1)
  const doomed = expect(pool.run({ input: 'x', cost: 14 })).rejects.toThrow('ended twice')
  const next = pool.run(QUICK)
  const [first] = pool.workers()
  await first!.terminate()
  while (pool.workers().length === 0) await setImmediate()
  await pool.workers()[0]!.terminate()
  await doomed
  expect(await next).toMatch(/^\$2b\$/)
})

test('fails a task that bcrypt rejects, and continues with the others', async () => {
  const pool = createPasswordPool(1)
  await expect(pool.run({ input: 'x', hash: '?'.repeat(60) })).rejects.toThrow()
  expect(await pool.run(QUICK)).toMatch(/^\$2b\$/)
  expect(pool.workers()).toHaveLength(1)
})

test('one of two processes hashes with all processors while the other has no log-ins', async () => {
  vi.stubEnv('TASKWARD_SLOT', '0')
  vi.stubEnv('WEB_CONCURRENCY', '2')
  Reflect.deleteProperty(globalThis, 'taskwardPasswordPools')
  vi.resetModules()
  const copy = await import('./pool.ts')
  const processors = availableParallelism()
  await Promise.all(Array.from({ length: processors + 1 }, () => copy.bcryptHash('x', 4)))
  expect(Reflect.get(globalThis, 'taskwardPasswordPools').hashing.workers()).toHaveLength(processors)
  vi.unstubAllEnvs()
})

test('all copies of the module share one pool', async () => {
  await bcryptHash('x', 4)
  const before = Reflect.get(globalThis, 'taskwardPasswordPools')
  vi.resetModules()
  const copy = await import('./pool.ts')
  expect(copy.bcryptHash).not.toBe(bcryptHash)
  await copy.bcryptHash('x', 4)
  expect(Reflect.get(globalThis, 'taskwardPasswordPools')).toBe(before)
})

test('a process exits after its last hash, and not before', () => {
  const program = `
    import { bcryptHash } from ${JSON.stringify(new URL('./pool.ts', import.meta.url).href)}
    const hashed = await bcryptHash('x', 10)
    process.stdout.write(hashed.slice(0, 7))
  `
  const options = { encoding: 'utf8', timeout: 20_000 } as const
  expect(execFileSync(process.execPath, ['--eval', program], options)).toBe('$2b$10$')
}, 30_000)
