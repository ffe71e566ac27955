/**
 * Where media ports are opened and which addresses browsers are told: either the announced addresses,
 * at most one of each family, or loopback and every address of this machine, so that a class works on
 * one machine, in one room and on one network with nothing configured.
 */
import { createServer, isIPv4, isIPv6 } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'
import type { types } from 'mediasoup'

/** As `os.networkInterfaces()` gives them. */
export type Interfaces = Readonly<Record<string, NetworkInterfaceInfo[] | undefined>>

export interface ListenOptions {
  /** At most one IPv6 address, and one IPv4 address or name. */
  announcedAddresses: readonly string[]
  listenAddress: string | null
  interfaces: Interfaces
}

/**
 * Those addresses that a socket can be opened on: some machines list ones that none can, and one such
 * would keep all of them closed.
 */
export async function usableInterfaces(interfaces: Interfaces): Promise<Interfaces> {
  const usable = Object.entries(interfaces).map(
    async ([name, addresses = []]): Promise<[string, NetworkInterfaceInfo[]]> => {
      const able = await Promise.all(addresses.map(({ address }) => canOpen(address)))
      return [name, addresses.filter((_, index) => able[index] === true)]
    },
  )
  return Object.fromEntries(await Promise.all(usable))
}

async function canOpen(host: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => {
      resolve(false)
    })
    probe.listen({ host, port: 0 }, () => {
      probe.close(() => {
        resolve(true)
      })
    })
  })
}

/**
 * The sockets of one worker.
 *
 * @param port the UDP and TCP port
 */
export function listenInfos(options: ListenOptions, port: number): types.TransportListenInfo[] {
  return listenAddresses(options).flatMap((address) => [
    { protocol: 'udp' as const, port, ...address },
    { protocol: 'tcp' as const, port, ...address },
  ])
}

type Place = Pick<types.TransportListenInfo, 'ip' | 'announcedAddress' | 'flags'>

function listenAddresses(options: ListenOptions): Place[] {
  const { announcedAddresses: announced, listenAddress } = options
  if (announced.length > 0) return announced.map((address) => placeOf(address, options))
  // Everywhere is no address that a browser could be told.
  const everywhere = listenAddress === '0.0.0.0' || listenAddress === '::'
  if (listenAddress !== null && !everywhere) return [{ ip: listenAddress }]
  const own = Object.values(options.interfaces)
    .flatMap((addresses) => addresses ?? [])
    // A link-local IPv6 address needs a scope that a candidate cannot carry.
    .filter(({ address }) => !address.toLowerCase().startsWith('fe80:'))
    .map(({ address }) => address)
    .filter((address) => listenAddress !== '0.0.0.0' || isIPv4(address))
  return [...new Set(['127.0.0.1', ...own])].map((ip) => ({ ip }))
}

function placeOf(
  announcedAddress: string,
  { announcedAddresses, listenAddress }: ListenOptions,
): Place {
  const six = isIPv6(announcedAddress)
  const alone = announcedAddresses.length === 1
  if (listenAddress !== null && (alone || isIPv6(listenAddress) === six)) {
    return { ip: listenAddress, announcedAddress }
  }
  if (!six) return { ip: '0.0.0.0', announcedAddress }
  // Beside 0.0.0.0 on the same port it must leave IPv4 to that.
  return { ip: '::', announcedAddress, ...(!alone && { flags: { ipv6Only: true } }) }
}
