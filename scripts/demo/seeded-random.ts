export type SeededRandom = {
  chance: (probability: number) => boolean
  /** A whole number, both bounds included. */
  between: (least: number, most: number) => number
  pick: <T>(list: readonly [T, ...T[]]) => T
}

/** mulberry32, a generator of 32 bits: enough for invented data, and not for secrets. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    chance: (probability) => next() < probability,
    between,
    pick: ([first, ...rest]) => rest[between(0, rest.length) - 1] ?? first,
  }
}
