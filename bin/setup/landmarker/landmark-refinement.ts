/**
 * Gives MediaPipe's attention mesh the one output that tasks-vision's graph wants: 478 points. The
 * model puts out the mesh and, apart, better lips, eyes and irises; MediaPipe merges them in a
 * calculator outside the model, and here operators inside it do the same. Which value replaces which
 * comes from @tensorflow-models/face-landmarks-detection (Apache-2.0).
 */
import * as z from 'zod'
import { OPERATOR, OPTIONS, TENSOR_TYPE, type TfliteEditor } from './tflite-editor.ts'

const Indexes = z.array(z.number().int().nonnegative())

const Refinement = z.object({
  indexesMapping: Indexes,
  zRefinement: z.union([Indexes, z.object({ indexesForAverage: Indexes }), z.string()]),
})

/** The tables of @tensorflow-models/face-landmarks-detection/dist/tfjs/constants.js. */
export const RefinementTables = z.object({
  LANDMARKS_REFINEMENT_LIPS_CONFIG: Refinement,
  LANDMARKS_REFINEMENT_LEFT_EYE_CONFIG: Refinement,
  LANDMARKS_REFINEMENT_RIGHT_EYE_CONFIG: Refinement,
  LANDMARKS_REFINEMENT_LEFT_IRIS_CONFIG: Refinement,
  LANDMARKS_REFINEMENT_RIGHT_IRIS_CONFIG: Refinement,
})

const MESH_POINTS = 468
const IRIS_POINTS = 5
const ALL_POINTS = MESH_POINTS + 2 * IRIS_POINTS
const LAST_AXIS = 3

/** The model's outputs in the order in which they are put together, and their lengths. */
const PARTS = [
  ['output_mesh_identity', MESH_POINTS * 3],
  ['output_lips', 160],
  ['output_left_eye', 142],
  ['output_right_eye', 142],
  ['output_left_iris', 10],
  ['output_right_iris', 10],
] as const

type PartName = (typeof PARTS)[number][0]

function averaged(refinement: z.infer<typeof Refinement>): number[] {
  const { zRefinement } = refinement
  if (Array.isArray(zRefinement)) return zRefinement
  if (typeof zRefinement === 'object') return zRefinement.indexesForAverage
  throw new TypeError('the iris has no points to average')
}

function consecutive(start: number): number[] {
  return Array.from({ length: IRIS_POINTS }, (_, at) => start + at)
}

/**
 * For each of the 478 × 3 values, its place in the concatenated parts; the two irises' depths follow
 * after the parts.
 */
function sources(tables: z.infer<typeof RefinementTables>): number[] {
  const starts = new Map<PartName, number>()
  let total = 0
  for (const [name, length] of PARTS) {
    starts.set(name, total)
    total += length
  }
  const from = Array.from({ length: ALL_POINTS * 3 }, (_, at) => (at < MESH_POINTS * 3 ? at : 0))
  const replace = (points: readonly number[], part: PartName): void => {
    const start = starts.get(part) ?? 0
    points.forEach((point, at) => {
      from[3 * point] = start + 2 * at
      from[3 * point + 1] = start + 2 * at + 1
    })
  }
  replace(tables.LANDMARKS_REFINEMENT_LIPS_CONFIG.indexesMapping, 'output_lips')
  replace(tables.LANDMARKS_REFINEMENT_LEFT_EYE_CONFIG.indexesMapping, 'output_left_eye')
  replace(tables.LANDMARKS_REFINEMENT_RIGHT_EYE_CONFIG.indexesMapping, 'output_right_eye')
  const leftIris = consecutive(MESH_POINTS)
  const rightIris = consecutive(MESH_POINTS + IRIS_POINTS)
  replace(leftIris, 'output_left_iris')
  replace(rightIris, 'output_right_iris')
  for (const point of leftIris) from[3 * point + 2] = total
  for (const point of rightIris) from[3 * point + 2] = total + 1
  return from
}

/** Rewires the outputs of face_landmark_with_attention.tflite to [478 points, face flag]. */
export function refineLandmarks(
  editor: TfliteEditor,
  tables: z.infer<typeof RefinementTables>,
): void {
  const outputs = editor.outputsByName()
  const output = (name: string): number => {
    const index = outputs.get(name)
    if (index === undefined) throw new TypeError(`the model has no output ${name}`)
    return index
  }
  const concatenation = editor.addCode(OPERATOR.concatenation)
  const gathering = editor.addCode(OPERATOR.gather)
  const averaging = editor.addCode(OPERATOR.mean)

  const gather = (source: number, from: readonly number[], name: string): number => {
    const indexes = editor.addConstant(`${name}_idx`, from)
    const result = editor.addTensor(name, [1, 1, 1, from.length], TENSOR_TYPE.float32)
    editor.addOperator(gathering, [source, indexes], [result], OPTIONS.gather, (builder) => {
      builder.addFieldInt32(0, LAST_AXIS, 0)
    })
    return result
  }
  const axis = editor.addConstant('probe_axis3', [LAST_AXIS])
  const mean = (source: number, name: string): number => {
    const result = editor.addTensor(name, [1, 1, 1, 1], TENSOR_TYPE.float32)
    editor.addOperator(averaging, [source, axis], [result], OPTIONS.reducer, (builder) => {
      builder.addFieldInt8(0, 1, 0)
    })
    return result
  }

  const mesh = output('output_mesh_identity')
  const depth = (refinement: z.infer<typeof Refinement>, side: string): number => {
    const from = averaged(refinement).map((point) => 3 * point + 2)
    return mean(gather(mesh, from, `iris_${side}_z`), `iris_${side}_zmean`)
  }
  const left = depth(tables.LANDMARKS_REFINEMENT_LEFT_IRIS_CONFIG, 'l')
  const right = depth(tables.LANDMARKS_REFINEMENT_RIGHT_IRIS_CONFIG, 'r')
  const length = PARTS.reduce((sum, [, values]) => sum + values, 2)
  const all = editor.addTensor('refine_concat', [1, 1, 1, length], TENSOR_TYPE.float32)
  const parts = [...PARTS.map(([name]) => output(name)), left, right]
  editor.addOperator(concatenation, parts, [all], OPTIONS.concatenation, (builder) => {
    builder.addFieldInt32(0, LAST_AXIS, 0)
  })
  const points = gather(all, sources(tables), 'landmarks_478')
  editor.setOutputs([points, output('conv_faceflag')])
}
