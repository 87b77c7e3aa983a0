/** What a session's row has to be read with, for `isSessionActive`. */
export const SESSION_STATE = {
  revokedAt: true,
  expiresAt: true,
  epoch: true,
  user: { select: { disabledAt: true, sessionEpoch: true } },
} as const

type Session = {
  revokedAt: Date | null
  expiresAt: Date
  epoch: number
  user: { disabledAt: Date | null; sessionEpoch: number }
}

/** Whether a session was neither ended, alone or with all of its account, nor has expired. */
export function isSessionActive({ revokedAt, expiresAt, epoch, user }: Session, now: Date): boolean {
  return revokedAt === null && expiresAt > now && epoch >= user.sessionEpoch && user.disabledAt === null
}
