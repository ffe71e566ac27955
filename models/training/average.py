"""Averages the weights of networks that went on from one another, into one checkpoint.

    python3 average.py CHECKPOINT CHECKPOINT --to FILE

Between a network and what it became by further training lies one that keeps more of both (Wortsman
et al., Robust fine-tuning of zero-shot models, 2022). It must never be given networks that were
trained apart from the start.
"""

import argparse
from pathlib import Path

import torch

from checkpoint import load_checkpoint, save_checkpoint


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    nets = [load_checkpoint(path) for path in arguments.checkpoints]
    states = [net.state_dict() for net in nets]
    nets[0].load_state_dict({name: torch.stack([state[name] for state in states]).mean(0)
                             for name in states[0]})
    save_checkpoint(nets[0], arguments.to)


if __name__ == "__main__":
    main()
