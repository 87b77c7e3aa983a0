import { expect, test } from 'vitest'
import { z } from 'zod'
import { pagingSchema } from '#lib/page.ts'
import { parse } from './parse.ts'

test('reports every invalid field, nested ones by their path', () => {
  const schema = z.object({ a: z.string('must be text'), b: z.object({ c: z.number('must be a number') }) })
  expect(parse(schema, { b: { c: 'x' } })).toEqual({
    ok: false,
    error: {
      code: 'BAD_REQUEST',
      details: [
        { field: 'a', issue: 'must be text' },
        { field: 'b.c', issue: 'must be a number' },
      ],
    },
  })
})

test('describes what the schema has no words for', () => {
  const schema = z.object({
    id: z.uuid(),
    batch: z.string(),
    list: z.union([z.literal('inbox'), z.uuid()]),
    action: z.string().refine((text) => text === 'x'),
    nested: z.object({ view: z.enum(['done']) }),
  })
  const issues = (input: unknown) => {
    const parsed = parse(schema, input)
    return parsed.ok ? [] : parsed.error.details.map(({ field, issue }) => `${field} ${issue}`.trim())
  }
  const fields = ['id', 'batch', 'list', 'action', 'nested']
  expect(issues({})).toEqual(fields.map((field) => `${field} is missing`))
  const junk = { id: 'junk', batch: null, list: 'junk', action: 'junk', nested: { view: 'junk' } }
  expect(issues(junk)).toEqual(fields.map((f) => `${f === 'nested' ? 'nested.view' : f} is not valid`))
  for (const input of [null, 7, []]) expect(issues(input)).toEqual(['is not valid'])
})

test('drops fields that the schema lacks', () => {
  expect(parse(z.object({ a: z.string() }), { a: 'x', role: 'admin' })).toEqual({
    ok: true,
    value: { a: 'x' },
  })
})

test.each<[Record<string, string>, object]>([
  [{}, {}],
  [{ limit: '1' }, { limit: 1 }],
  [{ limit: '200' }, { limit: 200 }],
  [{ cursor: '019a0000-0000-7000-8000-000000000000' }, { cursor: '019a0000-0000-7000-8000-000000000000' }],
  [{ other: 'x' }, {}],
])('paging by %j', (query, value) => {
  expect(parse(pagingSchema, query)).toEqual({ ok: true, value })
})

test.each([
  { limit: '0' },
  { limit: '201' },
  { limit: '-1' },
  { limit: '1.5' },
  { limit: '1e2' },
  { limit: ' 1' },
  { limit: '' },
  { limit: 'all' },
  { limit: '٣' },
  { cursor: '' },
  { cursor: '1' },
  { cursor: "' OR 1=1 --" },
])('paging by %j is refused', (query) => {
  const [field] = Object.keys(query)
  expect(parse(pagingSchema, query)).toMatchObject({ error: { code: 'BAD_REQUEST', details: [{ field }] } })
})
