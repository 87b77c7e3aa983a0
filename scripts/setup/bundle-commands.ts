import { join } from 'node:path'
import { build } from 'rolldown'
import { root } from './root.ts'

const COMMANDS = ['admin', 'audit-verify']

/**
 * Writes the operators' commands into a standalone folder, each as one file that runs on Node 20.19 without npm:
 * `node admin.js`, `node audit-verify.js`. The PostgreSQL binaries, the schema engine and the migrations are found in
 * the folder at run time.
 */
export async function bundleCommands(folder: string): Promise<void> {
  for (const command of COMMANDS) {
    await build({
      cwd: root,
      input: join(root, 'scripts', `${command}.ts`),
      platform: 'node',
      transform: { target: 'node20.19' },
      // An optional package of `pg`, which is not installed.
      external: ['pg-native'],
      output: {
        file: join(folder, `${command}.js`),
        codeSplitting: false,
        // As server.js does: settings and the database are those of this folder, whatever folder the caller is in.
        banner: 'process.chdir(import.meta.dirname)',
      },
    })
  }
}
