/** Chance that comes out the same for the same seed. */
export type Chance = {
  /** True so often out of 1. */
  happens: (probability: number) => boolean
  /** A whole number, both ends included. */
  between: (least: number, most: number) => number
  pick: <T>(list: readonly [T, ...T[]]) => T
}

/** mulberry32, a generator of 32 bits: good enough for stories, for nothing else. */
export function chanceFrom(seed: number): Chance {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    happens: (probability) => next() < probability,
    between,
    pick: ([first, ...rest]) => rest[between(0, rest.length) - 1] ?? first,
  }
}
