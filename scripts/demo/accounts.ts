export const DEMO_PASSWORD = 'a quiet walk by the river'

export const VICTIM = 'ann@example.com'

export const ADMINISTRATOR = 'olive@example.com'

const NAMES =
  'Ann Olive Ben Carla Dmitri Esra Farid Greta Hiro Ines Jonas Kofi Lena Mateo Nadia Pavel Quinn Rosa Sven Tariq Uma Vera Wei Yara'
export const LISTS = ['Home', 'Work', 'Errands'] as const

export type DemoTask = {
  title: string
  description?: string
  list?: (typeof LISTS)[number]
  /** Days from today; negative is overdue. */
  dueIn?: number
  dueTime?: string
  startIn?: number
  priority?: 1 | 2 | 3
  labels?: string[]
  repeat?: { rule: string; from: 'due' | 'completion' }
  isDone?: true
}

const TASKS: DemoTask[] = [
  {
    title: 'Water the plants',
    list: 'Home',
    dueIn: 0,
    repeat: { rule: 'FREQ=DAILY;INTERVAL=3', from: 'completion' },
  },
  {
    title: 'Renew the passport',
    description: 'Two photos, the old passport.\nHours: https://passports.example/hours',
    list: 'Errands',
    dueIn: 9,
    startIn: 0,
    priority: 2,
  },
  { title: 'Book the train to Porto', dueIn: 1, labels: ['travel'] },
  { title: 'Send the March invoice', list: 'Work', dueIn: -2, priority: 1, labels: ['money'] },
  { title: 'Read chapter four', labels: ['course'] },
  {
    title: 'Call the landlord about the heating',
    list: 'Home',
    dueIn: 0,
    dueTime: '09:30',
    priority: 1,
    labels: ['phone'],
  },
  { title: 'Buy a birthday present for Mina', list: 'Errands', dueIn: 4 },
  { title: 'Fix the bicycle’s rear brake', list: 'Home', isDone: true },
  { title: 'Prepare slides for Thursday', list: 'Work', dueIn: 0, dueTime: '16:00' },
  { title: 'Return the library books', list: 'Errands', dueIn: -1, isDone: true },
  { title: 'Make a dentist appointment', dueIn: 2, labels: ['phone'] },
  { title: 'Try the new bakery', priority: 3 },
  {
    title: 'Back up the photos',
    list: 'Home',
    dueIn: 6,
    repeat: { rule: 'FREQ=MONTHLY;BYMONTHDAY=1', from: 'due' },
  },
  { title: 'Write to grandmother', dueIn: 0, labels: ['family'] },
  { title: 'Sort the winter clothes', list: 'Home', isDone: true },
]

export const ACCOUNTS = new Map<string, { name: string; tasks: DemoTask[] }>(
  NAMES.split(' ').map((name, index) => {
    // The first account, which the documentation shows, has all of them.
    const tasks = TASKS.filter((_, task) => index === 0 || (task * 7 + index * 5) % 12 < 5)
    return [`${name.toLowerCase()}@example.com`, { name, tasks }]
  }),
)
