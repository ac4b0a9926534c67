"""Processes that the kernel ends when they turn to the internet, whatever library does and in whatever language.

Ended is who opens a datagram socket of the internet's families, as each look-up in DNS does, and who connects to an
address of them. A stream socket that is only opened is let be: urllib3 asks so whether there is IPv6.
"""

import ctypes
import platform
from collections.abc import Callable, Sequence

SET_NO_NEW_PRIVILEGES, SET_SECCOMP, MODE_FILTER = 38, 22, 2
LOAD, IS, GIVE, MASK = 0x20, 0x15, 0x06, 0x54
"""Of the classic Berkeley packet filter: load a word, jump if equal, return, and."""
NUMBER_AT, ARGUMENTS_AT, ARGUMENT = 0, 16, 8
"""Where `struct seccomp_data` has the call's number and its arguments, and how long one is."""
KILL_PROCESS, ALLOW = 0x80000000, 0x7FFF0000
CALLS = {"x86_64": (41, 42), "aarch64": (198, 203)}
"""The numbers of `socket` and `connect`."""
IPV4, IPV6 = 2, 10
KIND, DATAGRAM = 0xF, 2
ADDRESSES = (16, 28)
"""The lengths of an address of IPv4 and of IPv6; a path of a local socket is longer than either here."""

SUPPORTED = platform.system() == "Linux" and platform.machine() in CALLS


class _Instruction(ctypes.Structure):
    _fields_ = [("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("k", ctypes.c_uint)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction))]


def _steps() -> Sequence[tuple[int, int, int, int]]:
    """The filter's instructions as code, jump if so, jump if not, operand."""
    socket, connect = CALLS[platform.machine()]
    family, kind, length = (ARGUMENTS_AT + place * ARGUMENT for place in range(3))
    return [
        (LOAD, 0, 0, NUMBER_AT),
        (IS, 0, 6, socket),
        (LOAD, 0, 0, family),
        (IS, 1, 0, IPV4),
        (IS, 0, 8, IPV6),
        (LOAD, 0, 0, kind),
        (MASK, 0, 0, KIND),
        (IS, 4, 5, DATAGRAM),
        (IS, 0, 4, connect),
        (LOAD, 0, 0, length),
        (IS, 1, 0, ADDRESSES[0]),
        (IS, 0, 1, ADDRESSES[1]),
        (GIVE, 0, 0, KILL_PROCESS),
        (GIVE, 0, 0, ALLOW),
    ]


def refusing() -> Callable[[], None]:
    """What `subprocess` is to call in the child: it and all its children then die by SIGSYS as they turn there."""
    steps = _steps()
    instructions = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    program = _Program(len(steps), instructions)
    control = ctypes.CDLL(None, use_errno=True).prctl

    def refuse() -> None:
        if control(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or control(SET_SECCOMP, MODE_FILTER, ctypes.byref(program), 0, 0):
            raise OSError(ctypes.get_errno(), "no filter of system calls can be set here")

    return refuse
