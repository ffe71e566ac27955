/**
 * Milliseconds that the reference papers' networks take for one picture on the browser's backend (TensorFlow.js on
 * WebAssembly, one thread, in Node), beside the shipped one, in turns:
 *
 *     node bin/run.mjs models/reference-times.ts
 *
 * Weights are random, since they do not change the time; batch norms count as folded. It must never say anything about
 * what a network reads.
 */
import {
  add,
  fused,
  matMul,
  maxPool,
  mean,
  mul,
  randomNormal,
  relu,
  reshape,
  sigmoid,
  tidy,
} from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { loadModel } from './evaluation/classifier.ts'
import { median } from './evaluation/outcome.ts'

const ROUNDS = 40
const WARM_UP = 8

type Layer = (x: Tensor4D) => Tensor4D

/** A convolution with its bias, ReLU6 unless `linear`; `depthwise` where `out` is null. */
function convolution(
  side: number,
  from: number,
  out: number | null,
  stride = 1,
  linear = false,
): Layer {
  const channels = out ?? from
  const filter: Tensor4D = randomNormal(
    out === null ? [side, side, from, 1] : [side, side, from, out],
    0,
    0.1,
  )
  const bias = randomNormal([channels], 0, 0.1)
  return (x) => {
    const options = {
      x,
      filter,
      bias,
      strides: stride,
      pad: 'same' as const,
      activation: linear ? ('linear' as const) : ('relu6' as const),
    }
    return out === null ? fused.depthwiseConv2d(options) : fused.conv2d(options)
  }
}

const chain =
  (layers: readonly Layer[]): Layer =>
  (x) =>
    layers.reduce((value, layer) => layer(value), x)

/** `block` plus what came in (or `around` of it). */
const residual =
  (block: Layer, around: Layer = (x) => x): Layer =>
  (x) =>
    add(block(x), around(x))

const pool =
  (side: number): Layer =>
  (x) =>
    maxPool(x, side, 2, 'same')

function dense(from: number, widths: readonly number[]): (x: Tensor2D) => Tensor2D {
  const weights = widths.map((width, index): Tensor2D =>
    randomNormal([widths[index - 1] ?? from, width], 0, 0.05),
  )
  return (x) => weights.reduce((a, b) => relu(matMul<Tensor2D>(a, b)), x)
}

/** Blocks of one kind: expansion, side of the depthwise filters, channels, repeats, stride. */
type Stage = readonly [number, number, number, number, number]

/** Sandler et al., MobileNetV2, 2018, table 2. */
const MOBILENET_V2: readonly Stage[] = [
  [1, 3, 16, 1, 1],
  [6, 3, 24, 2, 2],
  [6, 3, 32, 3, 2],
  [6, 3, 64, 4, 2],
  [6, 3, 96, 3, 1],
  [6, 3, 160, 3, 2],
  [6, 3, 320, 1, 1],
]

/** Tan and Le, EfficientNet, 2019, table 1. */
const EFFICIENTNET_B0: readonly Stage[] = [
  [1, 3, 16, 1, 1],
  [6, 3, 24, 2, 2],
  [6, 5, 40, 2, 2],
  [6, 3, 80, 3, 2],
  [6, 5, 112, 3, 1],
  [6, 5, 192, 4, 2],
  [6, 3, 320, 1, 1],
]

/**
 * Inverted residuals between a first convolution and a last one.
 *
 * @param unit a convolution with the network's activation
 * @param weigh what stands before a block's last convolution, by its channels and by those that came in
 */
function inverted(
  stages: readonly Stage[],
  unit: (side: number, from: number, out: number | null, stride?: number) => Layer,
  weigh: (wide: number, from: number) => readonly Layer[],
): Layer {
  const layers = [unit(3, 3, 32, 2)]
  let from = 32
  for (const [expansion, side, channels, repeats, stride] of stages)
    for (let index = 0; index < repeats; index += 1) {
      const wide = from * expansion
      const block = chain([
        ...(expansion === 1 ? [] : [unit(1, from, wide)]),
        unit(side, wide, null, index === 0 ? stride : 1),
        ...weigh(wide, from),
        convolution(1, wide, channels, 1, true),
      ])
      layers.push(index === 0 ? block : residual(block))
      from = channels
    }
  return chain([...layers, unit(1, 320, 1280)])
}

const mobileNetV2 = (): Layer => inverted(MOBILENET_V2, convolution, () => [])

const swish: Layer = (x) => mul(x, sigmoid(x))

/** A convolution whose activation is swish. */
function swished(side: number, from: number, out: number | null, stride = 1): Layer {
  return chain([convolution(side, from, out, stride, true), swish])
}

/** Channels weighed by what is in the whole picture, by way of `narrow` numbers. */
function squeezeAndExcite(channels: number, narrow: number): Layer {
  const weigh = chain([swished(1, channels, narrow), convolution(1, narrow, channels, 1, true)])
  return (x) => mul(x, sigmoid(weigh(mean(x, [1, 2], true))))
}

const efficientNetB0 = (): Layer =>
  inverted(EFFICIENTNET_B0, swished, (wide, from) => [squeezeAndExcite(wide, from / 4)])

/** He et al., Deep Residual Learning, 2016, table 1, 50 layers: channels, repeats. */
const RESNET_50 = [
  [64, 3],
  [128, 4],
  [256, 6],
  [512, 3],
] as const

function resNet50(): Layer {
  const layers: Layer[] = [convolution(7, 3, 64, 2), pool(3)]
  let from = 64
  for (const [stage, [channels, repeats]] of RESNET_50.entries())
    for (let index = 0; index < repeats; index += 1) {
      const stride = index === 0 && stage > 0 ? 2 : 1
      const block = chain([
        convolution(1, from, channels),
        convolution(3, channels, channels, stride),
        convolution(1, channels, channels * 4, 1, true),
      ])
      layers.push(
        residual(block, index === 0 ? convolution(1, from, channels * 4, stride, true) : undefined),
      )
      from = channels * 4
    }
  return chain(layers)
}

/** Paper A: a backbone, its mean, three dense layers of 1024 and eight classes. */
function paperA(backbone: Layer, width: number): (x: Tensor4D) => Tensor {
  const head = dense(width, [1024, 1024, 1024, 8])
  return (x) => head(mean(backbone(x), [1, 2]))
}

/** Paper B: four convolutions, each with pooling, a dense layer of 1024 and seven classes. */
function paperB(): (x: Tensor4D) => Tensor {
  const sides = [1, 32, 64, 128, 128]
  const trunk = chain(
    sides.slice(1).flatMap((out, index) => [convolution(3, sides[index] ?? 1, out), pool(2)]),
  )
  const head = dense(1152, [1024, 7])
  return (x) => head(reshape(trunk(x), [1, 1152]))
}

const classifier = await loadModel()
const picture = {
  data: new Uint8Array(100 * 100 * 3),
  width: 100,
  height: 100,
  channels: 3,
} as const
const run = (net: (x: Tensor4D) => Tensor, size: number, channels: number) => {
  const x: Tensor4D = randomNormal([1, size, size, channels])
  return () => Promise.resolve(tidy(() => net(x).dataSync()))
}
const contenders = [
  {
    name: 'shipped, resize included',
    go: () => classifier.classify(picture),
  },
  { name: 'paper A, ResNet-50', go: run(paperA(resNet50(), 2048), 96, 3) },
  {
    name: 'paper A, MobileNetV2',
    go: run(paperA(mobileNetV2(), 1280), 96, 3),
  },
  {
    name: 'paper A, EfficientNet-B0',
    go: run(paperA(efficientNetB0(), 1280), 96, 3),
  },
  { name: 'paper B', go: run(paperB(), 48, 1) },
].map((contender) => ({ ...contender, times: new Array<number>() }))
for (let round = 0; round < WARM_UP + ROUNDS; round += 1)
  for (const { go, times } of contenders) {
    const start = performance.now()
    await go()
    if (round >= WARM_UP) times.push(performance.now() - start)
  }
const ours = median(contenders[0]?.times ?? [])
for (const { name, times } of contenders) {
  const each = median(times)
  process.stdout.write(
    `${name}: ${each.toFixed(1)} ms, ${(each / ours).toFixed(2)} of the shipped one\n`,
  )
}
