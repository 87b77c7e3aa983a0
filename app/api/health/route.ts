import { databaseHealth } from '#lib/db/health'

export const dynamic = 'force-dynamic'

/** For load balancers and monitors: 200 while this process can serve, else 503 with the failing part. */
export async function GET(): Promise<Response> {
  const database = await databaseHealth()
  const isOk = database === 'ok'
  return Response.json(
    { status: isOk ? 'ok' : 'unavailable', database },
    {
      status: isOk ? 200 : 503,
      headers: { 'Cache-Control': 'no-store', ...(isOk ? {} : { 'Retry-After': '5' }) },
    },
  )
}
