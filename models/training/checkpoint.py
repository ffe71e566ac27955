"""Reads and writes networks between the commands of this folder. It must never hold anything but a
network: what a run needs to go on is train.py's own.
"""

from pathlib import Path

import torch

from network import ExpressionNet
from shipped import load_shipped


def load_checkpoint(path: Path) -> ExpressionNet:
    """The averaged network of a checkpoint that train.py or `save_checkpoint` wrote, or a shipped
    model.json."""
    if path.suffix == ".json":
        return load_shipped(path)
    state = torch.load(path, map_location="cpu")
    net = ExpressionNet(state["widths"])
    net.load_state_dict(state["average"])
    net.view, net.size = state.get("view", net.view), state.get("size", net.size)
    return net


def save_checkpoint(net: ExpressionNet, to: Path) -> None:
    """Writes a network as `load_checkpoint` reads it."""
    torch.save({"average": net.state_dict(), "widths": net.widths, "view": net.view,
                "size": net.size}, to)
