import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { throttle } from '#lib/auth/throttle.ts'
import type { Failure } from '#lib/failure.ts'
import type { Result } from '#lib/result.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import type { FileRefusal } from '#lib/tasks/import/errors.ts'
import type { ReadFile } from '#lib/tasks/import/imported-task.ts'
import { readImport } from '#lib/tasks/import/read-import.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'

/** Reads a file for an account, which takes up to a second. @returns `RATE_LIMITED`; why the file is refused */
export async function readFile(
  actor: AuthenticatedActor,
  bytes: Uint8Array,
  { now }: { now: Date },
): Promise<Result<ReadFile, Failure<'RATE_LIMITED'> | FileRefusal>> {
  const admitted = await admitFile(actor)
  return admitted.ok ? readAdmittedFile(actor, bytes, { now }) : admitted
}

/** Counts a file before a form is searched for it, which takes up to a second as well. @returns `RATE_LIMITED` */
export function admitFile({ client, userId, sessionId }: AuthenticatedActor) {
  return throttle([makeBucket('account.import', userId)], { client, userId, sessionId })
}

export function readAdmittedFile(
  actor: AuthenticatedActor,
  bytes: Uint8Array,
  { now }: { now: Date },
): Promise<Result<ReadFile, FileRefusal>> {
  const timeZone = actor.timeZone ?? 'UTC'
  return readImport(bytes, { now, today: dayIn(timeZone, now), timeZone })
}
