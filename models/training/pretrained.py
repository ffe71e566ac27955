"""A MobileNetV2 with weights descended from ImageNet, for the reference rows with a frozen backbone:
those of the npm package nsfwjs (MIT), which went on learning from them. Its files are JavaScript
modules; nothing of them is run. Pictures go in as 0..1.

It must never be part of a model that is shipped.
"""

import base64
import re
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn

_ENTRY = re.compile(r'\{name:"([^"]+)",shape:\[([\d,]*)\],dtype:"float32",'
                    r'quantization:\{min:(-?[\d.e-]+),scale:([\d.e-]+),dtype:"uint8"\}\}')
_KERAS_EPSILON = 1e-3


def _read(folder: Path) -> dict:
    """Weights by Keras' names, from `model.min.js` and its one shard."""
    entries = _ENTRY.findall((folder / "model.min.js").read_text())
    shard = (folder / "group1-shard1of1.min.js").read_text()
    raw = base64.b64decode(max(re.findall(r'"([A-Za-z0-9+/=]{1000,})"', shard), key=len))
    offset, out = 0, {}
    for name, shape, low, scale in entries:
        sides = [int(side) for side in shape.split(",")]
        values = np.frombuffer(raw, np.uint8, int(np.prod(sides)), offset).reshape(sides)
        offset += values.size
        out[name] = torch.from_numpy(values.astype(np.float32) * float(scale) + float(low))
    if offset != len(raw):
        raise ValueError(f"{folder}: {len(raw) - offset} bytes of weights are not accounted for")
    return out


def _fill(weights: dict, layer: str, conv: nn.Conv2d, norm: nn.BatchNorm2d, norm_name: str) -> None:
    depthwise = weights.get(f"{layer}/depthwise_kernel")
    kernel = weights[f"{layer}/kernel"] if depthwise is None else depthwise.permute(0, 1, 3, 2)
    with torch.no_grad():
        conv.weight.copy_(kernel.permute(3, 2, 0, 1))
        norm.weight.copy_(weights[f"{norm_name}/gamma"])
        norm.bias.copy_(weights[f"{norm_name}/beta"])
        norm.running_mean.copy_(weights[f"{norm_name}/moving_mean"])
        norm.running_var.copy_(weights[f"{norm_name}/moving_variance"])
    norm.eps = _KERAS_EPSILON


def _pad_as_keras(unit: nn.Sequential) -> None:
    """Keras pads a convolution of stride 2 at its far sides alone."""
    conv = unit[0]
    if conv.stride == (2, 2):
        conv.padding = (0, 0)
        unit[0] = nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), conv)


def load_mobilenet_v2(features: nn.Sequential, folder: Path) -> None:
    """Fills torchvision's `mobilenet_v2().features` from `package/dist/models/mobilenet_v2`."""
    weights = _read(folder)
    _fill(weights, "Conv1", features[0][0], features[0][1], "bn_Conv1")
    _pad_as_keras(features[0])
    for index, block in enumerate(list(features)[1:-1]):
        name = f"block_{index}" if index else "expanded_conv"
        units = list(block.conv)
        parts = ["expand", "depthwise"] if index else ["depthwise"]
        for part, unit in zip(parts, units):
            _fill(weights, f"{name}_{part}", unit[0], unit[1], f"{name}_{part}_BN")
            _pad_as_keras(unit)
        _fill(weights, f"{name}_project", units[-2], units[-1], f"{name}_project_BN")
    _fill(weights, "Conv_1", features[-1][0], features[-1][1], "Conv_1_bn")
