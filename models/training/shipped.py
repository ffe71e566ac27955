"""Reads the shipped graph model back as a network, so that training can go on from it.

What quantisation took is lost, and so is the second head, which starts anew. It must never be
given a graph that `export.py` did not write.
"""

import json
from pathlib import Path

import numpy as np
import torch

from network import STRIDES, ExpressionNet

_KINDS = {"float32": np.float32, "float16": np.float16, "int8": np.int8, "int32": np.int32}


def _read(model: Path) -> dict:
    """Weights by name, as float32 (int8 kernels have a scale an output channel before them)."""
    manifest = json.loads(model.read_text())["weightsManifest"][0]
    raw = b"".join((model.parent / path).read_bytes() for path in manifest["paths"])
    offset, out = 0, {}
    for entry in manifest["weights"]:
        shape = entry["shape"]
        stored = entry.get("quantization", entry)["dtype"]
        scales = np.ones(1, np.float32)
        if stored == "int8":
            scales = np.frombuffer(raw, np.float32, shape[-1], offset)
            offset += scales.nbytes
        values = np.frombuffer(raw, _KINDS[stored], int(np.prod(shape)), offset)
        offset += values.nbytes
        out[entry["name"]] = torch.from_numpy(values.reshape(shape).astype(np.float32) * scales)
    return out


def load_shipped(model: Path) -> ExpressionNet:
    """The network in `model` (a model.json with its weights and config.json beside it)."""
    weights = _read(model)
    kernels = [weights["stem/kernel"]]
    kernels += [weights[f"pointwise_{index + 1}/kernel"] for index in range(len(STRIDES))]
    net = ExpressionNet(tuple(kernel.shape[3] for kernel in kernels))
    net.view = json.loads((model.parent / "config.json").read_text())["view"]
    with torch.no_grad():
        net.stem.weight.copy_(weights["stem/kernel"].permute(3, 2, 0, 1))
        net.stem.bias.copy_(weights["stem/bias"])
        for index in range(len(STRIDES)):
            name = f"depthwise_{index + 1}"
            net.depthwise[index].weight.copy_(weights[f"{name}/kernel"].permute(2, 3, 0, 1))
            net.depthwise[index].bias.copy_(weights[f"{name}/bias"])
            name = f"pointwise_{index + 1}"
            net.pointwise[index].weight.copy_(weights[f"{name}/kernel"].permute(3, 2, 0, 1))
            net.pointwise[index].bias.copy_(weights[f"{name}/bias"])
        net.head.weight.copy_(weights["head/kernel"].T)
        net.head.bias.copy_(weights["head/bias"])
    return net
