import type { StartContender } from './contender.ts'
import { startGated, startHttp, startUngated } from './floors.ts'
import { startBetterAuth, startBetterAuthCached, startNextAuth } from './libraries.ts'
import { startBcrypt, startRotation, startRotationRoute } from './limits.ts'
import { startTaskward } from './taskward.ts'

/** All that are measured, by the names of the option `--against`. Taskward always is. */
export const CONTENDERS = {
  taskward: (world) => startTaskward(world),
  'taskward-2': (world) => startTaskward(world, { processes: 2 }),
  gated: startGated,
  ungated: startUngated,
  http: startHttp,
  'better-auth': startBetterAuth,
  'better-auth-cookie': startBetterAuthCached,
  'next-auth': startNextAuth,
  bcryptjs: startBcrypt,
  'refresh-route': startRotationRoute,
  'pg-transaction': startRotation,
} as const satisfies Record<string, StartContender>

export type ContenderName = keyof typeof CONTENDERS

export const CONTENDER_NAMES = Object.keys(CONTENDERS) as ContenderName[]

/** What `--quick` measures: contenders that need neither a build nor packages of the benchmark's own. */
export const QUICK_NAMES: ContenderName[] = ['taskward', 'http', 'bcryptjs', 'pg-transaction']
