import { readdirSync, readFileSync } from 'node:fs'

/** Of the clock of /proc, in any Linux (proc_pid_stat(5), sysconf(3)). */
const TICK_MS = 10

export type Usage = { cpuMs: number; residentMb: number }

/**
 * What a process and its descendants have used, threads included, by the kernel's account. On a machine with other
 * work it varies less than a rate of requests. Null on a system without /proc.
 */
export function readUsage(pid: number): Usage | null {
  const processes = readProcesses()
  if (!processes.some((one) => one.pid === pid)) return null
  const family = new Set([pid])
  // A child's id is higher than its parent's except after a wrap of the counter: two passes find those, too.
  for (const one of [...processes, ...processes]) if (family.has(one.parent)) family.add(one.pid)
  const members = processes.filter((one) => family.has(one.pid))
  return {
    cpuMs: members.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    residentMb: members.reduce((sum, one) => sum + readResidentMb(one.pid), 0),
  }
}

function readProcesses() {
  return readFolder('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = readText(`/proc/${name}/stat`)
      if (!stat) return []
      // The second field is the program's name in parentheses, which may contain spaces.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const cpuMs = (Number(fields[11]) + Number(fields[12])) * TICK_MS
      return [{ pid: Number(name), parent: Number(fields[1]), cpuMs }]
    })
}

function readResidentMb(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readText(`/proc/${pid}/status`)) ?? []
  return Number(kilobytes ?? 0) / 1024
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Empty for a process that has ended meanwhile. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
