/** Next calls this once per server process, before the first request, and in the edge runtime too, where it does nothing. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { boot } = await import('#lib/boot/boot')
    await boot()
  }
}
