export const SESSION_STATE = {
  revokedAt: true,
  expiresAt: true,
  epoch: true,
  user: { select: { disabledAt: true, sessionEpoch: true } },
} as const

type SessionState = {
  revokedAt: Date | null
  expiresAt: Date
  epoch: number
  user: { disabledAt: Date | null; sessionEpoch: number }
}

/** A lower epoch than the user's: the session has ended with all of its account's. */
export function isSessionActive({ revokedAt, expiresAt, epoch, user }: SessionState, now: Date): boolean {
  return revokedAt === null && expiresAt > now && epoch >= user.sessionEpoch && user.disabledAt === null
}
