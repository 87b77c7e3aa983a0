// npm test: every test there is, also after a failure. The last line is the sum.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Counts,
  countPlaywright,
  countVitest,
  formatCounts,
  formatSkipped,
  judge,
  sum,
} from './checks/counts.ts'
import { installTestPrograms } from './checks/install-test-programs.ts'
import { buildIfNeeded } from './setup/build.ts'
import { root, tools } from './setup/root.ts'
import { runNext, runTool } from './setup/run-tool.ts'
import { forgetSettings } from './setup/settings.ts'

const reports = mkdtempSync(join(tmpdir(), 'taskward-test-'))
/** Tests start hundreds of processes, which load the same code. */
const shared = { NODE_COMPILE_CACHE: join(reports, 'compile-cache') }

type Parts = Record<string, () => Promise<Counts>>

/** What one processor can do while the other one installs programs, or waits for a database. */
const checksAndBuild: Parts = {
  Types: async () => {
    const typegen = await runNext('production', ['typegen'])
    const all = await runTool([tools.tsc, '--noEmit'])
    // The server runs on Node 20 as well, which lacks some of what tests and scripts use.
    const server = await runTool([tools.tsc, '--noEmit', '--project', 'scripts/checks/tsconfig.node20.json'])
    return one(typegen === 0 && all === 0 && server === 0)
  },
  Lint: async () => one((await runTool([tools.biome, 'check', '.'])) === 0),
  'Dead code': async () => one((await runTool([tools.knip])) === 0),
  'Production build': async () => one(await buildIfNeeded()),
  // Whether the benchmark runs at all: a busy machine proves nothing about speed.
  Benchmark: async () => one((await runTool(['scripts/bench.ts', '--quick'])) === 0),
}

const unitTests: Parts = {
  'Programs that tests drive': async () => {
    await installTestPrograms()
    return one(true)
  },
  'Unit and database': async () => {
    const report = join(reports, 'vitest.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const args = ['run', '--config', 'lib/testing/vitest.config.ts', ...reporters]
    const exitCode = await runTool([tools.vitest, ...args], shared)
    return judge(countVitest(readReport(report)), exitCode)
  },
}

const journeys: Parts = {
  'End to end': async () => {
    const report = join(reports, 'playwright.json')
    const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json']
    const variables = { ...shared, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
    const exitCode = await runTool([tools.playwright, ...args], variables)
    return judge(countPlaywright(readReport(report)), exitCode)
  },
}

function one(passed: boolean): Counts {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 }
}

function readReport(file: string): unknown {
  if (!existsSync(file)) throw new Error('The test runner ended without a report.')
  return JSON.parse(readFileSync(file, 'utf8'))
}

async function runInTurn(parts: Parts): Promise<[string, Counts][]> {
  const results: [string, Counts][] = []
  for (const [name, part] of Object.entries(parts)) results.push([name, await run(name, part)])
  return results
}

/** A part that cannot even run is a failure, and no reason to leave out the next one. */
async function run(name: string, part: () => Promise<Counts>): Promise<Counts> {
  console.log(`\n── ${name} ──\n`)
  try {
    return await part()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return one(false)
  }
}

process.chdir(root)
process.once('exit', () => rmSync(reports, { recursive: true, force: true }))
forgetSettings()

const results = [
  ...(await Promise.all([runInTurn(checksAndBuild), runInTurn(unitTests)])).flat(),
  ...(await runInTurn(journeys)),
]

console.log('\n── Result ──\n')
for (const [name, counts] of results) {
  console.log(`${counts.failed ? '✗' : '✓'} ${name}: ${formatCounts(counts)}${formatSkipped(counts)}`)
}
const total = sum(results.map(([, counts]) => counts))
console.log(`\n${formatCounts(total)}`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
