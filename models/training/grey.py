"""Makes a network that learnt from grey pictures see brightness alone, so that colours, of which it knows
tints and patches at most, cannot lead it anywhere.

    python3 grey.py CHECKPOINT --to FILE

The three filters of each first channel become one, weighted as brightness is (Rec. ITU-R BT.601-7),
and the bias takes what the means of the colours differ by. Of a grey picture the network says what it
said before, but for the last row and column, where the padding is of another shade. It must never be
used on a network that learnt from coloured faces.
"""

import argparse
from pathlib import Path

import torch

from checkpoint import load_shippable, save_checkpoint
from network import MEAN_RGB, ExpressionNet

BRIGHTNESS = (0.299, 0.587, 0.114)


def see_brightness(net: ExpressionNet) -> None:
    """Changes the first layer, in place."""
    weights, mean = torch.tensor(BRIGHTNESS).view(1, 3, 1, 1), torch.tensor(MEAN_RGB).view(1, 3, 1, 1)
    with torch.no_grad():
        kernel = net.stem.weight
        grey = kernel.sum(1, keepdim=True) * weights
        net.stem.bias.add_(((grey - kernel) * mean).sum((1, 2, 3)))
        kernel.copy_(grey)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    net = load_shippable(arguments.checkpoint)
    see_brightness(net)
    save_checkpoint(net, arguments.to)


if __name__ == "__main__":
    main()
