/**
 * TensorFlow Lite's metadata (metadata_schema.fbs, id M001) for a model whose one input is an RGB
 * picture of floats. tasks-vision refuses models without it. It describes, and computes nothing.
 */
import { Builder, type Offset } from 'flatbuffers'

/** How the input was normalised in training: (value - mean) / std, of values 0 to 255. */
export interface Normalization {
  readonly mean: number
  readonly std: number
}

function floats(builder: Builder, values: readonly number[]): Offset {
  builder.startVector(4, values.length, 4)
  for (const value of [...values].reverse()) builder.addFloat32(value)
  return builder.endVector()
}

function table(builder: Builder, fields: number, fill: () => void): Offset {
  builder.startObject(fields)
  fill()
  return builder.endObject()
}

function vectorOfOne(builder: Builder, offset: Offset): Offset {
  builder.startVector(4, 1, 4)
  builder.addOffset(offset)
  return builder.endVector()
}

/** The metadata's bytes. */
export function modelMetadata(name: string, { mean, std }: Normalization): Uint8Array {
  const builder = new Builder(1024)
  const means = floats(builder, [mean])
  const deviations = floats(builder, [std])
  const normalization = table(builder, 2, () => {
    builder.addFieldOffset(0, means, 0)
    builder.addFieldOffset(1, deviations, 0)
  })
  // ProcessUnit of the kind NormalizationOptions (1).
  const unit = table(builder, 2, () => {
    builder.addFieldInt8(0, 1, 0)
    builder.addFieldOffset(1, normalization, 0)
  })
  const units = vectorOfOne(builder, unit)
  // ImageProperties, colour space RGB (1).
  const image = table(builder, 2, () => {
    builder.addFieldInt8(0, 1, 0)
  })
  // Content of the kind ImageProperties (2).
  const content = table(builder, 3, () => {
    builder.addFieldInt8(0, 2, 0)
    builder.addFieldOffset(1, image, 0)
  })
  const inputName = builder.createString('image')
  const input = table(builder, 7, () => {
    builder.addFieldOffset(0, inputName, 0)
    builder.addFieldOffset(3, content, 0)
    builder.addFieldOffset(4, units, 0)
  })
  const inputs = vectorOfOne(builder, input)
  const subgraph = table(builder, 7, () => {
    builder.addFieldOffset(2, inputs, 0)
  })
  const subgraphs = vectorOfOne(builder, subgraph)
  const nameOffset = builder.createString(name)
  const description = builder.createString(name)
  const license = builder.createString('Apache-2.0')
  const author = builder.createString('')
  const version = builder.createString('1.0.0')
  const model = table(builder, 8, () => {
    builder.addFieldOffset(0, nameOffset, 0)
    builder.addFieldOffset(1, description, 0)
    builder.addFieldOffset(3, subgraphs, 0)
    builder.addFieldOffset(4, author, 0)
    builder.addFieldOffset(5, license, 0)
    builder.addFieldOffset(7, version, 0)
  })
  builder.finish(model, 'M001')
  return builder.asUint8Array().slice()
}
