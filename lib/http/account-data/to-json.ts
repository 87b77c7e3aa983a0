import type { AccountData } from './open-account-data.ts'

/** One JSON object (docs/account-api.md), a row a line, in parts of one page. */
export async function* toJson({ profile, lists }: AccountData): AsyncGenerator<string> {
  yield `{"profile":${JSON.stringify(profile)}`
  for (const [name, pages] of Object.entries(lists)) yield* toMember(name, pages)
  yield '}\n'
}

async function* toMember(name: string, pages: AsyncIterable<object[]>) {
  let separator = `,"${name}":[\n`
  for await (const rows of pages) {
    if (rows.length === 0) continue
    yield separator + rows.map((row) => JSON.stringify(row)).join(',\n')
    separator = ',\n'
  }
  yield separator === ',\n' ? '\n]' : `${separator}]`
}
