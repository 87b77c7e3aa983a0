import { toStream } from '#lib/http/download.ts'
import { type Endpoint, endpoint } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'
import { openTaskExport, type TaskExport } from './open-task-export.ts'

type Format = {
  extension: string
  contentType: string
  write: (tasks: TaskExport) => AsyncGenerator<string>
}

/** A file of all tasks, also for a link of a page. */
export function exportEndpoint({ extension, contentType, write }: Format): Endpoint {
  return endpoint({ access: 'owner' }, async ({ actor, client }) => {
    const tasks = await openTaskExport(actor)
    if (!tasks.ok) return tasks
    const name = `taskward-tasks-${new Date().toISOString().slice(0, 10)}.${extension}`
    const headers = {
      'Content-Type': contentType,
      'Content-Disposition': `attachment; filename="${name}"`,
      'X-Content-Type-Options': 'nosniff',
    }
    return ok({ status: 200, headers, body: await toStream(write(tasks.value), client) })
  })
}
