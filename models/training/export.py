"""Writes a checkpoint as a TensorFlow.js graph model with the configuration that browsers read.

    python3 export.py CALIBRATED --to ../emotion --weights int8 --unclear 0.45 --version 1.0.0

Batch norms are folded already, activations are fused, the softmax is part of the graph. It must
never invent a number of the configuration: calibration (in the checkpoint's last layer) and threshold
come from calibrate.py.
"""

import argparse
import base64
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from checkpoint import load_shippable
from labels import EMOTIONS
from network import MEAN_RGB, STRIDES, ExpressionNet, padding_of

_QUANTISABLE = 1000
"""Tensors with fewer numbers than this stay float32: they cost nothing and biases are delicate."""
_ONE_BYTE = 100_000
"""By default, smaller kernels stay float16: they are those of early layers, whose errors grow on the
way."""


def _text(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


_FLOAT = {"type": "DT_FLOAT"}


def _shape(shape: tuple) -> dict:
    return {"dim": [{"size": str(side)} for side in shape]}


class Graph:
    """Collects nodes and weights of a graph model."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def constant(self, name: str, values: np.ndarray) -> str:
        kind = "DT_INT32" if values.dtype == np.int32 else "DT_FLOAT"
        tensor = {"dtype": kind, "tensorShape": _shape(values.shape)}
        self.nodes.append({"name": name, "op": "Const",
                           "attr": {"dtype": {"type": kind}, "value": {"tensor": tensor}}})
        self.weights.append((name, values))
        return name

    def input(self, name: str, shape: tuple) -> str:
        self.nodes.append({"name": name, "op": "Placeholder",
                           "attr": {"dtype": _FLOAT, "shape": {"shape": _shape(shape)}}})
        return name

    def node(self, name: str, op: str, inputs: list, **attributes) -> str:
        self.nodes.append({"name": name, "op": op, "input": inputs,
                           "attr": {"T": _FLOAT, **attributes}})
        return name

    def convolution(self, name: str, x: str, kernel: np.ndarray, bias: np.ndarray, stride: int,
                    depthwise: bool, padding: str = "SAME") -> str:
        inputs = [x, self.constant(f"{name}/kernel", kernel), self.constant(f"{name}/bias", bias)]
        return self.node(
            name, "FusedDepthwiseConv2dNative" if depthwise else "_FusedConv2D", inputs,
            strides={"list": {"i": ["1", str(stride), str(stride), "1"]}},
            dilations={"list": {"i": ["1", "1", "1", "1"]}},
            padding={"s": _text(padding)}, data_format={"s": _text("NHWC")},
            explicit_paddings={"list": {}}, epsilon={"f": 0.0}, num_args={"i": "1"},
            fused_ops={"list": {"s": [_text("BiasAdd"), _text("Relu6")]}})


def _padding_at(side: int, stride: int) -> str:
    return "VALID" if stride == 2 and padding_of(side) == (0, 0) else "SAME"


def _side_after(side: int, stride: int) -> int:
    return side if stride == 1 else (side + sum(padding_of(side)) - 3) // 2 + 1


def build_graph(net: ExpressionNet, size: int) -> Graph:
    """The network's inference graph: [N, size, size, 3] to probabilities [N, 8]."""
    graph = Graph()
    state = {name: value.detach().numpy() for name, value in net.state_dict().items()}
    x = graph.input("crop", (-1, size, size, 3))
    x = graph.convolution("stem", x, state["stem.weight"].transpose(2, 3, 1, 0),
                          state["stem.bias"], 2, False, _padding_at(size, 2))
    side = _side_after(size, 2)
    for index, stride in enumerate(STRIDES):
        kernel = state[f"depthwise.{index}.weight"].transpose(2, 3, 0, 1)
        x = graph.convolution(f"depthwise_{index + 1}", x, kernel,
                              state[f"depthwise.{index}.bias"], stride, True,
                              _padding_at(side, stride))
        side = _side_after(side, stride)
        kernel = state[f"pointwise.{index}.weight"].transpose(2, 3, 1, 0)
        x = graph.convolution(f"pointwise_{index + 1}", x, kernel,
                              state[f"pointwise.{index}.bias"], 1, False)
    axes = graph.constant("pool/axes", np.array([1, 2], np.int32))
    x = graph.node("pool", "Mean", [x, axes], keep_dims={"b": False}, Tidx={"type": "DT_INT32"})
    kernel = graph.constant("head/kernel", state["head.weight"].T)
    bias = graph.constant("head/bias", state["head.bias"])
    x = graph.node("head", "_FusedMatMul", [x, kernel, bias], transpose_a={"b": False},
                   transpose_b={"b": False}, epsilon={"f": 0.0}, num_args={"i": "1"},
                   fused_ops={"list": {"s": [_text("BiasAdd")]}})
    graph.node("probabilities", "Softmax", [x])
    return graph


def pack(name: str, values: np.ndarray, kind: str, one_byte: int) -> tuple:
    """(manifest entry, bytes) of one weight, stored as `kind` where it is worth it; int8 from
    `one_byte` numbers on, float16 below."""
    if values.dtype == np.int32:
        return {"name": name, "shape": list(values.shape), "dtype": "int32"}, values.tobytes()
    values = np.ascontiguousarray(values, np.float32)
    entry = {"name": name, "shape": list(values.shape), "dtype": "float32"}
    if values.size < _QUANTISABLE or kind == "float32":
        return entry, values.tobytes()
    if kind == "float16" or values.size < one_byte:
        entry["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
        return entry, values.astype(np.float16).tobytes()
    # One scale an output channel, the last axis; app/_emotion/weights.ts reads it.
    entry["quantization"] = {"dtype": "int8", "original_dtype": "float32"}
    scales = np.abs(values).reshape(-1, values.shape[-1]).max(0).clip(1e-12) / 127
    numbers = np.round(values / scales).clip(-127, 127).astype(np.int8)
    return entry, scales.astype(np.float32).tobytes() + numbers.tobytes()


def write(net: ExpressionNet, to: Path, kind: str, unclear: float,
          name: str, version: str, one_byte: int = _ONE_BYTE) -> None:
    """Writes model.json, weights.bin and config.json."""
    size = net.size
    graph = build_graph(net, size)
    packed = [pack(weight, values, kind, one_byte) for weight, values in graph.weights]
    to.mkdir(parents=True, exist_ok=True)
    (to / "weights.bin").write_bytes(b"".join(raw for _, raw in packed))
    model = {
        "format": "graph-model", "generatedBy": f"{name} {version}",
        "convertedBy": None,
        "signature": {
            "inputs": {"crop": {"name": "crop:0", "dtype": "DT_FLOAT",
                                "tensorShape": _shape((-1, size, size, 3))}},
            "outputs": {"probabilities": {"name": "probabilities:0", "dtype": "DT_FLOAT",
                                          "tensorShape": _shape((-1, len(EMOTIONS)))}},
        },
        "modelTopology": {"node": graph.nodes, "library": {}, "versions": {"producer": 1395}},
        "weightsManifest": [{"paths": ["weights.bin"], "weights": [entry for entry, _ in packed]}],
    }
    (to / "model.json").write_text(json.dumps(model, separators=(",", ":")) + "\n")
    config = {
        "name": name, "version": version, "labels": EMOTIONS, "size": size, "view": net.view,
        "mean": MEAN_RGB, "std": [1, 1, 1],
        "output": "probabilities", "temperature": 1,
        "mirror": False,
        "unclearThreshold": unclear, "weights": kind,
        "sha256": {file: hashlib.sha256((to / file).read_bytes()).hexdigest()
                   for file in ("model.json", "weights.bin")},
    }
    (to / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--weights", choices=["float32", "float16", "int8"], default="int8")
    parser.add_argument("--unclear", type=float, required=True)
    parser.add_argument("--one-byte", type=int, default=_ONE_BYTE,
                        help="numbers from which on a kernel is int8")
    parser.add_argument("--name", default="attune-expression")
    parser.add_argument("--version", required=True)
    arguments = parser.parse_args()
    net = load_shippable(arguments.checkpoint)
    write(net, arguments.to, arguments.weights, arguments.unclear, arguments.name,
          arguments.version, arguments.one_byte)
    size = (arguments.to / "weights.bin").stat().st_size
    print(f"{sum(p.numel() for p in net.parameters()):,} parameters, {size:,} bytes of weights")


if __name__ == "__main__":
    main()
