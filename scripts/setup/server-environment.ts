/**
 * V8 allows 16 MB for young objects by default; with 32 MB the process stays smaller (docs/decisions/0037-hot-reads.md).
 * glibc gives each thread memory of its own, which comes back late: with two such arenas the process takes some 30 MB less
 * after a load (docs/performance/memory.md).
 *
 * @returns variables of the production server. What the operator has set wins.
 */
export function serverEnvironment(): Record<string, string> {
  const { NODE_OPTIONS, MALLOC_ARENA_MAX = '2' } = process.env
  const options = ['--max-semi-space-size=32', NODE_OPTIONS].filter(Boolean).join(' ')
  return { NODE_OPTIONS: options, MALLOC_ARENA_MAX }
}
