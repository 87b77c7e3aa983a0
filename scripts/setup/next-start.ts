import { tools } from './root.ts'

/** Arguments of Node for the production server. Its configuration is read by Node, not by the compiler: 24 MB less. */
export function nextStart(port: string, hostname?: string): string[] {
  const where = ['--port', port, ...(hostname ? ['--hostname', hostname] : [])]
  return [tools.next, 'start', '--experimental-next-config-strip-types', ...where]
}
