/** Makes better-auth's tables before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || !process.env.BENCH_MIGRATES) return
  const { getMigrations } = await import('better-auth/db/migration')
  const { auth } = await import('./better-auth.ts')
  const { runMigrations } = await getMigrations(auth.options)
  await runMigrations()
}
