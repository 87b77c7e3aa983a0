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
const merge = (looks: Networks[]) => looks.reduce((one, other) => mergeNetworks(one, other))
const total = (counts: { count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0)

/** One look at an account that is known to use the owner's network. */
const look = (networks: string[]) =>
  countsFrom(networks).map((counts) =>
    listNetworks(counts, { suspect: findSuspect(counts, { total: total(counts), known: [OWNER] }) }),
  )

test('looks in any order, and again, name and list the same networks, the owner’s never as the suspect', () => {
  const networks = [OWNER, ...Array.from({ length: MAX_LISTED - 1 }, (_, host) => `203.0.113.${host}`)]
  const looks = fc.array(look(networks), { minLength: 1, maxLength: 6 })
  const shuffled = looks.chain((all) =>
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

test('of many networks those with the most evidence are listed, in any order of the looks, and the others counted', () => {
  const networks = Array.from({ length: 40 }, (_, host) => `203.0.113.${host}`)
  const look = countsFrom(networks).map((counts) => listNetworks(counts, { suspect: null }))
  fc.assert(
    fc.property(fc.array(look, { minLength: 1, maxLength: 5 }), (looks) => {
      const merged = merge(looks)
      expect(merge(looks.toReversed()).networks).toEqual(merged.networks)
      expect(merged.networks.length).toBeLessThanOrEqual(MAX_LISTED)
      expect(merged.networkCount).toBeGreaterThanOrEqual(
        Math.max(...looks.map(({ networkCount }) => networkCount)),
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
