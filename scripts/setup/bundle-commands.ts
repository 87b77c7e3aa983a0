import { join } from 'node:path'
import { build } from 'rolldown'
import { root } from './root.ts'

/** Each file of the folder, by its source in scripts/. */
const COMMANDS = {
  admin: 'admin',
  'audit-verify': 'audit-verify',
  server: 'setup/standalone-server',
}

/** Each command becomes one file for Node 20.19 without npm. It finds PostgreSQL and the migrations in the folder. */
export async function bundleCommands(folder: string): Promise<void> {
  for (const [command, source] of Object.entries(COMMANDS)) {
    await build({
      cwd: root,
      input: join(root, 'scripts', `${source}.ts`),
      platform: 'node',
      // @next/env is CommonJS.
      transform: { target: 'node20.19', define: { __dirname: 'import.meta.dirname' } },
      // An optional package of `pg`, which is not installed.
      external: ['pg-native'],
      output: {
        file: join(folder, `${command}.js`),
        codeSplitting: false,
        // As in server.js: settings and the database are this folder's, from whatever folder the command is called.
        banner: 'process.chdir(import.meta.dirname)',
      },
    })
  }
}
