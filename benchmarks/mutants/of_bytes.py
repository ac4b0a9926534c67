"""Ways to damage any file: its bytes as disks, lines and servers lose them."""

import random

MOST = 4
"""So many places are changed at most."""


def flipped(data: bytes, choice: random.Random) -> bytes:
    """Some bits of the file."""
    damaged = bytearray(data)
    for _ in range(choice.randint(1, 2 * MOST)):
        damaged[choice.randrange(len(damaged))] ^= 1 << choice.randrange(8)
    return bytes(damaged)


def cut_short(data: bytes, choice: random.Random) -> bytes:
    """The file as far as some byte."""
    return data[: choice.randrange(len(data) // 8, len(data))]


def hole(data: bytes, choice: random.Random) -> bytes:
    """A stretch of zeros, as a disk that lost a block gives it."""
    at, size = choice.randrange(len(data)), choice.choice((1, 16, 512, 4096))
    return data[:at] + b"\0" * min(size, len(data) - at) + data[at + size :]
