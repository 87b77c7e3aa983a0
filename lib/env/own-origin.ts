/** The edge runtime copies the environment at its first request. Null removes a configured value, too. */
export function setOwnOrigin(origin: string | null): void {
  if (origin) process.env.TASKWARD_OWN_ORIGIN = origin
  else delete process.env.TASKWARD_OWN_ORIGIN
}
