import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebMetrics } from './metrics.ts'

const TOKEN = 'a token of some length'

let server: Server
let sfu: Server
let local: boolean
let base: string

const listen = async (one: Server): Promise<number> => {
  one.listen(0, '127.0.0.1')
  await once(one, 'listening')
  return (one.address() as AddressInfo).port
}

beforeEach(async () => {
  sfu = createServer((request, response) => {
    response.writeHead(request.url === '/internal/metrics' ? 200 : 404)
    response.end('attune_sfu_classes 3\n')
  })
  const metrics = new WebMetrics({
    sfu: `127.0.0.1:${String(await listen(sfu))}`,
    token: TOKEN,
    connections: () => 7,
  })
  local = false
  server = createServer((request, response) => {
    metrics.watch(request, response)
    if (request.url === '/metrics') void metrics.answer(request, response, local)
    else response.writeHead(503).end()
  })
  base = `http://127.0.0.1:${String(await listen(server))}`
})

afterEach(() => {
  server.close()
  sfu.close()
})

const ask = async (authorization?: string): Promise<Response> =>
  await fetch(`${base}/metrics`, authorization === undefined ? {} : { headers: { authorization } })

test('strangers, and wrong tokens, find nothing', async () => {
  expect((await ask()).status).toBe(404)
  expect((await ask(`Bearer ${TOKEN}x`)).status).toBe(404)
  expect((await ask(TOKEN)).status).toBe(404)
})

test('the machine itself, and the token, see both processes', async () => {
  await fetch(`${base}/elsewhere`)
  const text = await (await ask(`Bearer ${TOKEN}`)).text()
  expect(text).toContain('attune_web_requests_total{status="5xx"} 1\n')
  expect(text).toContain('attune_web_signaling_connections 7\n')
  expect(text).toContain('attune_web_request_seconds_bucket{le="+Inf"} 1\n')
  expect(text).toContain('attune_sfu_up 1\n')
  expect(text).toContain('attune_sfu_classes 3\n')
  local = true
  expect((await ask()).status).toBe(200)
})

test('a media server that is down is said to be down', async () => {
  sfu.close()
  local = true
  const text = await (await ask()).text()
  expect(text).toContain('attune_sfu_up 0\n')
  expect(text).toContain('attune_web_memory_bytes')
})
