"""The shipped family with batch norms, for a network that learns from nothing. They are folded into the
convolutions before anything else is done with the weights. It must never be measured or exported as
it is, nor trained by several processes: each would keep statistics of its own.
"""

import torch
import torch.nn as nn

from network import ExpressionNet

_EPSILON = 1e-3
"""Variance floor: TensorFlow's default, kinder to small batches than PyTorch's 1e-5."""


class NormedNet(ExpressionNet):
    """As ExpressionNet, each convolution followed by a batch norm; filters begin at He's scale
    (Delving Deep into Rectifiers, 2015)."""

    def __init__(self, widths: tuple):
        super().__init__(widths)
        for name, layer in self._layers():
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)
            layer.bias.requires_grad = False
        self.norms = nn.ModuleDict({
            name: nn.BatchNorm2d(layer.out_channels, eps=_EPSILON, momentum=0.05)
            for name, layer in self._layers()})
        self._norm_of = {layer: self.norms[name] for name, layer in self._layers()}

    def _layers(self) -> list:
        kinds = {"depthwise": self.depthwise, "pointwise": self.pointwise}
        return [("stem", self.stem)] + [
            (f"{kind}-{index}", layer) for kind, layers in kinds.items()
            for index, layer in enumerate(layers)]

    def _convolved(self, x: torch.Tensor, layer: nn.Conv2d) -> torch.Tensor:
        return self._norm_of[layer](super()._convolved(x, layer))


def folded(values: dict) -> dict:
    """The state of the ExpressionNet that computes what a NormedNet with the state `values` does
    when it is not learning."""
    out = {key: value.clone() for key, value in values.items() if not key.startswith("norms.")}
    names = {key.split(".")[1] for key in values if key.startswith("norms.")}
    for name in names:
        scale, shift, mean, variance = (values[f"norms.{name}.{part}"] for part in
                                        ("weight", "bias", "running_mean", "running_var"))
        factor = scale / (variance + _EPSILON).sqrt()
        layer = name.replace("-", ".")
        out[f"{layer}.weight"] = out[f"{layer}.weight"] * factor.view(-1, 1, 1, 1)
        out[f"{layer}.bias"] = shift + (out[f"{layer}.bias"] - mean) * factor
    return out
