"""Reads the shipped graph model back as a network, so that training can go on from it.

What quantisation took is lost, and so is the second head, which starts anew. It must never be
given a graph that `export.py` did not write.
"""

import json
from pathlib import Path

import torch

from graph_weights import read_weights
from network import STRIDES, ExpressionNet


def load_shipped(model: Path) -> ExpressionNet:
    """The network in `model` (a model.json with its weights and config.json beside it)."""
    weights = read_weights(model)
    kernels = [weights["stem/kernel"]]
    kernels += [weights[f"pointwise_{index + 1}/kernel"] for index in range(len(STRIDES))]
    net = ExpressionNet(tuple(kernel.shape[3] for kernel in kernels))
    config = json.loads((model.parent / "config.json").read_text())
    net.view, net.size = config["view"], config["size"]
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
