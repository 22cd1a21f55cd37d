"""A body in a pose: where each joint is, and how each part of it is turned.

Lengths are shares of the person's height after Drillis and Contini, as textbooks of movement science print them; how
thick the parts are is chosen so that the drawing reads well. They say nothing about anybody's body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assess.figures.geometry import (
    Matrix,
    Vector,
    about_x,
    about_y,
    about_z,
    add,
    apply,
    between,
    compose,
    cross,
    dot,
    length,
    scale,
    sub,
    transpose,
    two_bones,
    unit,
)
from assess.model.figures import Pose, Reach

THIGH, SHANK, ANKLE_HEIGHT = 0.245, 0.246, 0.039
UPPER_ARM, FOREARM, PALM = 0.186, 0.146, 0.045
HIP, SHOULDER = 0.05, 0.1  # from the middle
LOW_BACK, CHEST, NECK = 0.1, 0.165, 0.055
SIDES = {"this": -1.0, "other": 1.0}  # a figure is thought for the right side; the left one is its mirror image
UP: Vector = (0.0, 0.0, 1.0)
DIRECTIONS: dict[str, Vector] = {
    "up": UP,
    "down": (0.0, 0.0, -1.0),
    "ahead": (1.0, 0.0, 0.0),
    "behind": (-1.0, 0.0, 0.0),
    "this": (0.0, -1.0, 0.0),
    "other": (0.0, 1.0, 0.0),
}
"""In the room, where the person faces ahead as long as nothing turns the whole body."""


@dataclass(slots=True)
class Body:
    """`at[part]` is where a part begins and how it is turned; a limb runs down its own z axis, its front is x.

    `curl` has the sides whose hand shows its fingers, and how far these are bent.
    """

    at: dict[str, tuple[Vector, Matrix]] = field(default_factory=dict)
    curl: dict[str, float] = field(default_factory=dict)

    def point(self, part: str, local: Vector = (0.0, 0.0, 0.0)) -> Vector:
        """Where a place on a part is."""
        origin, turned = self.at[part]
        return add(origin, apply(turned, local))

    def direction(self, part: str, local: Vector) -> Vector:
        """Where a direction of a part points."""
        return apply(self.at[part][1], local)

    def moved(self, by: Vector) -> Body:
        """The same body somewhere else."""
        return Body({part: (add(origin, by), turned) for part, (origin, turned) in self.at.items()}, self.curl)


def body_of(pose: Pose) -> Body:
    """The body in this pose with its pelvis at the origin; hands and feet that reach for something come later."""
    j = pose.joints
    body = Body(curl={side: j[f"{side}-fingers.curl"] for side in SIDES if f"{side}-fingers.curl" in j})
    root = compose(about_z(-j["whole.turn"]), about_x(j["whole.side"]), about_y(j["whole.lean"]))
    body.at["pelvis"] = ((0.0, 0.0, 0.0), root)
    low = compose(root, _spine(j, "low-back"))
    body.at["abdomen"] = (body.point("pelvis", (0.0, 0.0, 0.05)), low)
    chest = compose(low, _spine(j, "chest"))
    body.at["chest"] = (body.point("abdomen", (0.0, 0.0, LOW_BACK)), chest)
    neck = compose(chest, about_y(15), _spine(j, "neck"))
    body.at["neck"] = (body.point("chest", (-0.005, 0.0, CHEST)), neck)
    head = compose(neck, about_y(-15), _spine(j, "head"))
    body.at["head"] = (body.point("neck", (j["head.forward"] / 100, 0.0, NECK)), head)
    gaze = compose(about_z(-j["eyes.turn"]), about_y(-j["eyes.up"]))
    body.at["eyes"] = (body.point("head", (0.05, 0.0, 0.054)), compose(head, gaze))
    for side, sign in SIDES.items():
        _arm(body, j, side, sign)
        _leg(body, j, side, sign)
    return body


def reach(body: Body, reaches: Mapping[str, Reach], goal: Mapping[str, Vector]) -> None:
    """Bring hands and feet to their goals; elbow and knee go to where the pole points."""
    for limb, wanted in reaches.items():
        side, _, kind = limb.partition("-")
        arm = kind == "hand"
        first, second, last = (f"{side}-{p}" for p in (("upper-arm", "forearm", "hand") if arm else _LEG))
        root = body.point(first)
        pole = apply(body.at["chest" if arm else "pelvis"][1], _pole(wanted, SIDES[side], arm=arm))
        upper, lower = (UPPER_ARM, FOREARM) if arm else (THIGH, SHANK)
        held, to = 0.0, goal[limb]
        if arm and not wanted.fingers:  # the palm gets there, with hand and forearm in one line
            held = PALM
        if wanted.foot is not None:  # the sole gets there
            to = add(to, (0.0, 0.0, ANKLE_HEIGHT))
        middle, end = two_bones(root, to, upper, lower + held, pole)
        end = between(middle, end, lower / (lower + held))
        at_ankle = compose(transpose(body.at[second][1]), body.at[last][1])
        _set(body, limb, root, middle, end, pole)
        if arm:
            along = DIRECTIONS[wanted.fingers] if wanted.fingers else sub(end, middle)
            thumb = DIRECTIONS[wanted.thumb] if wanted.thumb else scale(pole, -1)
            body.at[last] = (end, limb_frame(along, thumb))
        else:
            turned = compose(body.at[second][1], at_ankle) if wanted.foot is None else _flat(body, wanted.foot)
            body.at[last] = (end, turned)


def plant(body: Body, limb: str, start: Body) -> None:
    """Leave a hand or foot as it is in another pose; elbow or knee points where it did, as seen from the trunk."""
    side, _, kind = limb.partition("-")
    arm = kind == "hand"
    first, second, last = (f"{side}-{p}" for p in (("upper-arm", "forearm", "hand") if arm else _LEG))
    upper, lower = (UPPER_ARM, FOREARM) if arm else (THIGH, SHANK)
    end = start.point(last)
    bent = sub(start.point(second), between(start.point(first), end, upper / (upper + lower)))
    pole = bent if dot(bent, bent) > 1e-6 else scale(start.direction(second, (1.0, 0.0, 0.0)), -1.0 if arm else 1.0)
    root = body.point(first)
    middle, reached = two_bones(root, end, upper, lower, pole)
    _set(body, limb, root, middle, reached, pole)
    body.at[last] = (reached, start.at[last][1])


def _set(body: Body, limb: str, root: Vector, middle: Vector, end: Vector, pole: Vector) -> None:
    side, _, kind = limb.partition("-")
    first, second, _ = (f"{side}-{p}" for p in (("upper-arm", "forearm", "hand") if kind == "hand" else _LEG))
    way = unit(sub(end, root))
    aside = sub(sub(middle, root), scale(way, dot(sub(middle, root), way)))
    bent = aside if length(aside) > 0.01 else pole  # a knee bends to the front, an elbow to the back
    front = scale(bent, -1) if kind == "hand" else bent
    body.at[first] = (root, limb_frame(sub(middle, root), front))
    body.at[second] = (middle, limb_frame(sub(end, middle), front))


_LEG = ("thigh", "shank", "foot")


def _pole(wanted: Reach, sign: float, *, arm: bool) -> Vector:
    """Towards where the middle joint goes, as the trunk sees it; `out` is to the limb's own side."""
    axes: dict[str, Vector] = {
        "out": (0.0, sign, 0.0),
        "in": (0.0, -sign, 0.0),
        "ahead": (1.0, 0.0, 0.0),
        "behind": (-1.0, 0.0, 0.0),
        "headward": UP,
        "footward": (0.0, 0.0, -1.0),
    }
    usual = ("footward", "out", "behind") if arm else ("ahead",)
    total: Vector = (0.0, 0.0, 0.0)
    for i, name in enumerate(wanted.bend or usual):
        total = add(total, scale(axes[name], 1 if wanted.bend else (1, 0.6, 0.5)[i]))
    return unit(total)


def _flat(body: Body, degrees: float) -> Matrix:
    """A foot on the floor, its toes the way the pelvis faces, the heel lifted by so many degrees."""
    faces = body.direction("pelvis", (1.0, 0.0, 0.0))
    if abs(dot(faces, UP)) > 0.9:  # lying: the toes point away from the head
        faces = body.direction("pelvis", (0.0, 0.0, -1.0))
    ahead = unit(sub(faces, scale(UP, dot(faces, UP))))
    left = cross(UP, ahead)
    level: Matrix = ((ahead[0], left[0], 0.0), (ahead[1], left[1], 0.0), (0.0, 0.0, 1.0))
    return compose(level, about_y(degrees))


def limb_frame(along: Vector, front: Vector) -> Matrix:
    """A frame whose z axis points back up the limb and whose x axis is as near to the front as can be."""
    z = unit(scale(along, -1))
    x = unit(sub(front, scale(z, dot(front, z))))
    y = cross(z, x)
    return (x[0], y[0], z[0]), (x[1], y[1], z[1]), (x[2], y[2], z[2])


def _spine(j: Mapping[str, float], part: str) -> Matrix:
    """Bend to the front, lean to `this` side, turn to `this` side."""
    return compose(about_z(-j[f"{part}.turn"]), about_x(j[f"{part}.side"]), about_y(j[f"{part}.bend"]))


def _arm(body: Body, j: Mapping[str, float], side: str, sign: float) -> None:
    joint = f"{side}-shoulder"
    lifted, ahead = j[f"{joint}.lift"] / 100, j[f"{joint}.forward"] / 100
    at = body.point("chest", (0.01 + ahead, sign * (SHOULDER - abs(ahead) * 0.4), 0.135 + lifted))
    arm = compose(
        body.at["chest"][1],
        about_z(-sign * j[f"{joint}.across"]),
        about_x(sign * j[f"{joint}.out"]),
        about_y(-j[f"{joint}.flex"]),
        about_z(sign * j[f"{joint}.turn-out"]),
    )
    body.at[f"{side}-upper-arm"] = (at, arm)
    forearm = compose(arm, about_y(-j[f"{side}-elbow.flex"]))
    body.at[f"{side}-forearm"] = (body.point(f"{side}-upper-arm", (0.0, 0.0, -UPPER_ARM)), forearm)
    hand = compose(forearm, about_y(j[f"{side}-wrist.flex"]))
    body.at[f"{side}-hand"] = (body.point(f"{side}-forearm", (0.0, 0.0, -FOREARM)), hand)


def _leg(body: Body, j: Mapping[str, float], side: str, sign: float) -> None:
    joint = f"{side}-hip"
    at = body.point("pelvis", (0.0, sign * HIP, 0.0))
    thigh = compose(
        body.at["pelvis"][1],
        about_z(-sign * j[f"{joint}.across"]),
        about_x(sign * j[f"{joint}.out"]),
        about_y(-j[f"{joint}.flex"]),
        about_z(sign * j[f"{joint}.turn-out"]),
    )
    body.at[f"{side}-thigh"] = (at, thigh)
    shank = compose(thigh, about_y(j[f"{side}-knee.flex"]))
    body.at[f"{side}-shank"] = (body.point(f"{side}-thigh", (0.0, 0.0, -THIGH)), shank)
    foot = compose(shank, about_y(-j[f"{side}-ankle.flex"]))
    body.at[f"{side}-foot"] = (body.point(f"{side}-shank", (0.0, 0.0, -SHANK)), foot)


PARTS = tuple(body_of(Pose()).at)
"""Every part that a body has."""
