import type { AccountEvent } from '#lib/audit/account-event.ts'
import { eventBody } from '#lib/http/event-body.ts'
import { downloadEvents } from '../download-events.ts'

export function GET(request: Request): Promise<Response> {
  return downloadEvents(request, { extension: 'json', contentType: 'application/json', write: toFile })
}

/** `{"data": […]}`, with the events as the API tells them (contract 2.6), one per line. */
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
