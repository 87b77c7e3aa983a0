/** The processor's time for `run` in milliseconds: on a busy machine the clock measures the other work as well. */
export function processorMs(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
