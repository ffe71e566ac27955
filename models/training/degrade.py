"""How much the validation figures suffer from poor light, blur, rotation, small faces and grey.

    python3 degrade.py CHECKPOINT --data FOLDER --to ../experiments/standard/degraded.json

Each disturbance is applied to every validation picture alike, before the network's view of its
middle is taken; seeds are fixed. It must never train.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import workers
from checkpoint import load_checkpoint
from data import load
from labels import COUNT
from measure import confusion, figures
from network import normalise, resized

_SHOWN = 96
"""Pixels a side of what is shown while it is disturbed, so that networks of any size of input meet the
same."""


def _rotated(x: torch.Tensor, degrees: float) -> torch.Tensor:
    angle = torch.tensor(degrees * np.pi / 180)
    theta = torch.tensor([[angle.cos(), -angle.sin(), 0], [angle.sin(), angle.cos(), 0]])
    grid = F.affine_grid(theta.expand(len(x), 2, 3), list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, padding_mode="border", align_corners=False)


def _scaled(x: torch.Tensor, factor: float) -> torch.Tensor:
    theta = torch.tensor([[factor, 0, 0], [0, factor, 0]])
    grid = F.affine_grid(theta.expand(len(x), 2, 3), list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, padding_mode="border", align_corners=False)


def _small(x: torch.Tensor, side: int) -> torch.Tensor:
    return F.interpolate(F.interpolate(x, size=side, mode="area"), size=x.shape[3],
                         mode="bilinear", align_corners=False)


def _dark(x: torch.Tensor, factor: float) -> torch.Tensor:
    noise = torch.randn(x.shape, generator=torch.Generator().manual_seed(1)) * 4
    return (x * factor + noise).clamp(0, 255)


def _blurred(x: torch.Tensor, width: int) -> torch.Tensor:
    return F.avg_pool2d(x, width, 1, width // 2, count_include_pad=False)


def _covered(x: torch.Tensor, top: float, bottom: float) -> torch.Tensor:
    out = x.clone()
    out[:, :, int(top * x.shape[2]):int(bottom * x.shape[2])] = 128
    return out


def _middle(x: torch.Tensor, view: float, size: int) -> torch.Tensor:
    side = round(x.shape[3] * view)
    edge = (x.shape[3] - side) // 2
    seen = x[:, :, edge:edge + side, edge:edge + side]
    return resized(seen, size)


DISTURBANCES = {
    "as they are": lambda x: x,
    "half the light, noise": lambda x: _dark(x, 0.5),
    "a fifth of the light, noise": lambda x: _dark(x, 0.2),
    "blur over 3 pixels": lambda x: _blurred(x, 3),
    "blur over 7 pixels": lambda x: _blurred(x, 7),
    "turned by 10 degrees": lambda x: _rotated(x, 10),
    "turned by 25 degrees": lambda x: _rotated(x, 25),
    "face 48 pixels wide": lambda x: _small(x, 48),
    "face 32 pixels wide": lambda x: _small(x, 32),
    "face 20 pixels wide": lambda x: _small(x, 20),
    "crop 15 % tighter": lambda x: _scaled(x, 0.85),
    "crop 15 % wider": lambda x: _scaled(x, 1.15),
    "grey": lambda x: x.mean(1, keepdim=True).expand(-1, 3, -1, -1),
    "mouth covered": lambda x: _covered(x, 0.66, 1.0),
    "mirrored": lambda x: x.flip(3),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--sets", nargs="+",
                        default=["ferplus", "rafdb", "affectnet96"], help="to disturb")
    parser.add_argument("--every", type=int, default=1, help="only every n-th picture")
    arguments = parser.parse_args()
    workers.start(1, 2)
    net = load_checkpoint(arguments.checkpoint).to(memory_format=torch.channels_last).eval()
    out = {}
    for name in arguments.sets:
        part = load(arguments.data, name, "valid", round(_SHOWN / net.view), cache=arguments.cache)
        part = part.only(torch.arange(len(part)) % arguments.every == 0)
        tables = {key: torch.zeros(COUNT, COUNT, dtype=torch.long) for key in DISTURBANCES}
        for start in range(0, len(part), 128):
            x = torch.from_numpy(part.pictures[start:start + 128].copy()).float()
            for key, disturb in DISTURBANCES.items():
                with torch.no_grad():
                    seen = _middle(disturb(x), net.view, net.size)
                    predicted = net(normalise(seen)).argmax(1)
                tables[key] += confusion(predicted, part.labels[start:start + 128])
        out[name] = {key: figures(table) for key, table in tables.items()}
        print(name, {key: round(f["accuracy"] * 100, 1) for key, f in out[name].items()}, flush=True)
    arguments.to.write_text(json.dumps(out, indent=2) + "\n")


if __name__ == "__main__":
    main()
