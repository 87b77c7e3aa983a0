import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../../scripts/setup/root.ts'
import { findProgram } from './programs.ts'

const START_MS = 10_000

const DOCUMENTED = {
  site: join(root, 'docs/operations/nginx.conf'),
  upstream: join(root, 'docs/operations/nginx-upstream.conf'),
}

/** Whether this machine has nginx, and openssl for its certificate. */
export function hasNginx(): boolean {
  return ['nginx', 'openssl'].every(findProgram)
}

/** `servers`: one server, or two behind one nginx. */
export type Ports = { https: number; http: number; servers: [number] | [number, number] }

export type Nginx = {
  /** Stops nginx with SIGTERM, as a service manager does, and waits for its exit. */
  stop: () => Promise<void>
}

/** Starts the system's nginx on loopback with the documented configuration and a certificate of its own. */
export async function startNginx(ports: Ports): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'taskward-nginx-'))
  mkdirSync(join(folder, 'logs'))
  makeCertificate(folder)
  const site = adapt(readFileSync(DOCUMENTED.site, 'utf8'), folder, ports)
  writeFileSync(join(folder, 'nginx.conf'), wrap(behindUpstream(site, ports)))
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr']
  const child = spawn(findProgram('nginx') ?? 'nginx', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  const kill = () => child.kill('SIGTERM')
  process.once('exit', kill)

  const deadline = Date.now() + START_MS
  while (!(await isListening(ports.https))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      kill()
      throw new Error(`nginx does not start. It printed:\n${output}`)
    }
    await sleep(20)
  }
  return {
    stop: async () => {
      process.off('exit', kill)
      if (child.exitCode === null) {
        kill()
        await once(child, 'exit')
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function makeCertificate(folder: string): void {
  const request =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost'
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')]
  execFileSync(findProgram('openssl') ?? 'openssl', [...request.split(' '), ...files], { stdio: 'pipe' })
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** Changes the documented configuration to loopback, these ports and the files of a folder. */
function adapt(config: string, folder: string, { https, http, servers: [server] }: Ports): string {
  return config
    .replaceAll('tasks.example.org', 'localhost')
    .replace(/^ *listen \[::\].*$/gm, '')
    .replace(/\blisten +(443|80)\b/g, (_, port) => `listen 127.0.0.1:${port === '443' ? https : http}`)
    .replace(/(\bssl_certificate +)[^;]+/g, `$1${join(folder, 'certificate.pem')}`)
    .replace(/(\bssl_certificate_key +)[^;]+/g, `$1${join(folder, 'key.pem')}`)
    .replaceAll(/(127\.0\.0\.1|localhost):3000/g, `127.0.0.1:${server}`)
}

function behindUpstream(site: string, { servers: [first, second] }: Ports): string {
  if (second === undefined) return site
  const upstream = readFileSync(DOCUMENTED.upstream, 'utf8')
    .replace('10.0.0.1:3000', `127.0.0.1:${first}`)
    .replace('10.0.0.2:3000', `127.0.0.1:${second}`)
  return upstream + site.replace(`proxy_pass http://127.0.0.1:${first}`, 'proxy_pass http://taskward')
}

/** Adds what the nginx.conf of a distribution has around a site, with all files in the current folder. */
function wrap(site: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    daemon off;
    worker_processes 1;
    pid nginx.pid;
    events {}
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${name};`).join('\n')}
      ${site}
    }`
}
