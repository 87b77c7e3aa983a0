import { toJsonLists } from '#lib/http/account-data/to-json.ts'
import { route } from '#lib/http/route.ts'
import { exportEndpoint } from '#lib/http/task-export/export-endpoint.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: exportEndpoint({
    extension: 'json',
    contentType: 'application/json',
    write: ({ lists, tasks }) => toJsonLists({ lists: onePage(lists), tasks }),
  }),
})

async function* onePage(rows: object[]) {
  yield rows
}
