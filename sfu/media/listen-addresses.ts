/**
 * Where media ports are opened and which addresses browsers are told: either the one announced
 * address, or loopback and every address of this machine, so that a class works on one machine, in
 * one room and on one network with nothing configured.
 */
import { createServer, isIPv6 } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'
import type { types } from 'mediasoup'

/** As `os.networkInterfaces()` gives them. */
export type Interfaces = Readonly<Record<string, NetworkInterfaceInfo[] | undefined>>

export interface ListenOptions {
  announcedAddress: string | null
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

function listenAddresses(options: ListenOptions): { ip: string; announcedAddress?: string }[] {
  const { announcedAddress, listenAddress } = options
  if (announcedAddress !== null) {
    const everywhere = isIPv6(announcedAddress) ? '::' : '0.0.0.0'
    return [{ ip: listenAddress ?? everywhere, announcedAddress }]
  }
  if (listenAddress !== null) return [{ ip: listenAddress }]
  const own = Object.values(options.interfaces)
    .flatMap((addresses) => addresses ?? [])
    // A link-local IPv6 address needs a scope that a candidate cannot carry.
    .filter(({ address }) => !address.toLowerCase().startsWith('fe80:'))
    .map(({ address }) => address)
  return [...new Set(['127.0.0.1', ...own])].map((ip) => ({ ip }))
}
