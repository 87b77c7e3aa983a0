import type { AccountData } from './open-account-data.ts'

/** One JSON object (docs/account-api.md), a row a line, in parts of one page. */
export async function* toJson({ profile, lists }: AccountData): AsyncGenerator<string> {
  yield `{"profile":${JSON.stringify(profile)},`
  yield* toMembers(lists)
}

/** One JSON object of lists. */
export async function* toJsonLists(lists: Record<string, AsyncIterable<object[]>>): AsyncGenerator<string> {
  yield '{'
  yield* toMembers(lists)
}

async function* toMembers(lists: Record<string, AsyncIterable<object[]>>): AsyncGenerator<string> {
  let comma = ''
  for (const [name, pages] of Object.entries(lists)) {
    let separator = `${comma}"${name}":[\n`
    comma = ','
    for await (const rows of pages) {
      if (rows.length === 0) continue
      yield separator + rows.map((row) => JSON.stringify(row)).join(',\n')
      separator = ',\n'
    }
    yield separator === ',\n' ? '\n]' : `${separator}]`
  }
  yield '}\n'
}
