import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { FIELD_NAMES } from '#app/(app)/tasks/edit-field-names.ts'
import { describeIssue } from '#lib/describe-issue.ts'
import { TEXT_FIELDS } from '#lib/gate/form-fields.ts'
import type { EditedField } from '#lib/tasks/fingerprint.ts'
import { isTest, readProject } from '#lib/testing/import-graph.ts'

const sources = [...readProject(fileURLToPath(new URL('../..', import.meta.url)))].filter(
  ([file]) => !isTest(file) && /^(app|components|lib)\//.test(file),
)
const SIGNED_IN_ACTIONS = /^app\/\((app|admin)\)\/.+\/actions\.ts$/

test('every form that posts names the account of its page', () => {
  const posting = sources
    .filter(
      ([, source]) =>
        /<(form|HydrationSafeForm)\b(?![^>]*action="\/)/.test(source) ||
        /<form\b[^>]*method="post"/.test(source),
    )
    .map(([file]) => file)
  expect(posting).toEqual([
    'app/(app)/settings/data/upload-form.tsx',
    // Without an action it requests its own address again.
    'app/unavailable/page.tsx',
    'components/form/action-form.tsx',
    'components/form/hydration-safe-form.tsx',
    'components/shell/signed-in-header.tsx',
    // "Cancel" requests the list again.
    'components/tasks/cancel-edit.tsx',
  ])
  const header = sources.find(([file]) => file === posting[4])?.[1]
  expect(header).toMatch(/<form action="\/logout" method="post">\s*<AccountFields \/>/)
  const upload = sources.find(([file]) => file === posting[0])?.[1]
  expect(upload).toMatch(/<form action="\/settings\/data\/upload" [^>]*>\s*<AccountFields \/>/)
})

test('every form with fields to fill in keeps text that was typed before hydration', () => {
  const bare = sources.filter(([, source]) => /<form\b/.test(source)).map(([file]) => file)
  expect(bare).toEqual([
    // Browsers keep no chosen file.
    'app/(app)/settings/data/upload-form.tsx',
    'app/unavailable/page.tsx',
    'components/form/hydration-safe-form.tsx',
    'components/shell/signed-in-header.tsx',
    // "Cancel", which has only hidden fields.
    'components/tasks/cancel-edit.tsx',
  ])
})

test('every signed-in action requires an actor and compares the account of the page', () => {
  const files = sources.filter(([file]) => SIGNED_IN_ACTIONS.test(file))
  expect(files).toHaveLength(14)
  for (const [file, source] of files) {
    const actions = source.split(/^export (?=async function)/m).slice(1)
    expect(actions.length, file).toBeGreaterThan(0)
    for (const action of actions) {
      expect(action, file).toMatch(
        /^async function \w+\([^)]*\)[^{]*\{\s*const actor = await require(Actor|Admin)\(.+, form\)/,
      )
      expect(action, file).toMatch(/\b(return|await) runAction\(\s*actor,/)
    }
  }
})

test('drafts keep every text field of the signed-in forms', () => {
  const isSignedIn = (file: string) => /^(app\/\((app|admin)\)|components\/tasks)\//.test(file)
  const written = sources
    .filter(([file, source]) => isSignedIn(file) && /ActionForm|function RepeatFields/.test(source))
    .flatMap(([, source]) => [...source.matchAll(/<Text(?:Field|Area)\b[\s\S]*?\/>/g)].map(([tag]) => tag))
    .map((tag) => /\bname="(\w+)"/.exec(tag)?.[1] ?? /\{\.\.\.(\w+)Field\}/.exec(tag)?.[1])
  expect(new Set(written)).toEqual(new Set(TEXT_FIELDS))
})

test('an error of a task names its field by the label', () => {
  const tags = ['components/tasks/task-fields.tsx', 'components/tasks/repeat-fields.tsx'].flatMap((file) =>
    [...(new Map(sources).get(file) ?? '').matchAll(/<(?:Text|Select)(?:Field|Area)\b[\s\S]*?\/>/g)].map(
      ([tag]) => tag,
    ),
  )
  const labels = new Map(
    tags.flatMap((tag) => {
      const [, label = ''] = /label="([^"]+)"/.exec(tag) ?? []
      const [, name] = /\bname="(\w+)"/.exec(tag) ?? []
      const [, field] = /control\('(\w+)'\)/.exec(tag) ?? []
      const key = name ?? FIELD_NAMES[field as EditedField]
      return key ? [[key, label] as const] : []
    }),
  )
  expect(labels.size).toBe(12)
  for (const [field, label] of labels) {
    expect(describeIssue({ field, issue: 'must be' }).issue).toBe(`${label} must be.`)
  }
})

test('no server action closes over a value, because the key that would encrypt it is public', () => {
  for (const [file, source] of sources) {
    const directives = [...source.matchAll(/^([ \t]*)['"]use (server|cache)\b/gm)]
    const isOfTheFile =
      directives.length === 0 || (directives.length === 1 && source.startsWith("'use server'"))
    expect(isOfTheFile, file).toBe(true)
  }
})
