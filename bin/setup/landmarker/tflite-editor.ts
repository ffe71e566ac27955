/**
 * Adds operators and metadata to a .tflite model without writing the rest of it anew. A flatbuffer
 * is built back to front, so the model's bytes go in as the builder's first content, and what is
 * added refers to them. It understands models of one subgraph, and changes no weight.
 */
import { Builder, type Offset } from 'flatbuffers'

/** Field numbers of TensorFlow Lite's schema (tensorflow/lite/schema/schema.fbs). */
const MODEL = {
  version: 0,
  codes: 1,
  subgraphs: 2,
  description: 3,
  buffers: 4,
  metadata: 6,
  signatures: 7,
}
const SUBGRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3, name: 4 }
const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3 }

export const TENSOR_TYPE = { float32: 0, int32: 2 } as const

/** Builtin operators (schema enum BuiltinOperator) and their options (enum BuiltinOptions). */
export const OPERATOR = { concatenation: 2, gather: 36, mean: 40 } as const
export const OPTIONS = { concatenation: 10, gather: 23, reducer: 27 } as const

const ROOM_TO_GROW = 1 << 20
const ALIGNMENT = 16

function offsets(builder: Builder, values: readonly Offset[]): Offset {
  builder.startVector(4, values.length, 4)
  for (const value of [...values].reverse()) builder.addOffset(value)
  return builder.endVector()
}

function integers(builder: Builder, values: readonly number[]): Offset {
  builder.startVector(4, values.length, 4)
  for (const value of [...values].reverse()) builder.addInt32(value)
  return builder.endVector()
}

function alignedBytes(builder: Builder, bytes: Uint8Array): Offset {
  builder.startVector(1, bytes.length, ALIGNMENT)
  for (let at = bytes.length - 1; at >= 0; at--) builder.addInt8(bytes[at] ?? 0)
  return builder.endVector()
}

/** Reads tables and vectors of the old bytes by position. */
class OldModel {
  readonly bytes: Uint8Array
  readonly #view: DataView

  constructor(source: Uint8Array) {
    this.bytes = new Uint8Array(Math.ceil(source.length / ALIGNMENT) * ALIGNMENT)
    this.bytes.set(source)
    this.#view = new DataView(this.bytes.buffer)
    if (new TextDecoder().decode(this.bytes.subarray(4, 8)) !== 'TFL3') {
      throw new TypeError('not a TensorFlow Lite model')
    }
  }

  uint32(position: number): number {
    return this.#view.getUint32(position, true)
  }

  /** Position of a table's field, 0 when it is absent. */
  field(table: number, index: number): number {
    const vtable = table - this.#view.getInt32(table, true)
    const entry = 4 + 2 * index
    if (entry >= this.#view.getUint16(vtable, true)) return 0
    const offset = this.#view.getUint16(vtable + entry, true)
    return offset === 0 ? 0 : table + offset
  }

  /** Position of what a table's field points to, 0 when it is absent. */
  target(table: number, index: number): number {
    const position = this.field(table, index)
    return position === 0 ? 0 : position + this.uint32(position)
  }

  /** Positions of the tables in a vector field. */
  tables(table: number, index: number): number[] {
    const vector = this.target(table, index)
    if (vector === 0) return []
    return Array.from({ length: this.uint32(vector) }, (_, at) => {
      const entry = vector + 4 + 4 * at
      return entry + this.uint32(entry)
    })
  }

  integers(table: number, index: number): number[] {
    const vector = this.target(table, index)
    if (vector === 0) return []
    return Array.from({ length: this.uint32(vector) }, (_, at) =>
      this.#view.getInt32(vector + 4 + 4 * at, true),
    )
  }

  text(table: number, index: number): string {
    const start = this.target(table, index)
    return new TextDecoder().decode(this.bytes.subarray(start + 4, start + 4 + this.uint32(start)))
  }
}

export class TfliteEditor {
  readonly #old: OldModel
  readonly #builder: Builder
  readonly #root: number
  readonly #subgraph: number
  readonly #codes: Offset[]
  readonly #buffers: Offset[]
  readonly #metadata: Offset[]
  readonly #tensors: Offset[]
  readonly #operators: Offset[]
  #outputs: number[]

  /** Throws TypeError when `source` is no model of one subgraph. */
  constructor(source: Uint8Array) {
    const old = new OldModel(source)
    const builder = new Builder(old.bytes.length + ROOM_TO_GROW)
    builder.prep(ALIGNMENT, 0)
    for (let at = old.bytes.length - 1; at >= 0; at--) builder.writeInt8(old.bytes[at] ?? 0)
    this.#old = old
    this.#builder = builder
    this.#root = old.uint32(0)
    const [subgraph, ...more] = old.tables(this.#root, MODEL.subgraphs)
    if (subgraph === undefined || more.length > 0) throw new TypeError('one subgraph expected')
    this.#subgraph = subgraph
    this.#codes = this.#offsetsOf(this.#root, MODEL.codes)
    this.#buffers = this.#offsetsOf(this.#root, MODEL.buffers)
    this.#metadata = this.#offsetsOf(this.#root, MODEL.metadata)
    this.#tensors = this.#offsetsOf(subgraph, SUBGRAPH.tensors)
    this.#operators = this.#offsetsOf(subgraph, SUBGRAPH.operators)
    this.#outputs = old.integers(subgraph, SUBGRAPH.outputs)
  }

  /** What the builder calls an old position: its distance from the end. */
  #offsetOf(position: number): Offset {
    return this.#old.bytes.length - position
  }

  #offsetsOf(table: number, index: number): Offset[] {
    return this.#old.tables(table, index).map((position) => this.#offsetOf(position))
  }

  /** The model's outputs by their tensors' names. */
  outputsByName(): Map<string, number> {
    const tensors = this.#old.tables(this.#subgraph, SUBGRAPH.tensors)
    return new Map(
      this.#outputs.map((index) => [this.#old.text(tensors[index] ?? 0, TENSOR.name), index]),
    )
  }

  setOutputs(tensors: readonly number[]): void {
    this.#outputs = [...tensors]
  }

  /** Adds an operator's kind; answers its index. */
  addCode(code: number): number {
    const builder = this.#builder
    builder.startObject(4)
    builder.addFieldInt8(0, code, 0)
    builder.addFieldInt32(2, 1, 1)
    builder.addFieldInt32(3, code, 0)
    return this.#codes.push(builder.endObject()) - 1
  }

  #addBuffer(bytes: Uint8Array): number {
    const data = alignedBytes(this.#builder, bytes)
    this.#builder.startObject(3)
    this.#builder.addFieldOffset(0, data, 0)
    return this.#buffers.push(this.#builder.endObject()) - 1
  }

  /** Adds a tensor; answers its index. Buffer 0 is the empty one. */
  addTensor(name: string, shape: readonly number[], type: number, buffer = 0): number {
    const builder = this.#builder
    const shapeOffset = integers(builder, shape)
    const nameOffset = builder.createString(name)
    builder.startObject(10)
    builder.addFieldOffset(TENSOR.shape, shapeOffset, 0)
    builder.addFieldInt8(TENSOR.type, type, 0)
    builder.addFieldInt32(TENSOR.buffer, buffer, 0)
    builder.addFieldOffset(TENSOR.name, nameOffset, 0)
    return this.#tensors.push(builder.endObject()) - 1
  }

  addConstant(name: string, values: readonly number[]): number {
    const bytes = new Uint8Array(Int32Array.from(values).buffer)
    return this.addTensor(name, [values.length], TENSOR_TYPE.int32, this.#addBuffer(bytes))
  }

  /** Adds an operator; `writeOptions` fills the table of its options. */
  addOperator(
    code: number,
    inputs: readonly number[],
    outputs: readonly number[],
    optionsType: number,
    writeOptions: (builder: Builder) => void,
  ): void {
    const builder = this.#builder
    const inputsOffset = integers(builder, inputs)
    const outputsOffset = integers(builder, outputs)
    builder.startObject(4)
    writeOptions(builder)
    const options = builder.endObject()
    builder.startObject(9)
    builder.addFieldInt32(0, code, 0)
    builder.addFieldOffset(1, inputsOffset, 0)
    builder.addFieldOffset(2, outputsOffset, 0)
    builder.addFieldInt8(3, optionsType, 0)
    builder.addFieldOffset(4, options, 0)
    this.#operators.push(builder.endObject())
  }

  addMetadata(bytes: Uint8Array): void {
    const builder = this.#builder
    const buffer = this.#addBuffer(bytes)
    const name = builder.createString('TFLITE_METADATA')
    builder.startObject(2)
    builder.addFieldOffset(0, name, 0)
    builder.addFieldInt32(1, buffer, 0)
    this.#metadata.push(builder.endObject())
  }

  /** The edited model's bytes. The editor is used up. */
  finish(): Uint8Array {
    const builder = this.#builder
    const old = this.#old
    const tensors = offsets(builder, this.#tensors)
    const inputs = integers(builder, old.integers(this.#subgraph, SUBGRAPH.inputs))
    const outputs = integers(builder, this.#outputs)
    const operators = offsets(builder, this.#operators)
    builder.startObject(5)
    builder.addFieldOffset(SUBGRAPH.tensors, tensors, 0)
    builder.addFieldOffset(SUBGRAPH.inputs, inputs, 0)
    builder.addFieldOffset(SUBGRAPH.outputs, outputs, 0)
    builder.addFieldOffset(SUBGRAPH.operators, operators, 0)
    this.#keep(SUBGRAPH.name, old.target(this.#subgraph, SUBGRAPH.name))
    const subgraphs = offsets(builder, [builder.endObject()])
    const codes = offsets(builder, this.#codes)
    const buffers = offsets(builder, this.#buffers)
    const metadata = offsets(builder, this.#metadata)
    builder.startObject(8)
    const version = old.uint32(old.field(this.#root, MODEL.version))
    builder.addFieldInt32(MODEL.version, version, 0)
    builder.addFieldOffset(MODEL.codes, codes, 0)
    builder.addFieldOffset(MODEL.subgraphs, subgraphs, 0)
    this.#keep(MODEL.description, old.target(this.#root, MODEL.description))
    builder.addFieldOffset(MODEL.buffers, buffers, 0)
    builder.addFieldOffset(MODEL.metadata, metadata, 0)
    this.#keep(MODEL.signatures, old.target(this.#root, MODEL.signatures))
    builder.finish(builder.endObject(), 'TFL3')
    return builder.asUint8Array().slice()
  }

  #keep(field: number, position: number): void {
    if (position !== 0) this.#builder.addFieldOffset(field, this.#offsetOf(position), 0)
  }
}
