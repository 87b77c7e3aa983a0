import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findSuspect, listNetworks, MAX_LISTED, mergeNetworks, type Networks } from './network-evidence.ts'

const OWNER = '192.0.2.1'

const countsFrom = (networks: string[]) =>
  fc.uniqueArray(
    fc.record({ network: fc.constantFrom(...networks), count: fc.integer({ min: 1, max: 99 }) }),
    {
      selector: ({ network }) => network,
      minLength: 1,
    },
  )
const merge = (checks: Networks[]) => checks.reduce((one, other) => mergeNetworks(one, other))
const total = (counts: { count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0)

/** One check of an account that is known to use the owner's network. */
const check = (networks: string[]) =>
  countsFrom(networks).map((counts) =>
    listNetworks(counts, { suspect: findSuspect(counts, { total: total(counts), known: [OWNER] }) }),
  )

test('merges checks in any order and repetition to the same networks, and never suspects the owner’s', () => {
  const networks = [OWNER, ...Array.from({ length: MAX_LISTED - 1 }, (_, host) => `203.0.113.${host}`)]
  const checks = fc.array(check(networks), { minLength: 1, maxLength: 6 })
  const shuffled = checks.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length, maxLength: 2 * all.length }),
    ),
  )
  fc.assert(
    fc.property(shuffled, ([all, again]) => {
      const merged = merge(all)
      expect(merge(again)).toEqual(merged)
      expect(merged.network).not.toBe(OWNER)
      const suspects = all.flatMap(({ network }) => network ?? [])
      const mostOf = (network: string | null) =>
        Math.max(...all.flatMap((one) => one.networks).flatMap((e) => (e.network === network ? e.count : 0)))
      for (const suspect of suspects) expect(mostOf(merged.network)).toBeGreaterThanOrEqual(mostOf(suspect))
    }),
  )
})

test('lists the networks with the most evidence in any order of checks, and counts the others', () => {
  const networks = Array.from({ length: 40 }, (_, host) => `203.0.113.${host}`)
  const check = countsFrom(networks).map((counts) => listNetworks(counts, { suspect: null }))
  fc.assert(
    fc.property(fc.array(check, { minLength: 1, maxLength: 5 }), (checks) => {
      const merged = merge(checks)
      expect(merge(checks.toReversed()).networks).toEqual(merged.networks)
      expect(merged.networks.length).toBeLessThanOrEqual(MAX_LISTED)
      expect(merged.networkCount).toBeGreaterThanOrEqual(
        Math.max(...checks.map(({ networkCount }) => networkCount)),
      )
    }),
  )
})

test.each([
  ['the one of one', [[OWNER, 1]], [], OWNER],
  [
    'more than half',
    [
      ['a', 3],
      ['b', 2],
    ],
    [],
    'a',
  ],
  [
    'half is not most',
    [
      ['a', 2],
      ['b', 2],
    ],
    [],
    null,
  ],
  [
    'what the account uses is left out',
    [
      [OWNER, 50],
      ['a', 3],
      ['b', 2],
    ],
    [OWNER],
    'a',
  ],
  ['only what the account uses', [[OWNER, 50]], [OWNER], null],
] as [string, [string, number][], string[], string | null][])(
  'the suspect: %s',
  (_, pairs, known, suspect) => {
    const counts = pairs.map(([network, count]) => ({ network, count }))
    expect(findSuspect(counts, { total: total(counts), known })).toBe(suspect)
  },
)
