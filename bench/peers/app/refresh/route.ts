import { rotate } from '../../../floors/rotate.ts'

export async function POST(request: Request): Promise<Response> {
  const { refresh_token } = await request.json()
  return Response.json({ refresh_token: await rotate(refresh_token) })
}
