/**
 * Notes where this process reaches itself, for the gate: the edge runtime copies the environment at its first request.
 * @param origin null where it is unknown, which also removes a value that the operator has set
 */
export function setOwnOrigin(origin: string | null): void {
  if (origin) process.env.TASKWARD_OWN_ORIGIN = origin
  else delete process.env.TASKWARD_OWN_ORIGIN
}
