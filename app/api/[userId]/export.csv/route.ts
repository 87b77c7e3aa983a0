import { route } from '#lib/http/route.ts'
import { exportEndpoint } from '#lib/http/task-export/export-endpoint.ts'
import { toCsv } from '#lib/http/task-export/tasks-csv.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: exportEndpoint({
    extension: 'csv',
    contentType: 'text/csv; charset=utf-8',
    write: ({ tasks }) => toCsv(tasks),
  }),
})
