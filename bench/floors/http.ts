// The lowest floor: Taskward's answers by node:http, jose and `pg`, without a framework.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { completeTask, createTask, getAccount, listTasks } from './answers.ts'
import { verifyToken } from './verify-token.ts'

createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error)
    send(response, 500, {})
  })
}).listen(Number(process.env.PORT), '127.0.0.1')

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, base, part, taskId] = request.url?.split('/') ?? []
  if (base === 'ready') return send(response, 200, {})
  const { authorization = '', cookie = '' } = request.headers
  const headers = new Headers(authorization ? { authorization } : { cookie })
  const userId = await verifyToken(headers)
  if (userId === null) return send(response, 401, { error: 'Unauthorized' })
  if (part === 'me') return send(response, 200, await getAccount(userId))
  if (taskId) return send(response, 200, await completeTask(userId, taskId))
  if (request.method === 'GET') return send(response, 200, await listTasks(userId))
  const { title } = (await json(request)) as { title: string }
  return send(response, 201, await createTask(userId, title))
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
