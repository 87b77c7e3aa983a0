// server.js of a standalone folder: one server process, or a primary process with WEB_CONCURRENCY of them.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { requireConcurrency, requireEnvironment } from './environment.ts'
import { runCluster } from './run-cluster.ts'

const folder = import.meta.dirname
const program = join(folder, 'next-server.js')
const processes = requireConcurrency(requireEnvironment('production', folder))
if (processes === 1) await import(pathToFileURL(program).href)
else process.exit(await runCluster({ processes, exec: program, args: [] }))
