"""A residual network that begins from face identity learnt by another kind of network than the shipped
family's: dlib's face descriptor, a ResNet of 29 convolutions (King, dlib's dnn_face_recognition_ex,
2017), as the npm package @vladmandic/face-api carries it.

It is a teacher alone: it must never be exported or shipped.
"""

from pathlib import Path
from typing import Callable

import torch
import torch.nn as nn
import torch.nn.functional as F

import half
from graph_weights import read_weights
from network import MEAN_RGB, TwoHeaded

_TRUNK_MEAN = (122.782, 117.001, 104.298)
_BLOCKS = ("32_1", "32_2", "32_3", "64_down", "64_1", "64_2", "64_3", "128_down", "128_1", "128_2",
          "256_down", "256_1", "256_2", "256_down_out")
_FEATURES = 256


class _Block(nn.Module):
    """Two convolutions beside a shortcut; where it halves its sides, the shortcut is pooled and the
    channels that it lacks are zero."""

    def __init__(self, inputs: int, outputs: int, halves: bool):
        super().__init__()
        self.halves, self.wider = halves, outputs - inputs
        self.first = nn.Conv2d(inputs, outputs, 3, 2 if halves else 1, padding=0 if halves else 1)
        self.second = nn.Conv2d(outputs, outputs, 3, padding=1)

    def forward(self, x: torch.Tensor, convolved: Callable) -> torch.Tensor:
        out = convolved(F.relu(convolved(x, self.first)), self.second)
        if self.halves:
            x = F.pad(F.avg_pool2d(x, 2), (0, 0, 0, 0, 0, self.wider))
            out = F.pad(out, (0, x.shape[3] - out.shape[3], 0, x.shape[2] - out.shape[2]))
        return F.relu(x + out)


class ResidualNet(TwoHeaded):
    """Takes pictures as ExpressionNet does, but of at least 112 pixels a side."""

    def __init__(self, dropout: float = 0.3):
        super().__init__()
        self.widths = (32, _FEATURES)
        self.stem = nn.Conv2d(3, 32, 7, 2)
        width, blocks = 32, []
        for name in _BLOCKS:
            outputs = int(name.split("_")[0])
            blocks.append(_Block(width, outputs, "down" in name))
            width = outputs
        self.blocks = nn.ModuleList(blocks)
        self._add_heads(_FEATURES, dropout)
        self.size = 112

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """Normalised pictures to mean-pooled features."""
        x = x.to(half.KIND) if self.half else x
        x = F.max_pool2d(F.relu(self._convolved(x, self.stem)), 3, 2)
        for block in self.blocks:
            x = block(x, self._convolved)
        return x.mean((2, 3)).float()


def _fill(layer: nn.Conv2d, weights: dict, name: str) -> None:
    scale, shift = weights[f"{name}/scale/weights"], weights[f"{name}/scale/biases"]
    layer.weight.copy_(weights[f"{name}/conv/filters"].permute(3, 2, 0, 1) * scale.view(-1, 1, 1, 1))
    layer.bias.copy_(weights[f"{name}/conv/bias"] * scale + shift)


def load_descriptor(net: ResidualNet, manifest: Path) -> None:
    """Starts the trunk from the descriptor (`face_recognition_model-weights_manifest.json`), whose
    scales are folded into its convolutions; the first one takes pictures as `network.normalise`
    gives them."""
    weights = read_weights(manifest)
    with torch.no_grad():
        _fill(net.stem, weights, "conv32_down")
        net.stem.weight /= 255
        off = torch.tensor(MEAN_RGB) - torch.tensor(_TRUNK_MEAN)
        net.stem.bias += (net.stem.weight.sum((2, 3)) * off).sum(1)
        for name, block in zip(_BLOCKS, net.blocks):
            _fill(block.first, weights, f"conv{name}/conv1")
            _fill(block.second, weights, f"conv{name}/conv2")
