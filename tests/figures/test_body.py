"""Where joints are in a pose, and what stays where it is from picture to picture."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assess.figures.body import FOREARM, PARTS, SHANK, THIGH, UPPER_ARM
from assess.figures.draw import framed, posed
from assess.figures.geometry import length, sub
from assess.figures.hand import FIST, fingers, thumb
from assess.figures.read import Atlas, built, merged
from assess.model.figures import Frame

FIGURES = Path(__file__).resolve().parents[2] / "knowledge" / "figures"
near = pytest.approx


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    read = {name: yaml.safe_load((FIGURES / f"{name}.yaml").read_text("utf-8")) for name in ("body", "poses")}
    return Atlas(read["body"], read["poses"])


def frame(atlas: Atlas, text: str) -> Frame:
    """The last picture of a figure."""
    return atlas.figure({"id": "x", "view": "side", **yaml.safe_load(text)}).frames[-1]


def test_standing_the_hip_is_a_leg_above_the_ankle_and_the_sole_on_the_floor(atlas: Atlas) -> None:
    body = posed(built(atlas, {}))
    assert body.point("this-thigh")[2] - body.point("this-foot")[2] == near(THIGH + SHANK)
    assert body.point("this-foot")[2] == near(0.039, abs=0.002)
    assert body.point("other-hand")[1] > 0 > body.point("this-hand")[1]  # this side is the right one


@pytest.mark.parametrize(
    ("pose", "part", "way"),
    [
        ({"this-hip": 90}, "this-shank", (1, 0, 0)),
        ({"this-hip": {"out": 90}}, "this-shank", (0, -1, 0)),
        ({"other-hip": {"out": 90}}, "other-shank", (0, 1, 0)),
        ({"this-shoulder": 90}, "this-forearm", (1, 0, 0)),
        ({"this-shoulder": {"flex": 90, "across": 90}}, "this-forearm", (0, 1, 0)),
        ({"this-shoulder": {"out": 90}}, "this-forearm", (0, -1, 0)),
        ({"whole": {"lean": 90}}, "head", (1, 0, 0)),
        ({"whole": {"lean": -90}}, "head", (-1, 0, 0)),
        ({"whole": {"side": 90}}, "head", (0, -1, 0)),
        ({"whole": {"turn": 90}, "this-shoulder": 90}, "this-forearm", (0, -1, 0)),
    ],
)
def test_an_angle_moves_a_part_the_way_that_the_readme_says(
    pose: dict[str, object], part: str, way: tuple[float, float, float], atlas: Atlas
) -> None:
    body = posed(built(atlas, pose))
    root = "chest" if part == "head" else part.replace("shank", "thigh").replace("forearm", "upper-arm")
    moved = sub(body.point(part), body.point(root))
    along = sum(a * b for a, b in zip(moved, way, strict=True))
    assert along / length(moved) > 0.95


def test_turning_out_takes_the_toes_outwards_and_the_bent_forearm_too(atlas: Atlas) -> None:
    body = posed(built(atlas, {"hips": {"turn-out": 60}, "shoulders": {"turn-out": 60}, "elbows": 90}))
    for side, sign in (("this", -1), ("other", 1)):
        assert body.direction(f"{side}-foot", (1, 0, 0))[1] * sign > 0.8
        assert (body.point(f"{side}-hand")[1] - body.point(f"{side}-forearm")[1]) * sign > 0.1


def test_a_hand_reaches_its_place_and_the_arm_keeps_its_lengths(atlas: Atlas) -> None:
    shown = frame(atlas, "{pose: {like: sitting, reach: {this-hand: {to: other-knee}}}, frames: [{says: x}]}")
    body = framed(shown)
    palm = body.point("this-hand", (0, 0, -0.045))
    part, place = atlas.spot("other-knee")
    assert length(sub(palm, body.point(part, tuple(v / 100 for v in place)))) < 0.001
    assert length(sub(body.point("this-forearm"), body.point("this-upper-arm"))) == near(UPPER_ARM)
    assert length(sub(body.point("this-hand"), body.point("this-forearm"))) == near(FOREARM)


def test_what_is_fixed_and_planted_stays_while_the_rest_moves(atlas: Atlas) -> None:
    shown = frame(
        atlas,
        """
        pose: half-kneeling
        frames:
          - {says: start}
          - {says: stretch, fixed: this-shank, planted: [other-foot], pose: {this-hip: -18, this-knee: 72}}
        """,
    )
    start, body = posed(shown.start), framed(shown)
    for part in ("this-shank", "other-foot"):
        assert body.point(part) == near(start.point(part), abs=1e-6)
    assert body.direction("other-foot", (1, 0, 0)) == near(start.direction("other-foot", (1, 0, 0)))
    assert body.point("pelvis")[0] > start.point("pelvis")[0] + 0.05


def test_a_place_in_a_picture_replaces_that_of_the_figure(atlas: Atlas) -> None:
    shown = frame(
        atlas,
        """
        pose: {like: sitting, reach: {this-hand: {to: {room: [20, 0, 40]}, bend: [out]}}}
        frames:
          - {says: x, pose: {reach: {this-hand: {to: {at: this-knee, shift: [1, 0, 0]}}}}}
        """,
    )
    reach = shown.pose.reach["this-hand"]
    assert (reach.to[0], reach.bend) == ("this-thigh", ("out",))


def test_null_takes_a_reach_and_a_thing_away(atlas: Atlas) -> None:
    shown = frame(
        atlas,
        """
        pose: {like: sitting, reach: {this-hand: {to: this-knee}, other-hand: {to: other-knee}}}
        frames: [{says: x, pose: {reach: {this-hand: null}, things: {chair: null, stool: true}}}]
        """,
    )
    assert list(shown.pose.reach) == ["other-hand"]
    assert [t.kind for t in shown.pose.things] == ["stool"]


def test_a_body_has_every_part_once() -> None:
    assert len(PARTS) == len(set(PARTS)) == 18


def test_a_fist_closes_towards_its_palm_and_comes_back_to_the_wrist(atlas: Atlas) -> None:
    for palm in (1.0, -1.0):
        for straight, closed in zip(fingers(0, palm), fingers(FIST, palm), strict=True):
            assert straight[-1][0][1] == near(0)
            assert straight[-1][0][2] < straight[0][0][2] - 0.03  # the tip lies farther down than the knuckle
            assert palm * closed[2][0][1] > 0.015
            assert closed[2][0][2] > closed[1][0][2]
        assert palm * thumb(FIST, palm)[-1][0][1] > palm * thumb(0, palm)[-1][0][1] + 0.015


def test_the_thumb_says_how_a_hand_is_turned_and_fingers_are_shown_where_they_are_asked_for(atlas: Atlas) -> None:
    """Fingers ahead and the thumb to the other side: the back of this hand is up."""
    pose = {"this-fingers": 0, "reach": {"this-hand": {"to": {"room": [20, -14, 60]}, "fingers": "ahead"}}}
    body = posed(built(atlas, merged(pose, {"reach": {"this-hand": {"thumb": "other"}}})))
    assert body.direction("this-hand", (1, 0, 0)) == near((0, 1, 0), abs=1e-6)
    assert body.direction("this-hand", (0, 0, -1)) == near((1, 0, 0), abs=1e-6)
    assert body.direction("this-hand", (0, 1, 0)) == near((0, 0, -1), abs=1e-6)  # where a right palm is
    assert body.curl == {"this": 0}


def test_eyes_look_up_and_to_this_side_without_the_head(atlas: Atlas) -> None:
    body = posed(built(atlas, {"eyes": {"up": 30, "turn": 20}}))
    assert body.direction("head", (1, 0, 0)) == near((1, 0, 0))
    looks = body.direction("eyes", (1, 0, 0))
    assert looks[2] == near(0.5)
    assert looks[1] < -0.2
