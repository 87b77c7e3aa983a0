import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HOUR_MS } from '../../lib/time.ts'
import { archiveStaticFiles, restoreStaticFiles } from './keep-static-files.ts'

const MONDAY = new Date('2026-11-23T08:00:00Z')

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskward-static-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

function hoursLater(hours: number): Date {
  return new Date(MONDAY.getTime() + hours * HOUR_MS)
}

/** A build as Next.js makes it: it empties its folder first. */
function build(files: string[], hours: number, { fails = false } = {}): void {
  archiveStaticFiles(folder, hoursLater(hours))
  rmSync(join(folder, 'static'), { recursive: true, force: true })
  if (fails) return
  for (const file of files) {
    mkdirSync(dirname(join(folder, 'static', file)), { recursive: true })
    writeFileSync(join(folder, 'static', file), `content of ${file}`)
  }
  restoreStaticFiles(folder, hoursLater(hours))
}

/** Which of these files a server would serve. */
function served(...files: string[]): string[] {
  return files.filter((file) => existsSync(join(folder, 'static', file)))
}

test('keeps the files of the previous build next to the new ones', () => {
  build(['chunks/same.js', 'chunks/old.js', 'id-1/_buildManifest.js'], 0)
  build(['chunks/same.js', 'chunks/new.js', 'id-2/_buildManifest.js'], 1)
  const all = ['chunks/same.js', 'chunks/old.js', 'id-1/_buildManifest.js']
  expect(served(...all, 'chunks/new.js', 'id-2/_buildManifest.js')).toHaveLength(5)
  expect(readFileSync(join(folder, 'static/chunks/old.js'), 'utf8')).toBe('content of chunks/old.js')
})

test('deletes a file a day after a new build replaced it, whatever its age', () => {
  build(['old.js'], 0)
  build(['new.js'], 100)
  build(['newer.js'], 123)
  expect(served('old.js', 'new.js', 'newer.js')).toEqual(['old.js', 'new.js', 'newer.js'])
  build(['newest.js'], 125)
  expect(served('old.js', 'new.js', 'newer.js', 'newest.js')).toEqual(['new.js', 'newer.js', 'newest.js'])
  build(['last.js'], 200)
  expect(served('old.js', 'new.js', 'newer.js', 'newest.js', 'last.js')).toEqual(['newest.js', 'last.js'])
})

test('restarts the day for a file that a later build contained again', () => {
  build(['a.js'], 0)
  build(['b.js'], 1)
  build(['a.js'], 2)
  build(['b.js'], 90)
  expect(served('a.js', 'b.js')).toEqual(['a.js', 'b.js'])
  build(['c.js'], 113)
  expect(served('a.js', 'b.js', 'c.js')).toEqual(['a.js', 'b.js', 'c.js'])
})

test('loses no file when a build fails', () => {
  build(['old.js'], 0)
  build([], 1, { fails: true })
  build([], 2, { fails: true })
  build(['new.js'], 3)
  expect(served('old.js', 'new.js')).toEqual(['old.js', 'new.js'])
})

test('keeps a bounded number of the latest files after many builds in a day', () => {
  const filesOf = (number: number) => Array.from({ length: 300 }, (_, n) => `chunks/${number}-${n}.js`)
  for (const number of [0, 1, 2]) build(filesOf(number), number)
  expect([0, 1, 2].map((number) => served(...filesOf(number)).length)).toEqual([200, 300, 300])
})
