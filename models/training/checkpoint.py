"""Reads and writes networks between the commands of this folder. It must never hold anything but a
network: what a run needs to go on is train.py's own.
"""

from pathlib import Path

import torch

from network import ExpressionNet, TwoHeaded
from residual import ResidualNet
from shipped import load_shipped


def empty(net: TwoHeaded) -> TwoHeaded:
    """A network of the same kind and widths that has learnt nothing (batch norms count as folded)."""
    return ResidualNet() if isinstance(net, ResidualNet) else ExpressionNet(net.widths)


def load_checkpoint(path: Path) -> TwoHeaded:
    """The averaged network of a checkpoint that train.py or `save_checkpoint` wrote, or a shipped
    model.json."""
    if path.suffix == ".json":
        return load_shipped(path)
    state = torch.load(path, map_location="cpu")
    residual = any(name.startswith("blocks") for name in state["average"])
    net = ResidualNet() if residual else ExpressionNet(state["widths"])
    net.load_state_dict(state["average"])
    net.view, net.size = state.get("view", net.view), state.get("size", net.size)
    return net


def load_shippable(path: Path) -> ExpressionNet:
    """As `load_checkpoint`, of the shipped family alone."""
    net = load_checkpoint(path)
    if not isinstance(net, ExpressionNet):
        raise SystemExit(f"{path}: a teacher of another kind, which cannot be shipped")
    return net


def save_checkpoint(net: TwoHeaded, to: Path) -> None:
    """Writes a network as `load_checkpoint` reads it."""
    torch.save({"average": net.state_dict(), "widths": net.widths, "view": net.view,
                "size": net.size}, to)
