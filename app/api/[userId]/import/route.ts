import { z } from 'zod'
import { refusedTask } from '#lib/http/refused-task.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { readFile } from '#lib/http/task-import/read-file.ts'
import { takeUpload } from '#lib/http/uploads.ts'
import { writtenMeta } from '#lib/http/written-meta.ts'
import { err, ok } from '#lib/result.ts'
import { importTasks } from '#lib/tasks/import/import-tasks.ts'
import { type ImportPreview, previewImport } from '#lib/tasks/import/preview-import.ts'

const TYPES = ['application/json', 'text/csv']

const querySchema = z.object({ dry_run: z.enum(['0', '1'], 'must be 0 or 1').default('0') })

/** Also for a file whose kind differs from its content type: only the content decides. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'owner', query: querySchema }, async ({ actor, client, query, request }) => {
    const now = new Date()
    const { bytes, contentType } = await takeUpload(request)
    const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
    if (!TYPES.includes(mediaType)) return err({ code: 'FILE_OF_OTHER_TYPE' })
    const file = await readFile(actor, bytes, { now })
    if (!file.ok) return file
    const preview = await previewImport(actor, file.value)
    if (query.dry_run === '1') {
      return ok({
        status: 200,
        body: { data: toBody(preview), meta: writtenMeta({ batchId: null }, client) },
      })
    }
    const written = await importTasks(actor, file.value, { now })
    if (!written.ok) return refusedTask(written.error, client)
    return ok({ status: 200, body: { data: toBody(preview), meta: writtenMeta(written, client) } })
  }),
})

function toBody({ tasks, completed, newLists, problems, problemCount }: ImportPreview) {
  return { tasks, completed, new_lists: newLists, problems, problem_count: problemCount }
}
