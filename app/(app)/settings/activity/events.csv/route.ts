import type { AccountEvent } from '#lib/audit/account-event.ts'
import { CSV_HEAD, toCsv } from '#lib/audit/words/events-csv.ts'
import { downloadEvents } from '../download-events.ts'

export function GET(request: Request): Promise<Response> {
  return downloadEvents(request, { extension: 'csv', contentType: 'text/csv; charset=utf-8', write: toFile })
}

async function* toFile(pages: AsyncIterable<AccountEvent[]>) {
  // Written with the first page, so that an earlier failure starts no download.
  let head = CSV_HEAD
  for await (const events of pages) {
    yield head + toCsv(events)
    head = ''
  }
}
