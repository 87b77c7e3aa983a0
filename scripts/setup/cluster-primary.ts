// node cluster-primary.ts <program> [arguments]: runs the program in WEB_CONCURRENCY processes on one port.

import { requireConcurrency } from './environment.ts'
import { runCluster } from './run-cluster.ts'

const [exec = '', ...args] = process.argv.slice(2)
process.exit(await runCluster({ processes: requireConcurrency(process.env), exec, args }))
