/** The whole way over IPv6: a browser's signalling through web to the media server, and media's port. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkReach } from '../../../sfu/media/reach-check.ts'
import { SignalingClient } from '../../../sfu/testing/signaling-client.ts'
import { freePort, startTestServer, type TestServer } from '../../../sfu/testing/test-server.ts'
import { NODE } from '../../../sfu/testing/ticket-issuer.ts'
import { proxySignaling } from './signaling-proxy.ts'

const hasIPv6 = Object.values(networkInterfaces()).some((all = []) =>
  all.some(({ address }) => address === '::1'),
)
if (!hasIPv6) console.log('ipv6.itest.ts is skipped: this machine has no ::1.')

let school: TestServer
let web: Server
let webPort: number
let mediaPort: number

beforeAll(async () => {
  if (!hasIPv6) return
  const internal = { host: '::1', port: await freePort() }
  mediaPort = await freePort()
  const announcedAddresses = ['127.0.0.1', '::1']
  school = await startTestServer({}, undefined, {
    internal,
    mediaPort,
    announcedAddresses,
    listenAddress: null,
  })
  web = createServer()
  web.on('upgrade', (request, socket, head) => {
    const target = `[${internal.host}]:${internal.port}`
    const options = { node: NODE, target, publicUrl: 'https://class.example' }
    if (!proxySignaling(request, socket, head, '::1', options)) socket.destroy()
  })
  // Without a host, as web listens: on both families.
  web.listen(0)
  await once(web, 'listening')
  webPort = (web.address() as AddressInfo).port
})

afterAll(async () => {
  if (!hasIPv6) return
  await school.close()
  web.close()
})

test.skipIf(!hasIPv6)(
  'a member joins over [::1] and is offered media over both families',
  async () => {
    for (const host of ['[::1]', '127.0.0.1']) {
      const origin = `http://${host}:${webPort}`
      const url = `ws://${host}:${webPort}/signaling/${NODE}`
      const client = await SignalingClient.open(url, { headers: { origin } })
      await client.enter(await school.issuer.ticket())
      const { iceCandidates } = await client.request('createTransport', { direction: 'send' })
      const told = iceCandidates.map(({ address, protocol }) => `${protocol} ${address}`)
      expect(told.toSorted()).toEqual(['tcp 127.0.0.1', 'tcp ::1', 'udp 127.0.0.1', 'udp ::1'])
      client.socket.terminate()
    }
  },
)

test.skipIf(!hasIPv6)('a page of another host is turned away over IPv6 as well', async () => {
  const url = `ws://[::1]:${webPort}/signaling/${NODE}`
  const headers = { origin: `http://[::2]:${webPort}` }
  await expect(SignalingClient.open(url, { headers })).rejects.toThrow('403')
})

test.skipIf(!hasIPv6)(
  'the media port answers over UDP and TCP under each announced address',
  async () => {
    const { pool } = school.server
    for (const address of ['127.0.0.1', '::1']) {
      const reach = await checkReach({ pool, announcedAddress: address, port: mediaPort })
      expect(reach).toEqual({ address, udp: true, tcp: true })
    }
  },
)
