"""From the data of `knowledge/figures/` to poses: what one is like, what a picture changes, which side is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assess.figures.overlays import on_side
from assess.model.figures import Arrow, Figure, Frame, Joints, Mark, Part, Pose, Reach, Spot, Thing

BOTH = {
    "hips": "hip",
    "knees": "knee",
    "ankles": "ankle",
    "shoulders": "shoulder",
    "elbows": "elbow",
    "wrists": "wrist",
    "fingers": "fingers",
}
MAIN = dict.fromkeys(("shoulder", "elbow", "wrist", "hip", "knee", "ankle"), "flex") | {"fingers": "curl"}
WHOLE = ("whole", "low-back", "chest", "neck", "head", "eyes")
Raw = Mapping[str, Any]


class Atlas:
    """The named places, poses and muscles that figures are written with."""

    def __init__(self, body: Raw, poses: Raw) -> None:
        self.spots: Raw = body["spots"]
        self.poses = poses
        self.muscles: Mapping[str, Any] = body["muscles"]
        self.sites: Mapping[str, Any] = body.get("sites", {})
        self.parts: Mapping[str, Any] = body.get("parts", {})

    def spot(self, raw: str | Raw) -> Spot:
        """A place: its name, or `{at: name, shift: [ahead, out, up]}`, or `{room: [ahead, left, up]}`."""
        if isinstance(raw, str):
            side, _, name = raw.partition("-") if raw.startswith(("this-", "other-")) else ("", "", raw)
            return on_side(self.spots[name], side)
        if "room" in raw:
            ahead, left, up = raw["room"]
            return "room", (ahead, left, up)
        part, (ahead, left, up) = self.spot(raw["at"])
        a, o, u = raw["shift"]
        sign = -1.0 if str(raw["at"]).startswith("this-") else 1.0
        return part, (ahead + a, left + sign * o, up + u)

    def pose(self, raw: str | Raw | None) -> Raw:
        """A pose as one mapping, with all that it is like taken in."""
        if raw is None:
            return {}
        if isinstance(raw, str):
            return self.pose(self.poses[raw])
        return merged(self.pose(raw.get("like")), {k: v for k, v in raw.items() if k != "like"})

    def figure(self, raw: Raw, muscles: tuple[str, ...] = ()) -> Figure:
        """One figure; each picture is the figure's pose with its own changes."""
        base = self.pose(raw["pose"])
        frames = tuple(self._frame(base, {"zoom": raw.get("zoom"), "view": raw["view"], **f}) for f in raw["frames"])
        return Figure(raw["id"], frames, tuple(raw.get("muscles", muscles)))

    def _frame(self, base: Raw, raw: Raw) -> Frame:
        pose = built(self, merged(base, self.pose(raw.get("pose"))))
        arrows = tuple(self._arrow(a) for a in raw.get("arrows", ()))
        marks = tuple(self._mark(m) for m in raw.get("marks", ()))
        start = built(self, base)
        zoom = (self.spot(raw["zoom"]["at"]), float(raw["zoom"]["radius"])) if raw["zoom"] else None
        planted = tuple(raw.get("planted", ()))
        part = Part(raw["part"]["as"], tuple(raw["part"].get("dots", ()))) if "part" in raw else None
        return Frame(raw["says"], raw["view"], pose, start, raw.get("fixed", ""), planted, arrows, marks, zoom, part)

    def _arrow(self, raw: Raw) -> Arrow:
        kind = next(k for k in ("push", "move", "turn") if k in raw)
        return Arrow(kind, self.spot(raw[kind]), raw["toward"], raw.get("size", 12), raw.get("about", ""))

    def _mark(self, raw: Raw) -> Mark:
        kind = next(iter(raw))
        places = [raw[kind]] if kind in ("dot", "cross") else raw[kind]
        return Mark(kind, tuple(self.spot(s) for s in places))


def merged(base: Raw, over: Raw) -> Raw:
    """Two mappings as one: mappings inside are merged too, anything else is replaced; null is for taking away."""
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        if isinstance(value, Mapping) and key not in ("to", "at"):
            result[key] = merged(old if isinstance(old, Mapping) else {}, value)
        else:
            result[key] = value
    return result


def left(raw: Raw) -> Raw:
    """What is not taken away."""
    return {k: v for k, v in raw.items() if v is not None}


def built(atlas: Atlas, raw: Raw) -> Pose:
    """A pose from its data."""
    joints = Joints()
    for name, value in left(raw).items():
        for joint in _joints(name):
            moves = value if isinstance(value, Mapping) else {MAIN[joint.split("-")[-1]]: value}
            joints.update({f"{joint}.{move}": float(angle) for move, angle in moves.items()})
    reaches = {
        limb: Reach(
            atlas.spot(r["to"]), tuple(r.get("bend", ())), r.get("fingers", ""), r.get("foot"), r.get("thumb", "")
        )
        for limb, r in left(raw.get("reach") or {}).items()
    }
    return Pose(
        joints,
        tuple(raw.get("rests", ())),
        raw.get("height", 0) / 100,
        reaches,
        tuple(_things(atlas, left(raw.get("things") or {}))),
    )


def _joints(name: str) -> Iterator[str]:
    if name in WHOLE:
        yield name
    elif name in BOTH:
        yield from (f"this-{BOTH[name]}", f"other-{BOTH[name]}")
    elif name.startswith(("this-", "other-")):
        yield name


def _things(atlas: Atlas, raw: Raw) -> Iterator[Thing]:
    for name, said in raw.items():
        t: Raw = {} if said is True else said
        kind = t.get("kind", name)
        to: Spot | None = None
        if "side" in t:
            to = (t["side"], (0.0, 0.0, 0.0))
        elif "to" in t:
            to = atlas.spot(t["to"])
        size = t.get("size", 0)
        deep, wide, high = size if isinstance(size, list) else (size, 0, 0)
        yield Thing(kind, atlas.spot(t["at"]) if "at" in t else None, to, (deep, wide, high))
