"""What is drawn: poses as joint angles, what they rest on, where somebody pushes, what is marked. No picture yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Spot = tuple[str, tuple[float, float, float]]
"""A part of the body or a thing, and a place on it, in hundredths of the person's height: ahead, left, up."""


class Joints(dict[str, float]):
    """Degrees (shifts in hundredths of the height) by `joint.movement`; what is not named is 0."""

    def __missing__(self, key: str) -> float:
        return 0.0


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a hand or a foot goes; `bend` says where elbow or knee point.

    The palm gets there, in line with the forearm; with `fingers` the wrist does, and the hand points that way. `thumb`
    is where the thumb's side of the hand looks. The ankle gets there; with `foot` the sole does, flat on the floor with
    the heel lifted by so many degrees.
    """

    to: Spot
    bend: tuple[str, ...] = ()
    fingers: str = ""
    foot: float | None = None
    thumb: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something beside the body: a box, a ball, a roll, a line between two places, a weight in a hand."""

    kind: str
    at: Spot | None = None
    to: Spot | None = None
    size: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Pose:
    """`rests` are the parts that lie or stand on the floor, or on the seat or bed that is `height` above it."""

    joints: Joints = field(default_factory=Joints)
    rests: tuple[str, ...] = ()
    height: float = 0
    reach: Mapping[str, Reach] = field(default_factory=dict)
    things: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """A push, a way that something moves, or a turn about an axis; `toward` is where what we see of it goes."""

    kind: str
    at: Spot
    toward: str
    size: float = 12
    about: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a check measures: an angle at the second of three places, or a distance.

    Also a dot where fingers press, and a cross over what is not to be done.
    """

    kind: str
    at: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the body by itself, as it is called in `body.yaml`, and the places on it where fingers press."""

    name: str
    dots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture: what it is called, the pose, and what is shown on it.

    `fixed` is a part that stays where it is in `start`, so that the rest of the body moves round it; the hands and feet
    in `planted` stay there too, and their limbs follow. `zoom` shows only what lies round a place, so far (in
    hundredths of the height), and larger; `part` shows a part by itself instead.
    """

    says: str
    view: str
    pose: Pose
    start: Pose
    fixed: str = ""
    planted: tuple[str, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    marks: tuple[Mark, ...] = ()
    zoom: tuple[Spot, float] | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """The pictures of one item. `muscles` are those that are meant."""

    id: str
    frames: tuple[Frame, ...]
    muscles: tuple[str, ...] = ()
