/**
 * What stands beside the weights of an expression model (`models/emotion/config.json`): how a crop becomes the network's
 * input and its output becomes probabilities. Weights and these numbers belong together; nothing else may repeat them.
 */
import * as z from 'zod'

const channels = z.tuple([z.number(), z.number(), z.number()])

/** Schema of `config.json`. */
export const modelConfigSchema = z.object({
  /** Side of the network's square input, in pixels. */
  size: z.int().min(32).max(512),
  /**
   * The part of a crop's width and height, around its middle, that the network looks at. Training shows it faces closer
   * by on average than pictures of faces are cut, and it reads best what looks like training.
   */
  view: z.number().min(0.5).max(1).default(1),
  /** Input is (pixel − mean) / std, per channel red, green, blue, with pixels 0…255. */
  mean: channels,
  std: channels.refine((values) => values.every((value) => value > 0)),
  /** What the graph puts out, eight numbers in the order of `EMOTIONS`. */
  output: z.enum(['logits', 'probabilities']),
  /** Logits are divided by it before the softmax. */
  temperature: z.number().positive().default(1),
  /** Average of the crop and its mirror image. */
  mirror: z.boolean().default(false),
  /** Confidence below which a reading is unclear. */
  unclearThreshold: z.number().min(0).max(1),
})

/** Parsed `config.json`. */
export type ModelConfig = z.infer<typeof modelConfigSchema>
