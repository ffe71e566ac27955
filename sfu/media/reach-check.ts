/**
 * Looks, at the start, whether the media port can be reached under the address that browsers will be
 * told, over UDP and over TCP, and names the setting where it cannot. It warns, and stops nothing: a
 * router may hide a public address from the machine that has it.
 */
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { connect, isIPv6 } from 'node:net'
import type { Logger } from '../log.ts'
import { answers, bindingRequest } from './stun.ts'
import type { WorkerPool } from './worker-pool.ts'

const PATIENCE_MS = 2_500
const SEND_EVERY_MS = 500

export interface Reach {
  /** Null where the name has no address. */
  address: string | null
  udp: boolean
  tcp: boolean
}

export interface ReachOptions {
  pool: Pick<WorkerPool, 'createRouter'>
  announcedAddress: string
  port: number
}

/** Tries the port under the announced address, as a browser would. */
export async function checkReach({ pool, announcedAddress, port }: ReachOptions): Promise<Reach> {
  const address = await lookup(announcedAddress).then(
    (found) => found.address,
    () => null,
  )
  if (address === null) return { address, udp: false, tcp: false }
  const { router, webRtcServer } = await pool.createRouter(() => undefined)
  try {
    const { iceParameters } = await router.createWebRtcTransport({ webRtcServer })
    const [udp, tcp] = await Promise.all([
      answersUdp(address, port, iceParameters),
      acceptsTcp(address, port),
    ])
    return { address, udp, tcp }
  } finally {
    router.close()
  }
}

/** Writes down what is wrong, with the setting that mends it; says nothing where all is well. */
export function reportReach(
  reach: Reach,
  { announcedAddress, port }: Pick<ReachOptions, 'announcedAddress' | 'port'>,
  options: { own: ReadonlySet<string>; log: Logger },
): void {
  const { own, log } = options
  if (reach.address === null) {
    log.error(
      { setting: 'ANNOUNCED_ADDRESS' },
      `ANNOUNCED_ADDRESS is ${announcedAddress}, a name without an address: nobody will get picture or sound. Set it to the address under which browsers reach this machine.`,
    )
    return
  }
  const closed = [...(reach.udp ? [] : ['UDP']), ...(reach.tcp ? [] : ['TCP'])].join(' and ')
  if (closed === '') return
  if (own.has(reach.address)) {
    log.error(
      { setting: 'SFU_PORT', port },
      `Port ${port} (${closed}) does not answer at ${announcedAddress}, an address of this machine: open it in the firewall, or set SFU_LISTEN_ADDRESS to that address.`,
    )
    return
  }
  log.warn(
    { setting: 'ANNOUNCED_ADDRESS', port },
    `Port ${port} (${closed}) cannot be reached at ANNOUNCED_ADDRESS ${announcedAddress} from this machine. Either the address is wrong, or the port is not forwarded here, or a router does not let this machine reach itself: run the connection test at /test from outside.`,
  )
}

async function answersUdp(
  address: string,
  port: number,
  ice: { usernameFragment: string; password: string },
): Promise<boolean> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  const { message, transaction } = bindingRequest(ice)
  const send = (): void => {
    socket.send(message, port, address)
  }
  const timers: NodeJS.Timeout[] = []
  try {
    return await new Promise<boolean>((resolve) => {
      socket.on('message', (datagram) => {
        if (answers(datagram, transaction)) resolve(true)
      })
      socket.on('error', () => {
        resolve(false)
      })
      timers.push(setInterval(send, SEND_EVERY_MS), setTimeout(resolve, PATIENCE_MS, false))
      send()
    })
  } finally {
    for (const timer of timers) clearTimeout(timer)
    socket.close()
  }
}

async function acceptsTcp(address: string, port: number): Promise<boolean> {
  const socket = connect({ host: address, port, timeout: PATIENCE_MS })
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('connect', () => {
        resolve(true)
      })
      for (const event of ['error', 'timeout'] as const) {
        socket.once(event, () => {
          resolve(false)
        })
      }
    })
  } finally {
    socket.destroy()
  }
}
