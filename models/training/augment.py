"""Disturbs training pictures as webcams and classrooms do, a whole batch at a time.

Geometry (crop, rotation, mirror), light and colour cast, grey, blur, low resolution, JPEG, noise
and a partly covered face. It must never run on validation pictures.
"""

import io
import math

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image


def _uniform(count: int, low: float, high: float) -> torch.Tensor:
    return low + (high - low) * torch.rand(count)


WHOLE = (0.5, 0.5, 1.0, 0.0)
"""The square that is a picture as it is: centre, side (both as parts of its width), angle."""


def _geometry(batch: torch.Tensor, size: int, scale: tuple, beyond: float, strength: float,
              squares: "torch.Tensor | None") -> torch.Tensor:
    """Random similarity (at strength 1): rotation by up to 15 degrees, scale, shift by up to 10 %, mirror.

    A share `beyond` is shown smaller than the picture, with its border repeated, as a crop cut
    from landmarks shows a face near the edge of a camera's picture.
    """
    count = len(batch)
    turn = math.radians(15) * strength
    angle = _uniform(count, -turn, turn)
    middle, half = (scale[0] + scale[1]) / 2, (scale[1] - scale[0]) / 2 * strength
    zoom = _uniform(count, middle - half, middle + half)
    if beyond > 0:  # Draws nothing otherwise, so that earlier runs' seeds still give the same pictures.
        zoom = torch.where(torch.rand(count) < beyond, _uniform(count, scale[1], 1.45), zoom)
    stretch = _uniform(count, 1 - 0.06 * strength, 1 + 0.06 * strength)
    mirror = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    shift = _uniform(count * 2, -0.1 * strength, 0.1 * strength).view(count, 2, 1, 1)
    side = (torch.arange(size) * 2 + 1) / size - 1
    x, y = side.view(1, 1, size), side.view(1, size, 1)
    cos, sin = (zoom * angle.cos()).view(-1, 1, 1), (zoom * angle.sin()).view(-1, 1, 1)
    stretch, mirror = stretch.view(-1, 1, 1), mirror.view(-1, 1, 1)
    grid = torch.empty(count, size, size, 2)
    torch.sub(x * (cos * stretch * mirror) + shift[:, 0], y * sin, out=grid[..., 0])
    torch.add(x * (sin * mirror) + shift[:, 1], y * (cos / stretch), out=grid[..., 1])
    if squares is not None:
        _into_squares(grid, squares)
    return F.grid_sample(batch, grid, padding_mode="border", align_corners=False)


def _into_squares(grid: torch.Tensor, squares: torch.Tensor) -> None:
    """From places in each picture's square to places in the picture, in place."""
    x, y, side, angle = squares.view(-1, 4, 1, 1).unbind(1)
    across, down = grid.unbind(3)
    cos, sin = side * angle.cos(), side * angle.sin()
    grid[..., 0], grid[..., 1] = ((2 * x - 1) + cos * across - sin * down,
                                  (2 * y - 1) + sin * across + cos * down)


def _light(batch: torch.Tensor, strength: float) -> torch.Tensor:
    """Contrast, brightness and colour cast in place; at strength 1 a light from one side for a sixth."""
    count = len(batch)
    mean = batch.mean((1, 2, 3), keepdim=True)
    contrast = _uniform(count, 1 - 0.4 * strength, 1 + 0.4 * strength).view(-1, 1, 1, 1)
    brightness = _uniform(count, 1 - 0.4 * strength, 1 + 0.35 * strength).view(-1, 1, 1, 1)
    tint = torch.where(torch.rand(count, 1) < 0.3 * strength, 1 + 0.12 * torch.randn(count, 3), torch.ones(1, 3))
    tint = tint.view(count, 3, 1, 1)
    batch.mul_(contrast * tint).add_(mean * (brightness - contrast) * tint)
    lit = (torch.rand(count) < 0.17 * strength).nonzero().flatten()
    if len(lit):
        side = torch.linspace(-1, 1, batch.shape[3])
        slope = _uniform(len(lit), -0.45, 0.45).view(-1, 1, 1, 1)
        batch[lit] = batch[lit] * (1 + slope * side)
    return batch


def _grey(batch: torch.Tensor, strength: float) -> torch.Tensor:
    chosen = torch.rand(len(batch)) < 0.25 * strength
    weights = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
    batch[chosen] = (batch[chosen] * weights).sum(1, keepdim=True).expand(-1, 3, -1, -1)
    return batch


def _soften(batch: torch.Tensor, strength: float) -> torch.Tensor:
    """At strength 1 low resolution for a fifth, blur for a tenth, of the batch."""
    size = batch.shape[3]
    small = torch.rand(len(batch)) < 0.2 * strength
    if small.any():
        side = int(np.random.choice([24, 32, 40, 48, 64]))
        shrunk = F.interpolate(batch[small], size=side, mode="area")
        batch[small] = F.interpolate(shrunk, size=size, mode="bilinear", align_corners=False)
    blurred = torch.rand(len(batch)) < 0.1 * strength
    if blurred.any():
        width = int(np.random.choice([3, 5]))
        batch[blurred] = F.avg_pool2d(batch[blurred], width, 1, width // 2, count_include_pad=False)
    return batch


def _jpeg(batch: torch.Tensor, chance: float) -> torch.Tensor:
    for index in np.flatnonzero(np.random.rand(len(batch)) < chance):
        pixels = batch[index].clamp(0, 255).to(torch.uint8).permute(1, 2, 0).contiguous().numpy()
        store = io.BytesIO()
        Image.fromarray(pixels).save(store, "JPEG", quality=int(np.random.randint(15, 70)))
        again = np.asarray(Image.open(store)).copy()
        batch[index] = torch.from_numpy(again).permute(2, 0, 1).float()
    return batch


def _cover(batch: torch.Tensor, chance: float) -> torch.Tensor:
    size = batch.shape[3]
    for index in np.flatnonzero(np.random.rand(len(batch)) < chance):
        height, width = np.random.randint(size // 10, int(size * 0.36), 2)
        top, left = np.random.randint(0, size - height), np.random.randint(0, size - width)
        colour = torch.rand(3, 1, 1) * 255
        batch[index, :, top:top + height, left:left + width] = colour
    return batch


def _noise(batch: torch.Tensor, strength: float) -> torch.Tensor:
    noisy = (torch.rand(len(batch)) < 0.15 * strength).nonzero().flatten()
    if len(noisy):
        part = batch[noisy]
        batch[noisy] = part + torch.randn_like(part) * 8 * torch.rand(len(noisy), 1, 1, 1)
    return batch


def augment(batch: torch.Tensor, size: int, scale: tuple = (0.78, 1.06),
            beyond: float = 0.0, strength: float = 1.0,
            squares: "torch.Tensor | None" = None) -> torch.Tensor:
    """uint8 [N, 3, S, S] to float [N, 3, size, size] in 0..255.

    `squares` [N, 4] says which part of each picture to take for the whole (see WHOLE).
    `strength` (0 to 1) narrows rotation, zoom (around the middle of `scale`), stretch, shift,
    contrast and brightness, and is a factor of the other disturbances' chances; mirror and `beyond`
    stay.
    """
    out = _geometry(batch.float(), size, scale, beyond, strength, squares)
    out = _noise(_soften(_grey(_light(out, strength), strength), strength), strength)
    return _cover(_jpeg(out, 0.08 * strength), 0.25 * strength).clamp_(0, 255)
