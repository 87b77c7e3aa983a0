import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { root } from '../scripts/setup/root.ts'
import { HTTP_TITLE } from './contenders/floors.ts'
import { drawChart } from './draw-chart.ts'
import type { Options } from './options.ts'
import type { Results } from './run.ts'
import type { ScenarioName } from './scenarios.ts'

const FOLDER = join(root, 'docs', 'performance')
/** Has the most contenders. */
const CHARTED: ScenarioName = 'list-cookie'

/** Writes the numbers of every round, the tables and the chart into docs/performance. */
export function saveResults({ comparisons, storms, text }: Results, options: Options): void {
  const { rounds, seconds } = options
  const machine = {
    processors: availableParallelism(),
    model: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  }
  mkdirSync(FOLDER, { recursive: true })
  const save = (name: string, content: string) => writeFileSync(join(FOLDER, name), content)
  save('results.json', toJson({ machine, rounds, seconds, comparisons, storms }))
  const { processors, model, node, date } = machine
  const intro = `Medians of ${rounds} rounds of ${seconds} s on ${date}: ${processors} processors (${model}), Node ${node}.`
  save('results.md', `# Results\n\n${intro} [docs/performance.md](../performance.md) explains them.\n${text}`)
  const charted = comparisons.find(({ scenario }) => scenario === CHARTED)
  if (!charted) return
  // Its bar is so long that all others would be of one length.
  const rows = charted.rows.filter(({ title }) => title !== HTTP_TITLE)
  save('list-light.svg', drawChart({ ...charted, rows }, 'light'))
  save('list-dark.svg', drawChart({ ...charted, rows }, 'dark'))
}

/** Four digits are more than the numbers are exact. */
function toJson(value: unknown): string {
  const round = (_: string, part: unknown) => (typeof part === 'number' ? Number(part.toPrecision(4)) : part)
  return `${JSON.stringify(value, round, 1)}\n`
}
