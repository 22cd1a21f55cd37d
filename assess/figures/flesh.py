"""The body as it is painted: spheres on its parts, drawn as if a skin were pulled round them, and clothes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assess.figures.body import SIDES, Body
from assess.figures.camera import SIZE, Camera, Shape, covered
from assess.figures.geometry import Circle, Vector, add, dot, outline, scale, sub, unit
from assess.figures.hand import FIST, PALM, WEB, fingers, thumb

SKIN, SKIN_FAR = "#ecd9c6", "#d3bca6"
TOP, TOP_FAR = "#8fb0c9", "#7596b0"
SHORTS, SHORTS_FAR = "#5f7f99", "#4c6a82"
HAIR = "#5a4a3f"
LINE = "#33383d"
FAR = -0.035

Ball = tuple[str, Vector, float]
"""Part, place on it, radius; both in heights."""

TRUNK: tuple[tuple[tuple[Ball, ...], str], ...] = (
    (
        (
            ("chest", (0.0, -0.06, 0.118), 0.05),
            ("chest", (0.0, 0.06, 0.118), 0.05),
            ("chest", (0.008, -0.035, 0.03), 0.058),
            ("chest", (0.008, 0.035, 0.03), 0.058),
        ),
        TOP,
    ),
    (
        (
            ("chest", (0.008, -0.035, 0.03), 0.058),
            ("chest", (0.008, 0.035, 0.03), 0.058),
            ("abdomen", (0.008, -0.035, 0.03), 0.053),
            ("abdomen", (0.008, 0.035, 0.03), 0.053),
        ),
        TOP,
    ),
    (
        (
            ("abdomen", (0.008, -0.035, 0.03), 0.053),
            ("abdomen", (0.008, 0.035, 0.03), 0.053),
            ("pelvis", (0.0, -0.042, 0.015), 0.056),
            ("pelvis", (0.0, 0.042, 0.015), 0.056),
        ),
        TOP,
    ),
    (
        (
            ("pelvis", (0.0, -0.042, 0.015), 0.056),
            ("pelvis", (0.0, 0.042, 0.015), 0.056),
            ("pelvis", (-0.022, -0.042, -0.018), 0.052),
            ("pelvis", (-0.022, 0.042, -0.018), 0.052),
        ),
        SHORTS,
    ),
)
NECK = (("neck", (0.0, 0.0, 0.0), 0.034), ("neck", (0.004, 0.0, 0.06), 0.031))
SKULL = (("head", (-0.006, 0.0, 0.062), 0.056), ("head", (0.004, 0.0, 0.05), 0.052))
JAW = (("head", (0.01, 0.0, 0.045), 0.045), ("head", (0.036, 0.0, 0.008), 0.02))
NOSE = (("head", (0.05, 0.0, 0.045), 0.012), ("head", (0.062, 0.0, 0.036), 0.007))
HAIRDO = (
    ("head", (-0.012, 0.0, 0.07), 0.056),
    ("head", (0.016, 0.0, 0.092), 0.032),
    ("head", (-0.03, 0.0, 0.04), 0.036),
)

FRINGE = (
    ("head", (0.0, 0.0, 0.102), 0.028),
    ("head", (-0.006, -0.03, 0.092), 0.024),
    ("head", (-0.006, 0.03, 0.092), 0.024),
)
"""The hair as it is seen from the front."""


def _arm(side: str) -> dict[str, tuple[tuple[Ball, ...], str]]:
    upper, fore, hand = f"{side}-upper-arm", f"{side}-forearm", f"{side}-hand"
    return {
        upper: (
            ((upper, (0.0, 0.0, 0.0), 0.036), (upper, (0.0, 0.0, -0.06), 0.031), (upper, (0.0, 0.0, -0.186), 0.025)),
            SKIN,
        ),
        f"{side}-sleeve": (((upper, (0.0, 0.0, 0.0), 0.037), (upper, (0.0, 0.0, -0.075), 0.033)), TOP),
        fore: (
            ((fore, (0.0, 0.0, 0.0), 0.025), (fore, (0.0, 0.0, -0.04), 0.025), (fore, (0.0, 0.0, -0.146), 0.016)),
            SKIN,
        ),
        hand: (
            ((hand, (0.0, 0.0, 0.0), 0.017), (hand, (0.0, 0.0, -0.045), 0.02), (hand, (0.0, 0.0, -0.085), 0.011)),
            SKIN,
        ),
        f"{side}-thumb": (((hand, (0.008, 0.0, -0.012), 0.009), (hand, (0.027, 0.0, -0.048), 0.0085)), SKIN),
    }


def _leg(side: str) -> dict[str, tuple[tuple[Ball, ...], str]]:
    thigh, shank, foot = f"{side}-thigh", f"{side}-shank", f"{side}-foot"
    return {
        thigh: (((thigh, (0.0, 0.0, 0.0), 0.055), (thigh, (0.0, 0.0, -0.245), 0.034)), SKIN),
        f"{side}-shorts": (((thigh, (0.0, 0.0, 0.0), 0.056), (thigh, (0.0, 0.0, -0.11), 0.048)), SHORTS),
        shank: (
            ((shank, (0.0, 0.0, 0.0), 0.034), (shank, (-0.008, 0.0, -0.07), 0.034), (shank, (0.0, 0.0, -0.246), 0.02)),
            SKIN,
        ),
        foot: (
            (
                (foot, (-0.03, 0.0, -0.02), 0.019),
                (foot, (0.0, 0.0, -0.003), 0.021),
                (foot, (0.075, 0.0, -0.024), 0.015),
                (foot, (0.108, 0.0, -0.028), 0.011),
            ),
            SKIN,
        ),
    }


LIMBS: dict[str, tuple[tuple[Ball, ...], str]] = {}
for _side in SIDES:
    LIMBS |= _arm(_side) | _leg(_side)
DARKER = {SKIN: SKIN_FAR, TOP: TOP_FAR, SHORTS: SHORTS_FAR}


def spheres(body: Body, parts: Sequence[str] = ()) -> Iterator[tuple[Vector, float]]:
    """Every sphere of the body, or of some parts, where it is."""
    every = [
        *(b for balls, _ in TRUNK for b in balls),
        *NECK,
        *SKULL,
        *JAW,
        *(b for balls, _ in LIMBS.values() for b in balls),
    ]
    for part, local, radius in every:
        if not parts or part in parts:
            yield body.point(part, local), radius


def flesh(body: Body, camera: Camera) -> Iterator[Shape]:
    """The body's shapes."""
    trunk = [(_circles(body, camera, balls), fill) for balls, fill in TRUNK]
    yield _group(trunk, _mean(body, camera, [b for balls, _ in TRUNK for b in balls]))
    yield _group([(_circles(body, camera, NECK), SKIN)], _mean(body, camera, NECK) - 0.01)
    head = [(_circles(body, camera, balls), SKIN) for balls in (SKULL, JAW, NOSE)]
    at = _mean(body, camera, SKULL)
    yield _group(head, at)
    hair = _circles(body, camera, HAIRDO)
    turned_to_us = camera.depth(body.direction("head", (1.0, 0.0, 0.0))) > 0.55
    if turned_to_us:
        hair = _circles(body, camera, FRINGE)
    yield _group([(hair, HAIR)], at + 0.001)
    yield from _face(body, camera, at)
    for side, curl in body.curl.items():
        yield from _hand(body, camera, side, curl)
    for name, (balls, fill) in LIMBS.items():
        if balls[0][0].endswith("-hand") and name.rpartition("-")[0] in body.curl:
            continue
        depth = _mean(body, camera, balls)
        if name.endswith(("sleeve", "shorts")):
            depth = (
                _mean(body, camera, LIMBS[name.replace("sleeve", "upper-arm").replace("shorts", "thigh")][0]) + 0.0005
            )
        shade = DARKER[fill] if depth < FAR else fill
        yield _group(_chain(body, camera, balls, shade), depth, pen=_pen(body, camera))
    yield from _covers(body, camera)


def _face(body: Body, camera: Camera, depth: float) -> Iterator[Shape]:
    """Eyes and mouth where they are turned to us: they tell the front from the back.

    An eye is a dot, and shows its white where it looks somewhere else than the nose.
    """
    looks, ahead = (body.direction(part, (1.0, 0.0, 0.0)) for part in ("eyes", "head"))
    for sign in SIDES.values():
        if camera.depth(body.direction("head", unit((1.0, sign * 0.5, 0.0)))) > 0.2:
            eye = ("head", (0.05, sign * 0.02, 0.054), 0.0075)
            if dot(looks, ahead) > 0.999:
                yield _group([(_circles(body, camera, [eye]), LINE)], depth + 0.002, line=False)
                continue
            middle = body.point("head", (0.045, sign * 0.02, 0.054))
            white = (*camera.place(middle), 0.0125 * SIZE)
            # twice as far from straight ahead as an eye goes, so that it is seen
            pupil = (*camera.place(add(middle, scale(sub(scale(looks, 2), ahead), 0.006))), 0.0065 * SIZE)
            yield _group([([white], "#fff")], depth + 0.002, pen=1.2)
            yield _group([([pupil], LINE)], depth + 0.0021, line=False)
    if camera.depth(body.direction("head", (1.0, 0.0, 0.0))) > 0.4:
        mouth = (("head", (0.054, -0.011, 0.02), 0.003), ("head", (0.054, 0.011, 0.02), 0.003))
        yield _group([(_circles(body, camera, mouth), "#9a5b4f")], depth + 0.002, line=False)


def _hand(body: Body, camera: Camera, side: str, curl: float) -> Iterator[Shape]:
    """A hand with fingers. Open it is one shape; those of a fist lie before or behind the palm."""
    part, palm = f"{side}-hand", -SIDES[side]

    def balls(chain: Sequence[tuple[Vector, float]]) -> list[Ball]:
        return [(part, at, radius) for at, radius in chain]

    middle = _mean(body, camera, balls(PALM))
    shade = DARKER[SKIN] if middle < FAR else SKIN
    # at the wrist over the forearm, and under what hides the line between them
    lifted = max(middle, _mean(body, camera, LIMBS[f"{side}-forearm"][0])) + 0.0005 - middle
    pen = _pen(body, camera)
    flat = [(_circles(body, camera, balls(chain)), shade) for chain in (PALM, WEB)]
    bent = [balls(chain) for chain in (*fingers(curl, palm), thumb(curl, palm))]
    if curl < FIST / 2:
        flat += [piece for chain in bent for piece in _chain(body, camera, chain, shade)]
        bent = []
    yield _group(flat, middle + lifted, pen=pen)
    for chain in bent:
        yield _group(_chain(body, camera, chain, shade), _mean(body, camera, chain) + lifted, pen=pen)


def _pen(body: Body, camera: Camera) -> float:
    """How broad the lines are: fine where fingers are seen, which are hardly broader than a line."""
    return 3 * camera.fine if body.curl else 3


def _covers(body: Body, camera: Camera) -> Iterator[Shape]:
    """Hides the line across a joint, where two parts of one limb meet."""
    for side in SIDES:
        for upper, lower, radius, fill in (
            ("upper-arm", "forearm", 0.0235, SKIN),
            ("forearm", "hand", 0.0155, SKIN),
            ("thigh", "shank", 0.0325, SKIN),
            ("shank", "foot", 0.0185, SKIN),
        ):
            a, b = f"{side}-{upper}", f"{side}-{lower}"
            if lower == "hand" and side in body.curl and camera.depth(body.direction(b, (0.0, 0.0, -1.0))) > 0.6:
                continue  # it points at us: its fingers lie before the wrist
            depth = max(_mean(body, camera, LIMBS[a][0]), _mean(body, camera, LIMBS[b][0]))
            shade = DARKER[fill] if min(_mean(body, camera, LIMBS[p][0]) for p in (a, b)) < FAR else fill
            circle = _circles(body, camera, ((b, (0.0, 0.0, 0.0), radius),))
            yield _group([(circle, shade)], depth + 0.0007, line=False)
        hip = _circles(body, camera, ((f"{side}-thigh", (0.0, 0.0, 0.0), 0.053),))
        depth = _mean(body, camera, LIMBS[f"{side}-thigh"][0])
        if depth > 0 or depth > _mean(body, camera, TRUNK[3][0]):
            yield _group([(hip, SHORTS)], max(depth, _mean(body, camera, TRUNK[3][0])) + 0.0006, line=False)
        shoulder = _circles(body, camera, ((f"{side}-upper-arm", (0.0, 0.0, 0.0), 0.034),))
        depth = _mean(body, camera, LIMBS[f"{side}-upper-arm"][0])
        if depth > FAR:
            yield _group([(shoulder, TOP)], depth + 0.0006, line=False)


def _chain(body: Body, camera: Camera, balls: Sequence[Ball], fill: str) -> list[tuple[list[Circle], str]]:
    return [(_circles(body, camera, balls[i : i + 2]), fill) for i in range(len(balls) - 1)]


def _circles(body: Body, camera: Camera, balls: Sequence[Ball]) -> list[Circle]:
    return [(*camera.place(body.point(part, local)), radius * SIZE) for part, local, radius in balls]


def _mean(body: Body, camera: Camera, balls: Sequence[Ball]) -> float:
    depths = [camera.depth(body.point(part, local)) for part, local, _ in balls]
    return sum(depths) / len(depths)


def _group(parts: Sequence[tuple[list[Circle], str]], depth: float, *, line: bool = True, pen: float = 3) -> Shape:
    """Parts with one line round all of them: first every line, then every filling."""
    paths = [(outline(circles), fill) for circles, fill in parts]
    rim = f'fill="{LINE}" stroke="{LINE}" stroke-width="{pen:.3g}"'
    lines = "".join(f'<path d="{d}" {rim}/>' for d, _ in paths) if line else ""
    box = covered(c for circles, _ in parts for c in circles)
    return Shape(depth, lines + "".join(f'<path d="{d}" fill="{fill}"/>' for d, fill in paths), box)
