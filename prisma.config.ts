import { defineConfig } from 'prisma/config'

// The CLI downloads a schema engine when it starts, although generate, validate and format never
// run it: naming any existing file keeps them offline (docs/decisions/0007-prisma-offline.md).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma' })
