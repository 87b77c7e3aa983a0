/**
 * With 16 MB for young objects, not V8's 32, and two arenas of malloc, not one for each thread, the server takes some 70 MB
 * less under load (docs/performance/memory.md).
 *
 * @returns variables of the production server. What the operator has set wins.
 */
export function serverEnvironment(): Record<string, string> {
  const { NODE_OPTIONS, MALLOC_ARENA_MAX = '2' } = process.env
  const options = ['--max-semi-space-size=16', NODE_OPTIONS].filter(Boolean).join(' ')
  return { NODE_OPTIONS: options, MALLOC_ARENA_MAX }
}
