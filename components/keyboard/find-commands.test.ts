import { expect, test } from 'vitest'
import { findCommands, listCommands } from './find-commands.ts'

const LINKS = [
  { label: 'Today', path: '/tasks?view=today' },
  { label: 'Home improvement', path: '/tasks?list=1' },
  { label: 'Devices', path: '/settings/sessions' },
  { label: 'Devices', path: '/settings/sessions' },
]
const COMMANDS = listCommands({ links: LINKS, hasTasks: true })
const labels = (typed: string) => findCommands(COMMANDS, typed).map(({ label }) => label)

test('lists each shortcut of the page and each linked page once', () => {
  const all = labels('')
  expect(new Set(all).size).toBe(all.length)
  expect(all).toEqual(
    expect.arrayContaining(['New task', 'Go to Today', 'Go to Home improvement', 'Go to Devices']),
  )
  expect(all).not.toContain('Move up')
})

test('offers to move among tasks only where the page has some', () => {
  const offered = (hasTasks: boolean) => listCommands({ links: [], hasTasks }).map(({ label }) => label)
  expect(offered(true)).toEqual(expect.arrayContaining(['Next task', 'Previous task']))
  expect(offered(false).filter((label) => / task$/.test(label))).toEqual(['New task'])
})

test('finds commands by words in any order, and offers a search for the text', () => {
  expect(labels('improve home')).toEqual(['Go to Home improvement', 'Search tasks for “improve home”'])
  expect(labels(' DEV ')).toEqual(['Go to Devices', 'Search tasks for “DEV”'])
})

test('puts names that begin with the text first', () => {
  expect(labels('t').indexOf('Go to Today')).toBe(0)
})

test('searches for any text, without breaking the address', () => {
  expect(findCommands(COMMANDS, 'a&b=c #d').at(-1)).toMatchObject({ path: '/tasks?q=a%26b%3Dc+%23d' })
})
