/**
 * Small choices that this browser remembers for a person: devices, where the chart stands. It must
 * never hold a reading, a name or a key; a browser that stores nothing simply forgets.
 */
import * as z from 'zod'
import type { LocalMediaState, NoiseFilterState, SpeakerState } from '../../_call/index.ts'

const PREFIX = 'attune.'

export const devicesSchema = z.object({
  camera: z.string().max(256).exactOptional(),
  microphone: z.string().max(256).exactOptional(),
  speaker: z.string().max(256).exactOptional(),
  noiseFilter: z.boolean().exactOptional(),
})

/** What to remember of the devices: what was chosen, and never what stood in for it. */
export function devicesToRemember(
  { camera, microphone }: LocalMediaState,
  { deviceId: speaker }: SpeakerState,
  { on: noiseFilter }: NoiseFilterState,
): z.infer<typeof devicesSchema> {
  return {
    ...(camera.chosenId === null ? {} : { camera: camera.chosenId }),
    ...(microphone.chosenId === null ? {} : { microphone: microphone.chosenId }),
    ...(speaker === null ? {} : { speaker }),
    noiseFilter,
  }
}

export const positionSchema = z.object({ x: z.number(), y: z.number() })
export type Position = z.infer<typeof positionSchema>

/** What was remembered under `key`; null when there is nothing, or nothing that makes sense. */
export function recall<Schema extends z.ZodType>(
  key: string,
  schema: Schema,
): z.infer<Schema> | null {
  try {
    const text = localStorage.getItem(PREFIX + key)
    return text === null ? null : schema.parse(JSON.parse(text))
  } catch {
    // Storage may be forbidden, or hold what another version wrote: then there is no memory.
    return null
  }
}

/** Remembers a value under `key`, where the browser allows it. */
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {
    // A full or forbidden storage costs only the memory.
    return
  }
}
