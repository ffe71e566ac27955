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


def _geometry(batch: torch.Tensor, size: int, scale: tuple, beyond: float) -> torch.Tensor:
    """Random similarity: rotation by up to 15 degrees, scale, shift by up to 10 %, mirror.

    A share `beyond` is shown smaller than the picture, with its border repeated, as a crop cut
    from landmarks shows a face near the edge of a camera's picture.
    """
    count = len(batch)
    angle = _uniform(count, -math.radians(15), math.radians(15))
    zoom = _uniform(count, *scale)
    if beyond > 0:  # Draws nothing otherwise, so that earlier runs' seeds still give the same pictures.
        zoom = torch.where(torch.rand(count) < beyond, _uniform(count, scale[1], 1.45), zoom)
    stretch = _uniform(count, 0.94, 1.06)
    mirror = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    shift = _uniform(count * 2, -0.1, 0.1).view(count, 2, 1, 1)
    side = (torch.arange(size) * 2 + 1) / size - 1
    x, y = side.view(1, 1, size), side.view(1, size, 1)
    cos, sin = (zoom * angle.cos()).view(-1, 1, 1), (zoom * angle.sin()).view(-1, 1, 1)
    stretch, mirror = stretch.view(-1, 1, 1), mirror.view(-1, 1, 1)
    grid = torch.empty(count, size, size, 2)
    torch.sub(x * (cos * stretch * mirror) + shift[:, 0], y * sin, out=grid[..., 0])
    torch.add(x * (sin * mirror) + shift[:, 1], y * (cos / stretch), out=grid[..., 1])
    return F.grid_sample(batch, grid, padding_mode="border", align_corners=False)


def _light(batch: torch.Tensor) -> torch.Tensor:
    """Contrast, brightness and colour cast in place; a light from one side for a sixth."""
    count = len(batch)
    mean = batch.mean((1, 2, 3), keepdim=True)
    contrast = _uniform(count, 0.6, 1.4).view(-1, 1, 1, 1)
    brightness = _uniform(count, 0.6, 1.35).view(-1, 1, 1, 1)
    tint = torch.where(torch.rand(count, 1) < 0.3, 1 + 0.12 * torch.randn(count, 3), torch.ones(1, 3))
    tint = tint.view(count, 3, 1, 1)
    batch.mul_(contrast * tint).add_(mean * (brightness - contrast) * tint)
    lit = (torch.rand(count) < 0.17).nonzero().flatten()
    if len(lit):
        side = torch.linspace(-1, 1, batch.shape[3])
        slope = _uniform(len(lit), -0.45, 0.45).view(-1, 1, 1, 1)
        batch[lit] = batch[lit] * (1 + slope * side)
    return batch


def _grey(batch: torch.Tensor) -> torch.Tensor:
    chosen = torch.rand(len(batch)) < 0.25
    weights = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
    batch[chosen] = (batch[chosen] * weights).sum(1, keepdim=True).expand(-1, 3, -1, -1)
    return batch


def _soften(batch: torch.Tensor) -> torch.Tensor:
    """Low resolution for a fifth, blur for a tenth, of the batch."""
    size = batch.shape[3]
    small = torch.rand(len(batch)) < 0.2
    if small.any():
        side = int(np.random.choice([24, 32, 40, 48, 64]))
        shrunk = F.interpolate(batch[small], size=side, mode="area")
        batch[small] = F.interpolate(shrunk, size=size, mode="bilinear", align_corners=False)
    blurred = torch.rand(len(batch)) < 0.1
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


def _noise(batch: torch.Tensor) -> torch.Tensor:
    noisy = (torch.rand(len(batch)) < 0.15).nonzero().flatten()
    if len(noisy):
        part = batch[noisy]
        batch[noisy] = part + torch.randn_like(part) * 8 * torch.rand(len(noisy), 1, 1, 1)
    return batch


def augment(batch: torch.Tensor, size: int, scale: tuple = (0.78, 1.06),
            beyond: float = 0.0) -> torch.Tensor:
    """uint8 [N, 3, S, S] to float [N, 3, size, size] in 0..255."""
    out = _grey(_light(_geometry(batch.float(), size, scale, beyond)))
    return _cover(_jpeg(_noise(_soften(out)), 0.08), 0.25).clamp_(0, 255)
