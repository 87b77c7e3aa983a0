import { expect, test } from 'vitest'
import { readQuickTask } from '#lib/tasks/quick/read-quick-task.ts'
import { describePlace } from './describe-place.ts'
import type { TaskQuery } from './task-query.ts'

/** An example of an empty place, as quick add reads it on Sunday. */
function readExample(query: TaskQuery, isUnused = true) {
  const [, example = ''] =
    /“([^”]+)”[^“]*$/.exec(describePlace(query, { listName: 'Home', isUnused }).empty.text) ?? []
  return readQuickTask(example, { today: '2026-11-29', ignored: [] })
}

test.each<[TaskQuery, object]>([
  [{}, { title: 'Pay the rent', repeat: expect.anything() }],
  [{ view: 'today' }, { title: 'Call Ines' }],
  [{ view: 'upcoming' }, { title: 'Dentist', dueOn: '2026-12-04', dueTime: '09:30' }],
  [{ view: 'inbox' }, { title: 'Passport photos' }],
  [{ view: 'done' }, { title: 'Water the ferns' }],
  [{ list: '7' }, { title: 'Return the drill', dueOn: '2026-11-30' }],
  [{ label: 'phone' }, { title: 'Call Ines', labels: ['phone'] }],
])('the example of an empty place is read as its text promises: %j', (query, task) => {
  expect(readExample(query)).toMatchObject(task)
})

test('an account that has completed its tasks is offered no import, and its example is read as well', () => {
  const { heading, empty } = describePlace({}, { listName: undefined, isUnused: false })
  expect([heading, empty.title, empty.canImport]).toEqual(['Tasks', 'All done', undefined])
  expect(readExample({}, false)).toMatchObject({ title: 'Call Ines', dueOn: '2026-11-30', dueTime: '09:00' })
})
