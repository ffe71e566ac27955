/**
 * Line plots as SVG text, legible in light and dark and without scripts or fonts of their own. Pure: the same points
 * give the same picture.
 */
import { extent, line, scaleLinear, scaleLog, type ScaleContinuousNumeric } from 'd3'

export interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface PlotOptions {
  readonly title: string
  readonly x: string
  readonly y: string
  readonly series: readonly Series[]
  /** Steps of equal factor rather than of equal distance. */
  readonly logX?: boolean
  readonly logY?: boolean
}

const WIDTH = 640
const HEIGHT = 380
const BOX = { left: 64, right: 24, top: 44, bottom: 84 }
const COLOURS = ['#2563eb', '#d97706', '#059669', '#dc2626', '#7c3aed', '#0891b2']
const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 4', '12 4']

type Scale = ScaleContinuousNumeric<number, number>

function scaleOf(values: readonly number[], log: boolean, range: [number, number]): Scale {
  const [low = 1, high = 1] = extent(values)
  if (log) return scaleLog([low / 1.15, high * 1.15], range)
  return scaleLinear([Math.min(0, low), high === 0 ? 1 : high * 1.08], range)
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const place = (value: number): string => value.toFixed(1)

function labelOf(value: number): string {
  if (value >= 10_000) return `${String(Math.round(value / 1000))}k`
  return String(Number(value.toPrecision(3)))
}

/** The points that can be drawn: numbers, and above zero on an axis of equal factors. */
function drawable({ points }: Series, options: PlotOptions): [number, number][] {
  const fits = (value: number, log: boolean | undefined): boolean =>
    Number.isFinite(value) && (log !== true || value > 0)
  return points
    .filter(([x, y]) => fits(x, options.logX) && fits(y, options.logY))
    .map(([x, y]) => [x, y])
}

/** Draws the plot; series without a point that can be drawn are named in the legend all the same. */
export function linePlot(options: PlotOptions): string {
  const series = options.series.map((one) => ({ name: one.name, points: drawable(one, options) }))
  const all = series.flatMap(({ points }) => points)
  const xs = [...new Set(all.map(([x]) => x))].toSorted((a, b) => a - b)
  const x = scaleOf(xs, options.logX ?? false, [BOX.left, WIDTH - BOX.right])
  const ys = all.map(([, y]) => y)
  const y = scaleOf(ys, options.logY ?? false, [HEIGHT - BOX.bottom, BOX.top])
  const xTicks = xs.length <= 10 ? xs : x.ticks(8)
  const bottom = HEIGHT - BOX.bottom
  const path = line(
    ([value]) => Number(place(x(value))),
    ([, value]) => Number(place(y(value))),
  )
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${escaped(options.title)}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${BOX.left}" y="24" font-size="15" font-weight="600" fill="#111">${escaped(options.title)}</text>`,
    ...y
      .ticks(6)
      .flatMap((tick) => [
        `<line x1="${BOX.left}" x2="${WIDTH - BOX.right}" y1="${place(y(tick))}" y2="${place(y(tick))}" stroke="#e5e7eb"/>`,
        `<text x="${BOX.left - 8}" y="${place(y(tick) + 4)}" text-anchor="end" fill="#4b5563">${labelOf(tick)}</text>`,
      ]),
    ...xTicks.map(
      (tick) =>
        `<text x="${place(x(tick))}" y="${bottom + 18}" text-anchor="middle" fill="#4b5563">${labelOf(tick)}</text>`,
    ),
    `<line x1="${BOX.left}" x2="${WIDTH - BOX.right}" y1="${bottom}" y2="${bottom}" stroke="#6b7280"/>`,
    `<text x="${(BOX.left + WIDTH - BOX.right) / 2}" y="${bottom + 38}" text-anchor="middle" fill="#111">${escaped(options.x)}</text>`,
    `<text transform="translate(16 ${(BOX.top + bottom) / 2}) rotate(-90)" text-anchor="middle" fill="#111">${escaped(options.y)}</text>`,
    ...series.flatMap(({ name, points }, index) => {
      const colour = COLOURS[index % COLOURS.length] ?? '#111'
      const dash = DASHES[index % DASHES.length] ?? ''
      const stroke = `stroke="${colour}" stroke-width="2"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}`
      const legend = BOX.left + index * ((WIDTH - BOX.left) / series.length)
      return [
        `<path d="${path(points) ?? ''}" fill="none" ${stroke}/>`,
        ...points.map(
          ([px, py]) =>
            `<circle cx="${place(x(px))}" cy="${place(y(py))}" r="3" fill="${colour}"/>`,
        ),
        `<line x1="${place(legend)}" x2="${place(legend + 22)}" y1="${HEIGHT - 18}" y2="${HEIGHT - 18}" ${stroke}/>`,
        `<text x="${place(legend + 28)}" y="${HEIGHT - 14}" fill="#111">${escaped(name)}</text>`,
      ]
    }),
    '</svg>',
  ]
  return `${parts.join('\n')}\n`
}
