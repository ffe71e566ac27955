"""Layers in bfloat16 for processors with matrix units (AMX): weights stay float32, arithmetic does
not. A training step takes less than half the time there, one core against one.

PyTorch 1.13 lacks the gradient of relu6 in bfloat16, and its 1x1 convolutions are slow backwards:
both are said here in operations that are fast. It must never be used to measure or to export.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

KIND = torch.bfloat16


class _Relu6(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x: torch.Tensor) -> torch.Tensor:
        out = x.clamp(0, 6)
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, gradient: torch.Tensor) -> torch.Tensor:
        out, = ctx.saved_tensors
        above = torch.ops.aten.threshold_backward(gradient, out, 0)
        return torch.ops.aten.threshold_backward(above, 6 - out, 0)


def relu6(x: torch.Tensor) -> torch.Tensor:
    """relu6 with a gradient in bfloat16."""
    return _Relu6.apply(x)


def convolution(x: torch.Tensor, layer: nn.Conv2d) -> torch.Tensor:
    """The layer in bfloat16; a 1x1 convolution as one matrix product over channels-last pictures."""
    weight, bias = layer.weight.to(KIND), layer.bias.to(KIND)
    if layer.kernel_size == (1, 1):
        return F.linear(x.permute(0, 2, 3, 1), weight.flatten(1), bias).permute(0, 3, 1, 2)
    return F.conv2d(x, weight, bias, layer.stride, layer.padding, groups=layer.groups)
