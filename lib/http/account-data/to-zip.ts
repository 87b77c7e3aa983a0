import { Zip, ZipDeflate } from 'fflate'
import { csvLine } from '#lib/audit/words/csv-line.ts'
import type { AccountData } from './open-account-data.ts'

/** A ZIP file with a CSV file of the profile and of each list, in parts of one page. The first line names the columns. */
export async function* toZip({ profile, lists }: AccountData): AsyncGenerator<Uint8Array> {
  const written: Uint8Array[] = []
  // It calls back while it is called.
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    written.push(chunk)
  })
  const encoder = new TextEncoder()
  for (const [name, pages] of Object.entries({ profile: onePage(profile), ...lists })) {
    const file = new ZipDeflate(`${name}.csv`)
    zip.add(file)
    for await (const text of toCsv(pages)) {
      file.push(encoder.encode(text))
      yield* written.splice(0)
    }
    file.push(new Uint8Array(), true)
  }
  zip.end()
  yield* written
}

async function* onePage(row: object) {
  yield [row]
}

async function* toCsv(pages: AsyncIterable<object[]>) {
  let isFirst = true
  for await (const rows of pages) {
    const [first] = rows
    if (!first) continue
    if (isFirst) yield csvLine(Object.keys(first))
    isFirst = false
    yield rows.map((row) => csvLine(Object.values(row).map(toCell))).join('')
  }
}

function toCell(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
