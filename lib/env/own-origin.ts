/**
 * Notes where this process reaches itself, for the gate: the edge runtime gets a copy of the environment at its first request.
 * Null for unknown; whatever the operator has set goes.
 */
export function setOwnOrigin(origin: string | null): void {
  if (origin) process.env.TASKWARD_OWN_ORIGIN = origin
  else delete process.env.TASKWARD_OWN_ORIGIN
}
