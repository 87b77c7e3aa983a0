import { expect, test } from 'vitest'
import { migrationFolderName } from './migration-name.ts'

const now = new Date('2026-11-20T22:15:09.123Z')

test('names a migration by its second in UTC and its words', () => {
  expect(migrationFolderName('add due-dates', now)).toBe('20261120221509_add_due_dates')
})

test.each([undefined, '', '  ', '../../etc/passwd', 'drop;table', 'naïve'])('rejects the name %s', (name) => {
  expect(migrationFolderName(name, now)).toBeNull()
})
