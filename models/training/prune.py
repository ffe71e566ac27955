"""Narrows a trained network: the channels that matter least for the task are left out.

    python3 prune.py CHECKPOINT --to FILE --data FOLDER --config configs/wide.toml --widths 24,48,…

A channel's worth is first-order Taylor: how much the loss would change without it, |activation x
gradient| summed over the picture, averaged over training pictures. It must never change the
checkpoint that it reads.
"""

import argparse
import tomllib
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from checkpoint import load_shippable, save_checkpoint
from network import STRIDES, ExpressionNet, normalise


def importance(net: ExpressionNet, batches: list) -> list:
    """Worth of every channel of the stem and of each block; batches are (input, target) pairs."""
    net.eval()
    layers = [net.stem, *net.pointwise]
    worth = [torch.zeros(layer.out_channels) for layer in layers]
    kept = {}

    def keep(index: int):
        def hook(_module, _inputs, output):
            output.retain_grad()
            kept[index] = output
        return hook

    handles = [layer.register_forward_hook(keep(index)) for index, layer in enumerate(layers)]
    for x, target in batches:
        loss = -(target * F.log_softmax(net(x), 1)).sum()
        net.zero_grad()
        loss.backward()
        for index, output in kept.items():
            # The hook sees the output before relu6 works on it in place; the product is the same.
            worth[index] += (output.detach().clamp(0, 6) * output.grad).sum((2, 3)).abs().sum(0)
    for handle in handles:
        handle.remove()
    return worth


def narrow(net: ExpressionNet, worth: list, widths: tuple) -> ExpressionNet:
    """A copy of the network with the worthiest channels of every layer, in their old order."""
    keep = [torch.topk(w, count).indices.sort().values for w, count in zip(worth, widths)]
    small = ExpressionNet(widths)
    small.size, small.view = net.size, net.view
    with torch.no_grad():
        small.stem.weight.copy_(net.stem.weight[keep[0]])
        small.stem.bias.copy_(net.stem.bias[keep[0]])
        for index in range(len(STRIDES)):
            into, out = keep[index], keep[index + 1]
            small.depthwise[index].weight.copy_(net.depthwise[index].weight[into])
            small.depthwise[index].bias.copy_(net.depthwise[index].bias[into])
            small.pointwise[index].weight.copy_(net.pointwise[index].weight[out][:, into])
            small.pointwise[index].bias.copy_(net.pointwise[index].bias[out])
        for head in ("head", "second"):
            getattr(small, head).weight.copy_(getattr(net, head).weight[:, keep[-1]])
            getattr(small, head).bias.copy_(getattr(net, head).bias)
    return small


def main() -> None:
    from augment import augment
    from data import Pool, load, sampling_weights
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--widths", required=True, help="14 numbers, commas between")
    parser.add_argument("--pictures", type=int, default=4096)
    arguments = parser.parse_args()
    torch.manual_seed(1)
    np.random.seed(1)
    config = tomllib.loads(arguments.config.read_text())
    picture = config["picture"]
    sets = [load(arguments.data, name, "train", picture["stored"], part["smoothing"],
                 part.get("soft_votes", False), arguments.cache)
            for name, part in config["sets"].items()]
    shares = {name: part["share"] for name, part in config["sets"].items()}
    weights = sampling_weights(sets, shares, config["training"]["balance"])
    targets, pool = torch.cat([part.targets for part in sets]), Pool(sets)
    net = load_shippable(arguments.checkpoint)
    rows = torch.multinomial(weights, arguments.pictures, replacement=True)
    batches = ((normalise(augment(pool.take(part.numpy()), picture["size"])), targets[part])
               for part in rows.split(64))
    small = narrow(net, importance(net, batches), tuple(map(int, arguments.widths.split(","))))
    save_checkpoint(small, arguments.to)
    count = sum(p.numel() for p in small.parameters())
    print(f"{count:,} parameters instead of {sum(p.numel() for p in net.parameters()):,}")


if __name__ == "__main__":
    main()
