import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import { schemaEngineAdapters } from './schema-engine-adapters.ts'

/** All tables belong to the schema. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] }

/** Uses the engine's WebAssembly build, because the CLI downloads its own (decision 0007). Throws the engine's errors. */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await loadEngine()
  const schema = await readFile(path.join(process.cwd(), 'prisma', 'schema.prisma'), 'utf8')
  const { factory, close } = schemaEngineAdapters(url)
  try {
    const bound = bindMigrationAwareSqlAdapterFactory(factory)
    const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, bound)
    return await work(engine)
  } finally {
    await close()
  }
}

let loading: ReturnType<typeof instantiate> | undefined

/** Loaded once per process, because the module has one global memory. */
function loadEngine(): ReturnType<typeof instantiate> {
  loading ??= instantiate()
  return loading
}

async function instantiate() {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  // The package expects a bundler that imports .wasm files.
  const projectRequire = createRequire(path.join(process.cwd(), 'package.json'))
  const folder = path.dirname(projectRequire.resolve('@prisma/schema-engine-wasm'))
  const bytes = await readFile(path.join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': withIdleTimers(bindings),
  })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
  return bindings
}

/** The engine leaves a timer that would delay the end of a script by ten seconds. */
function withIdleTimers(bindings: object): WebAssembly.ModuleImports {
  const imports = Object.entries(bindings).map(([name, binding]) =>
    name.startsWith('__wbg_setTimeout')
      ? [name, (callback: () => void, ms: number) => setTimeout(callback, ms).unref()]
      : [name, binding],
  )
  return Object.fromEntries(imports)
}
