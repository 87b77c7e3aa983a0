export type DemoAccount = { name: string; tasks: string[] }

export const DEMO_PASSWORD = 'a quiet walk by the river'

export const VICTIM = 'ann@example.com'

export const ADMINISTRATOR = 'olive@example.com'

const NAMES =
  'Ann Olive Ben Carla Dmitri Esra Farid Greta Hiro Ines Jonas Kofi Lena Mateo Nadia Pavel Quinn Rosa Sven Tariq Uma Vera Wei Yara'
const TASKS = [
  'Water the plants',
  'Renew the passport',
  'Book the train to Porto',
  'Send the March invoice',
  'Read chapter four',
  'Call the landlord about the heating',
  'Buy a birthday present for Mina',
  'Fix the bicycle’s rear brake',
  'Prepare slides for Thursday',
  'Return the library books',
  'Make a dentist appointment',
  'Try the new bakery',
  'Back up the photos',
  'Write to grandmother',
  'Sort the winter clothes',
]

export const ACCOUNTS = new Map<string, DemoAccount>(
  NAMES.split(' ').map((name, index) => {
    const tasks = TASKS.filter((_, task) => (task * 7 + index * 5) % 12 < 5)
    return [`${name.toLowerCase()}@example.com`, { name, tasks }]
  }),
)
