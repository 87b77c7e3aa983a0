import { redirectResponse } from '#lib/http/redirect-response.ts'
import { receiveFile } from '#lib/http/task-import/receive-file.ts'

export const POST = receiveFile

/** For an address that was typed, or that a log-in leads back to. */
export function GET(): Response {
  return redirectResponse('/settings/data')
}
