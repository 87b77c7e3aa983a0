import { accountOf, authenticate, type Context, unauthorized } from '../../../authenticate.ts'

export async function GET(request: Request, context: Context): Promise<Response> {
  const user = await authenticate(request, context)
  return user ? Response.json(await accountOf(user)) : unauthorized()
}
