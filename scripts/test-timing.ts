// npm run test:timing -- <url>: whether the time of a request for a password reset shows that an address has an account.

import { randomUUID } from 'node:crypto'
import { median } from '../bench/statistics.ts'
import { rankSum } from './checks/rank-sum.ts'
import { fail } from './setup/fail.ts'

const SAMPLES = 200
const WARM_UP = 20
/** By chance once in a thousand runs. */
const MOST = 3.3
const LIMITS = 'RATE_LIMITS=reset.address=100000/60,reset.recipient=100000/60'

const url = process.argv[2] ?? 'http://localhost:3000'

async function post(path: string, json: object): Promise<number> {
  const started = performance.now()
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  })
  await answer.arrayBuffer()
  const milliseconds = performance.now() - started
  if (answer.status === 429) fail(`The server throttles this command. Start it with ${LIMITS}`)
  if (!answer.ok) fail(`${path} answered ${answer.status}.`)
  return milliseconds
}

const newEmail = () => `timing-${randomUUID()}@example.com`
const [known, unknown] = [newEmail(), newEmail()]
await post('/api/auth/signup', { email: known, password: randomUUID() })

const times = { known: [] as number[], unknown: [] as number[] }
for (let round = -WARM_UP; round < SAMPLES; round++) {
  const pair = [['known', known] as const, ['unknown', unknown] as const]
  // In random order, so that neither profits from the other.
  for (const [name, email] of Math.random() < 0.5 ? pair : pair.toReversed()) {
    const milliseconds = await post('/api/auth/password/forgot', { email })
    if (round >= 0) times[name].push(milliseconds)
  }
}

const z = rankSum(times.known, times.unknown)
console.log(
  `${SAMPLES} requests each, median ${median(times.known).toFixed(2)} ms with an account, ` +
    `${median(times.unknown).toFixed(2)} ms without: z = ${z.toFixed(2)}, allowed ±${MOST}`,
)
process.exit(Math.abs(z) <= MOST ? 0 : 1)
