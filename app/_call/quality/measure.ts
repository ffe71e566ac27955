/**
 * What two reports of a browser's media say between them: rates, losses, delays, and whether the
 * machine keeps up. Pure; it names nobody, and must never make up a figure that a browser does not
 * give.
 */

/** The parts of `RTCStats` that are used; browsers leave out what they do not know. */
export type StatsLine = {
  id: string
  type: string
  timestamp: number
} & Partial<Record<StatsNumber, number>> &
  Partial<Record<StatsText, string>> & { nominated?: boolean }

type StatsNumber =
  | 'bytesReceived'
  | 'bytesSent'
  | 'packetsReceived'
  | 'packetsLost'
  | 'framesDecoded'
  | 'framesDropped'
  | 'framesEncoded'
  | 'frameWidth'
  | 'frameHeight'
  | 'jitter'
  | 'roundTripTime'
  | 'currentRoundTripTime'
  | 'fractionLost'
  | 'availableOutgoingBitrate'
  | 'freezeCount'

type StatsText =
  | 'kind'
  | 'mid'
  | 'trackIdentifier'
  | 'qualityLimitationReason'
  | 'state'
  | 'localCandidateId'
  | 'candidateType'
  | 'protocol'
  | 'relayProtocol'
  | 'selectedCandidatePairId'

/** Padding with which the media server finds out what a connection carries: it shows nothing. */
const PROBATOR = 'probator'

export type StatsLines = ReadonlyMap<string, StatsLine>

/** One stream since the last look. */
export type StreamFigures = {
  kind: 'audio' | 'video'
  /** Of the track that carries it; null where the browser does not say. */
  track: string | null
  kilobits: number
  /** Part of the packets that was lost, 0 to 1; null where it is not known. */
  loss: number | null
  framesPerSecond: number | null
  /** Part of the frames that came and were not shown. */
  dropped: number | null
  height: number | null
}

export type WayFigures = {
  /** There and back, in milliseconds; null where it is not known. */
  roundTripMs: number | null
  /** How packets travel. */
  path: 'udp' | 'tcp' | 'relay' | null
  /** The processor, not the network, keeps the own picture small. */
  cpuLimited: boolean
  streams: readonly StreamFigures[]
}

/**
 * The figures between two reports of one transport.
 *
 * @param before the earlier report; null at the first look, which gives no rates
 */
export function figuresOf(now: StatsLines, before: StatsLines | null): WayFigures {
  const lines = [...now.values()]
  const streams = lines
    .filter(({ type }) => type === 'inbound-rtp' || type === 'outbound-rtp')
    .filter(({ mid }) => mid !== PROBATOR)
    .map((line) => streamOf(line, before?.get(line.id) ?? null, lines))
  const pair = selectedPair(now)
  const remote = lines.find(
    (line) => line.type === 'remote-inbound-rtp' && known(line.roundTripTime),
  )
  const seconds = pair?.currentRoundTripTime ?? remote?.roundTripTime
  return {
    roundTripMs: seconds === undefined ? null : Math.round(seconds * 1_000),
    path: pathOf(now, pair),
    cpuLimited: lines.some(
      (line) => line.qualityLimitationReason === 'cpu' && encodes(line, before?.get(line.id)),
    ),
    streams,
  }
}

function streamOf(line: StatsLine, before: StatsLine | null, all: StatsLine[]): StreamFigures {
  const seconds = before === null ? 0 : (line.timestamp - before.timestamp) / 1_000
  const grown = (name: StatsNumber): number | null => {
    const [one, other] = [line[name], before?.[name]]
    return one === undefined || other === undefined ? null : Math.max(0, one - other)
  }
  const inbound = line.type === 'inbound-rtp'
  const bytes = grown(inbound ? 'bytesReceived' : 'bytesSent') ?? 0
  const frames = grown(inbound ? 'framesDecoded' : 'framesEncoded')
  const [lost, came, dropped] = [
    grown('packetsLost'),
    grown('packetsReceived'),
    grown('framesDropped'),
  ]
  const told = all.find(({ type, id, kind }) => {
    return type === 'remote-inbound-rtp' && kind === line.kind && id.includes(line.id.slice(2))
  })
  return {
    kind: line.kind === 'video' ? 'video' : 'audio',
    track: line.trackIdentifier ?? null,
    kilobits: seconds > 0 ? Math.round((bytes * 8) / 1_000 / seconds) : 0,
    loss: inbound ? part(lost, came) : (told?.fractionLost ?? null),
    framesPerSecond: frames === null || seconds <= 0 ? null : Math.round(frames / seconds),
    dropped: inbound ? part(dropped, frames) : null,
    height: line.frameHeight ?? null,
  }
}

/** An encoder that stands still keeps the reason that it had last: nothing is behind there. */
function encodes({ framesEncoded }: StatsLine, before: StatsLine | undefined): boolean {
  return framesEncoded === undefined || framesEncoded !== before?.framesEncoded
}

/** One of the whole that it makes with the other; null where there is no whole. */
function part(one: number | null, other: number | null): number | null {
  if (one === null || other === null || one + other === 0) return null
  return one / (one + other)
}

function selectedPair(lines: StatsLines): StatsLine | undefined {
  const all = [...lines.values()]
  const named = all.find(({ type }) => type === 'transport')?.selectedCandidatePairId
  if (named !== undefined) return lines.get(named)
  return all.find((line) => line.type === 'candidate-pair' && line.nominated === true)
}

function pathOf(lines: StatsLines, pair: StatsLine | undefined): WayFigures['path'] {
  const local = lines.get(pair?.localCandidateId ?? '')
  if (local === undefined) return null
  if (local.candidateType === 'relay') return 'relay'
  return local.protocol === 'tcp' ? 'tcp' : 'udp'
}

function known(value: number | undefined): boolean {
  return value !== undefined
}

/** How a connection does, in as few words as there are bars. */
export type Grade = 'good' | 'fair' | 'poor'

const FAIR_LOSS = 0.03
const POOR_LOSS = 0.1
const FAIR_ROUND_TRIP_MS = 250
const POOR_ROUND_TRIP_MS = 600

/** The own connection's grade; null while nothing is known of it. */
export function gradeOf(ways: readonly WayFigures[]): Grade | null {
  const losses = ways.flatMap(({ streams }) => streams.map(({ loss }) => loss)).filter(isNumber)
  const trips = ways.map(({ roundTripMs }) => roundTripMs).filter(isNumber)
  if (losses.length === 0 && trips.length === 0) return null
  const [loss, trip] = [Math.max(0, ...losses), Math.max(0, ...trips)]
  if (loss >= POOR_LOSS || trip >= POOR_ROUND_TRIP_MS) return 'poor'
  return loss >= FAIR_LOSS || trip >= FAIR_ROUND_TRIP_MS ? 'fair' : 'good'
}

/** The grade of what the media server says of a sender, of 10. */
export function gradeOfScore(score: number): Grade {
  if (score >= 8) return 'good'
  return score >= 5 ? 'fair' : 'poor'
}

function isNumber(value: number | null): value is number {
  return value !== null
}

/** Pictures that may be left out before the machine counts as too slow. */
const MOST_DROPPED = 0.2

/** Whether this machine, not the network, falls behind. */
export function isStrained(ways: readonly WayFigures[]): boolean {
  if (ways.some(({ cpuLimited }) => cpuLimited)) return true
  const shares = ways
    .flatMap(({ streams }) => streams.map(({ dropped }) => dropped))
    .filter(isNumber)
  return (
    shares.length > 0 && shares.reduce((sum, one) => sum + one, 0) / shares.length > MOST_DROPPED
  )
}
