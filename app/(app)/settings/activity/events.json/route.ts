import type { AccountEvent } from '#lib/audit/account-event.ts'
import { eventBody } from '#lib/http/event-body.ts'
import { downloadEvents } from '../download-events.ts'

export function GET(request: Request): Promise<Response> {
  return downloadEvents(request, { extension: 'json', contentType: 'application/json', write: toFile })
}

/** `{"data": […]}`, one event per line, each as the API returns it (docs/api.md). */
async function* toFile(pages: AsyncIterable<AccountEvent[]>) {
  let separator = '{"data":[\n'
  for await (const events of pages) {
    let text = ''
    for (const event of events) {
      text += separator + JSON.stringify(eventBody(event))
      separator = ',\n'
    }
    yield text
  }
  yield separator.startsWith(',') ? '\n]}\n' : `${separator}]}\n`
}
