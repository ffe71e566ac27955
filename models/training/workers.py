"""Several training processes that act as one: each takes a part of every batch, gradients are
averaged. One process a core wastes far less than one process with a thread a core, the more so
on a machine with other work. It must never let two processes' weights drift apart.
"""

import atexit
import ctypes
import datetime
import os
import random
import signal
import socket
import subprocess
import sys

import numpy as np
import torch
import torch.distributed as distributed


def start(processes: int, threads: int) -> tuple:
    """(rank, number of processes). The first process starts the others, which run the same command
    line; they end with it."""
    torch.set_num_threads(threads)
    _keep_memory()
    if processes == 1:
        return 0, 1
    if "RANK" not in os.environ:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=port, WORLD_SIZE=str(processes))
        for rank in range(1, processes):
            child = subprocess.Popen([sys.executable, *sys.argv], env={**os.environ, "RANK": str(rank)})
            atexit.register(child.terminate)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        os.environ["RANK"] = "0"
    distributed.init_process_group("gloo", timeout=datetime.timedelta(minutes=30))
    return distributed.get_rank(), processes


def _keep_memory() -> None:
    """Lets glibc reuse freed tensors' memory instead of handing it back to the system each step."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        for option, value in ((-4, 0), (-1, 2**31 - 1), (-2, 64 << 20)):
            library.mallopt(option, value)


def seed(value: int) -> None:
    """Seeds every generator in use."""
    random.seed(value)
    np.random.seed(value)
    torch.manual_seed(value)


def average_gradients(parameters: list, count: int) -> None:
    """Averages gradients over the processes, in one message."""
    if count == 1:
        return
    gradients = [p.grad for p in parameters if p.grad is not None]
    flat = torch.cat([g.reshape(-1) for g in gradients])
    distributed.all_reduce(flat)
    flat /= count
    offset = 0
    for gradient in gradients:
        gradient.copy_(flat[offset:offset + gradient.numel()].view_as(gradient))
        offset += gradient.numel()


def total(tensor: torch.Tensor, count: int) -> torch.Tensor:
    """Sum over the processes."""
    if count > 1:
        distributed.all_reduce(tensor)
    return tensor
